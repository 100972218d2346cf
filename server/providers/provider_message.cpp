// SPDX-License-Identifier: MIT
#include "server/providers/provider_message.h"

#include <algorithm>
#include <utility>

#include "engine/base/json/json.h"
#include "engine/base/json/json_writer.h"
#include "engine/protocol/claim_messages.h"
#include "server/claims/claim_checks.h"
#include "server/webhooks/address_rules.h"

namespace vitrine {

namespace {

constexpr size_t kMaxMember = 128;
const JsonLimits kLimits = {64 * 1024, 8, 256};

using Kind = ProviderNews::Kind;

// Letters, digits and a few signs: it is written into logs, tables and addresses.
bool is_reference(std::string_view text) {
  const auto fine = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  };
  return !text.empty() && text.size() <= kMaxProviderReference &&
         std::all_of(text.begin(), text.end(), fine);
}

bool read_claim(JsonValue data, Id128& claim) {
  const auto text = data.find("claim").string();
  const std::optional<Id128> read = text ? Id128::from_hex(*text) : std::nullopt;
  if (read) claim = *read;
  return read.has_value() && !read->is_none();
}

bool read_reference(JsonValue data, std::string& reference) {
  const auto text = data.find("reference").string();
  if (!text || !is_reference(*text)) return false;
  reference = *text;
  return true;
}

bool read_amount(JsonValue data, Money& amount) {
  const auto minor = data.find("amount").find("minor").integer();
  const auto currency = data.find("amount").find("currency").string();
  if (!minor || !currency || *minor <= 0) return false;
  amount = {*minor, std::string(*currency)};
  return is_money(amount);
}

bool read_why(JsonValue data, PaymentFailure& failure) {
  const auto why = data.find("why").string();
  if (why == "declined") failure = PaymentFailure::Declined;
  if (why == "cancelled") failure = PaymentFailure::Cancelled;
  if (why == "timed_out") failure = PaymentFailure::TimedOut;
  return why == "declined" || why == "cancelled" || why == "timed_out";
}

bool read_why(JsonValue data, FollowFailure& failure) {
  const auto why = data.find("why").string();
  if (why == "refused") failure = FollowFailure::Refused;
  if (why == "cancelled") failure = FollowFailure::Cancelled;
  return why == "refused" || why == "cancelled";
}

bool read_member(JsonValue data, std::string& member) {
  const auto text = data.find("member").string();
  if (!text || text->empty() || text->size() > kMaxMember) return false;
  member = *text;
  return true;
}

// "": all is there; else the member that is not.
std::string_view missing_of_follow(JsonValue data, ProviderNews& news) {
  if (!read_claim(data, news.claim)) return "claim";
  if (news.kind == Kind::Followed) return read_member(data, news.member) ? "" : "member";
  return read_why(data, news.follow_failure) ? "" : "why";
}

std::string_view missing_of_payment(JsonValue data, ProviderNews& news) {
  if (!read_reference(data, news.reference)) return "reference";
  // Money is kept whether it names a claim or not; one that is none is no claim.
  if (data.find("claim").exists() && !read_claim(data, news.claim)) return "claim";
  if (news.kind == Kind::Paid) return read_amount(data, news.amount) ? "" : "amount";
  if (news.kind != Kind::PaymentFailed) return "";
  return read_why(data, news.payment_failure) ? "" : "why";
}

std::optional<Kind> kind_of_event(std::string_view type) {
  constexpr std::pair<std::string_view, Kind> kTypes[] = {{"followed", Kind::Followed},
                                                          {"follow_failed", Kind::FollowFailed},
                                                          {"paid", Kind::Paid},
                                                          {"payment_failed", Kind::PaymentFailed},
                                                          {"refunded", Kind::Refunded}};
  for (const auto& [name, kind] : kTypes) {
    if (name == type) return kind;
  }
  return std::nullopt;
}

std::optional<std::string> page_of(JsonValue root) {
  const auto page = root.find("page").string();
  if (!page || page->size() > protocol::kMaxAddressLength) return std::nullopt;
  if (!parse_webhook_url(*page).ok()) return std::nullopt;
  return std::string(*page);
}

}  // namespace

std::string provider_visit_body(const ProviderVisit& visit, const Money* amount) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("claim").string(visit.claim.to_hex());
  json.key("campaign").string(visit.campaign).key("product").string(visit.product);
  json.key("language").string(visit.language).key("back").string(visit.back);
  if (amount != nullptr) {
    json.key("amount").begin_object().key("minor").integer(amount->minor);
    json.key("currency").string(amount->currency).end_object();
  }
  json.end_object();
  return out;
}

std::string provider_reference_body(std::string_view reference) {
  std::string out;
  JsonWriter(out).begin_object().key("reference").string(reference).end_object();
  return out;
}

std::optional<std::string> read_provider_page(std::string_view body) {
  JsonDocument document;
  return document.parse(body, kLimits) ? page_of(document.root()) : std::nullopt;
}

std::optional<ProviderPayment> read_provider_payment(std::string_view body) {
  JsonDocument document;
  if (!document.parse(body, kLimits)) return std::nullopt;
  ProviderPayment payment;
  const std::optional<std::string> page = page_of(document.root());
  if (!page || !read_reference(document.root(), payment.reference)) return std::nullopt;
  payment.page = *page;
  return payment;
}

std::optional<ProviderNews> read_provider_event(std::string_view body, std::string& wrong) {
  JsonDocument document;
  wrong = "body";
  if (!document.parse(body, kLimits)) return std::nullopt;
  const auto type = document.root().find("type").string();
  const std::optional<Kind> kind = type ? kind_of_event(*type) : std::nullopt;
  wrong = "type";
  if (!kind) return std::nullopt;
  ProviderNews news;
  news.kind = *kind;
  const JsonValue data = document.root().find("data");
  const bool of_follow = *kind == Kind::Followed || *kind == Kind::FollowFailed;
  wrong = of_follow ? missing_of_follow(data, news) : missing_of_payment(data, news);
  if (!wrong.empty()) return std::nullopt;
  return news;
}

std::optional<ProviderNews> read_provider_state(std::string_view body, std::string_view reference) {
  JsonDocument document;
  if (!document.parse(body, kLimits)) return std::nullopt;
  const JsonValue root = document.root();
  const auto state = root.find("state").string();
  ProviderNews news;
  news.reference = reference;
  if (state == "open") return news;
  if (state == "refunded") news.kind = Kind::Refunded;
  if (state == "failed" || state == "unknown") news.kind = Kind::PaymentFailed;
  if (state == "failed" && !read_why(root, news.payment_failure)) return std::nullopt;
  if (state == "paid") {
    news.kind = Kind::Paid;
    const bool has_claim = root.find("claim").exists();
    if (!read_amount(root, news.amount)) return std::nullopt;
    if (has_claim && !read_claim(root, news.claim)) return std::nullopt;
  }
  if (news.kind == Kind::Open) return std::nullopt;
  return news;
}

}  // namespace vitrine
