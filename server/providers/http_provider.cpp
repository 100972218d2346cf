// SPDX-License-Identifier: MIT
#include "server/providers/http_provider.h"

#include <algorithm>
#include <utility>

#include "engine/base/json/json_writer.h"

namespace vitrine {

namespace {

constexpr int kMaxAttempts = 3;
constexpr int64_t kPatienceMs = 8'000;  // then nobody waits at the phone any more
constexpr int64_t kAgainMs = 700;       // times the attempts so far
constexpr size_t kQuietAtOnce = 8;
constexpr size_t kMaxQuiet = 1000;

WebResponse refuse(int status, std::string_view code, std::string_view member = {}) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("error").string(code);
  if (!member.empty()) json.key("member").string(member);
  json.end_object();
  return json_response(RouteClass::Api, status, std::move(out));
}

WebResponse kept() {
  WebResponse response = text_response(RouteClass::Api, 204, "");
  response.body = nullptr;
  return response;
}

}  // namespace

HttpProvider::HttpProvider(Parts parts) : parts_(std::move(parts)) {}

void HttpProvider::begin_follow(const ProviderVisit& visit) {
  Call call;
  call.ask = Ask::Follow;
  call.claim = visit.claim;
  call.key = draw_key();
  call.body = provider_visit_body(visit, nullptr);
  ask(std::move(call));
}

void HttpProvider::begin_payment(const ProviderVisit& visit, const Money& amount) {
  Call call;
  call.ask = Ask::Payment;
  call.claim = visit.claim;
  call.key = draw_key();
  call.body = provider_visit_body(visit, &amount);
  ask(std::move(call));
}

void HttpProvider::refund(std::string_view reference) {
  ask_later(Ask::Refund, reference);
}

void HttpProvider::look_up(std::string_view reference) {
  ask_later(Ask::LookUp, reference);
}

void HttpProvider::ask(Call call) {
  call.asked_ms = now_ms();
  if (!send(call)) give_up(call, "too many wait for its answers");
}

// What is asked already need not be asked twice; the desk asks again until it is told.
void HttpProvider::ask_later(Ask ask, std::string_view reference) {
  const bool refunds = ask == Ask::Refund;
  std::string key = (refunds ? "refund-" : "look-up-") + std::string(theirs(reference));
  if (quiet_.size() >= kMaxQuiet || !asked_.insert(key).second) return;
  Call call;
  call.ask = ask;
  call.reference = theirs(reference);
  call.key = std::move(key);
  call.body = provider_reference_body(call.reference);
  quiet_.push_back(std::move(call));
}

bool HttpProvider::send(Call& call) {
  if (parts_.http == nullptr) return false;
  constexpr std::string_view kPaths[] = {"/follow", "/payment", "/refund", "/look_up"};
  HttpRequest request;
  request.number = next_number_++;
  request.url = parts_.settings.url;
  request.url += kPaths[static_cast<size_t>(call.ask)];
  request.body = call.body;
  ++call.attempts;
  // A reference may have a full stop, which a webhook-id has not; it has no tilde.
  std::string id = call.key;
  std::replace(id.begin(), id.end(), '.', '~');
  const WebhookHeaders headers =
      sign_webhook(parts_.settings.send, id, parts_.clock->wall_ms() / 1000, request.body);
  request.headers = {{"webhook-id", headers.id},
                     {"webhook-timestamp", headers.timestamp},
                     {"webhook-signature", headers.signature},
                     {"Idempotency-Key", call.key}};
  const uint64_t number = request.number;
  if (!parts_.http->submit(std::move(request))) return false;
  calls_.emplace(number, std::move(call));
  return true;
}

void HttpProvider::on_tick() {
  if (parts_.http == nullptr) return;
  for (const HttpAnswer& answer : parts_.http->take_answers()) {
    auto node = calls_.extract(answer.number);
    if (!node.empty()) on_answer(std::move(node.mapped()), answer);
  }
  while (!again_.empty() && now_ms() >= again_.front().again_ms) {
    Call call = std::move(again_.front());
    again_.pop_front();
    if (!send(call)) give_up(call, "too many wait for its answers");
  }
  while (!quiet_.empty() && quiet_on_their_way_ < kQuietAtOnce) {
    Call call = std::move(quiet_.front());
    quiet_.pop_front();
    const std::string key = call.key;
    if (send(call)) {
      ++quiet_on_their_way_;
    } else {
      asked_.erase(key);
    }
  }
}

void HttpProvider::on_answer(Call call, const HttpAnswer& answer) {
  const bool quiet = call.ask == Ask::Refund || call.ask == Ask::LookUp;
  if (quiet) {
    --quiet_on_their_way_;
    asked_.erase(call.key);
  }
  const bool good = answer.status.ok() && answer.code >= 200 && answer.code < 300;
  if (good && take_answer(call, answer.body)) return say_health(true, "", "");
  if (!quiet && !good && is_worth_another(call, answer)) {
    call.again_ms = now_ms() + kAgainMs * call.attempts;
    again_.push_back(std::move(call));
    return;
  }
  std::string why = answer.status.message();
  if (answer.status.ok()) why = "answered " + std::to_string(answer.code);
  if (good) why = "its answer is none that docs/providers.md has";
  give_up(call, std::move(why));
}

