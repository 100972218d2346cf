// SPDX-License-Identifier: MIT
// Hands a file, a pipe or a device node to FFmpeg byte by byte, so that waiting for bytes can be
// given up and that nothing but this one file is ever opened.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "engine/base/status.h"

struct AVIOContext;
struct stat;

namespace vitrine::media {

// Asked again and again while bytes or pictures are waited for; false ends the waiting.
using KeepWaiting = std::function<bool()>;

class FileInput {
 public:
  // A pipe's first writer may come later; it ends when its writer closes it.
  // NotFound, PermissionDenied, InvalidArgument (a folder), DataLoss (0 bytes), Unavailable.
  static Result<std::unique_ptr<FileInput>> open(const std::string& path, KeepWaiting keep_waiting);
  ~FileInput();
  FileInput(const FileInput&) = delete;
  FileInput& operator=(const FileInput&) = delete;

  AVIOContext* context() const { return context_; }
  // Of the whole file; of a pipe, of what came so far.
  int64_t bytes() const;

 private:
  FileInput(int file, const struct stat& about, KeepWaiting keep_waiting);
  static int read(void* self, uint8_t* bytes, int count);
  static int64_t seek(void* self, int64_t offset, int whence);

  const int file_;
  const bool regular_, pipe_;
  int64_t came_ = 0;  // bytes so far
  const KeepWaiting keep_waiting_;
  AVIOContext* context_ = nullptr;
};

}  // namespace vitrine::media
