// SPDX-License-Identifier: MIT
#include "native/kiosk/campaign_feed.h"

#include <sodium.h>

#include <array>
#include <utility>

#include "native/data_dir.h"
#include "native/file_assets.h"

namespace vitrine {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kAskAgainUs = 60'000'000;
constexpr int64_t kRetryUs = 5'000'000;
constexpr size_t kMaxCampaign = 1u << 20;

std::string version_of(const std::string& json) {
  std::array<uint8_t, 16> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const uint8_t*>(json.data()),
                     json.size(), nullptr, 0);
  std::array<char, 33> hex{};
  sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
  return hex.data();
}

bool is_id(const std::string& text) {
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (!plain) return false;
  }
  return !text.empty() && text.size() <= 64;
}

}  // namespace

Result<std::unique_ptr<CampaignFeed>> CampaignFeed::open(const std::string& campaign,
                                                         const fs::path& data, LwsClient* client) {
  std::unique_ptr<CampaignFeed> feed(new CampaignFeed());
  feed->client_ = client;
  std::error_code error;
  const bool folder = fs::is_directory(campaign, error);
  const Status status = folder ? feed->open_folder(campaign) : feed->open_kept(campaign, data);
  if (!status.ok()) return status;
  return feed;
}

Status CampaignFeed::open_folder(const fs::path& folder) {
  Result<std::string> json = read_asset(folder, "campaign.json");
  if (!json.ok()) return json.status();
  next_ = CampaignText{std::move(json).value(), (folder / "campaign.json").string(), folder, ""};
  return {};
}

Status CampaignFeed::open_kept(const std::string& id, const fs::path& data) {
  if (!is_id(id)) {
    return {StatusCode::NotFound, "--campaign " + id + ": no such folder, and not a campaign's id"};
  }
  if (data.empty()) return {StatusCode::InvalidArgument, "--campaign " + id + ": needs --data"};
  id_ = id;
  store_ = data / "campaigns" / id;
  const Result<std::string> current = read_asset(store_, "current");
  if (current.ok()) {
    Result<std::string> json = read_asset(store_ / current.value(), "campaign.json");
    if (json.ok()) offer(std::move(json).value());
  }
  if (client_ == nullptr && !next_) {
    return {StatusCode::NotFound, "--campaign " + id + ": not kept in " + data.string() +
                                      "; start once with --server, or give a folder"};
  }
  return {};
}

void CampaignFeed::poll(int64_t now_us) {
  if (client_ == nullptr || store_.empty() || asking_ || now_us < ask_at_us_) return;
  asking_ = true;
  HttpRequest request;
  request.path = "/c/" + id_ + "/campaign.json";
  request.max_bytes = kMaxCampaign;
  client_->request(request, [this, alive = std::weak_ptr(alive_), now_us](auto response) {
    if (!alive.expired()) answered(std::move(response), now_us);
  });
}

void CampaignFeed::answered(Result<HttpResponse> response, int64_t now_us) {
  asking_ = false;
  const bool arrived = response.ok() && response.value().status == 200;
  ask_at_us_ = now_us + (arrived ? kAskAgainUs : kRetryUs);
  if (arrived) offer(std::move(response.value().body));
}

void CampaignFeed::offer(std::string json) {
  const std::string version = version_of(json);
  if (version == version_) return;
  version_ = version;
  next_ = CampaignText{std::move(json), id_ + "/campaign.json", store_ / version, "/c/" + id_ + "/"};
}

std::optional<CampaignText> CampaignFeed::take() { return std::exchange(next_, std::nullopt); }

void CampaignFeed::set_verdict(const CampaignText& campaign, bool accepted) {
  if (store_.empty() || !accepted) return;
  std::error_code error;
  fs::create_directories(campaign.root, error);
  const fs::path file = campaign.root / "campaign.json";
  const std::string version = campaign.root.filename().string();
  // Pointed to only once it is whole; when the disk is full the version before stays the good one.
  if (!write_file_durably(file, campaign.json, FileMode::Readable).ok()) return;
  if (!write_file_durably(store_ / "current", version, FileMode::Readable).ok()) return;
  for (const auto& entry : fs::directory_iterator(store_, error)) {
    const bool other = entry.is_directory(error) && entry.path().filename() != version;
    if (other) fs::remove_all(entry.path(), error);
  }
}

}  // namespace vitrine