// A network that failed and a server that is busy: not what was refused.
bool HttpProvider::is_worth_another(const Call& call, const HttpAnswer& answer) const {
  if (call.attempts >= kMaxAttempts || now_ms() - call.asked_ms > kPatienceMs) return false;
  if (answer.status.ok()) return answer.code >= 500 || answer.code == 429;
  return answer.status.code() == StatusCode::Unavailable;
}

void HttpProvider::give_up(const Call& call, std::string why) {
  constexpr std::string_view kDoing[] = {"follow", "payment", "refund", "look_up"};
  say_health(false, kDoing[static_cast<size_t>(call.ask)], why);
  const Status status(StatusCode::Unavailable, std::move(why));
  if (call.ask == Ask::Follow) events_->on_follow_page(call.claim, status);
  if (call.ask == Ask::Payment) events_->on_payment_page(call.claim, status);
}

bool HttpProvider::take_answer(const Call& call, const std::string& body) {
  if (call.ask == Ask::Follow) {
    const std::optional<std::string> page = read_provider_page(body);
    if (page) events_->on_follow_page(call.claim, *page);
    return page.has_value();
  }
  if (call.ask == Ask::Payment) {
    std::optional<ProviderPayment> payment = read_provider_payment(body);
    if (!payment) return false;
    payment->reference = own(payment->reference);
    events_->on_payment_page(call.claim, *payment);
    return true;
  }
  const std::optional<ProviderNews> news = read_provider_state(body, call.reference);
  if (!news) return false;
  // Of a refund that is not done yet the money is still there: that is no news.
  if (call.ask == Ask::LookUp || news->kind == ProviderNews::Kind::Refunded) tell(*news);
  return true;
}

void HttpProvider::tell(const ProviderNews& news) {
  using Kind = ProviderNews::Kind;
  switch (news.kind) {
    case Kind::Open:
      return;
    case Kind::Followed:
      return events_->on_followed(news.claim, news.member);
    case Kind::FollowFailed:
      return events_->on_follow_failed(news.claim, news.follow_failure);
    case Kind::Paid:
      return events_->on_paid(own(news.reference), news.amount, news.claim);
    case Kind::PaymentFailed:
      return events_->on_payment_failed(own(news.reference), news.payment_failure);
    case Kind::Refunded:
      return events_->on_refunded(own(news.reference));
  }
}

// A line when it begins to fail, and one when it works again.
void HttpProvider::say_health(bool well, std::string_view doing, std::string_view why) {
  if (well == std::exchange(is_well_, well) || !parts_.log) return;
  std::string line = "provider " + parts_.settings.name;
  line += well ? ": answers again\n" : ": " + std::string(doing) + ": " + std::string(why) + "\n";
  parts_.log(line);
}

std::string HttpProvider::draw_key() {
  Id128 random;
  parts_.random(random.bytes.data(), random.bytes.size());
  return "ask-" + random.to_hex();
}

std::string HttpProvider::own(std::string_view reference) const {
  return parts_.settings.name + ":" + std::string(reference);
}

std::string_view HttpProvider::theirs(std::string_view reference) const {
  const size_t prefix = parts_.settings.name.size() + 1;
  return reference.substr(std::min(prefix, reference.size()));
}

std::optional<WebResponse> HttpProvider::on_http(const WebRequest& request) {
  const std::string path = "/provider/" + parts_.settings.name + "/events";
  if (request.path != path || request.method != WebMethod::Post) {
    return text_response(RouteClass::Error, 404, "not found\n");
  }
  const int64_t now_us = parts_.clock->monotonic_us();
  if (!events_limit_.allow(request.peer, now_us)) return refuse(429, "too_many");
  if (request.content_type.rfind("application/json", 0) != 0) return refuse(415, "not_json");
  const WebhookHeaders headers{request.webhook_id, request.webhook_timestamp,
                               request.webhook_signature};
  const WebhookVerdict verdict = verify_webhook(parts_.settings.receive, headers, request.body,
                                                parts_.clock->wall_ms() / 1000);
  if (verdict != WebhookVerdict::Genuine) {
    if (!forged_limit_.allow(request.peer, now_us)) return refuse(429, "too_many");
    return refuse(401, webhook_verdict_name(verdict));
  }
  std::string wrong;
  const std::optional<ProviderNews> news = read_provider_event(request.body, wrong);
  if (!news) return refuse(400, "bad_request", wrong);
  tell(*news);
  return kept();
}

}  // namespace vitrine
