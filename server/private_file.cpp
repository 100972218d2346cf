// SPDX-License-Identifier: MIT
#include "server/private_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace vitrine {

namespace {

constexpr size_t kMaxBytes = 64 * 1024;

Status file_error(const std::string& path, std::string_view doing) {
  return Status(StatusCode::Unavailable,
                path + ": cannot be " + std::string(doing) + ": " + std::strerror(errno));
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return fsync(file) == 0;
}

bool sync_directory_of(const std::string& path) {
  const std::string directory = path.substr(0, path.rfind('/') + 1);
  const int file = open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool synced = fsync(file) == 0;
  close(file);
  return synced;
}

}  // namespace

Result<std::optional<std::string>> read_private_file(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return std::optional<std::string>();
  if (file < 0) return file_error(path, "read");
  std::string bytes(kMaxBytes, '\0');
  const ssize_t size = read(file, bytes.data(), bytes.size());
  close(file);
  if (size < 0) return file_error(path, "read");
  bytes.resize(static_cast<size_t>(size));
  return std::optional<std::string>(std::move(bytes));
}

Status write_private_file(const std::string& path, std::string_view bytes) {
  const std::string temporary = path + ".new";
  const int file = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return file_error(temporary, "written");
  const bool written = write_all(file, bytes);
  close(file);
  if (!written || std::rename(temporary.c_str(), path.c_str()) != 0 || !sync_directory_of(path)) {
    return file_error(path, "written");
  }
  return Status();
}

}  // namespace vitrine
