// SPDX-License-Identifier: MIT
#include "native/file_assets.h"

#include <fstream>
#include <utility>

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr uintmax_t kMaxBytes = 8u << 20;

Status refuse(std::string_view path, const char* why) {
  return {StatusCode::InvalidArgument, std::string(path) + ": " + why};
}

Status check_name(std::string_view path) {
  if (path.empty()) return refuse(path, "empty path");
  if (path.front() == '/') return refuse(path, "must be relative to the campaign");
  for (const char c : path) {
    if (c == '\\' || c == '\0') return refuse(path, "backslash or NUL in a path");
  }
  for (const auto& part : fs::path(path)) {
    if (part == "..") return refuse(path, "\"..\" would leave the campaign's folder");
  }
  return {};
}

bool is_inside(const fs::path& root, const fs::path& file) {
  auto at = file.begin();
  for (const auto& part : root) {
    if (at == file.end() || *at++ != part) return false;
  }
  return true;
}

// The real file, with every link followed.
Result<fs::path> resolve(const fs::path& root, std::string_view path) {
  std::error_code error;
  const fs::path real_root = fs::canonical(root, error);
  if (error) return Status{StatusCode::NotFound, root.string() + ": " + error.message()};
  const fs::path file = fs::canonical(real_root / fs::path(path), error);
  if (error) return Status{StatusCode::NotFound, std::string(path) + ": " + error.message()};
  if (!is_inside(real_root, file)) return refuse(path, "a link leads out of the campaign's folder");
  if (!fs::is_regular_file(file, error)) return refuse(path, "not a file");
  return file;
}

}  // namespace

Result<std::string> read_asset(const fs::path& root, std::string_view path) {
  Status status = check_name(path);
  if (!status.ok()) return status;
  Result<fs::path> file = resolve(root, path);
  if (!file.ok()) return file.status();
  std::error_code error;
  const uintmax_t size = fs::file_size(file.value(), error);
  if (error) return Status{StatusCode::NotFound, std::string(path) + ": " + error.message()};
  if (size > kMaxBytes) {
    return Status{StatusCode::ResourceExhausted, std::string(path) + ": larger than 8 MiB"};
  }
  std::ifstream stream(file.value(), std::ios::binary);
  std::string bytes(static_cast<size_t>(size), '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!stream) return Status{StatusCode::Unavailable, std::string(path) + ": cannot be read"};
  return bytes;
}

}  // namespace vitrine
