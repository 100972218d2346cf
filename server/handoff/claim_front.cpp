// SPDX-License-Identifier: MIT
#include "server/handoff/claim_front.h"

#include <algorithm>
#include <utility>

#include "engine/base/hex.h"
#include "server/crypto.h"
#include "server/device_login.h"
#include "server/handoff/claim_metrics.h"
#include "server/providers/http_provider.h"
#include "server/providers/sandbox_provider.h"

namespace vitrine {

using protocol::ClaimKind;

namespace {

constexpr size_t kScreensATurn = 64;
constexpr int64_t kScreenPatienceMs = 100;

}  // namespace

ClaimFront::ClaimFront(Parts parts) : parts_(std::move(parts)), holders_(parts_.holder_key) {}

ClaimFront::~ClaimFront() = default;

void ClaimFront::attach(WsServer& server) {
  server_ = &server;
  open_providers(server);
  desk_ = std::make_unique<ClaimDesk>(desk_parts());
  desk_->set_closed(parts_.closed, parts_.closed_by);
  on_campaigns();
  apply_early();
  writer_ = std::make_unique<ClaimWriter>(*parts_.store, *parts_.clock, parts_.writer_limits,
                                          [&server] { server.wake(); });
}

void ClaimFront::open_providers(WsServer& server) {
  ProviderSwitch::Parts parts;
  parts.provider_of = [this](std::string_view campaign) {
    return parts_.campaigns->provider(campaign);
  };
  parts.owner_of_claim = [this](const Id128& claim) { return owner_of_claim(claim); };
  parts.claim_of_payment = [this](std::string_view reference) -> Result<std::optional<Id128>> {
    const Result<std::optional<Payment>> payment = parts_.reader->find_payment(reference);
    if (!payment.ok()) return payment.status();
    return payment.value() ? std::optional<Id128>(payment.value()->claim) : std::nullopt;
  };
  parts.tell_again = [this] { kept_.on_unknown(); };
  parts.log = parts_.log;
  providers_ = std::make_unique<ProviderSwitch>(std::move(parts));
  providers_->add(std::make_unique<SandboxProvider>(*parts_.clock, random_bytes));
  HttpLimits limits;
  limits.allow_private = parts_.allow_private;
  for (const ProviderSettings& settings : parts_.providers) {
    HttpProvider::Parts made;
    made.clock = parts_.clock;
    made.settings = settings;
    made.http = std::make_unique<HttpClient>(limits, [&server] { server.wake(); });
    made.random = random_bytes;
    made.log = parts_.log;
    providers_->add(std::make_unique<HttpProvider>(std::move(made)));
  }
}

Result<ClaimOwner> ClaimFront::owner_of_claim(const Id128& claim) {
  const Result<std::optional<Claim>> found = parts_.reader->find_claim(claim);
  if (!found.ok()) return found.status();
  if (!found.value()) return ClaimOwner();
  return ClaimOwner{std::string(campaign_of_pool(found.value()->pool)), found.value()->provider};
}

// What a campaign's provider is, where that is not what one would hope for.
void ClaimFront::say_providers() {
  if (!parts_.log) return;
  for (const ClaimOffer* offer : parts_.campaigns->offers()) {
    const bool missing = providers_->find(offer->provider) == nullptr;
    if (!missing && offer->provider != "sandbox") continue;
    const std::string campaign(campaign_of_pool(offer->pool));
    std::string line = "claims: the sandbox stands in for shop and payment; no real money is taken";
    if (missing) {
      line = "claims of " + campaign + ": nobody can follow or pay: its provider " +
             offer->provider + " is not here; --provider " + offer->provider + "=FILE brings it";
    }
    if (said_.insert(line).second) parts_.log(line + "\n");
  }
}

// Before anybody is served there is no thread that writes, and whoever comes first must find the
// pools there. What the desk asks for because of an answer is one of them.
void ClaimFront::apply_early() {
  while (!early_.empty()) {
    const auto [number, command] = std::move(early_.front());
    early_.pop_front();
    std::vector<ClaimOutcome> outcomes;
    const Status status = parts_.store->apply({&command, 1}, outcomes);
    if (!status.ok() && parts_.log) {
      parts_.log("nothing of " + command.pool + " can be claimed: " + status.message() + "\n");
    }
    desk_->on_completion(
        {number, command, status, status.ok() ? outcomes.front() : ClaimOutcome()});
  }
}

ClaimDeskParts ClaimFront::desk_parts() {
  ClaimDeskParts parts;
  parts.clock = parts_.clock;
  parts.reader = parts_.reader.get();
  parts.provider = providers_.get();
  parts.submit = [this](uint64_t number, ClaimCommand&& command) {
    if (writer_) {
      const bool taken = writer_->submit(number, std::move(command));
      kept_.on_submit(number, taken);
      return taken;
    }
    early_.emplace_back(number, std::move(command));
    return true;
  };
  parts.offer = [this](std::string_view campaign, std::string_view product) {
    return parts_.campaigns->offer(campaign, product);
  };
  parts.has_queue = [this](std::string_view campaign) {
    return parts_.campaigns->has_queue(campaign);
  };
  parts.queue_code = [this](std::string_view campaign, std::string_view screen) {
    return holders_.queue_code(campaign, screen);
  };
  parts.issue_holder = [this](std::string_view campaign, const Id128& holder) {
    return holders_.issue(campaign, holder);
  };
  parts.voucher_secret = [this](std::string_view code) {
    return to_hex(rules::voucher_secret(parts_.voucher_key, code));
  };
  parts.member_hash = [this](std::string_view member) {
    return holders_.member_hash(providers_->name(), member);
  };
  parts.tell_again = [this] { kept_.on_unknown(); };
  parts.random = random_bytes;
  parts.changed = [this](ConnectionId id) { changed_.push_back(id); };
  parts.close = [this](ConnectionId id, protocol::CloseCode code) {
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) return;
    found->second->close(code);
    changed_.push_back(id);
  };
  return parts;
}

