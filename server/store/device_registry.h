// SPDX-License-Identifier: MIT
// Which kiosks may record. Staff adds a name and reads a one-time code to whoever stands at the
// kiosk; the kiosk trades it for its own public key. Used by the server and, at the same time, by
// `vitrine device`: implementations are safe against another process on the same data.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"

namespace vitrine {

using Ed25519PublicKey = std::array<uint8_t, 32>;

constexpr int64_t kEnrolmentLifeMs = 10 * 60 * 1000;

enum class DeviceState : uint8_t {
  Invited,  // has a code, no key yet
  Enrolled,
  Revoked,
};

std::string_view device_state_name(DeviceState state);

struct Device {
  std::string name;  // [a-z0-9][a-z0-9._-]{0,62}; the device's identity and CloudEvents source
  DeviceState state = DeviceState::Invited;
  std::optional<Ed25519PublicKey> public_key;
  int64_t added_time = 0;     // ms since 1970 UTC
  int64_t enrolled_time = 0;  // 0: never
  int64_t revoked_time = 0;   // 0: never
};

// Under which all pages record: no kiosk may have it.
constexpr std::string_view kPageDevice = "web";

bool is_device_name(std::string_view name);

// One thread at a time. Calls that change something return when it is durable (a few
// milliseconds); the others are point reads.
class DeviceRegistry {
 public:
  virtual ~DeviceRegistry() = default;

  // Makes `name` known, or invites it again (new key, after a revocation too). Returns the one-time
  // code, four groups of four letters and digits with hyphens between them, which is stored only as
  // a hash and lives kEnrolmentLifeMs. An enrolled device keeps recording with its old key until
  // the code is used.
  virtual Result<std::string> invite(std::string_view name, int64_t now_ms) = 0;

  // Trades `code` for `key`. PermissionDenied for a code that is wrong, spent or expired: one
  // answer for all three. Case and hyphens of the code do not matter. The code is spent with
  // success: until it would have expired the same code with the same key gets the same answer,
  // because the first one may have been lost on the way, and with another key none.
  virtual Result<Device> enrol(std::string_view code, const Ed25519PublicKey& key,
                               int64_t now_ms) = 0;

  // NotFound when there is no such device. Takes back an open code too.
  virtual Status revoke(std::string_view name, int64_t now_ms) = 0;

  virtual Result<std::optional<Device>> find(std::string_view name) = 0;
  virtual Result<std::vector<Device>> list() = 0;  // by name

  // Changes whenever this or another process changed anything: poll it to cut off the revoked.
  virtual Result<uint64_t> version() = 0;
};

// What every implementation answers, so that they read alike.
Status bad_device_name(std::string_view name);
Status no_such_device(std::string_view name);
Status enrolment_refused();

std::unique_ptr<DeviceRegistry> make_memory_device_registry();

// `directory`/devices.sqlite3, created on first use.
Result<std::unique_ptr<DeviceRegistry>> open_sqlite_device_registry(const std::string& directory);

}  // namespace vitrine
