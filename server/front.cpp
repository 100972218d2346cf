// SPDX-License-Identifier: MIT
#include "server/front.h"

#include <algorithm>
#include <utility>

#include "engine/base/assert.h"
#include "engine/campaign/format.h"
#include "server/crypto.h"
#include "server/handshake.h"
#include "server/http/routes.h"

namespace vitrine {

using protocol::CloseCode;

namespace {

constexpr int64_t kRegistryPollMs = 500;
constexpr int64_t kCampaignsPollMs = 2000;

bool is_of_provider(const WebRequest& request) {
  if (request.listener != ListenerKind::Public) return false;
  const Route* route = find_route(request.listener, request.path);
  if (route == nullptr || !route->allows(request.method)) return false;
  return route->path == kProviderRoute || route->path == kProviderEventsRoute;
}

WebResponse say_https() {
  WebResponse response = text_response(RouteClass::Error, 400, "ask by https:// here\n");
  response.close = true;
  return response;
}

}  // namespace

Front::Front(Parts parts, const StoreCounters& counters)
    : parts_(std::move(parts)),
      live_(counters),
      publisher_(publisher_parts()),
      staff_api_(staff_parts()),
      public_site_(parts_.web, {parts_.clock, parts_.campaigns, parts_.registry, &parts_.tokens,
                                &parts_.origins, [this] { return illness(); }, parts_.authority,
                                parts_.page_worker}),
      staff_site_({parts_.clock, &live_, &parts_.staff,
                    [this]() -> const WsStats& { return server_->stats(); },
                    [this](std::string& out) {
                      if (claims_) claims_->append_metrics(out);
                      if (parts_.more_metrics) parts_.more_metrics(out);
                    },
                    &staff_api_}),
      ingest_(parts_.campaigns->rules()) {
  for (const std::string& line : publisher_.restore()) {
    if (parts_.log) parts_.log(line);
  }
  live_.on_campaigns(*parts_.campaigns);
}

Publisher::Parts Front::publisher_parts() {
  return {parts_.clock, parts_.console, parts_.campaigns,
          [this](std::string_view name) { return claims_ ? claims_->pool(name) : nullptr; }};
}

StaffApi::Parts Front::staff_parts() {
  return {parts_.clock,
          &publisher_,
          parts_.registry,
          &live_,
          [this] { return claims_.get(); },
          [this] { tell_of_campaigns(); }};
}

Front::~Front() = default;

void Front::attach(WsServer& server) {
  server_ = &server;
  writer_ = std::make_unique<Writer>(*parts_.store, *parts_.clock, parts_.writer_limits,
                                     [&server] { server.wake(); });
  writer_->set_retention(parts_.retention);
  parts_.staff.set_wake([&server] { server.wake(); });
  claims_ = make_claims();
  if (claims_) claims_->attach(server);
  staff_api_.settle_acts();
}

std::unique_ptr<ClaimFront> Front::make_claims() {
  if (parts_.claims == nullptr) return nullptr;
  Result<std::unique_ptr<ClaimReader>> reader = parts_.claims->open_reader();
  VITRINE_ASSERT(reader.ok());
  ClaimFront::Parts parts;
  parts.clock = parts_.clock;
  parts.store = parts_.claims;
  parts.reader = std::move(reader).value();
  parts.registry = parts_.registry;
  parts.tokens = &parts_.tokens;
  parts.campaigns = parts_.campaigns;
  parts.voucher_key = parts_.voucher_key;
  parts.holder_key = parts_.holder_key;
  parts.writer_limits.link_life_ms = int64_t{parts_.retention.default_days} * 24 * 3600 * 1000;
  parts.writer_limits.longest_hold_ms = campaign::kMaxHoldSeconds * 1000;
  const Result<std::optional<StopOrder>> stop = parts_.console->stopped();
  // Where it cannot be known, nothing is handed out.
  parts.closed = !stop.ok() || stop.value().has_value();
  if (stop.ok() && stop.value()) parts.closed_by = stop.value()->actor;
  parts.public_url = parts_.public_url;
  parts.has_tls = parts_.has_tls;
  parts.providers = parts_.providers;
  parts.allow_private = parts_.allow_private_webhooks;
  parts.log = parts_.log;
  return std::make_unique<ClaimFront>(std::move(parts));
}

std::optional<WebResponse> Front::on_http(const WebRequest& request) {
  if (request.unprotected && request.path != PublicSite::kAuthorityPath) return say_https();
  if (claims_ && is_of_provider(request)) return claims_->on_http(request);
  if (request.listener == ListenerKind::Public) return public_site_.handle(request);
  ask_writer();
  return staff_site_.handle(request);
}

std::optional<WebResponse> Front::on_upgrade(const UpgradeRequest& request) {
  return request.http.unprotected ? say_https() : check_handshake(request, parts_.origins);
}

std::unique_ptr<WsSession> Front::on_open(const Opening& opening) {
  if (opening.subprotocol == protocol::kClaimSubprotocol) {
    return claims_ ? claims_->open(opening) : nullptr;
  }
  const Subprotocol subprotocol = opening.subprotocol == protocol::kCloudEventsSubprotocol
                                      ? Subprotocol::CloudEvents
                                      : Subprotocol::Vitrine1;
  auto session = std::make_unique<Session>(*this, parts_.session_limits, opening.connection,
                                           subprotocol, opening.has_origin, random_nonce());
  sessions_[opening.connection] = session.get();
  return session;
}

// All settlements first, then one look at each connection: its acknowledgements become one.
void Front::on_wake() {
  touched_.clear();
  for (const Completion& completion : writer_->take_completions()) {
    const auto found = sessions_.find(completion.connection);
    if (found == sessions_.end()) continue;
    const bool was_open = found->second->is_open();
    found->second->on_completion(completion);
    if (!was_open && found->second->is_open()) live_.on_opened(*found->second);
    touched_.push_back(completion.connection);
  }
  retry_waiting();
  if (claims_) claims_->on_wake();
  std::sort(touched_.begin(), touched_.end());
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  for (const ConnectionId id : touched_) server_->service(id);
}

void Front::retry_waiting() {
  while (!waiting_.empty()) {
    const ConnectionId id = waiting_.front();
    waiting_.pop_front();
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) continue;
    // It puts itself at the back again when there is still no room.
    found->second->retry();
    touched_.push_back(id);
    if (found->second->is_waiting()) return;
  }
}

