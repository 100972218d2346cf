// SPDX-License-Identifier: MIT
// Who this kiosk is: an Ed25519 key in its data folder and the id the server gave it.
// docs/enrolment.md has the exchange.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <string>

#include "engine/base/status.h"
#include "engine/platform/device_identity.h"

namespace vitrine {

// Signs by libsodium. The private key is wiped from memory at the end.
class KeyIdentity final : public DeviceIdentity {
 public:
  // Without a key: signs nothing, names no device. For kiosks that were never enrolled.
  KeyIdentity() = default;
  ~KeyIdentity() override;
  KeyIdentity(const KeyIdentity&) = delete;
  KeyIdentity& operator=(const KeyIdentity&) = delete;

  // Reads identity.json. NotFound when there is none, DataLoss when it is damaged,
  // PermissionDenied when others may read it.
  Status load(const std::filesystem::path& data_dir);
  // Makes a key for `code`, or takes up the one made for it before: it lies in enrolment.json until
  // the server has taken it, so that an answer lost on the way can be asked for again. The key in
  // use stays meanwhile. Errors: those of the data folder.
  Status prepare(const std::filesystem::path& data_dir, std::string_view code);
  // Writes the key prepared with the id the server gave it, durably.
  Status adopt(const std::filesystem::path& data_dir, std::string_view device);

  std::string public_key_hex() const;

  std::string device() const override { return device_; }
  std::string token() const override { return {}; }
  bool sign(std::string_view text, std::span<uint8_t, 64> signature) override;

 private:
  Status write(const std::filesystem::path& data_dir) const;
  bool take_up(const std::filesystem::path& data_dir, std::string_view code);
  void derive();

  bool has_key_ = false;
  std::array<uint8_t, 32> seed_{};
  std::array<uint8_t, 32> public_key_{};
  std::array<uint8_t, 64> secret_key_{};
  std::string device_;
};

}  // namespace vitrine
