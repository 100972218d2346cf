// SPDX-License-Identifier: MIT
#include "native/key_identity.h"

#include <sodium.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "engine/base/json/json.h"
#include "native/data_dir.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMaxDevice = 64;

fs::path file_in(const fs::path& data_dir) {
  return data_dir / "identity.json";
}
fs::path prepared_in(const fs::path& data_dir) {
  return data_dir / "enrolment.json";
}

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string hex(std::span<const uint8_t> bytes) {
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

bool from_hex(std::string_view text, std::span<uint8_t> out) {
  size_t size = 0;
  return text.size() == out.size() * 2 &&
         sodium_hex2bin(out.data(), out.size(), text.data(), text.size(), nullptr, &size,
                        nullptr) == 0 &&
         size == out.size();
}

bool is_identifier(std::string_view text) {
  if (text.empty() || text.size() > kMaxDevice) return false;
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '-' && c != '_' && c != '.') return false;
  }
  return true;
}

Status damaged(const fs::path& file) {
  return {StatusCode::DataLoss, file.string() + ": damaged; enrol this kiosk again"};
}

}  // namespace

KeyIdentity::~KeyIdentity() {
  sodium_memzero(seed_.data(), seed_.size());
  sodium_memzero(secret_key_.data(), secret_key_.size());
}

void KeyIdentity::derive() {
  crypto_sign_seed_keypair(public_key_.data(), secret_key_.data(), seed_.data());
  has_key_ = true;
}

Status KeyIdentity::load(const fs::path& data_dir) {
  const fs::path file = file_in(data_dir);
  struct stat info {};
  if (stat(file.c_str(), &info) != 0) {
    return {StatusCode::NotFound,
            file.string() +
                ": this kiosk is not enrolled; start it once with --enrol and a code that "
                "`vitrine device add NAME` prints"};
  }
  if ((info.st_mode & 077) != 0) {
    return {StatusCode::PermissionDenied,
            file.string() + ": others may read this key: chmod 600, or enrol again"};
  }
  const std::string bytes = bytes_of(file);
  JsonDocument document;
  if (!document.parse(bytes)) return damaged(file);
  const auto seed = document.root().find("seed").string();
  const auto device = document.root().find("device").string();
  if (!seed || !device || !from_hex(*seed, seed_)) return damaged(file);
  if (!device->empty() && !is_identifier(*device)) return damaged(file);
  device_ = std::string(*device);
  derive();
  return {};
}

bool KeyIdentity::take_up(const fs::path& data_dir, std::string_view code) {
  const std::string bytes = bytes_of(prepared_in(data_dir));
  JsonDocument document;
  if (!document.parse(bytes)) return false;
  const auto seed = document.root().find("seed").string();
  return document.root().find("code").string() == code && seed && from_hex(*seed, seed_);
}

Status KeyIdentity::prepare(const fs::path& data_dir, std::string_view code) {
  device_.clear();
  if (!take_up(data_dir, code)) {
    randombytes_buf(seed_.data(), seed_.size());
    const std::string text =
        "{\"code\": \"" + std::string(code) + "\", \"seed\": \"" + hex(seed_) + "\"}\n";
    const Status kept = write_file_durably(prepared_in(data_dir), text, FileMode::Private);
    if (!kept.ok()) return kept;
  }
  derive();
  return {};
}

Status KeyIdentity::adopt(const fs::path& data_dir, std::string_view device) {
  if (!is_identifier(device)) {
    return {StatusCode::InvalidArgument, "the server gave an id that is none"};
  }
  device_ = std::string(device);
  const Status written = write(data_dir);
  std::error_code ignored;  // left behind, it is only a key that nobody asks for
  if (written.ok()) fs::remove(prepared_in(data_dir), ignored);
  return written;
}

Status KeyIdentity::write(const fs::path& data_dir) const {
  const std::string text = "{\"device\": \"" + device_ + "\", \"seed\": \"" + hex(seed_) + "\"}\n";
  return write_file_durably(file_in(data_dir), text, FileMode::Private);
}

std::string KeyIdentity::public_key_hex() const {
  return hex(public_key_);
}

bool KeyIdentity::sign(std::string_view text, std::span<uint8_t, 64> signature) {
  // A key without an id is one whose enrolment was never answered.
  if (!has_key_ || device_.empty()) return false;
  return crypto_sign_detached(signature.data(), nullptr,
                              reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                              secret_key_.data()) == 0;
}

}  // namespace vitrine
