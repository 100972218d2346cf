// SPDX-License-Identifier: MIT
// Any bytes, each line a request to the sandbox's pages, by whoever has their addresses: "p" and
// "f" ask for the page to pay and to follow, every other line is the form that is posted there.
// Whatever comes, an answer comes; money is told of at most as often as the form for that says, and
// only of payments that were begun.
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "engine/base/assert.h"
#include "server/providers/sandbox_pages.h"
#include "server/providers/sandbox_provider.h"
#include "tests/fakes/fake_clock.h"

using namespace vitrine;

namespace {

class Shop final : public ProviderEvents {
 public:
  Shop() { provider_.set_events(this); }

  void take(std::string_view line) {
    if (line == "p") return provider_.begin_payment(visit(), {500, "CNY"});
    if (line == "f") return provider_.begin_follow(visit());
    if (line == "t") {
      clock_.advance_ms(21'000);
      return provider_.on_tick();
    }
    if (page_.empty()) return;
    post(line);
  }

  void on_follow_page(const Id128&, const Result<std::string>& page) override {
    page_ = page.value();
  }
  void on_payment_page(const Id128&, const Result<ProviderPayment>& payment) override {
    page_ = payment.value().page;
    begun_.emplace(payment.value().reference, 0);
  }
  void on_followed(const Id128&, std::string_view member) override {
    VITRINE_ASSERT(!member.empty() && member.size() <= 128);
  }
  void on_follow_failed(const Id128&, FollowFailure) override {}
  void on_paid(std::string_view reference, const Money& amount, const Id128&) override {
    const auto payment = begun_.find(std::string(reference));
    VITRINE_ASSERT(payment != begun_.end());
    ++payment->second;
    VITRINE_ASSERT(payment->second <= 2);  // "twice"
    VITRINE_ASSERT(amount.minor == 500 || amount.minor == 499);
  }
  void on_payment_failed(std::string_view, PaymentFailure) override {}
  void on_refunded(std::string_view) override {}

 private:
  static ProviderVisit visit() {
    ProviderVisit visit;
    visit.claim.bytes[0] = 1;
    visit.campaign = "lip-popup";
    visit.product = "true-red";
    visit.language = "en";
    visit.back = "https://shop.example/c/lip-popup/";
    return visit;
  }
  void post(std::string_view body) {
    WebRequest request;
    request.path = page_;
    request.method = WebMethod::Post;
    request.body = body;
    const std::optional<WebResponse> response = provider_.on_http(request);
    VITRINE_ASSERT(response && (response->status == 303 || response->status == 400));
    // What somebody wrote is on no page.
    const bool is_page = response->status == 400;
    VITRINE_ASSERT(*response->body == (is_page ? sandbox_payment_page("en", {500, "CNY"}) : ""));
  }

  fakes::FakeClock clock_;
  uint8_t drawn_ = 0;
  SandboxProvider provider_{clock_, [this](void* out, size_t size) {
                              for (size_t i = 0; i < size; ++i) {
                                static_cast<uint8_t*>(out)[i] = ++drawn_;
                              }
                            }};
  std::string page_;
  std::map<std::string, int> begun_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  Shop shop;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    shop.take(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return 0;
}
