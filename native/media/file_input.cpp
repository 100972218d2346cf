// SPDX-License-Identifier: MIT
#include "native/media/file_input.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "native/media/av_handles.h"

namespace vitrine::media {
namespace {

constexpr int kBufferBytes = 64 * 1024;
constexpr int kLookMs = 20;  // between two questions whether to go on waiting

Status cannot_open(const std::string& path, int error) {
  if (error == ENOENT || error == ENOTDIR || error == ENXIO || error == ENODEV) {
    return {StatusCode::NotFound, path + ": no such file"};
  }
  if (error == EACCES || error == EPERM) {
    return {StatusCode::PermissionDenied, path + ": this user may not read it"};
  }
  return {StatusCode::Unavailable, path + ": " + std::strerror(error)};
}

Status check_kind(const std::string& path, const struct stat& about) {
  if (S_ISDIR(about.st_mode)) return {StatusCode::InvalidArgument, path + ": is a folder"};
  if (S_ISREG(about.st_mode) && about.st_size == 0) {
    return {StatusCode::DataLoss, path + ": is empty (0 bytes); copy or record it again"};
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<FileInput>> FileInput::open(const std::string& path,
                                                   KeepWaiting keep_waiting) {
  // Without O_NONBLOCK a pipe that nobody writes would hold this thread for ever.
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return cannot_open(path, errno);
  struct stat about = {};
  Status problem;
  if (::fstat(file, &about) != 0) problem = cannot_open(path, errno);
  if (problem.ok()) problem = check_kind(path, about);
  if (!problem.ok()) {
    ::close(file);
    return problem;
  }
  return std::unique_ptr<FileInput>(new FileInput(file, about, std::move(keep_waiting)));
}

FileInput::FileInput(int file, const struct stat& about, KeepWaiting keep_waiting)
    : file_(file),
      regular_(S_ISREG(about.st_mode)),
      pipe_(S_ISFIFO(about.st_mode)),
      keep_waiting_(std::move(keep_waiting)) {
  auto* buffer = static_cast<uint8_t*>(allocated(av_malloc(kBufferBytes)));
  context_ = allocated(avio_alloc_context(buffer, kBufferBytes, 0, this, &FileInput::read, nullptr,
                                          regular_ ? &FileInput::seek : nullptr));
}

FileInput::~FileInput() {
  // FFmpeg may have put another buffer in the place of ours.
  if (context_) av_freep(&context_->buffer);
  avio_context_free(&context_);
  ::close(file_);
}

int64_t FileInput::bytes() const {
  return regular_ ? avio_size(context_) : came_;
}

int FileInput::read(void* self, uint8_t* bytes, int count) {
  auto& input = *static_cast<FileInput*>(self);
  for (;;) {
    const ssize_t got = ::read(input.file_, bytes, static_cast<size_t>(count));
    if (got > 0) {
      input.came_ += got;
      return static_cast<int>(got);
    }
    // A pipe that nobody has written to yet looks like one at its end.
    if (got == 0 && (input.came_ > 0 || !input.pipe_)) return AVERROR_EOF;
    if (got < 0 && errno != EAGAIN && errno != EINTR) return AVERROR(errno);
    if (!input.keep_waiting_()) return AVERROR_EXIT;
    struct pollfd wait = {.fd = input.file_, .events = POLLIN, .revents = 0};
    ::poll(&wait, 1, kLookMs);
    // Linux hangs up a pipe only after a writer has been: this one left without a byte.
    if ((wait.revents & POLLHUP) && !(wait.revents & POLLIN)) return AVERROR_EOF;
  }
}

int64_t FileInput::seek(void* self, int64_t offset, int whence) {
  const auto& input = *static_cast<FileInput*>(self);
  if ((whence & ~AVSEEK_FORCE) == AVSEEK_SIZE) {
    struct stat about = {};
    return ::fstat(input.file_, &about) == 0 ? about.st_size : AVERROR(errno);
  }
  const off_t at = ::lseek(input.file_, offset, whence & ~AVSEEK_FORCE);
  return at < 0 ? AVERROR(errno) : at;
}

}  // namespace vitrine::media