void Front::on_tick() {
  ask_writer();
  ask_claim_writer();
  live_.sample_rate(monotonic_ms());
  if (!waiting_.empty()) on_wake();
  poll_campaigns();
  if (claims_) claims_->on_tick();
  if (monotonic_ms() - registry_checked_ms_ < kRegistryPollMs) return;
  registry_checked_ms_ = monotonic_ms();
  const Result<uint64_t> version = parts_.registry->version();
  if (!version.ok() || version.value() == registry_version_) return;
  registry_version_ = version.value();
  cut_off_revoked();
}

// Says once each time that the disk becomes full, and once that it is not any more.
void Front::ask_writer() {
  live_.on_writer_stats(writer_->stats());
  const bool is_full = live_.writer().store_full;
  if (is_full == std::exchange(was_full_, is_full) || !parts_.log) return;
  parts_.log(is_full
                 ? "the disk of --data is full: nothing is recorded until there is room, devices"
                   " keep what they have\n"
                 : "the disk of --data has room again: recording goes on\n");
}

void Front::ask_claim_writer() {
  const bool is_full = claims_ && claims_->is_storage_full();
  if (is_full == std::exchange(were_claims_full_, is_full) || !parts_.log) return;
  parts_.log(is_full ? "the disk of --data is full: nothing can be claimed until there is room\n"
                     : "the disk of --data has room again: claims go on\n");
}

void Front::poll_campaigns() {
  if (monotonic_ms() - campaigns_checked_ms_ < kCampaignsPollMs) return;
  campaigns_checked_ms_ = monotonic_ms();
  const std::vector<std::string> changes = parts_.campaigns->poll();
  if (changes.empty()) return;
  tell_of_campaigns();
  if (!parts_.log) return;
  for (const std::string& line : changes) parts_.log(line);
}

void Front::tell_of_campaigns() {
  live_.on_campaigns(*parts_.campaigns);
  if (claims_) claims_->on_campaigns();
}

