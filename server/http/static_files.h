// SPDX-License-Identifier: MIT
// Files of one folder, served from memory once read. A file that changed on disk is read again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "server/http/http.h"

namespace vitrine {

// Whether `path` can name a file below a folder: no empty, "." or ".." segment, no hidden file, no
// NUL, control character, backslash or colon, valid UTF-8, at most 512 bytes.
bool is_safe_path(std::string_view path);

// `"…"`, from the bytes alone.
std::string etag_of(std::string_view bytes);

// Whether the client's copy is the one with that ETag: then the response becomes 304.
bool answer_unchanged(const WebRequest& request, std::string_view etag, WebResponse& response);

class StaticFiles {
 public:
  // `root` may be "": then nothing is found. A folder that is not there yet is looked for again.
  StaticFiles(std::string root, RouteClass route);

  // The response to a GET or HEAD of `path` ("img/a.svg"): 200, 304 or 404. Picks a .br or .gz
  // beside the file when the client takes it. A name that carries a hash ("app.3f9ac1d2.js") may be
  // kept for ever; everything else is asked for again each time, by ETag.
  WebResponse serve(const WebRequest& request, std::string_view path);

  bool exists(std::string_view path);
  // The ETag by which serve() sends it unpacked, "" when there is none.
  std::string etag(std::string_view path);
  // The file's text, "" when there is none.
  std::string read(std::string_view path);

 private:
  struct File {
    std::shared_ptr<const std::string> body;
    std::string etag;
    std::filesystem::file_time_type modified;
    uintmax_t size = 0;
  };
  // Null: no such file.
  const File* load(const std::string& path);
  bool find_root();
  bool is_inside(const std::filesystem::path& file) const;

  std::string root_;
  std::filesystem::path canonical_root_;
  RouteClass route_;
  std::map<std::string, File> cache_;
  size_t cached_bytes_ = 0;
};

}  // namespace vitrine
