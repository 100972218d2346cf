// SPDX-License-Identifier: MIT
#include "server/campaign_folder.h"

#include <algorithm>

#include "engine/campaign/parse.h"
#include "server/page_manifest.h"

namespace vitrine {

namespace fs = std::filesystem;

namespace {

CampaignRule rule_of(const campaign::Campaign& campaign) {
  CampaignRule rule;
  rule.ends = std::min(campaign.ends_ms(), protocol::kMaxTimeMs);
  for (size_t mode = 0; mode < rule.allows.size(); ++mode) {
    rule.allows[mode] = campaign.records(protocol::mode_name(static_cast<protocol::Mode>(mode)));
  }
  return rule;
}

struct ArtFile {
  std::string path;  // below the campaign's folder
  uintmax_t size = 0;
};

constexpr size_t kMostEntries = 4096;  // of art/ that are looked at

// By name, so that the same files are always told the same.
std::vector<ArtFile> art_of(const fs::path& campaign) {
  std::vector<ArtFile> files;
  std::error_code error;
  fs::recursive_directory_iterator entry(campaign / "art", error);
  for (size_t seen = 0; !error && entry != fs::recursive_directory_iterator();
       entry.increment(error)) {
    if (++seen > kMostEntries) break;
    std::error_code unknown;
    if (!entry->is_regular_file(unknown)) continue;
    std::string path = entry->path().lexically_relative(campaign).generic_string();
    const uintmax_t size = entry->file_size(unknown);
    if (!unknown && is_safe_path(path)) files.push_back({std::move(path), size});
  }
  std::sort(files.begin(), files.end(),
            [](const ArtFile& a, const ArtFile& b) { return a.path < b.path; });
  return files;
}

// Of a file that is there and not empty, and was not read: "" of another.
std::string why_unread(const std::string& directory, const std::string& folder) {
  const std::string file = folder + "/campaign.json";
  std::error_code error;
  const uintmax_t size = fs::file_size(fs::path(directory) / file, error);
  if (error || size == 0) return {};
  return file + ": cannot be read: larger than 32 MiB, a link out of " + directory +
         ", or the server's user may not; it has " + std::to_string(size) + " bytes\n";
}

}  // namespace

std::string CampaignFolder::check(const std::string& folder, const std::string& json,
                                  Content& content) {
  const std::string file = folder + "/campaign.json";
  const campaign::CampaignResult result = campaign::parse_campaign(json, file);
  if (!result.ok()) return result.to_string();
  if (result.campaign->id() != folder) {
    return file + ": its id is \"" + std::string(result.campaign->id()) +
           "\"; the folder must have the same name\n";
  }
  content.json = std::make_shared<const std::string>(json);
  content.etag = etag_of(json);
  content.first_paint = page_marks(*result.campaign);
  content.manifest = page_manifest(*result.campaign);
  content.rule = rule_of(*result.campaign);
  content.offers = claim_offers(*result.campaign);
  content.has_queue = result.campaign->claim().queue;
  return {};
}

CampaignFolder::CampaignFolder(std::string directory)
    : directory_(std::move(directory)), files_(directory_, RouteClass::Campaign) {
  poll();
}

std::optional<std::vector<std::string>> CampaignFolder::folders() const {
  std::vector<std::string> names;
  if (directory_.empty()) return names;
  std::error_code error;
  fs::directory_iterator entry(directory_, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::string name = entry->path().filename().string();
    std::error_code unknown;
    if (entry->is_directory(unknown) && is_safe_path(name)) names.push_back(std::move(name));
  }
  if (error) return std::nullopt;
  return names;
}

// A file that is missing for a moment is one that somebody replaces.
bool CampaignFolder::has_changed(const std::string& folder, Entry& entry) const {
  const fs::path file = fs::path(directory_) / folder / "campaign.json";
  std::error_code error;
  const auto modified = fs::last_write_time(file, error);
  const uintmax_t size = error ? 0 : fs::file_size(file, error);
  if (error || (modified == entry.modified && size == entry.size)) return false;
  entry.modified = modified;
  entry.size = size;
  return true;
}

std::string CampaignFolder::read(const std::string& folder, Entry& entry) {
  const std::string json = files_.read(folder + "/campaign.json");
  const bool is_new = entry.file.json == nullptr;
  entry.file_etag = etag_of(json);
  entry.problem = json.empty() ? why_unread(directory_, folder) : std::string();
  if (entry.problem.empty()) entry.problem = check(folder, json, entry.file);
  if (!entry.problem.empty()) {
    const bool has_other = !is_new || published_.count(folder) != 0;
    return folder + (has_other ? ": broken; the one before stays: " : ": left out: ") +
           entry.problem;
  }
  if (published_.count(folder) != 0) {
    return folder + ": its file has changed; what staff published stays, the console shows both\n";
  }
  return folder + (is_new ? ": serving this campaign\n" : ": changed; serving the new one\n");
}

std::vector<std::string> CampaignFolder::poll() {
  std::vector<std::string> log;
  parts_.clear();
  const std::optional<std::vector<std::string>> names = folders();
  // Descriptors that ran out for a moment must not take every campaign away.
  if (!names) return log;
  for (const std::string& folder : *names) {
    Entry& entry = entries_[folder];
    if (has_changed(folder, entry)) log.push_back(read(folder, entry));
  }
  std::erase_if(entries_, [&](const auto& item) {
    const bool gone = std::find(names->begin(), names->end(), item.first) == names->end();
    const bool known = item.second.file.json != nullptr || !item.second.problem.empty();
    if (gone && known) log.push_back(item.first + ": gone\n");
    return gone;
  });
  if (!log.empty()) list();
  return log;
}

Status CampaignFolder::publish(const std::string& id, const std::string& json,
                               std::string_view actor) {
  Content content;
  const std::string problem = check(id, json, content);
  if (!problem.empty()) return {StatusCode::InvalidArgument, problem};
  for (auto& [product, offer] : content.offers) {
    offer.stock_leads = true;
    offer.published_by = actor;
  }
  published_[id] = std::move(content);
  list();
  return {};
}

void CampaignFolder::list() {
  parts_.clear();
  ids_.clear();
  problems_.clear();
  for (const auto& [folder, entry] : entries_) {
    if (entry.file.json != nullptr || published_.count(folder) != 0) ids_.push_back(folder);
    if (!entry.problem.empty()) problems_.push_back({folder, entry.problem});
  }
  // None is ever taken out: screens may still bring what they recorded while the folder was there,
  // or is being replaced, and a row that is refused is refused for good.
  for (const std::string& id : ids_) rules_[id] = shown(id).rule;
}

bool CampaignFolder::has(std::string_view id) const {
  return std::binary_search(ids_.begin(), ids_.end(), id);
}

const CampaignFolder::Content& CampaignFolder::shown(std::string_view id) const {
  const auto published = published_.find(id);
  return published != published_.end() ? published->second : entries_.find(id)->second.file;
}

const PageMarks* CampaignFolder::first_paint(std::string_view id) const {
  return has(id) ? &shown(id).first_paint : nullptr;
}

const std::string* CampaignFolder::manifest(std::string_view id) const {
  return has(id) ? &shown(id).manifest : nullptr;
}

const ClaimOffer* CampaignFolder::offer(std::string_view id, std::string_view product) const {
  if (!has(id)) return nullptr;
  const ClaimOffers& offers = shown(id).offers;
  const auto found = offers.find(product);
  return found == offers.end() ? nullptr : &found->second;
}

std::string_view CampaignFolder::provider(std::string_view id) const {
  if (!has(id)) return "";
  const ClaimOffers& offers = shown(id).offers;
  return offers.empty() ? std::string_view() : offers.begin()->second.provider;
}

bool CampaignFolder::has_queue(std::string_view id) const {
  return has(id) && shown(id).has_queue;
}

std::vector<const ClaimOffer*> CampaignFolder::offers() const {
  std::vector<const ClaimOffer*> all;
  for (const std::string& id : ids_) {
    for (const auto& [product, offer] : shown(id).offers) all.push_back(&offer);
  }
  return all;
}

std::shared_ptr<const std::string> CampaignFolder::json(std::string_view id) const {
  return has(id) ? shown(id).json : nullptr;
}

std::shared_ptr<const std::string> CampaignFolder::file_json(std::string_view id) const {
  const auto entry = entries_.find(id);
  return entry == entries_.end() ? nullptr : entry->second.file.json;
}

std::string CampaignFolder::file_etag(std::string_view id) const {
  const auto entry = entries_.find(id);
  return entry == entries_.end() ? "" : entry->second.file_etag;
}

// Every phone asks at every visit, on the server's loop: the folder is gone through once for all.
const std::vector<CampaignPart>& CampaignFolder::parts(std::string_view id) {
  static const std::vector<CampaignPart> none;
  if (!has(id)) return none;
  auto found = parts_.find(id);
  if (found == parts_.end()) found = parts_.emplace(std::string(id), find_parts(id)).first;
  return found->second;
}

std::vector<CampaignPart> CampaignFolder::find_parts(std::string_view id) {
  std::vector<CampaignPart> parts;
  parts.push_back({"campaign.json", shown(id).etag});
  uintmax_t bytes = 0;
  for (const ArtFile& file : art_of(fs::path(directory_) / id)) {
    bytes += file.size;
    if (bytes > kMostPartBytes || parts.size() == kMostParts) break;
    std::string etag = files_.etag(std::string(id) + "/" + file.path);
    if (!etag.empty()) parts.push_back({file.path, std::move(etag)});
  }
  return parts;
}

WebResponse CampaignFolder::serve(const WebRequest& request, std::string_view id,
                                  std::string_view path) {
  const bool is_campaign = path == "campaign.json";
  if ((!is_campaign && path.rfind("art/", 0) != 0) || !has(id)) {
    return text_response(RouteClass::Campaign, 404, "not found\n");
  }
  if (!is_campaign) return files_.serve(request, std::string(id) + "/" + std::string(path));
  const Content& content = shown(id);
  WebResponse response;
  response.route = RouteClass::Campaign;
  response.content_type = "application/json";
  response.headers.emplace_back("Cache-Control", "no-cache");
  if (!answer_unchanged(request, content.etag, response)) response.body = content.json;
  return response;
}

}  // namespace vitrine
