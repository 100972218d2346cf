// SPDX-License-Identifier: MIT
#include "native/kiosk/campaign_assets.h"

#include <utility>

#include "native/data_dir.h"
#include "native/file_assets.h"

namespace vitrine {
namespace {

// What a server says about a file, in the words of Assets::request.
Status status_of(const std::string& path, int http_status) {
  const std::string what = path + ": the server answered " + std::to_string(http_status);
  const bool gone = http_status == 404 || http_status == 410 || http_status == 400;
  return {gone ? StatusCode::NotFound : StatusCode::Unavailable, what};
}

// A file that cannot be kept is still shown; it is fetched again at the next start.
void write_quietly(const std::filesystem::path& root, const std::string& path,
                   const std::string& bytes) {
  const std::filesystem::path file = root / path;
  std::error_code error;
  std::filesystem::create_directories(file.parent_path(), error);
  (void)write_file_durably(file, bytes, FileMode::Readable).ok();
}

}  // namespace

void CampaignAssets::set_source(std::filesystem::path root, std::string url_prefix) {
  source_ = {std::move(root), std::move(url_prefix)};
}

void CampaignAssets::request(std::string_view path, Done done) {
  worker_.post([this, alive = std::weak_ptr(alive_), source = source_, name = std::string(path),
                done = std::move(done)]() -> Worker::Report {
    auto bytes = std::make_shared<Result<std::string>>(read_asset(source.root, name));
    return [this, alive, source, name, done, bytes] {
      const bool missing = bytes->status().code() == StatusCode::NotFound;
      const bool remote = client_ != nullptr && !source.url_prefix.empty();
      if (missing && remote && !alive.expired()) return fetch(source, name, done);
      done(std::move(*bytes));
    };
  });
}

void CampaignAssets::fetch(const Source& source, const std::string& path, Done done) {
  HttpRequest request;
  request.path = source.url_prefix + path;
  client_->request(request, [this, alive = std::weak_ptr(alive_), source, path,
                             done = std::move(done)](Result<HttpResponse> response) {
    if (alive.expired()) return;
    if (!response.ok()) return done(response.status());
    if (response.value().status != 200) return done(status_of(path, response.value().status));
    keep(source, path, std::move(response.value().body), done);
  });
}

void CampaignAssets::keep(const Source& source, const std::string& path, std::string bytes,
                          Done done) {
  worker_.post(
      [source, path, bytes = std::move(bytes), done = std::move(done)]() -> Worker::Report {
        write_quietly(source.root, path, bytes);
        return [bytes, done] { done(bytes); };
      });
}

}  // namespace vitrine