std::unique_ptr<WsSession> ClaimFront::open(const WsHandler::Opening& opening) {
  ClaimSession::Opening made;
  made.id = opening.connection;
  made.peer = opening.peer;
  made.has_origin = opening.has_origin;
  made.site = parts_.public_url;
  if (made.site.empty()) {
    made.site = parts_.has_tls ? "https://" : "http://";
    made.site += opening.host;
  }
  made.nonce = random_nonce();
  ClaimSessionHost& host = *this;
  auto session = std::make_unique<ClaimSession>(host, std::move(made));
  sessions_[opening.connection] = session.get();
  return session;
}

std::optional<WebResponse> ClaimFront::on_http(const WebRequest& request) {
  std::optional<WebResponse> response =
      kept_.answer(request, monotonic_ms(),
                   [this](const WebRequest& asked) { return providers_->on_http(asked); });
  serve_changed();
  return response;
}

void ClaimFront::on_wake() {
  for (const ClaimCompletion& done : writer_->take_completions()) {
    kept_.on_completion(done.number, done.status, done.outcome,
                        [&] { desk_->on_completion(done); });
  }
  providers_->on_tick();
  serve_changed();
  serve_screens();
}

void ClaimFront::on_tick() {
  desk_->on_tick();
  kept_.on_tick(monotonic_ms());
  serve_changed();
  serve_screens();
}

void ClaimFront::on_stop() {
  writer_->stop();
  providers_->on_stop();
  on_wake();
  for (const ScreenDue& due : std::exchange(screens_due_, {})) server_->service(due.id);
}

void ClaimFront::cut_off_revoked() {
  for (const auto& [id, session] : sessions_) {
    const ClaimIdentity& identity = session->identity();
    if (!identity.key || !is_cut_off(*parts_.registry, identity.name, *identity.key)) continue;
    session->close(protocol::CloseCode::Revoked);
    changed_.push_back(id);
  }
  serve_changed();
}

void ClaimFront::append_metrics(std::string& out) {
  append_claim_metrics(desk_->figures(), writer_->stats(), *parts_.reader, parts_.clock->wall_ms(),
                       out);
}

void ClaimFront::on_campaigns() {
  for (const ClaimOffer* offer : parts_.campaigns->offers()) desk_->on_offer(*offer);
  say_providers();
}

void ClaimFront::set_closed(bool closed, std::string_view actor) {
  desk_->set_closed(closed, actor);
  serve_changed();
}

