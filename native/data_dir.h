// SPDX-License-Identifier: MIT
// The folder in which one device keeps what must last: its key, its outbox, its last good campaign.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace vitrine {

// Holds the folder's lock while it lives, so that two kiosks never number the same outbox.
class DataDir {
 public:
  // Creates the folder (mode 0700) when it is missing and locks it. Errors: AlreadyExists (another
  // process holds it, named by its process id), PermissionDenied, ResourceExhausted, Unavailable.
  static Result<std::unique_ptr<DataDir>> open(const std::filesystem::path& folder);
  ~DataDir();
  DataDir(const DataDir&) = delete;
  DataDir& operator=(const DataDir&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  DataDir(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::filesystem::path path_;
  int lock_;
};

enum class FileMode : uint8_t { Private, Readable };  // 0600, 0644

// Writes so that after a crash or power loss the file is the old one or the new one, whole.
Status write_file_durably(const std::filesystem::path& file, std::string_view bytes, FileMode mode);

}  // namespace vitrine
