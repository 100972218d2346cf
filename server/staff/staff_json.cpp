// SPDX-License-Identifier: MIT
#include "server/staff/staff_json.h"

#include <cstdio>

#include "engine/campaign/parse.h"
#include "engine/rules/voucher_code.h"
#include "server/claims/claim_offer.h"
#include "server/http/static_files.h"

namespace vitrine {
namespace {

std::string shade_of(const Color& color) {
  const auto byte = [](float part) { return static_cast<int>(part * 255.0f + 0.5f) & 0xff; };
  char text[8];
  std::snprintf(text, sizeof text, "#%02X%02X%02X", byte(color.r), byte(color.g), byte(color.b));
  return text;
}

void write_pool(const Pool& pool, JsonWriter& json) {
  json.begin_object().key("stock").integer(pool.stock).key("taken").integer(pool.taken);
  json.key("open").boolean(pool.open).end_object();
}

void write_product(const campaign::Campaign& campaign, const campaign::Product& product,
                   const Pool* pool, JsonWriter& json) {
  json.begin_object().key("id").string(product.id).key("code").string(product.code);
  json.key("names").begin_object();
  for (const std::string& language : campaign.languages()) {
    json.key(language).string(campaign.product_name(product, language));
  }
  json.end_object().key("shade").string(shade_of(product.shade));
  json.key("amount").integer(product.price.amount).key("offer");
  product.price.has_offer() ? json.integer(product.price.offer) : json.null();
  json.key("currency").string(product.price.currency_code()).key("stock");
  product.stock >= 0 ? json.integer(product.stock) : json.null();
  json.key("pool");
  pool != nullptr ? write_pool(*pool, json) : (void)json.null();
  json.end_object();
}

// An object of numbers and names, for the reader's language and currency; lines of earlier builds
// are text.
void write_detail(const std::string& detail, JsonWriter& json) {
  JsonDocument document;
  const bool is_object = document.parse(detail) && document.root().is(JsonType::Object);
  is_object ? json.raw(detail) : json.string(detail);
}

}  // namespace

void write_campaign_list(const Publisher& publisher, JsonWriter& json) {
  json.begin_array();
  for (const std::string& id : publisher.campaigns().ids()) {
    const std::optional<CampaignVersion> now = publisher.current(id);
    if (!now) continue;
    json.begin_object().key("id").string(id).key("version").integer(now->version);
    json.key("published").boolean(now->how != "file");
    json.key("file_changed").boolean(publisher.has_file_changed(id)).end_object();
  }
  json.end_array();
}

void write_version(const CampaignVersion& version, JsonWriter& json) {
  json.begin_object().key("version").integer(version.version).key("time").integer(version.time);
  json.key("actor").string(version.actor).key("how").string(version.how);
  json.key("of_version").integer(version.of_version).key("changes").raw(version.changes);
  json.end_object();
}

void write_campaign(const Publisher& publisher, const CampaignVersion& now,
                    std::span<const CampaignVersion> versions,
                    const std::function<const Pool*(std::string_view)>& pool, JsonWriter& json) {
  json.begin_object().key("id").string(now.campaign).key("version").integer(now.version);
  json.key("etag").string(etag_of(now.json)).key("how").string(now.how);
  json.key("actor").string(now.actor).key("time").integer(now.time);
  const bool changed = publisher.has_file_changed(now.campaign);
  json.key("file_changed").boolean(changed);
  json.key("file_etag").string(publisher.file_etag(now.campaign)).key("file_changes");
  const auto file = changed ? publisher.campaigns().file_json(now.campaign) : nullptr;
  json.raw(file ? changes_json(campaign_changes(now.json, *file)) : "[]");
  json.key("products").begin_array();
  const campaign::CampaignResult parsed = campaign::parse_campaign(now.json, now.campaign);
  if (parsed.ok()) {
    for (const campaign::Product& product : parsed.campaign->products()) {
      write_product(*parsed.campaign, product, pool(now.campaign + "/" + product.id), json);
    }
  }
  json.end_array().key("versions").begin_array();
  for (const CampaignVersion& version : versions) write_version(version, json);
  json.end_array().end_object();
}

void write_problems(std::span<const PublishProblem> problems, JsonWriter& json) {
  json.begin_array();
  for (const PublishProblem& problem : problems) {
    json.begin_object().key("product").string(problem.product).key("field").string(problem.field);
    json.key("code").string(problem.code).key("message").string(problem.message);
    json.key("cure").string(problem.cure).key("limit").integer(problem.limit);
    json.key("path").string(problem.path).end_object();
  }
  json.end_array();
}

void write_pools(std::span<const Pool> pools, const Held& held, JsonWriter& json) {
  json.begin_array();
  for (const Pool& pool : pools) {
    const auto found = held.find(pool.pool);
    const int64_t of_pool = found == held.end() ? 0 : found->second;
    json.begin_object().key("pool").string(pool.pool).key("stock").integer(pool.stock);
    json.key("issued").integer(pool.taken - of_pool).key("held").integer(of_pool);
    json.key("remaining").integer(pool.remaining()).key("open").boolean(pool.open);
    json.key("price").integer(pool.price.minor).key("currency").string(pool.price.currency);
    json.end_object();
  }
  json.end_array();
}

void write_claim(const Claim& claim, JsonWriter& json) {
  json.begin_object().key("claim").string(claim.claim.to_hex());
  json.key("campaign").string(campaign_of_pool(claim.pool)).key("product").string(claim.product);
  json.key("state").string(rules::claim_state_name(claim.state));
  json.key("reason").string(rules::release_reason_name(claim.reason));
  json.key("price").integer(claim.price.minor).key("currency").string(claim.price.currency);
  json.key("payment").string(rules::payment_state_name(claim.payment));
  json.key("code").string(claim.code.empty() ? "" : rules::mask_voucher_code(claim.code));
  json.key("held_time").integer(claim.held_time).key("hold_until").integer(claim.hold_until);
  json.key("issued_time").integer(claim.issued_time).key("ended_time").integer(claim.ended_time);
  json.key("valid_until").integer(claim.valid_until).end_object();
}

void write_screens(std::span<const Device> devices,
                   const std::map<std::string, LiveView::Seen>& seen, JsonWriter& json) {
  json.begin_array();
  for (const Device& device : devices) {
    const auto found = seen.find(device.name);
    const LiveView::Seen known = found == seen.end() ? LiveView::Seen() : found->second;
    json.begin_object().key("device").string(device.name);
    json.key("state").string(device_state_name(device.state));
    json.key("connected").boolean(known.connected).key("since").integer(known.since_ms);
    json.key("heard").integer(known.heard_ms).key("build").string(known.build);
    json.key("campaign").string(known.campaign);
    json.key("queued").integer(static_cast<int64_t>(known.queued));
    json.key("memory_only").boolean(known.memory_only).end_object();
  }
  json.end_array();
}

void write_audit(std::span<const AuditLine> lines, JsonWriter& json) {
  json.begin_array();
  for (const AuditLine& line : lines) {
    json.begin_object().key("position").integer(line.position).key("time").integer(line.time);
    json.key("actor").string(line.actor).key("act").string(line.act);
    json.key("target").string(line.target).key("detail");
    write_detail(line.detail, json);
    json.end_object();
  }
  json.end_array();
}

void write_stop(const std::optional<StopOrder>& stop, JsonWriter& json) {
  if (!stop) return (void)json.null();
  json.begin_object().key("time").integer(stop->time).key("actor").string(stop->actor);
  json.end_object();
}

}  // namespace vitrine
