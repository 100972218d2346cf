// SPDX-License-Identifier: MIT
#include "native/kiosk/staff_pin.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "native/data_dir.h"
#include "native/file_assets.h"

namespace vitrine {
namespace {

constexpr const char* kFile = "staff_pin";
constexpr size_t kShortest = 4;
constexpr size_t kLongest = 12;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

Status save_staff_pin(const std::filesystem::path& folder, const std::string& pin) {
  const bool is_digits = std::all_of(pin.begin(), pin.end(), is_digit);
  if (!is_digits || pin.size() < kShortest || pin.size() > kLongest) {
    return {StatusCode::InvalidArgument, "--set-pin: a PIN is 4 to 12 digits"};
  }
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (sodium_init() < 0 ||
      crypto_pwhash_str(hash.data(), pin.data(), pin.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                        crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    return {StatusCode::ResourceExhausted, "--set-pin: no memory to hash it: free 64 MiB"};
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  return write_file_durably(folder / kFile, hash.data(), FileMode::Private);
}

bool has_staff_pin(const std::filesystem::path& folder) {
  return read_asset(folder, kFile).ok();
}

bool check_staff_pin(const std::filesystem::path& folder, const std::string& pin) {
  const Result<std::string> hash = read_asset(folder, kFile);
  if (!hash.ok() || hash.value().size() >= crypto_pwhash_STRBYTES || sodium_init() < 0)
    return false;
  return crypto_pwhash_str_verify(hash.value().c_str(), pin.data(), pin.size()) == 0;
}

}  // namespace vitrine
