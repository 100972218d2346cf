// SPDX-License-Identifier: MIT
#include "wasm/web_assets.h"

#include "wasm/js_calls.h"

namespace vitrine::wasm {
namespace {

constexpr size_t kMaxBytes = size_t{8} << 20;

// What a path inside a campaign's folder may consist of; so no scheme, no host, no query.
bool is_path_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-' || c == '/';
}

bool stays_inside(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.size() > 256) return false;
  if (path.find("..") != std::string_view::npos) return false;
  if (path.find("//") != std::string_view::npos) return false;
  for (const char c : path) {
    if (!is_path_character(c)) return false;
  }
  return true;
}

}  // namespace

void WebAssets::request(std::string_view path, Done done) {
  if (!stays_inside(path)) {
    refused_.push_back(std::move(done));
    return;
  }
  const int ticket = pending_.add(std::move(done));
  vitrine_js_asset_request(static_cast<int>(Channel::Assets), ticket, path.data(), path.size(),
                           kMaxBytes);
}

void WebAssets::poll() {
  const std::vector<Done> refused = std::move(refused_);
  refused_.clear();
  for (const Done& done : refused) {
    done(Status(StatusCode::InvalidArgument, "the path leaves the campaign's folder"));
  }
  JsResult result;
  while (take_result(Channel::Assets, result)) {
    const Done done = pending_.take(result.ticket);
    if (!done) continue;
    if (result.status.ok())
      done(std::move(result.payload));
    else
      done(result.status);
  }
}

}  // namespace vitrine::wasm
