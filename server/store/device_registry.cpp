// SPDX-License-Identifier: MIT
// Names of devices, and the registry in memory.
#include "server/store/device_registry.h"

#include <map>

#include "engine/protocol/enrolment_code.h"
#include "server/crypto.h"
#include "server/store/enrolment_code.h"

namespace vitrine {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
}

class MemoryDeviceRegistry final : public DeviceRegistry {
 public:
  Result<std::string> invite(std::string_view name, int64_t now_ms) override {
    if (!is_device_name(name)) return bad_device_name(name);
    const std::string code = make_enrolment_code();
    Entry& entry = entries_[std::string(name)];
    entry.device.name = name;
    if (entry.device.added_time == 0) entry.device.added_time = now_ms;
    entry.code_hash = hash_secret(*protocol::normalise_enrolment_code(code));
    entry.code_expires = now_ms + kEnrolmentLifeMs;
    ++version_;
    return code;
  }

  Result<Device> enrol(std::string_view code, const Ed25519PublicKey& key,
                       int64_t now_ms) override {
    const std::optional<std::string> normal = protocol::normalise_enrolment_code(code);
    if (!normal) return enrolment_refused();
    const auto hash = hash_secret(*normal);
    const auto spent = spent_code_hash(*normal, key);
    for (auto& [name, entry] : entries_) {
      if (entry.code_hash != hash && entry.code_hash != spent) continue;
      if (now_ms >= entry.code_expires) continue;
      entry.code_hash = spent;
      entry.device.public_key = key;
      entry.device.state = DeviceState::Enrolled;
      entry.device.enrolled_time = now_ms;
      entry.device.revoked_time = 0;
      ++version_;
      return entry.device;
    }
    return enrolment_refused();
  }

  Status revoke(std::string_view name, int64_t now_ms) override {
    const auto found = entries_.find(name);
    if (found == entries_.end()) return no_such_device(name);
    found->second.code_hash.reset();
    found->second.device.state = DeviceState::Revoked;
    found->second.device.revoked_time = now_ms;
    ++version_;
    return {};
  }

  Result<std::optional<Device>> find(std::string_view name) override {
    const auto found = entries_.find(name);
    if (found == entries_.end()) return std::optional<Device>();
    return std::optional<Device>(found->second.device);
  }

  Result<std::vector<Device>> list() override {
    std::vector<Device> devices;
    for (const auto& [name, entry] : entries_) devices.push_back(entry.device);
    return devices;
  }

  Result<uint64_t> version() override { return version_; }

 private:
  struct Entry {
    Device device;
    std::optional<std::array<uint8_t, 32>> code_hash;
    int64_t code_expires = 0;
  };

  std::map<std::string, Entry, std::less<>> entries_;
  uint64_t version_ = 0;
};

}  // namespace

std::string_view device_state_name(DeviceState state) {
  switch (state) {
    case DeviceState::Invited:
      return "invited";
    case DeviceState::Enrolled:
      return "enrolled";
    case DeviceState::Revoked:
      return "revoked";
  }
  return "invited";
}

bool is_device_name(std::string_view name) {
  if (name.empty() || name.size() > 63 || name == kPageDevice) return false;
  const char first = name.front();
  if (first == '.' || first == '_' || first == '-') return false;
  for (const char c : name) {
    if (!is_name_character(c)) return false;
  }
  return true;
}

Status bad_device_name(std::string_view name) {
  return {StatusCode::InvalidArgument,
          "device name \"" + std::string(name.substr(0, 80)) +
              "\": use 1 to 63 of a-z 0-9 . _ -, the first a letter or digit; not \"web\""};
}

Status no_such_device(std::string_view name) {
  return {StatusCode::NotFound, "no device is named \"" + std::string(name.substr(0, 80)) + "\""};
}

Status enrolment_refused() {
  return {StatusCode::PermissionDenied,
          "this code is wrong, spent or expired: ask for a new one (vitrine device add)"};
}

std::unique_ptr<DeviceRegistry> make_memory_device_registry() {
  return std::make_unique<MemoryDeviceRegistry>();
}

}  // namespace vitrine
