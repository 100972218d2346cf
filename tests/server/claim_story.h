// SPDX-License-Identifier: MIT
// The whole story without a socket: screens, phones, a provider that does as it is told, and a
// store behind a queue that a test can hold up or fill.
#pragma once

#include <catch2/catch.hpp>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/random.h"
#include "server/claims/memory_claim_store.h"
#include "server/handoff/claim_desk.h"
#include "tests/fakes/fake_clock.h"
#include "tests/server/claim_invariants.h"

namespace vitrine::test {

using protocol::ClaimAct;
using protocol::ClaimKind;

// Tells what a test says, when it says so.
struct ToldProvider final : Provider {
  std::string_view name() const override { return "told"; }
  void set_events(ProviderEvents* told) override { events = told; }
  void begin_follow(const ProviderVisit& visit) override {
    visits.push_back(visit);
    if (!silent) events->on_follow_page(visit.claim, std::string("https://shop.example/follow"));
  }
  void begin_payment(const ProviderVisit& visit, const Money& amount) override {
    visits.push_back(visit);
    asked = amount;
    if (silent) return;
    if (!down) payment.reference = "pay-" + visit.claim.to_hex() + std::to_string(attempt);
    const ProviderPayment begun{payment.reference, "https://shop.example/pay"};
    down ? events->on_payment_page(visit.claim, Status(StatusCode::Unavailable, "down"))
         : events->on_payment_page(visit.claim, begun);
  }
  void refund(std::string_view reference) override { refunds.emplace_back(reference); }
  void look_up(std::string_view reference) override { looked_up.emplace_back(reference); }
  std::optional<WebResponse> on_http(const WebRequest&) override { return std::nullopt; }

  ProviderEvents* events = nullptr;
  std::vector<ProviderVisit> visits;
  std::vector<std::string> refunds, looked_up;
  ProviderPayment payment;
  Money asked;
  int attempt = 1;
  bool silent = false, down = false;
};

struct Story {
  Story() {
    reader = std::move(store->open_reader()).value();
    start();
    offer.pool = "lip-popup/true-red";
    offer.price = {500, "CNY"};
    offer.stock = 3;
    desk->on_offer(offer);
    settle();
    desk->on_tick();
  }
  ~Story() {
    settle();
    CHECK(check_claims(*reader) == "");
  }

  // A server that begins anew over the same store: what was in memory is gone.
  void start() {
    ClaimDeskParts parts;
    parts.clock = &clock;
    parts.reader = reader.get();
    parts.provider = &provider;
    parts.submit = [this](uint64_t number, ClaimCommand&& command) {
      if (queue_full || (only_holds && command.verb != ClaimVerb::Hold)) return false;
      queue.emplace_back(number, std::move(command));
      return true;
    };
    parts.offer = [this](std::string_view campaign, std::string_view product) {
      if (second_offer &&
          second_offer->pool == std::string(campaign) + "/" + std::string(product)) {
        return &*second_offer;
      }
      const bool known = campaign == "lip-popup" && product == "true-red" && !withdrawn;
      return known ? &offer : nullptr;
    };
    parts.has_queue = [this](std::string_view) { return has_queue; };
    parts.queue_code = [](std::string_view, std::string_view screen) {
      Id128 code;
      code.bytes.fill(static_cast<uint8_t>(screen.back()));
      return code;
    };
    parts.issue_holder = [](std::string_view campaign, const Id128& holder) {
      return "2." + std::string(campaign) + "." + holder.to_hex();
    };
    parts.voucher_secret = [](std::string_view) { return std::string(64, 'a'); };
    parts.member_hash = [](std::string_view member) { return "hash-" + std::string(member); };
    parts.tell_again = [this] { ++told_again; };
    parts.random = [this](void* out, size_t size) {
      for (size_t i = 0; i < size; ++i) {
        static_cast<uint8_t*>(out)[i] = static_cast<uint8_t>(random.next());
      }
    };
    parts.changed = [this](ConnectionId id) { changed.insert(id); };
    parts.close = [this](ConnectionId id, protocol::CloseCode code) { closed[id] = code; };
    desk.emplace(std::move(parts));
  }

  // The writer works off its queue.
  void settle() {
    while (!queue.empty() && !held_up) {
      auto [number, command] = std::move(queue.front());
      queue.pop_front();
      std::vector<ClaimOutcome> outcomes(1);
      const Status status = disk_full ? Status(StatusCode::ResourceExhausted, "disk full")
                                      : store->apply({&command, 1}, outcomes);
      desk->on_completion({number, std::move(command), status, outcomes[0]});
    }
  }

