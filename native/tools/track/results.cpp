// SPDX-License-Identifier: MIT
#include "native/tools/track/results.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "native/image_files.h"

namespace vitrine::track {
namespace {

Status cannot_write(const std::string& path, const std::string& why) {
  return {StatusCode::Unavailable,
          (path == "-" ? "the output" : path) + ": cannot be written: " + why};
}

// Unless another program is writing its lines to it just now, or has just taken it away again.
Status take_over(int file, const std::string& path) {
  struct stat about = {};
  if (::fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) return {};
  const bool is_taken = ::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  const bool is_gone = !is_taken && ::fstat(file, &about) == 0 && about.st_nlink == 0;
  if (!is_taken && !is_gone) return {};
  return cannot_write(path, "another `vitrine track` writes to it; name another file");
}

bool is_link(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_symlink(path, error);
}

std::string picture_name(int64_t frame) {
  char name[40];
  std::snprintf(name, sizeof(name), "frame-%06lld.png", static_cast<long long>(frame));
  return name;
}

}  // namespace

Results::~Results() {
  // While it is still ours: closed, it could already be another's.
  if (is_left_empty()) ::unlink(options_.json.c_str());
  if (owns_json_) std::fclose(json_);
  if (made_folder_) ::rmdir(options_.overlay.c_str());  // with pictures in it, it stays
}

Status Results::begin(std::FILE* out, std::FILE* err) {
  if (Status problem = open_json(out); !problem.ok()) return problem;
  if (owns_json_) {
    std::fprintf(err, "vitrine track: landmarks of faces are stored in %s\n",
                 options_.json.c_str());
  }
  if (options_.overlay.empty()) return {};
  std::fprintf(err, "vitrine track: pictures of %s are stored in %s\n",
               options_.camera.empty() ? "the film" : "who is before the camera",
               options_.overlay.c_str());
  std::error_code error;
  const std::filesystem::path place(options_.overlay);
  if (options_.overlay_is_folder()) {
    made_folder_ = std::filesystem::create_directories(place, error);
    return error ? cannot_write(options_.overlay, error.message()) : Status();
  }
  if (std::filesystem::is_directory(place, error)) {
    return cannot_write(options_.overlay, "it is a folder");
  }
  // Told now and not after an hour of film.
  const std::string parent = place.has_parent_path() ? place.parent_path().string() : ".";
  if (::access(parent.c_str(), W_OK) == 0) return {};
  return cannot_write(options_.overlay, std::strerror(errno));
}

Status Results::open_json(std::FILE* out) {
  if (options_.json.empty()) return {};
  if (options_.json == "-") {
    json_ = out;
    return {};
  }
  constexpr int kWays = O_WRONLY | O_CREAT | O_CLOEXEC;
  int file = ::open(options_.json.c_str(), kWays | O_EXCL, 0666);
  const bool is_new = file >= 0;
  const bool was_there = file < 0 && errno == EEXIST;
  if (was_there) file = ::open(options_.json.c_str(), kWays & ~O_CREAT);
  if (file < 0 && was_there && errno == ENOENT) {
    return cannot_write(options_.json, is_link(options_.json)
                                           ? "it is a link to nothing; name the file itself"
                                           : "it was taken away just now; start once more");
  }
  if (file < 0) return cannot_write(options_.json, std::strerror(errno));
  if (Status problem = take_over(file, options_.json); !problem.ok()) {
    ::close(file);
    return problem;
  }
  made_json_ = is_new;
  json_ = ::fdopen(file, "w");
  owns_json_ = json_ != nullptr;
  if (owns_json_) return {};
  if (is_new) ::unlink(options_.json.c_str());
  ::close(file);
  return cannot_write(options_.json, "no memory");
}

// It was made for this, there is nothing in it, and the name still means it.
bool Results::is_left_empty() const {
  if (!made_json_ || !json_) return false;
  std::fflush(json_);
  struct stat mine = {}, named = {};
  return ::fstat(::fileno(json_), &mine) == 0 && mine.st_size == 0 &&
         ::stat(options_.json.c_str(), &named) == 0 && named.st_dev == mine.st_dev &&
         named.st_ino == mine.st_ino;
}

Status Results::empty_json() {
  struct stat about = {};
  const int file = ::fileno(json_);
  const bool is_file = owns_json_ && ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);
  if (!is_file || ::ftruncate(file, 0) == 0) return {};
  return cannot_write(options_.json, std::strerror(errno));
}

Status Results::add(const PictureView& picture, const TrackedFrame& frame,
                    const TrackerResult& result) {
  if (frames_++ == 0 && json_) {
    if (Status problem = empty_json(); !problem.ok()) return problem;
  }
  if (json_) {
    write_frame(frame, result, line_);
    line_ += '\n';
    if (std::fwrite(line_.data(), 1, line_.size(), json_) != line_.size()) {
      return cannot_write(options_.json, std::strerror(errno));
    }
  }
  return options_.overlay.empty() ? Status() : add_picture(picture, frame, result);
}

Status Results::add_picture(const PictureView& picture, const TrackedFrame& frame,
                            const TrackerResult& result) {
  if (!options_.overlay_is_folder()) {
    last_ = overlay(picture, frame, result);
    return {};
  }
  if ((frames_ - 1) % options_.every != 0) return {};
  return write_png(
      overlay(picture, frame, result),
      std::filesystem::path(options_.overlay) / picture_name(static_cast<int64_t>(frame.number)));
}

Status Results::finish() {
  if (json_ && std::fflush(json_) != 0) return cannot_write(options_.json, std::strerror(errno));
  return last_ ? write_png(*last_, options_.overlay) : Status();
}

}  // namespace vitrine::track
