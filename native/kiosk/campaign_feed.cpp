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

// The version that one of the three files names, "" when there is none.
std::string name_in(const fs::path& file) {
  const Result<std::string> text = read_asset(file.parent_path(), file.filename().string());
  return text.ok() ? text.value() : "";
}

// Deletes every version but these two.
void remove_others(const fs::path& store, const std::string& current, const std::string& good) {
  std::error_code error, ignored;
  fs::directory_iterator entry(store, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (entry->is_directory(ignored) && name != current && name != good) {
      fs::remove_all(entry->path(), ignored);
    }
  }
}

}  // namespace

Result<std::unique_ptr<CampaignFeed>> CampaignFeed::open(const CampaignFeedOptions& options,
                                                         LwsClient* client) {
  std::unique_ptr<CampaignFeed> feed(new CampaignFeed(options));
  feed->client_ = client;
  std::error_code error;
  const bool folder = fs::is_directory(options.campaign, error);
  const Status status =
      folder ? feed->open_folder(options.campaign) : feed->open_kept(options.campaign);
  if (!status.ok()) return status;
  return feed;
}

Status CampaignFeed::open_folder(const fs::path& folder) {
  if (options_.step == StartStep::Plain) return {};
  Result<std::string> json = read_asset(folder, "campaign.json");
  if (!json.ok()) {
    return {json.status().code(), "--campaign " + folder.string() + ": " + json.status().message() +
                                      "; give the folder that has it, or a campaign's id"};
  }
  next_ = CampaignText{std::move(json).value(), (folder / "campaign.json").string(), folder, ""};
  return {};
}

Status CampaignFeed::open_kept(const std::string& id) {
  const fs::path& data = options_.data;
  if (!is_id(id)) {
    return {StatusCode::NotFound, "--campaign " + id + ": no such folder, and not a campaign's id"};
  }
  if (data.empty()) return {StatusCode::InvalidArgument, "--campaign " + id + ": needs --data"};
  id_ = id;
  store_ = data / "campaigns" / id;
  const std::string version = first_version();
  if (!version.empty()) {
    Result<std::string> json = read_asset(store_ / version, "campaign.json");
    if (json.ok()) offer(std::move(json).value());
  }
  if (client_ == nullptr && !next_ && options_.step != StartStep::Plain) {
    return {StatusCode::NotFound, "--campaign " + id + ": not kept in " + data.string() +
                                      "; start once with --server, or give a folder"};
  }
  return {};
}

// Which of the kept ones; "" for none. A version is barred for good only where there is another to
// show: three power cuts in the first minute must not take a screen's only campaign away.
std::string CampaignFeed::first_version() {
  current_ = name_in(store_ / "current");
  good_ = name_in(store_ / "good");
  barred_ = name_in(store_ / "barred");
  const bool has_other = !good_.empty() && good_ != current_;
  if (options_.step != StartStep::Usual && has_other && barred_ != current_) {
    barred_ = current_;
    (void)point("barred", barred_).ok();
  }
  if (options_.step == StartStep::Plain) {
    failed_ = good_.empty() ? current_ : good_;
    return "";
  }
  return barred_ == current_ ? good_ : current_;
}

bool CampaignFeed::is_barred(const std::string& version) const {
  return version == barred_ || version == failed_;
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
  const int refusal = arrived || !response.ok() ? 0 : response.value().status;
  if (refusal != 0 && refusal != refusal_) {
    problem_ = "--campaign " + id_ + ": the server answered " + std::to_string(refusal) +
               (refusal == 404 ? "; it has no campaign of this id" : "");
  }
  refusal_ = refusal;
  if (arrived) offer(std::move(response.value().body));
}

void CampaignFeed::offer(std::string json) {
  const std::string version = version_of(json);
  if (version == version_ || is_barred(version)) return;
  version_ = version;
  next_ =
      CampaignText{std::move(json), id_ + "/campaign.json", store_ / version, "/c/" + id_ + "/"};
}

std::optional<CampaignText> CampaignFeed::take() {
  return std::exchange(next_, std::nullopt);
}

void CampaignFeed::set_verdict(const CampaignText& campaign, bool accepted) {
  if (store_.empty() || !accepted) return;
  std::error_code error;
  fs::create_directories(campaign.root, error);
  const fs::path file = campaign.root / "campaign.json";
  const std::string version = campaign.root.filename().string();
  kept_.clear();
  shown_since_us_.reset();
  // Pointed to only once it is whole; when the disk is full the version before stays the good one.
  if (!write_file_durably(file, campaign.json, FileMode::Readable).ok()) return;
  if (!point("current", version).ok()) return;
  kept_ = current_ = version;
  remove_others(store_, current_, good_);
}

void CampaignFeed::frame_shown(int64_t now_us) {
  if (kept_.empty() || kept_ == good_) return;
  if (!shown_since_us_) shown_since_us_ = now_us;
  if (now_us - *shown_since_us_ < options_.good_after_us) return;
  good_ = kept_;
  worker_.post([store = store_, version = good_]() -> Worker::Report {
    (void)write_file_durably(store / "good", version, FileMode::Readable).ok();
    return {};
  });
}

std::string CampaignFeed::take_problem() {
  return std::exchange(problem_, {});
}

void CampaignFeed::start_over() {
  barred_.clear();
  failed_.clear();
  ask_at_us_ = 0;
  if (store_.empty()) return;
  std::error_code error;
  fs::remove(store_ / "barred", error);
}

Status CampaignFeed::point(const char* name, const std::string& version) const {
  return write_file_durably(store_ / name, version, FileMode::Readable);
}

}  // namespace vitrine
