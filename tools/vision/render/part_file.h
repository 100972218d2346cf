// SPDX-License-Identifier: MIT
// A file that is written under another name, NAME.part, until it is whole.
#pragma once

#include <cstdio>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace vitrine::faces {

class PartFile {
 public:
  explicit PartFile(const std::filesystem::path& path);
  // Leaves no part behind.
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  // False from the first time on that something cannot be written.
  bool write(std::string_view bytes);
  // False, said with the system's reason, when the file is not whole; it can be called again.
  bool close();
  // Closes the file and gives it its name. False, said with the system's reason, when it has none.
  bool put_in_place();

 private:
  bool told() const;

  std::filesystem::path path_, part_;
  std::FILE* file_;
  std::error_code problem_;  // the first one
};

}  // namespace vitrine::faces
