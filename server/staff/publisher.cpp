// SPDX-License-Identifier: MIT
#include "server/staff/publisher.h"

#include <algorithm>
#include <utility>

#include "engine/base/json/json.h"
#include "engine/campaign/parse.h"

namespace vitrine {
namespace {

int64_t version_of(std::string_view json) {
  JsonDocument document;
  return document.parse(json) ? document.root().find("version").integer().value_or(1) : 1;
}

std::string pool_name(std::string_view campaign, std::string_view product) {
  return std::string(campaign) + "/" + std::string(product);
}

// "products[3].price.offer": of which product, which field.
void place(const std::string& path, std::string_view json, PublishProblem& problem) {
  constexpr std::string_view kProducts = "products[";
  if (path.rfind(kProducts, 0) != 0) return;
  size_t index = std::strtoul(path.c_str() + kProducts.size(), nullptr, 10);
  JsonDocument document;
  if (!document.parse(json)) return;
  JsonValue product = document.root().find("products").first();
  while (index-- > 0 && product.exists()) product = product.next();
  problem.product = product.find("id").string().value_or("");
  const std::string field = path.substr(path.rfind('.') + 1);
  if (field == "stock" || field == "amount" || field == "offer") problem.field = field;
}

}  // namespace

std::vector<std::string> Publisher::restore() {
  std::vector<std::string> log;
  Result<std::vector<CampaignVersion>> versions = parts_.store->newest();
  if (!versions.ok()) return {"published campaigns: " + versions.status().message() + "\n"};
  for (CampaignVersion& version : versions.value()) {
    const Status status = parts_.campaigns->publish(version.campaign, version.json, version.actor);
    if (!status.ok()) {
      log.push_back(
          version.campaign + ": its published version " + std::to_string(version.version) +
          " is not good for this server, its file is served instead: " + status.message());
      floor_[version.campaign] = version.version + 1;
      continue;
    }
    if (has_file_changed_since(version)) {
      log.push_back(version.campaign + ": its file has changed since version " +
                    std::to_string(version.version) +
                    " was published; that version stays, the console shows both\n");
    }
    newest_[version.campaign] = std::move(version);
  }
  return log;
}

std::optional<CampaignVersion> Publisher::current(std::string_view campaign) const {
  const std::shared_ptr<const std::string> json = parts_.campaigns->json(campaign);
  if (json == nullptr) return std::nullopt;
  const auto published = newest_.find(campaign);
  if (published != newest_.end()) return published->second;
  CampaignVersion version;
  version.campaign = campaign;
  const auto floor = floor_.find(campaign);
  version.version = std::max(version_of(*json), floor == floor_.end() ? 0 : floor->second);
  version.how = "file";
  version.changes = "[]";
  version.file_etag = parts_.campaigns->file_etag(campaign);
  version.json = *json;
  return version;
}

bool Publisher::has_file_changed(std::string_view campaign) const {
  const auto published = newest_.find(campaign);
  return published != newest_.end() && has_file_changed_since(published->second);
}

bool Publisher::has_file_changed_since(const CampaignVersion& version) const {
  const std::string etag = parts_.campaigns->file_etag(version.campaign);
  return !etag.empty() && etag != version.file_etag;
}

bool Publisher::is_stale(const Base& base, const CampaignVersion& now) const {
  return base.version != now.version || (!base.etag.empty() && base.etag != etag_of(now.json));
}

PublishAnswer Publisher::edit(const Base& base, std::vector<ProductEdit> edits) {
  const std::optional<CampaignVersion> now = current(base.campaign);
  if (!now) return PublishAnswer::NoCampaign;
  if (is_stale(base, *now)) return PublishAnswer::Conflict;
  if (now->how == "file") add_pool_stocks(*now, edits);
  return publish(base, *now, {edit_campaign(now->json, edits, now->version + 1), "edit"});
}

PublishAnswer Publisher::roll_back(const Base& base, int64_t version) {
  const std::optional<CampaignVersion> now = current(base.campaign);
  if (!now) return PublishAnswer::NoCampaign;
  if (is_stale(base, *now)) return PublishAnswer::Conflict;
  const auto earlier = parts_.store->find(base.campaign, version);
  if (!earlier.ok()) return PublishAnswer::Unavailable;
  if (!earlier.value()) return PublishAnswer::NoCampaign;
  const std::string json = edit_campaign(earlier.value()->json, {}, now->version + 1);
  return publish(base, *now, {json, "roll_back", version});
}

std::string Publisher::file_etag(std::string_view campaign) const {
  const std::shared_ptr<const std::string> file = parts_.campaigns->file_json(campaign);
  return file == nullptr ? "" : etag_of(*file);
}

PublishAnswer Publisher::take_file(const Base& base, std::string_view file_etag) {
  const std::optional<CampaignVersion> now = current(base.campaign);
  const std::shared_ptr<const std::string> file = parts_.campaigns->file_json(base.campaign);
  if (!now || file == nullptr) return PublishAnswer::NoCampaign;
  if (is_stale(base, *now)) return PublishAnswer::Conflict;
  if (file_etag != etag_of(*file)) return PublishAnswer::FileChanged;
  const int64_t version = std::max(now->version + 1, version_of(*file));
  return publish(base, *now, {edit_campaign(*file, {}, version), "take_file"});
}

// Until something is published here a pool only began with the file's number; what it has now is
// what staff see and mean.
void Publisher::add_pool_stocks(const CampaignVersion& now, std::vector<ProductEdit>& edits) const {
  if (!parts_.pool) return;
  const campaign::CampaignResult parsed = campaign::parse_campaign(now.json, now.campaign);
  if (!parsed.ok()) return;
  for (const auto& [product, offer] : claim_offers(*parsed.campaign)) {
    const Pool* pool = parts_.pool(offer.pool);
    if (pool == nullptr || pool->stock == offer.stock) continue;
    const auto of_product = [&id = product](const ProductEdit& edit) { return edit.product == id; };
    const auto edit = std::find_if(edits.begin(), edits.end(), of_product);
    if (edit == edits.end()) {
      edits.push_back({product, std::to_string(pool->stock), "", ""});
    } else if (edit->stock.empty()) {
      edit->stock = std::to_string(pool->stock);
    }
  }
}

// Whether it may be published; else problems_ says why not.
bool Publisher::check(const CampaignVersion& now, const Draft& draft,
                      std::span<const CampaignChange> changes) {
  problems_.clear();
  const campaign::CampaignResult parsed =
      campaign::parse_campaign(draft.json, now.campaign + "/campaign.json");
  for (const campaign::Problem& problem : parsed.problems) {
    if (problem.severity != campaign::Severity::Error) continue;
    PublishProblem told;
    told.code = problem_code_name(problem.code);
    told.message = problem.message;
    told.cure = problem.cure;
    told.path = problem.path;
    place(problem.path, draft.json, told);
    problems_.push_back(std::move(told));
  }
  if (!parsed.ok()) return false;
  for (const CampaignChange& change : changes) {
    const bool is_stock = change.field == "stock" && !change.after.empty() && parts_.pool;
    const Pool* pool = is_stock ? parts_.pool(pool_name(now.campaign, change.product)) : nullptr;
    if (pool == nullptr || std::strtoll(change.after.c_str(), nullptr, 10) >= pool->taken) continue;
    const std::string taken = std::to_string(pool->taken);
    problems_.push_back(
        {change.product, "stock", "stock_taken",
         "must be at least " + taken + ": so many are taken (found " + change.after + ")",
         "write " + taken + " or more", pool->taken});
  }
  return problems_.empty();
}

PublishAnswer Publisher::publish(const Base& base, const CampaignVersion& now, Draft draft) {
  const std::vector<CampaignChange> changes = campaign_changes(now.json, draft.json);
  const bool settles_file = draft.how == "take_file";
  if (changes.empty() && !settles_file) return PublishAnswer::Done;
  if (!check(now, draft, changes)) return PublishAnswer::Problems;
  CampaignVersion next;
  next.campaign = base.campaign;
  next.version = version_of(draft.json);
  next.time = parts_.clock->wall_ms();
  next.actor = base.actor;
  next.how = draft.how;
  next.of_version = draft.of_version;
  next.changes = changes_json(changes);
  next.file_etag = settles_file || now.how == "file" ? parts_.campaigns->file_etag(base.campaign)
                                                     : now.file_etag;
  next.json = std::move(draft.json);
  std::vector<CampaignVersion> versions;
  if (newest_.count(base.campaign) == 0) {
    versions.push_back(now);
    versions.back().time = next.time;
  }
  versions.push_back(next);
  const std::string act = draft.how == "edit" ? "publish" : draft.how;
  const std::string detail =
      "{\"version\":" + std::to_string(next.version) + ",\"changes\":" + next.changes + "}";
  const AuditLine line{0, next.time, base.actor, act, base.campaign, detail};
  const Status status = parts_.store->publish(versions, line);
  if (status.code() == StatusCode::AlreadyExists) return PublishAnswer::Conflict;
  if (status.code() == StatusCode::ResourceExhausted) return PublishAnswer::Full;
  if (!status.ok()) return PublishAnswer::Unavailable;
  (void)parts_.campaigns->publish(base.campaign, next.json, next.actor);  // checked above
  newest_[base.campaign] = std::move(next);
  return PublishAnswer::Done;
}

}  // namespace vitrine