// One look at each connection, however much has changed for it; at a phone at once, for its shopper
// has just pressed something.
void ClaimFront::serve_changed() {
  std::sort(changed_.begin(), changed_.end());
  changed_.erase(std::unique(changed_.begin(), changed_.end()), changed_.end());
  for (const ConnectionId id : std::exchange(changed_, {})) {
    const auto found = sessions_.find(id);
    if (found == sessions_.end()) continue;
    ClaimSession& session = *found->second;
    session.on_changed();
    if (!session.identity().is_screen) {
      server_->service(id);
    } else if (session.wait_for_turn()) {
      screens_due_.push_back({id, monotonic_ms()});
    }
  }
  if (!screens_due_.empty() && !desk_->is_waiting()) server_->wake();
}

// While a thousand phones claim, their answers do not wait behind what screens show: screens come
// when no phone waits for the store, or a moment later, and a few at a time.
void ClaimFront::serve_screens() {
  const int64_t patient_until =
      desk_->is_waiting() ? monotonic_ms() - kScreenPatienceMs : INT64_MAX;
  for (size_t i = 0; i < kScreensATurn && !screens_due_.empty(); ++i) {
    const ScreenDue due = screens_due_.front();
    if (due.since_ms > patient_until) return;  // the next completion or tick looks again
    screens_due_.pop_front();
    const auto found = sessions_.find(due.id);
    if (found == sessions_.end()) continue;
    found->second->take_turn();
    server_->service(due.id);
  }
  if (!screens_due_.empty()) server_->wake();
}

ClaimIdentity ClaimFront::identify(const protocol::ClaimHello& hello, std::string_view nonce,
                                   bool has_origin) {
  ClaimIdentity identity;
  if (hello.token.empty()) {
    Identity device =
        identify_device(*parts_.registry, hello.device,
                        protocol::claim_signing_text(nonce, hello.device), hello.signature);
    identity.accepted = identity.is_screen = !device.device.empty();
    identity.name = std::move(device.device);
    identity.key = device.key;
    identity.refusal = device.refusal;
    return identity;
  }
  // Without a page's Origin anything could hold the token; devices have keys.
  const std::optional<TokenClaims> token =
      has_origin ? parts_.tokens->verify(hello.token, wall_ms()) : std::nullopt;
  if (!token || token->campaign != hello.campaign) return identity;
  identity.accepted = true;
  // A phone whose name is none of ours is one that has none.
  const std::optional<Id128> holder = holders_.verify(hello.holder, hello.campaign);
  if (holder) identity.name = holder->to_hex();
  return identity;
}

void ClaimFront::on_claim_hello(ClaimSession& session, std::string_view campaign) {
  const ClaimIdentity& identity = session.identity();
  const std::string page = session.site() + "/c/" + std::string(campaign) + "/";
  identity.is_screen ? desk_->on_screen(session.id(), identity.name, campaign, page)
                     : desk_->on_phone(session.id(), identity.name, campaign, page);
  session.on_changed();
  serve_changed();
}

bool ClaimFront::is_limited(const ClaimSession& session, ClaimKind kind) {
  const int64_t now_us = parts_.clock->monotonic_us();
  // A phone that has no name yet has nothing to be named by but its connection.
  std::string name(desk_->name_of(session.id()));
  if (name.empty()) name = std::to_string(session.id());
  if (kind == ClaimKind::Open) return !opens_.allow(name, now_us);
  if (session.identity().is_screen) return false;  // what ends something is never too much
  if (kind == ClaimKind::Join && !joins_.allow(session.peer(), now_us)) return true;
  if (kind == ClaimKind::TakeNumber && !numbers_.allow(session.peer(), now_us)) return true;
  return !acts_.allow(name, now_us);
}

void ClaimFront::on_claim_act(ClaimSession& session, ClaimKind kind,
                              const protocol::ClaimAct& act) {
  desk_->on_act(session.id(), kind, act, is_limited(session, kind));
  serve_changed();
}

void ClaimFront::write_claim_state(const ClaimSession& session, std::string& out) {
  desk_->write_state(session.id(), out);
}

void ClaimFront::on_claim_closed(ClaimSession& session) {
  desk_->on_left(session.id());
  sessions_.erase(session.id());
}

}  // namespace vitrine
