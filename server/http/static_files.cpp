// SPDX-License-Identifier: MIT
#include "server/http/static_files.h"

#include <algorithm>
#include <fstream>

#include "engine/base/utf8.h"
#include "server/crypto.h"

namespace vitrine {

namespace {

namespace fs = std::filesystem;

constexpr uintmax_t kMaxFileBytes = 32u << 20;
constexpr size_t kMaxCachedBytes = 256u << 20;

struct Variant {
  std::string_view coding;
  std::string_view suffix;
};
constexpr Variant kVariants[] = {{"br", ".br"}, {"gzip", ".gz"}};

struct ContentType {
  std::string_view suffix;
  std::string_view type;
};
constexpr ContentType kContentTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
};

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string_view content_type_of(std::string_view path) {
  for (const ContentType& entry : kContentTypes) {
    if (ends_with(path, entry.suffix)) return entry.type;
  }
  return "application/octet-stream";
}

// "app.3f9ac1d2.js", "app-3f9ac1d2.js": eight or more hex digits between separators.
bool has_hash(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  size_t digits = 0;
  bool after_separator = false;
  for (const char c : name) {
    const bool hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    const bool separator = c == '.' || c == '-';
    if (separator && digits >= 8) return true;
    if (separator) after_separator = true;
    digits = hex && (digits > 0 || after_separator) ? digits + 1 : 0;
    if (!separator) after_separator = false;
  }
  return false;
}

// Whether a coding stands in Accept-Encoding without q=0.
bool accepts(std::string_view header, std::string_view coding) {
  for (size_t at = header.find(coding); at != std::string_view::npos;
       at = header.find(coding, at + 1)) {
    const bool begins = at == 0 || header[at - 1] == ' ' || header[at - 1] == ',';
    const std::string_view rest = header.substr(at + coding.size());
    const std::string_view weight = rest.substr(0, rest.find(','));
    if (begins && (weight.empty() || weight.find("q=0") == std::string_view::npos ||
                   weight.find("q=0.") != std::string_view::npos)) {
      return true;
    }
  }
  return false;
}

WebResponse not_found(RouteClass route) {
  return text_response(route, 404, "not found\n");
}

}  // namespace

bool is_safe_path(std::string_view path) {
  if (path.empty() || path.size() > 512 || !is_valid_utf8(path)) return false;
  for (const char c : path) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '\\' || c == ':') return false;
  }
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    if (end == begin || path[begin] == '.') return false;
    begin = end + 1;
  }
  return true;
}

std::string etag_of(std::string_view bytes) {
  const auto hash = hash_secret(bytes);
  Id128 tag;
  std::copy_n(hash.begin(), tag.bytes.size(), tag.bytes.begin());
  return '"' + tag.to_hex() + '"';
}

bool answer_unchanged(const WebRequest& request, std::string_view etag, WebResponse& response) {
  response.headers.emplace_back("ETag", etag);
  if (request.if_none_match.find(etag) == std::string::npos) return false;
  response.status = 304;
  response.body = nullptr;
  return true;
}

StaticFiles::StaticFiles(std::string root, RouteClass route)
    : root_(std::move(root)), route_(route) {}

// The folder may come after the server: a page that is still being built.
bool StaticFiles::find_root() {
  std::error_code error;
  if (canonical_root_.empty() && !root_.empty()) canonical_root_ = fs::canonical(root_, error);
  return !canonical_root_.empty();
}

// A symbolic link may lead to another place of the same folder, not out of it.
bool StaticFiles::is_inside(const fs::path& file) const {
  std::error_code error;
  const fs::path canonical = fs::canonical(file, error);
  if (error) return false;
  const auto [root_end, rest] = std::mismatch(canonical_root_.begin(), canonical_root_.end(),
                                              canonical.begin(), canonical.end());
  return root_end == canonical_root_.end();
}

const StaticFiles::File* StaticFiles::load(const std::string& path) {
  if (!is_safe_path(path) || !find_root()) return nullptr;
  const fs::path file = canonical_root_ / path;
  std::error_code error;
  if (!fs::is_regular_file(file, error) || !is_inside(file)) return nullptr;
  const auto modified = fs::last_write_time(file, error);
  const uintmax_t size = fs::file_size(file, error);
  if (error || size > kMaxFileBytes) return nullptr;
  const auto found = cache_.find(path);
  if (found != cache_.end() && found->second.modified == modified && found->second.size == size) {
    return &found->second;
  }
  std::ifstream in(file, std::ios::binary);
  std::string bytes(size, '\0');
  if (!in.read(bytes.data(), static_cast<std::streamsize>(size))) return nullptr;
  if (cached_bytes_ + size > kMaxCachedBytes) {
    cache_.clear();
    cached_bytes_ = 0;
  }
  cached_bytes_ += size;
  std::string etag = etag_of(bytes);
  File& entry = cache_[path];
  entry = {std::make_shared<const std::string>(std::move(bytes)), std::move(etag), modified, size};
  return &entry;
}

WebResponse StaticFiles::serve(const WebRequest& request, std::string_view path) {
  const std::string name(path);
  if (load(name) == nullptr) return not_found(route_);
  WebResponse response;
  response.route = route_;
  response.content_type = content_type_of(path);
  const File* chosen = nullptr;
  for (const Variant& variant : kVariants) {
    if (!accepts(request.accept_encoding, variant.coding)) continue;
    chosen = load(name + std::string(variant.suffix));
    if (chosen == nullptr) continue;
    response.headers.emplace_back("Content-Encoding", variant.coding);
    break;
  }
  if (chosen == nullptr) chosen = load(name);
  response.headers.emplace_back("Vary", "Accept-Encoding");
  response.headers.emplace_back(
      "Cache-Control", has_hash(path) ? "public, max-age=31536000, immutable" : "no-cache");
  if (!answer_unchanged(request, chosen->etag, response)) response.body = chosen->body;
  return response;
}

bool StaticFiles::exists(std::string_view path) {
  return load(std::string(path)) != nullptr;
}

std::string StaticFiles::etag(std::string_view path) {
  const File* file = load(std::string(path));
  return file == nullptr ? std::string() : file->etag;
}

std::string StaticFiles::read(std::string_view path) {
  const File* file = load(std::string(path));
  return file == nullptr ? std::string() : *file->body;
}

}  // namespace vitrine