// Asks only for devices that are connected: a million may be enrolled, and this is the loop.
void Front::cut_off_revoked() {
  std::vector<ConnectionId> closed;
  for (const auto& [id, session] : sessions_) {
    const SessionInfo& info = session->info();
    if (!info.key || !is_cut_off(*parts_.registry, info.device, *info.key)) continue;
    session->close(CloseCode::Revoked);
    closed.push_back(id);
  }
  for (const ConnectionId id : closed) server_->service(id);
  if (claims_) claims_->cut_off_revoked();
}

void Front::on_stop() {
  if (parts_.on_stop) parts_.on_stop();
  parts_.staff.stop();
  writer_->stop();
  if (claims_) claims_->on_stop();
  on_wake();
}

int64_t Front::monotonic_ms() const {
  return parts_.clock->monotonic_us() / 1000;
}
int64_t Front::wall_ms() const {
  return parts_.clock->wall_ms();
}

Identity Front::authenticate(const protocol::Hello& hello, std::string_view nonce,
                             bool has_origin) {
  Identity identity;
  if (!hello.token.empty()) {
    // Without a page's Origin anything could hold the token; devices have keys.
    std::optional<TokenClaims> claims;
    if (has_origin) claims = parts_.tokens.verify(hello.token, wall_ms());
    if (!claims) return identity;
    identity.device = kPageDevice;
    identity.campaign = std::move(claims->campaign);
    return identity;
  }
  return identify_device(*parts_.registry, hello.device,
                         protocol::hello_signing_text(nonce, hello.device), hello.signature);
}

std::optional<protocol::FrameError> Front::accept(const Session& session, std::string_view text,
                                                  IngestBatch& out) {
  const SessionInfo& info = session.info();
  const IngestSender sender{info.device, info.incarnation, info.bound_campaign};
  const bool is_event = session.subprotocol() == Subprotocol::CloudEvents;
  const auto refused = is_event ? ingest_.accept_cloudevent(text, sender, wall_ms(), out)
                                : ingest_.accept(text, sender, wall_ms(), out);
  // A loss says nothing of the device's storage.
  if (!refused && out.losses.empty()) live_.on_storage(session, ingest_.memory_only());
  return refused;
}

bool Front::submit_hello(Session& session, const HeldRange& held) {
  const SessionInfo& info = session.info();
  if (writer_->submit_hello(session.id(), info.device, info.incarnation, held.next, held.oldest)) {
    return true;
  }
  waiting_.push_back(session.id());
  return false;
}

bool Front::submit_batch(Session& session, IngestBatch&& batch) {
  if (writer_->submit_batch(session.id(), std::move(batch))) return true;
  waiting_.push_back(session.id());
  return false;
}

void Front::on_welcomed(Session& session) {
  leave_stream(session.id());
  const StreamKey key(session.info().device, session.info().incarnation);
  stream_of_[session.id()] = key;
  const auto [entry, is_new] = streams_.try_emplace(key, session.id());
  if (is_new) return;
  const auto older = sessions_.find(entry->second);
  entry->second = session.id();
  if (older == sessions_.end()) return;
  older->second->close(CloseCode::Replaced);
  server_->service(older->first);
}

void Front::leave_stream(ConnectionId id) {
  const auto found = stream_of_.find(id);
  if (found == stream_of_.end()) return;
  const auto stream = streams_.find(found->second);
  if (stream != streams_.end() && stream->second == id) streams_.erase(stream);
  stream_of_.erase(found);
}

void Front::on_settled(Session& session, const Completion& completion,
                       const BatchSummary& summary) {
  live_.on_settled(session, completion, summary, wall_ms());
}

void Front::on_frame_refused(protocol::FrameError error) {
  live_.on_frame_refused(error);
}

void Front::on_closed(Session& session) {
  live_.on_closed(session, wall_ms());
  sessions_.erase(session.id());
  leave_stream(session.id());
}

std::string Front::illness() const {
  const bool is_full = live_.writer().store_full || (claims_ && claims_->is_storage_full());
  return is_full ? "the disk is full" : "";
}

}  // namespace vitrine
