// SPDX-License-Identifier: MIT
#include "server/providers/sandbox_provider.h"

#include <utility>

#include "server/providers/sandbox_pages.h"

namespace vitrine {

namespace {

constexpr std::string_view kRoot = "/provider/sandbox/";
constexpr int64_t kLateMs = 20'000;
constexpr int64_t kOpenMs = 15 * 60'000;
constexpr size_t kMaxPages = 100'000;

WebResponse html(int status, std::string text) {
  WebResponse response;
  response.status = status;
  response.route = RouteClass::Provider;
  response.content_type = "text/html; charset=utf-8";
  response.body = std::make_shared<const std::string>(std::move(text));
  return response;
}

// The path alone: whatever stands in front, here it is the same server.
std::string path_of(std::string_view address) {
  const size_t scheme = address.find("://");
  if (scheme == std::string_view::npos) return std::string(address);
  const size_t path = address.find('/', scheme + 3);
  return path == std::string_view::npos ? "/" : std::string(address.substr(path));
}

WebResponse back_to(const ProviderVisit& visit) {
  WebResponse response = html(303, "");
  response.headers.emplace_back("Location", path_of(visit.back));
  return response;
}

std::string_view language_of(const WebRequest& request) {
  return request.query.find("en") != std::string::npos ? "en" : "zh";
}

}  // namespace

SandboxProvider::SandboxProvider(const Clock& clock, std::function<void(void*, size_t)> random)
    : clock_(clock), random_(std::move(random)) {}
SandboxProvider::~SandboxProvider() = default;

// Of a claim and a purpose one page is open: whoever asks again is led to the same.
std::string SandboxProvider::open_page(const ProviderVisit& visit, const Money* amount) {
  auto& newest = amount != nullptr ? payment_of_ : follow_of_;
  const auto known = newest.find(visit.claim);
  Page* open = known == newest.end() ? nullptr : find(known->second);
  if (open != nullptr && open->paid == Paid::Open) {
    open->visit = visit;
    return known->second;
  }
  if (pages_.size() >= kMaxPages) forget_oldest();
  Page page;
  page.visit = visit;
  page.made_ms = now_ms();
  if (amount != nullptr) page.amount = *amount;
  page.to_pay = amount != nullptr;
  Id128 random;
  random_(random.bytes.data(), random.bytes.size());
  const std::string reference = (page.to_pay ? "pay-" : "follow-") + random.to_hex();
  oldest_.push_back(reference);
  pages_.emplace(reference, std::move(page));
  newest[visit.claim] = reference;
  return reference;
}

void SandboxProvider::forget_oldest() {
  const std::string reference = std::move(oldest_.front());
  oldest_.pop_front();
  const Page& page = *find(reference);
  auto& newest = page.to_pay ? payment_of_ : follow_of_;
  const auto known = newest.find(page.visit.claim);
  if (known != newest.end() && known->second == reference) newest.erase(known);
  pages_.erase(reference);
}

SandboxProvider::Page* SandboxProvider::find(std::string_view reference) {
  const auto found = pages_.find(reference);
  return found == pages_.end() ? nullptr : &found->second;
}

void SandboxProvider::begin_follow(const ProviderVisit& visit) {
  events_->on_follow_page(visit.claim, std::string(kRoot) + open_page(visit, nullptr));
}

void SandboxProvider::begin_payment(const ProviderVisit& visit, const Money& amount) {
  const std::string reference = open_page(visit, &amount);
  events_->on_payment_page(visit.claim, ProviderPayment{reference, std::string(kRoot) + reference});
}

void SandboxProvider::refund(std::string_view reference) {
  // Of a payment from before a restart nothing is known; here no money can be kept back.
  if (Page* page = find(reference)) page->paid = Paid::Returned;
  events_->on_refunded(reference);
}

void SandboxProvider::look_up(std::string_view reference) {
  Page* page = find(reference);
  if (page == nullptr) return events_->on_payment_failed(reference, PaymentFailure::TimedOut);
  switch (page->paid) {
    case Paid::Open:
      if (now_ms() - page->made_ms < kOpenMs) return;  // somebody may still be looking at it
      page->paid = Paid::No;
      return events_->on_payment_failed(reference, PaymentFailure::TimedOut);
    case Paid::Yes:
      return tell_paid(*page, reference);
    case Paid::No:
      return events_->on_payment_failed(reference, PaymentFailure::Declined);
    case Paid::Returned:
      return events_->on_refunded(reference);
  }
}

void SandboxProvider::tell_paid(const Page& page, std::string_view reference) {
  events_->on_paid(reference, page.amount, page.visit.claim);
}

void SandboxProvider::on_tick() {
  while (!later_.empty() && now_ms() >= later_.front().at_ms) {
    const std::string reference = std::move(later_.front().reference);
    later_.pop_front();
    if (const Page* page = find(reference)) tell_paid(*page, reference);
  }
}

std::optional<WebResponse> SandboxProvider::on_http(const WebRequest& request) {
  const std::string_view path = std::string_view(request.path).substr(kRoot.size());
  if (path == "sandbox.css") {
    WebResponse style = html(200, std::string(sandbox_style()));
    style.content_type = "text/css; charset=utf-8";
    return style;
  }
  const std::string reference(path);
  Page* page = find(reference);
  if (page == nullptr) return html(404, sandbox_over_page(language_of(request)));
  const std::string& language = page->visit.language;
  if (request.method == WebMethod::Post) {
    const std::string_view choice = form_field(request.body, "choice");
    return page->to_pay ? pay(*page, reference, choice)
                        : follow(*page, choice, form_field(request.body, "member"));
  }
  if (page->paid != Paid::Open) return html(200, sandbox_over_page(language));
  if (!page->to_pay) return html(200, sandbox_follow_page(language));
  return html(200, sandbox_payment_page(language, page->amount));
}

WebResponse SandboxProvider::follow(Page& page, std::string_view choice, std::string_view member) {
  const Id128 claim = page.visit.claim;
  if (page.paid != Paid::Open) return back_to(page.visit);
  if (choice == "follow" || choice == "already") {
    page.paid = Paid::Yes;
    std::string name(member.substr(0, member.find_first_not_of("abcdefghijklmnopqrstuvwxyz-123")));
    if (name.empty() || name == "new") {
      Id128 random;
      random_(random.bytes.data(), random.bytes.size());
      name = "new-" + random.to_hex();
    }
    events_->on_followed(claim, name);
  } else if (choice == "refuse") {
    page.paid = Paid::No;
    events_->on_follow_failed(claim, FollowFailure::Refused);
  } else {
    events_->on_follow_failed(claim, FollowFailure::Cancelled);
  }
  return back_to(page.visit);
}

WebResponse SandboxProvider::pay(Page& page, const std::string& reference,
                                 std::string_view choice) {
  // A form that is sent again pays nothing again.
  if (page.paid != Paid::Open) return back_to(page.visit);
  if (choice == "decline" || choice == "cancel") {
    page.paid = Paid::No;
    events_->on_payment_failed(
        reference, choice == "decline" ? PaymentFailure::Declined : PaymentFailure::Cancelled);
    return back_to(page.visit);
  }
  const bool pays = choice == "pay" || choice == "late" || choice == "twice" ||
                    choice == "silent" || choice == "wrong";
  if (!pays) return html(400, sandbox_payment_page(page.visit.language, page.amount));
  page.paid = Paid::Yes;
  if (choice == "wrong") --page.amount.minor;
  if (choice == "late") later_.push_back({now_ms() + kLateMs, reference});
  if (choice == "pay" || choice == "twice" || choice == "wrong") tell_paid(page, reference);
  if (choice == "twice") tell_paid(page, reference);
  return back_to(page.visit);
}

}  // namespace vitrine