  void screen(ConnectionId id = 1, std::string_view device = "kiosk-1") {
    desk->on_screen(id, device, "lip-popup", "http://shop.example/c/lip-popup/");
  }
  void phone(ConnectionId id = 2, std::string_view holder = "") {
    desk->on_phone(id, holder, "lip-popup", "http://shop.example/c/lip-popup/");
  }
  void act(ConnectionId id, ClaimKind kind, ClaimAct made = {}) {
    made.request = ++requests;
    made.language = "zh";
    made.terms_version = "2026-11";
    desk->on_act(id, kind, made, false);
    settle();
  }
  void open(ConnectionId id = 1, uint8_t session = 9) {
    ClaimAct made;
    made.session.bytes[0] = session;
    made.product = "true-red";
    act(id, ClaimKind::Open, made);
  }
  void join(ConnectionId id = 2, uint8_t key = 1) {
    ClaimAct made;
    made.ticket = ticket;
    made.key.bytes[0] = key;
    act(id, ClaimKind::Join, made);
  }
  void agree(ConnectionId id = 2, uint8_t key = 2, bool terms = true) {
    ClaimAct made;
    made.key.bytes[0] = key;
    made.terms = terms;
    act(id, ClaimKind::Agree, made);
  }
  // Of the newest state that this connection was told, "" where a member is absent: what the desk
  // does not say has changed is not asked for.
  std::string told(ConnectionId id, std::string_view member) {
    if (changed.erase(id) > 0) desk->write_state(id, states[id]);
    JsonDocument document;
    REQUIRE(document.parse(states[id]));
    const JsonValue value = document.root().find(member);
    if (value.is(JsonType::Integer)) return std::to_string(*value.integer());
    return std::string(value.string().value_or(""));
  }
  std::string stage(ConnectionId id) { return told(id, "stage"); }
  // The code of the first voucher that it is told of besides.
  std::string voucher(ConnectionId id) {
    told(id, "stage");
    JsonDocument document;
    REQUIRE(document.parse(states[id]));
    const JsonValue first = document.root().find("vouchers").first();
    return std::string(first.find("code").string().value_or(""));
  }
  // Of the newest phone.
  std::string holder() {
    std::vector<Claim> claims;
    REQUIRE(reader->read_newest(1, claims).ok());
    REQUIRE(!claims.empty());
    return claims[0].holder;
  }
  Id128 claim() {
    std::vector<Claim> claims;
    REQUIRE(reader->read_newest(1, claims).ok());
    REQUIRE(!claims.empty());
    return claims[0].claim;
  }
  void show_ticket() {
    screen();
    open();
    ticket = *Id128::from_hex(told(1, "ticket"));
  }
  void come_to_agree() {
    show_ticket();
    phone();
    join();
  }
  void come_to_follow() {
    come_to_agree();
    agree();
  }
  void come_to_pay() {
    come_to_follow();
    act(2, ClaimKind::Follow);
    provider.events->on_followed(claim(), "member-1");
    settle();
  }
  void pay() {
    act(2, ClaimKind::Pay);
    provider.events->on_paid(provider.payment.reference, {500, "CNY"}, claim());
    settle();
  }
  Pool pool() {
    std::vector<Pool> pools;
    REQUIRE(reader->read_pools(pools).ok());
    return pools.at(0);
  }

  fakes::FakeClock clock;
  Random random{20261127};
  std::unique_ptr<ClaimStore> store = make_memory_claim_store();
  std::unique_ptr<ClaimReader> reader;
  ToldProvider provider;
  std::deque<std::pair<uint64_t, ClaimCommand>> queue;
  ClaimOffer offer;
  std::optional<ClaimOffer> second_offer;
  std::map<ConnectionId, protocol::CloseCode> closed;
  std::set<ConnectionId> changed;
  std::map<ConnectionId, std::string> states;
  std::optional<ClaimDesk> desk;
  Id128 ticket;
  uint32_t requests = 0;
  int told_again = 0;
  bool queue_full = false, held_up = false, disk_full = false, withdrawn = false;
  bool only_holds = false;  // of all commands the queue takes these
  bool has_queue = false;
};

}  // namespace vitrine::test
