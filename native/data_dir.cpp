// SPDX-License-Identifier: MIT
#include "native/data_dir.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace vitrine {
namespace {

namespace fs = std::filesystem;

StatusCode code_of(int error) {
  switch (error) {
    case EACCES:
    case EPERM:
    case EROFS:
      return StatusCode::PermissionDenied;
    case ENOSPC:
    case EDQUOT:
      return StatusCode::ResourceExhausted;
    case ENOENT:
      return StatusCode::NotFound;
    default:
      return StatusCode::Unavailable;
  }
}

Status system_failure(const fs::path& path, const char* what, int error) {
  return {code_of(error), path.string() + ": " + what + ": " + std::strerror(error)};
}

std::string holder_of(int lock) {
  std::array<char, 32> text{};
  const ssize_t size = pread(lock, text.data(), text.size() - 1, 0);
  std::string pid(text.data(), size > 0 ? static_cast<size_t>(size) : 0);
  while (!pid.empty() && pid.back() == '\n') pid.pop_back();
  return pid.empty() ? "another process" : "process " + pid;
}

// The number is only for the message to whoever comes second; the lock is the kernel's.
void write_pid(int lock) {
  const std::string pid = std::to_string(getpid()) + "\n";
  if (ftruncate(lock, 0) == 0) (void)!pwrite(lock, pid.data(), pid.size(), 0);
}

Status write_all(int file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return system_failure(path, "cannot write", errno);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  if (fsync(file) != 0) return system_failure(path, "cannot be synced to the disk", errno);
  return {};
}

// A new name is on the disk only when its folder is.
Status sync_folder(const fs::path& folder) {
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return system_failure(folder, "cannot open", errno);
  const int result = fsync(file);
  const int error = errno;
  close(file);
  return result == 0 ? Status() : system_failure(folder, "cannot be synced to the disk", error);
}

}  // namespace

Result<std::unique_ptr<DataDir>> DataDir::open(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return system_failure(folder, "cannot create the data folder", error.value());
  chmod(folder.c_str(), 0700);
  const fs::path file = folder / "lock";
  const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock < 0) return system_failure(file, "cannot open", errno);
  if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
    const std::string holder = holder_of(lock);
    close(lock);
    return Status{StatusCode::AlreadyExists, folder.string() + " is in use by " + holder +
                                                 ": stop it, or give each kiosk its own --data"};
  }
  write_pid(lock);
  return std::unique_ptr<DataDir>(new DataDir(folder, lock));
}

DataDir::~DataDir() {
  close(lock_);
}

Status write_file_durably(const fs::path& file, std::string_view bytes, FileMode mode) {
  const fs::path partial = file.string() + ".partial";
  unlink(partial.c_str());
  const mode_t permissions = mode == FileMode::Private ? 0600 : 0644;
  const int out = open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, permissions);
  if (out < 0) return system_failure(partial, "cannot create", errno);
  Status status = write_all(out, bytes, partial);
  close(out);
  if (status.ok() && rename(partial.c_str(), file.c_str()) != 0) {
    status = system_failure(file, "cannot replace", errno);
  }
  if (!status.ok()) {
    unlink(partial.c_str());
    return status;
  }
  return sync_folder(file.parent_path().empty() ? fs::path(".") : file.parent_path());
}

}  // namespace vitrine
