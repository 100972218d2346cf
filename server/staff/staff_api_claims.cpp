// SPDX-License-Identifier: MIT
// Claims as staff see them, and one that they take back.
#include <utility>

#include "engine/rules/voucher_code.h"
#include "server/staff/staff_answers.h"
#include "server/staff/staff_api.h"
#include "server/staff/staff_json.h"

namespace vitrine {
namespace {

using rules::ClaimState;

constexpr size_t kClaimsTold = 50;
// Whoever waits for what became of an act fetches it at the next wake.
constexpr int64_t kUnfetchedMs = 5000;

std::optional<ClaimState> confirmed_state(JsonValue body) {
  const std::string_view name = body.find("state").string().value_or("");
  for (const ClaimState state : {ClaimState::Held, ClaimState::Issued}) {
    if (name == rules::claim_state_name(state)) return state;
  }
  return std::nullopt;
}

// Whether that claim was taken back, as it was confirmed.
bool is_taken_back(ClaimState confirmed, const Claim& now) {
  if (confirmed == ClaimState::Issued) return now.state == ClaimState::Voided;
  return now.state == ClaimState::Released && now.reason == rules::ReleaseReason::Stopped;
}

// `error` "": none.
WebResponse told_of(const Claim& claim, int status, std::string_view error) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  if (!error.empty()) json.key("error").string(error);
  json.key("claim");
  write_claim(claim, json);
  json.end_object();
  return told(status, std::move(out));
}

}  // namespace

// The ledger tells whether anything of it has changed: who asks again and again costs one look.
WebResponse StaffApi::claims(const WebRequest& request) {
  ClaimFront* front = parts_.claims();
  if (front == nullptr) return refused(503, "storage_unavailable");
  ClaimReader& reader = front->reader();
  const Result<uint64_t> ledger = reader.newest_event();
  const Result<std::optional<StopOrder>> stop = parts_.publisher->store().stopped();
  if (!ledger.ok() || !stop.ok()) return refused(503, "storage_unavailable");
  WebResponse response = told(200, "");
  const std::string etag = "\"" + std::to_string(started_ms_) + "-" +
                           std::to_string(ledger.value()) + "-" +
                           std::to_string(stop.value() ? stop.value()->time : 0) + "\"";
  if (answer_unchanged(request, etag, response)) {
    response.body = nullptr;
    return response;
  }
  std::vector<Pool> pools;
  std::vector<Claim> newest;
  const Result<Held> held = reader.count_held();
  if (!held.ok() || !reader.read_pools(pools).ok() ||
      !reader.read_newest(kClaimsTold, newest).ok()) {
    return refused(503, "storage_unavailable");
  }
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("stopped");
  write_stop(stop.value(), json);
  json.key("pools");
  write_pools(pools, held.value(), json);
  json.key("claims").begin_array();
  for (const Claim& claim : newest) write_claim(claim, json);
  json.end_array().end_object();
  response.body = std::make_shared<const std::string>(std::move(out));
  return response;
}

WebResponse StaffApi::find_claim(JsonValue body) {
  ClaimFront* front = parts_.claims();
  const std::optional<std::string_view> asked = body.find("find").string();
  if (!asked || asked->size() > 64) return refused(400, "bad_request");
  std::optional<Claim> found;
  if (front != nullptr) {
    const std::optional<Id128> id = Id128::from_hex(*asked);
    const std::optional<std::string> code = rules::normalise_voucher_code(*asked);
    Result<std::optional<Claim>> claim = std::optional<Claim>();
    if (id) {
      claim = front->reader().find_claim(*id);
    } else if (code) {
      claim = front->reader().find_code(*code);
    }
    if (!claim.ok()) return refused(claim.status());
    found = std::move(claim).value();
  }
  if (!found) return refused(404, "no_claim");
  return told_of(*found, 200, "");
}

// Nothing is done but what was confirmed: who asked to end a hold does not void the voucher that it
// has become. Safe to be asked for twice, and by two: the store does it once, and everybody is told
// what has become of the claim.
std::optional<WebResponse> StaffApi::take_back(const WebRequest& request, JsonValue body) {
  const std::optional<Id128> id = Id128::from_hex(body.find("claim").string().value_or(""));
  const std::optional<ClaimState> confirmed = confirmed_state(body);
  if (!id || !confirmed) return refused(400, "bad_request");
  ClaimFront* front = parts_.claims();
  if (front == nullptr) return refused(404, "no_claim");
  const auto asked = taking_back_.find(*id);
  if (asked != taking_back_.end()) {
    TakingBack& act = asked->second;
    if (!act.failure) return join_taking_back(request, *confirmed, act);
    const Status failure = *act.failure;
    const bool is_old = parts_.clock->monotonic_us() / 1000 - act.failed_ms > kUnfetchedMs;
    taking_back_.erase(asked);
    if (!is_old) return refused(failure);
  }
  const Result<std::optional<Claim>> claim = front->reader().find_claim(*id);
  if (!claim.ok()) return refused(claim.status());
  if (!claim.value()) return refused(404, "no_claim");
  const ClaimState state = claim.value()->state;
  if (state == ClaimState::Redeemed) return told_of(*claim.value(), 409, "redeemed");
  if (state != ClaimState::Held && state != ClaimState::Issued) {
    return told_of(*claim.value(), 200, "");
  }
  if (state != *confirmed) return told_of(*claim.value(), 409, "changed");
  return begin_taking_back(request, *claim.value());
}

