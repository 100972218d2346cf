// SPDX-License-Identifier: MIT
#include "server/providers/provider_switch.h"

#include <utility>

#include "server/claims/claim_offer.h"

namespace vitrine {

namespace {

constexpr std::string_view kSandbox = "sandbox";
constexpr size_t kMostVisits = 20'000;

std::string_view owner_of(std::string_view reference) {
  const size_t colon = reference.find(':');
  return colon == std::string_view::npos ? kSandbox : reference.substr(0, colon);
}

}  // namespace

class ProviderSwitch::Door final : public ProviderEvents {
 public:
  Door(ProviderSwitch& providers, std::string name) : switch_(providers), name_(std::move(name)) {}

  void on_follow_page(const Id128& claim, const Result<std::string>& page) override {
    events().on_follow_page(claim, page);
  }
  void on_payment_page(const Id128& claim, const Result<ProviderPayment>& payment) override {
    events().on_payment_page(claim, payment);
  }
  void on_followed(const Id128& claim, std::string_view member) override {
    if (may_tell_of(claim)) events().on_followed(claim, member);
  }
  void on_follow_failed(const Id128& claim, FollowFailure failure) override {
    if (may_tell_of(claim)) events().on_follow_failed(claim, failure);
  }
  // Money is never refused: what is for another's claim is for none, and goes back. Of a payment
  // that is known it is known whose it is, whatever claim is named.
  void on_paid(std::string_view reference, const Money& amount, const Id128& claim) override {
    if (!owns(reference)) return;
    const Result<std::optional<Id128>> own = switch_.parts_.claim_of_payment(reference);
    if (!own.ok()) return switch_.parts_.tell_again();
    if (own.value()) return events().on_paid(reference, amount, *own.value());
    const Whose whose = whose_is(claim);
    if (whose == Whose::Unknown) return switch_.parts_.tell_again();
    events().on_paid(reference, amount, whose == Whose::Ours ? claim : Id128());
  }
  void on_payment_failed(std::string_view reference, PaymentFailure failure) override {
    if (owns(reference)) events().on_payment_failed(reference, failure);
  }
  void on_refunded(std::string_view reference) override {
    if (owns(reference)) events().on_refunded(reference);
  }

 private:
  ProviderEvents& events() {
    switch_.teller_ = name_;
    return *switch_.events_;
  }
  bool owns(std::string_view reference) const { return owner_of(reference) == name_; }
  enum class Whose { Ours, Others, Unknown };  // Unknown: the store or the campaign is away
  Whose whose_is(const Id128& claim) {
    if (switch_.visits_.count({claim, name_}) > 0) return Whose::Ours;
    const Result<ClaimOwner> owner = switch_.parts_.owner_of_claim(claim);
    if (!owner.ok()) return Whose::Unknown;
    const std::string& campaign = owner.value().campaign;
    if (campaign.empty()) return Whose::Others;
    std::string_view provider = owner.value().provider;
    if (provider.empty()) provider = switch_.parts_.provider_of(campaign);
    if (provider.empty()) return Whose::Unknown;
    if (provider == name_) return Whose::Ours;
    switch_.say_foreign(name_, campaign);
    return Whose::Others;
  }
  bool may_tell_of(const Id128& claim) {
    const Whose whose = whose_is(claim);
    if (whose == Whose::Unknown) switch_.parts_.tell_again();
    return whose == Whose::Ours;
  }

  ProviderSwitch& switch_;
  const std::string name_;
};

ProviderSwitch::ProviderSwitch(Parts parts) : parts_(std::move(parts)) {}
ProviderSwitch::~ProviderSwitch() = default;

void ProviderSwitch::add(std::unique_ptr<Provider> provider) {
  std::string name(provider->name());
  auto door = std::make_unique<Door>(*this, name);
  entries_[std::move(name)] = {std::move(provider), std::move(door)};
}

Provider* ProviderSwitch::find(std::string_view name) const {
  const auto found = entries_.find(name);
  return found == entries_.end() ? nullptr : found->second.provider.get();
}

void ProviderSwitch::set_events(ProviderEvents* events) {
  events_ = events;
  for (auto& [name, entry] : entries_) entry.provider->set_events(entry.door.get());
}

Provider* ProviderSwitch::lead(const ProviderVisit& visit) {
  Provider* provider =
      find(visit.provider.empty() ? parts_.provider_of(visit.campaign) : visit.provider);
  if (provider == nullptr) return nullptr;
  Visit made(visit.claim, provider->name());
  if (!visits_.insert(made).second) return provider;
  visits_in_order_.push_back(std::move(made));
  if (visits_in_order_.size() > kMostVisits) {
    visits_.erase(visits_in_order_.front());
    visits_in_order_.pop_front();
  }
  return provider;
}

void ProviderSwitch::say_foreign(std::string_view provider, std::string_view campaign) {
  std::string line = "provider ";
  line.append(provider).append(" told of a claim of ").append(campaign);
  line += ", which is another provider's: not counted\n";
  if (parts_.log && said_.insert(line).second) parts_.log(line);
}

void ProviderSwitch::begin_follow(const ProviderVisit& visit) {
  if (Provider* provider = lead(visit)) return provider->begin_follow(visit);
  events_->on_follow_page(visit.claim, Status(StatusCode::NotFound, "no such provider"));
}

void ProviderSwitch::begin_payment(const ProviderVisit& visit, const Money& amount) {
  if (Provider* provider = lead(visit)) return provider->begin_payment(visit, amount);
  events_->on_payment_page(visit.claim, Status(StatusCode::NotFound, "no such provider"));
}

Provider* ProviderSwitch::of_reference(std::string_view reference) const {
  return find(owner_of(reference));
}

void ProviderSwitch::refund(std::string_view reference) {
  if (Provider* provider = of_reference(reference)) provider->refund(reference);
}

void ProviderSwitch::look_up(std::string_view reference) {
  if (Provider* provider = of_reference(reference)) provider->look_up(reference);
}

void ProviderSwitch::on_stop() {
  for (auto& [name, entry] : entries_) entry.provider->on_stop();
}

void ProviderSwitch::on_tick() {
  for (auto& [name, entry] : entries_) entry.provider->on_tick();
}

std::optional<WebResponse> ProviderSwitch::on_http(const WebRequest& request) {
  constexpr std::string_view kRoot = "/provider/";
  const std::string_view path = std::string_view(request.path).substr(kRoot.size());
  Provider* provider = find(path.substr(0, path.find('/')));
  if (provider == nullptr) return text_response(RouteClass::Error, 404, "no such provider\n");
  return provider->on_http(request);
}

}  // namespace vitrine
