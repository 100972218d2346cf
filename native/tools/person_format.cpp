// SPDX-License-Identifier: MIT
#include "native/tools/person_format.h"

#include <memory>
#include <set>
#include <vector>

#include "engine/base/json/json_writer.h"
#include "engine/base/rfc3339.h"
#include "native/tools/export_format.h"
#include "server/claims/sqlite_claim_store.h"
#include "server/store/sqlite_store.h"

namespace vitrine::tools {
namespace {

constexpr size_t kStep = 2000;  // rows read at a time

void add_time(JsonWriter& json, std::string_view name, int64_t time_ms) {
  if (time_ms == 0) return;
  std::string text;
  append_rfc3339(text, time_ms);
  json.key(name).string(text);
}

void add_id(JsonWriter& json, std::string_view name, const Id128& id) {
  if (!id.is_none()) json.key(name).string(id.to_hex());
}

void add_text(JsonWriter& json, std::string_view name, std::string_view text) {
  if (!text.empty()) json.key(name).string(text);
}

void add_money(JsonWriter& json, std::string_view name, const Money& money) {
  json.key(name).begin_object().key("minor").integer(money.minor);
  json.key("currency").string(money.currency).end_object();
}

void add_link(JsonWriter& json, const MemberLink& link) {
  json.begin_object().key("provider").string(link.provider).key("member").string(link.member);
  add_id(json, "claim", link.claim);
  add_id(json, "session", link.session);
  add_time(json, "time", link.time);
  json.end_object();
}

void add_consent(JsonWriter& json, const Consent& consent) {
  json.begin_object().key("purpose").string(consent.purpose);
  json.key("text_version").string(consent.text_version).key("language").string(consent.language);
  json.key("agreed").boolean(consent.agreed);
  add_time(json, "time", consent.time);
  json.end_object();
}

void add_payment(JsonWriter& json, const Payment& payment) {
  json.begin_object().key("reference").string(payment.reference);
  json.key("state").string(rules::payment_state_name(payment.state));
  add_money(json, "amount", payment.amount);
  add_time(json, "begun_time", payment.begun_time);
  add_time(json, "changed_time", payment.changed_time);
  json.end_object();
}

void add_claim_itself(JsonWriter& json, const Claim& claim) {
  add_id(json, "claim", claim.claim);
  json.key("pool").string(claim.pool).key("product").string(claim.product);
  json.key("holder").string(claim.holder);
  add_id(json, "session", claim.session);
  json.key("state").string(rules::claim_state_name(claim.state));
  add_text(json, "reason", rules::release_reason_name(claim.reason));
  add_money(json, "price", claim.price);
  json.key("followed").boolean(claim.followed);
  add_text(json, "provider", claim.provider);
  add_text(json, "member_hash", claim.member_hash);
  add_text(json, "code", claim.code);
  add_time(json, "held_time", claim.held_time);
  add_time(json, "hold_until", claim.hold_until);
  add_time(json, "issued_time", claim.issued_time);
  add_time(json, "valid_until", claim.valid_until);
  add_time(json, "ended_time", claim.ended_time);
}

Status add_claim(JsonWriter& json, ClaimReader& reader, const Claim& claim) {
  std::vector<Consent> consents;
  std::vector<Payment> payments;
  Status status = reader.read_consents(claim.claim, consents);
  if (status.ok()) status = reader.read_claim_payments(claim.claim, payments);
  if (!status.ok()) return status;
  json.begin_object();
  add_claim_itself(json, claim);
  json.key("consents").begin_array();
  for (const Consent& consent : consents) add_consent(json, consent);
  json.end_array().key("payments").begin_array();
  for (const Payment& payment : payments) add_payment(json, payment);
  json.end_array().end_object();
  return {};
}

std::set<std::string> sessions_of(const Person& person) {
  std::set<std::string> sessions;
  for (const MemberLink& link : person.links) sessions.insert(link.session.to_hex());
  for (const Claim& claim : person.claims) sessions.insert(claim.session.to_hex());
  sessions.erase(Id128().to_hex());
  return sessions;
}

Status add_interactions(JsonWriter& json, StoreReader& reader, const Person& person) {
  const std::set<std::string> sessions = sessions_of(person);
  std::vector<StoredRow> rows;
  std::string line;
  for (uint64_t after = 0; !sessions.empty();) {
    const Result<uint64_t> next = reader.read_rows(after, kStep, {}, rows);
    if (!next.ok()) return next.status();
    for (const StoredRow& row : rows) {
      if (sessions.count(row.session.to_hex()) == 0) continue;
      line.clear();
      append_json_line(line, row);
      line.pop_back();  // its line end
      json.raw(line);
    }
    if (next.value() == after) return {};
    after = next.value();
  }
  return {};
}

}  // namespace

Result<std::string> person_as_json(const std::string& directory, const Person& person) {
  const Result<std::unique_ptr<ClaimReader>> claims = open_sqlite_claim_reader(directory);
  if (!claims.ok()) return claims.status();
  const Result<std::unique_ptr<StoreReader>> rows = open_sqlite_reader(directory);
  if (!rows.ok()) return rows.status();
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("links").begin_array();
  for (const MemberLink& link : person.links) add_link(json, link);
  json.end_array().key("claims").begin_array();
  for (const Claim& claim : person.claims) {
    const Status status = add_claim(json, *claims.value(), claim);
    if (!status.ok()) return status;
  }
  json.end_array().key("interactions").begin_array();
  const Status status = add_interactions(json, *rows.value(), person);
  if (!status.ok()) return status;
  json.end_array().end_object();
  text += "\n";
  return text;
}

}  // namespace vitrine::tools