// Nothing is done that the log does not say was asked for; a second line says how it went.
std::optional<WebResponse> StaffApi::begin_taking_back(const WebRequest& request,
                                                       const Claim& claim) {
  TakingBack act;
  act.claim = claim;
  act.actors.insert(actor_of(request));
  const std::string actor = actor_of(request);
  const Status noted = note_taking_back(claim, actor, "void_asked", "");
  if (!noted.ok()) return refused(noted);
  const Id128 id = claim.claim;
  taking_back_[id] = std::move(act);
  const auto done = [this, id](const Status& status, const ClaimOutcome& outcome) {
    on_taken_back(id, status, outcome);
  };
  if (parts_.claims()->take_back(claim, actor, done)) return std::nullopt;
  note_outcome(taking_back_[id], "busy");
  taking_back_.erase(id);
  return refused(503, "busy");
}

// Of two who do the same at once both are in the log.
std::optional<WebResponse> StaffApi::join_taking_back(const WebRequest& request,
                                                      ClaimState confirmed, TakingBack& act) {
  const std::string actor = actor_of(request);
  if (confirmed != act.claim.state || act.actors.count(actor) != 0) return std::nullopt;
  const Status noted = note_taking_back(act.claim, actor, "void_joined", "");
  if (!noted.ok()) return refused(noted);
  act.actors.insert(actor);
  return std::nullopt;
}

// Who waits looks at the claim again, or is told of the failure.
void StaffApi::on_taken_back(const Id128& id, const Status& status, const ClaimOutcome& outcome) {
  const auto found = taking_back_.find(id);
  if (found == taking_back_.end()) return;
  TakingBack& act = found->second;
  std::optional<Claim> now = status.ok() ? outcome.claim : std::nullopt;
  // Of what failed in another way than for want of room nobody was told how far it came.
  const bool is_unknown = !status.ok() && status.code() != StatusCode::ResourceExhausted;
  if (is_unknown) {
    const Result<std::optional<Claim>> read = parts_.claims()->reader().find_claim(id);
    if (read.ok()) now = read.value();
  }
  const bool is_done = now && is_taken_back(act.claim.state, *now);
  const bool has_moved_on = now && now->state != act.claim.state;
  if (is_unknown && !now) {
    is_settled_ = false;
  } else {
    note_outcome(act, is_done ? "" : has_moved_on ? "changed" : storage_refusal(status));
  }
  if (is_done || has_moved_on) {
    taking_back_.erase(found);
    return;
  }
  act.failure =
      status.ok() ? Status(StatusCode::Unavailable, "the claim was not taken back") : status;
  act.failed_ms = parts_.clock->monotonic_us() / 1000;
}

// `why_not` "": it was done. A line that finds no room now is written as soon as there is some.
void StaffApi::note_outcome(const TakingBack& act, std::string_view why_not) {
  const std::string_view what = why_not.empty() ? "void" : "void_failed";
  for (const std::string& actor : act.actors) {
    if (!note_taking_back(act.claim, actor, what, why_not).ok()) is_settled_ = false;
  }
}

void StaffApi::settle_acts() {
  ClaimFront* front = parts_.claims();
  if (is_settled_ || front == nullptr) return;
  const Result<std::vector<UnsettledAct>> unsettled = parts_.publisher->store().unsettled();
  if (!unsettled.ok()) return;
  is_settled_ = true;
  for (const UnsettledAct& act : unsettled.value()) {
    if (!settle(*front, act)) is_settled_ = false;
  }
}

// The claim says how the newest act went, and all who asked for that one; of those before it the
// log knows. False: not yet.
bool StaffApi::settle(ClaimFront& front, const UnsettledAct& act) {
  const AuditLine& asked = act.asked;
  const std::optional<Id128> id = Id128::from_hex(asked.target);
  JsonDocument detail;
  if (!id || !detail.parse(asked.detail)) return true;  // no line of ours
  const auto asking = taking_back_.find(*id);
  const bool is_under_way = asking != taking_back_.end() && !asking->second.failure;
  if (is_under_way && !act.came_to_nothing) return true;
  const Result<std::optional<Claim>> now = front.reader().find_claim(*id);
  if (!now.ok()) return false;
  Claim confirmed = now.value().value_or(Claim());
  confirmed.claim = *id;
  confirmed.state = confirmed_state(detail.root()).value_or(ClaimState::Issued);
  const bool is_done =
      !act.came_to_nothing && now.value() && is_taken_back(confirmed.state, *now.value());
  const bool is_as_before =
      act.came_to_nothing || (now.value() && now.value()->state == confirmed.state);
  const std::string_view why = is_done ? "" : is_as_before ? "interrupted" : "changed";
  return note_taking_back(confirmed, asked.actor, is_done ? "void" : "void_failed", why).ok();
}

// `claim`: as it was confirmed. `why` it was not done; "": not said.
Status StaffApi::note_taking_back(const Claim& claim, std::string_view actor, std::string_view what,
                                  std::string_view why) {
  AuditLine line;
  line.time = parts_.clock->wall_ms();
  line.actor = actor;
  line.act = what;
  line.target = claim.claim.to_hex();
  JsonWriter json(line.detail);
  json.begin_object().key("pool").string(claim.pool);
  json.key("state").string(rules::claim_state_name(claim.state));
  json.key("price").integer(claim.price.minor);
  json.key("currency").string(claim.price.currency);
  if (!why.empty()) json.key("why").string(why);
  json.end_object();
  return parts_.publisher->store().note(line);
}

}  // namespace vitrine
