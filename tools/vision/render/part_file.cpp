// SPDX-License-Identifier: MIT
#include "tools/vision/render/part_file.h"

#include <cerrno>

namespace vitrine::faces {
namespace {

std::error_code last_problem() {
  return {errno, std::generic_category()};
}

}  // namespace

PartFile::PartFile(const std::filesystem::path& path)
    : path_(path), part_(path.string() + ".part"), file_(std::fopen(part_.c_str(), "wb")) {
  if (!file_) {
    problem_ = last_problem();
    part_.clear();  // whatever is there is not this one's to remove
  }
}

PartFile::~PartFile() {
  if (file_) std::fclose(file_);
  std::error_code ignored;
  if (!part_.empty()) std::filesystem::remove(part_, ignored);
}

bool PartFile::write(std::string_view bytes) {
  if (problem_) return false;
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) problem_ = last_problem();
  return !problem_;
}

bool PartFile::close() {
  if (file_ && std::fclose(file_) != 0 && !problem_) problem_ = last_problem();
  file_ = nullptr;
  return told();
}

bool PartFile::put_in_place() {
  if (!close()) return false;
  std::filesystem::rename(part_, path_, problem_);
  if (!problem_) part_.clear();
  return told();
}

bool PartFile::told() const {
  if (!problem_) return true;
  std::fprintf(stderr, "%s cannot be written: %s\n", path_.c_str(), problem_.message().c_str());
  return false;
}

}  // namespace vitrine::faces
