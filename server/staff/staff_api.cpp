// SPDX-License-Identifier: MIT
#include "server/staff/staff_api.h"

#include <algorithm>
#include <utility>

#include "server/handshake.h"
#include "server/staff/staff_answers.h"
#include "server/staff/staff_json.h"
#include "server/staff_auth.h"

namespace vitrine {
namespace {

constexpr std::string_view kCampaigns = "/api/campaigns";
constexpr size_t kVersionsTold = 100;
constexpr size_t kAuditTold = 200;
constexpr size_t kScreensTold = 1000;
constexpr size_t kMostValueBytes = 32;  // of a number as it was typed
const JsonLimits kBody = {kMaxRequestBody, 4, 4000};

// A form of a foreign page can be posted here with the staff's own password, for the browser adds
// it; JSON, and an Origin that is not ours, cannot.
std::optional<WebResponse> refuse_foreign(const WebRequest& request) {
  if (request.content_type.rfind("application/json", 0) != 0) return refused(415, "not_json");
  if (!request.origin.empty() && !is_origin_allowed({}, request.origin, request.host)) {
    return refused(403, "origin_refused");
  }
  return std::nullopt;
}

// "/api/campaigns/ID/ACT": id and act.
std::pair<std::string_view, std::string_view> parts_of(std::string_view path) {
  path.remove_prefix(std::min(path.size(), kCampaigns.size() + 1));
  const size_t slash = path.find('/');
  if (slash == std::string_view::npos) return {path, {}};
  return {path.substr(0, slash), path.substr(slash + 1)};
}

// A member that is not meant is mistyped, and what was meant would be left out without a word.
bool has_only(JsonValue object, std::initializer_list<std::string_view> names) {
  for (JsonValue member = object.first(); member.exists(); member = member.next()) {
    if (std::find(names.begin(), names.end(), member.key()) == names.end()) return false;
  }
  return true;
}

// What every act on a campaign says, and `more`, which is its own.
bool is_act(JsonValue body, std::string_view more) {
  const JsonValue etag = body.find("base_etag");
  return body.find("base_version").integer() && (!etag.exists() || etag.string()) &&
         has_only(body, {"base_version", "base_etag", more});
}

std::string_view member_of(std::string_view act) {
  if (act == "take-file") return "base_version";
  return act == "roll-back" ? "version" : "products";
}

// One number as it was typed; the parser says what is wrong with it. False: no such value.
bool read_value(JsonValue object, std::string_view key, std::string& out) {
  const JsonValue value = object.find(key);
  if (!value.exists()) return true;
  if (value.is(JsonType::Object) || value.is(JsonType::Array)) return false;
  out = value.raw();
  return out.size() <= kMostValueBytes;
}

bool read_edits(JsonValue products, std::vector<ProductEdit>& edits) {
  if (!products.is(JsonType::Object)) return false;
  for (JsonValue product = products.first(); product.exists(); product = product.next()) {
    ProductEdit edit;
    edit.product = product.key();
    if (!product.is(JsonType::Object) || !has_only(product, {"stock", "amount", "offer"}) ||
        !read_value(product, "stock", edit.stock) || !read_value(product, "amount", edit.amount) ||
        !read_value(product, "offer", edit.offer)) {
      return false;
    }
    edits.push_back(std::move(edit));
  }
  return true;
}

}  // namespace

std::string StaffApi::actor_of(const WebRequest& request) {
  const std::string name = staff_name(request.authorization);
  return name.empty() ? "staff" : name;
}

bool StaffApi::has(std::string_view path) {
  constexpr std::string_view kOthers[] = {"/api/claims",  "/api/claims/find", "/api/claims/void",
                                          "/api/screens", "/api/audit",       "/api/stop",
                                          "/api/start"};
  return path.rfind(kCampaigns, 0) == 0 ||
         std::find(std::begin(kOthers), std::end(kOthers), path) != std::end(kOthers);
}

std::optional<WebResponse> StaffApi::handle(const WebRequest& request) {
  settle_acts();
  if (request.method != WebMethod::Post) return get(request);
  if (std::optional<WebResponse> refusal = refuse_foreign(request)) return refusal;
  return post(request);
}

WebResponse StaffApi::get(const WebRequest& request) {
  const std::string_view path = request.path;
  if (path == "/api/claims") return claims(request);
  if (path == "/api/screens") return screens();
  if (path == "/api/audit") return audit();
  if (path != kCampaigns) return campaign(parts_of(path).first);
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("campaigns");
  write_campaign_list(*parts_.publisher, json);
  json.end_object();
  return told(200, std::move(out));
}

std::optional<WebResponse> StaffApi::post(const WebRequest& request) {
  const std::string_view path = request.path;
  if (!body_.parse(request.body, kBody) || !body_.root().is(JsonType::Object)) {
    return refused(400, "bad_request");
  }
  if (path == "/api/claims/find") return find_claim(body_.root());
  if (path == "/api/claims/void") return take_back(request, body_.root());
  if (path == "/api/stop" || path == "/api/start") return stop(request, path == "/api/stop");
  const auto [id, act] = parts_of(path);
  return publish(request, id, act);
}

const Pool* StaffApi::pool(std::string_view name) const {
  const ClaimFront* front = parts_.claims();
  return front == nullptr ? nullptr : front->pool(name);
}

WebResponse StaffApi::campaign(std::string_view id) {
  const std::optional<CampaignVersion> now = parts_.publisher->current(id);
  if (!now) return refused(404, "no_campaign");
  Result<std::vector<CampaignVersion>> versions =
      parts_.publisher->store().versions(id, kVersionsTold);
  if (!versions.ok()) return refused(versions.status());
  std::string out;
  JsonWriter json(out);
  write_campaign(
      *parts_.publisher, *now, versions.value(),
      [this](std::string_view name) { return pool(name); }, json);
  return told(200, std::move(out));
}

WebResponse StaffApi::publish(const WebRequest& request, std::string_view id,
                              std::string_view act) {
  const JsonValue body = body_.root();
  if (!is_act(body, member_of(act))) return refused(400, "bad_request");
  conflict_base_ = *body.find("base_version").integer();
  Publisher::Base base;
  base.campaign = id;
  base.version = conflict_base_;
  base.etag = body.find("base_etag").string().value_or("");
  base.actor = actor_of(request);
  if (act == "take-file") {
    if (request.if_match.empty()) return refused(428, "no_if_match");
    return publish_answer(parts_.publisher->take_file(base, request.if_match), id);
  }
  if (act == "roll-back") {
    const std::optional<int64_t> to = body.find("version").integer();
    if (!to) return refused(400, "bad_request");
    return publish_answer(parts_.publisher->roll_back(base, *to), id);
  }
  std::vector<ProductEdit> edits;
  if (!read_edits(body.find("products"), edits)) return refused(400, "bad_request");
  return publish_answer(parts_.publisher->edit(base, std::move(edits)), id);
}

WebResponse StaffApi::publish_answer(PublishAnswer answer, std::string_view id) {
  switch (answer) {
    case PublishAnswer::Done:
      parts_.published();
      return campaign(id);
    case PublishAnswer::NoCampaign:
      return refused(404, "no_campaign");
    case PublishAnswer::Conflict:
      return conflict(id);
    case PublishAnswer::FileChanged:
      return refused(412, "file_changed");
    case PublishAnswer::Full:
      return refused(503, "storage_full");
    case PublishAnswer::Unavailable:
      return refused(503, "storage_unavailable");
    case PublishAnswer::Problems:
      break;
  }
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("error").string("problems").key("problems");
  write_problems(parts_.publisher->problems(), json);
  json.end_object();
  return told(422, std::move(out));
}

// What has changed since, for who would have undone it unseen.
WebResponse StaffApi::conflict(std::string_view id) {
  const std::optional<CampaignVersion> now = parts_.publisher->current(id);
  const auto base = parts_.publisher->store().find(id, conflict_base_);
  if (!now || !base.ok()) return refused(503, "storage_unavailable");
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("error").string("conflict").key("current");
  write_version(*now, json);
  json.key("changes");
  json.raw(base.value() ? changes_json(campaign_changes(base.value()->json, now->json)) : "[]");
  json.end_object();
  return told(409, std::move(out));
}

WebResponse StaffApi::screens() {
  const std::vector<Device>* devices = this->devices();
  if (devices == nullptr) return refused(503, "storage_unavailable");
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("time").integer(parts_.clock->wall_ms());
  json.key("pages").integer(static_cast<int64_t>(parts_.live->pages()));
  json.key("devices").integer(static_cast<int64_t>(devices->size())).key("screens");
  const size_t told_of = std::min(devices->size(), kScreensTold);
  write_screens(std::span(*devices).first(told_of), parts_.live->seen(), json);
  json.end_object();
  return told(200, std::move(out));
}

// Read anew only when somebody changed them: pages ask every few seconds. Null: cannot be read.
const std::vector<Device>* StaffApi::devices() {
  const Result<uint64_t> version = parts_.registry->version();
  if (!version.ok()) return nullptr;
  if (devices_version_ == version.value()) return &devices_;
  Result<std::vector<Device>> devices = parts_.registry->list();
  if (!devices.ok()) return nullptr;
  devices_ = std::move(devices).value();
  devices_version_ = version.value();
  return &devices_;
}

WebResponse StaffApi::audit() {
  Result<std::vector<AuditLine>> lines = parts_.publisher->store().audit(kAuditTold);
  if (!lines.ok()) return refused(lines.status());
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("lines");
  write_audit(lines.value(), json);
  json.end_object();
  return told(200, std::move(out));
}

WebResponse StaffApi::stop(const WebRequest& request, bool stopped) {
  const AuditLine line{
      0, parts_.clock->wall_ms(), actor_of(request), stopped ? "stop" : "start", "", ""};
  ConsoleStore& store = parts_.publisher->store();
  const Status status = store.set_stopped(stopped, line);
  if (!status.ok()) return refused(status);
  if (ClaimFront* front = parts_.claims()) front->set_closed(stopped, line.actor);
  const Result<std::optional<StopOrder>> order = store.stopped();
  if (!order.ok()) return refused(order.status());
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("stopped");
  write_stop(order.value(), json);
  json.end_object();
  return told(200, std::move(out));
}

}  // namespace vitrine
