// SPDX-License-Identifier: MIT
// The whole story without a socket: screens, phones, a provider that does as it is told, and a
// store behind a queue that a test can hold up or fill.
#include <catch2/catch.hpp>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/base/random.h"
#include "engine/rules/voucher_code.h"
#include "server/claims/memory_claim_store.h"
#include "server/handoff/claim_desk.h"
#include "tests/fakes/fake_clock.h"
#include "tests/server/claim_invariants.h"

namespace vitrine {
namespace {

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
    ClaimDeskParts parts;
    parts.clock = &clock;
    parts.reader = reader.get();
    parts.provider = &provider;
    parts.submit = [this](uint64_t number, ClaimCommand&& command) {
      if (queue_full) return false;
      queue.emplace_back(number, std::move(command));
      return true;
    };
    parts.offer = [this](std::string_view campaign, std::string_view product) {
      const bool known = campaign == "lip-popup" && product == "true-red" && !withdrawn;
      return known ? &offer : nullptr;
    };
    parts.issue_holder = [](std::string_view campaign, const Id128& holder) {
      return "2." + std::string(campaign) + "." + holder.to_hex();
    };
    parts.voucher_secret = [](std::string_view) { return std::string(64, 'a'); };
    parts.member_hash = [](std::string_view member) { return "hash-" + std::string(member); };
    parts.random = [this](void* out, size_t size) {
      for (size_t i = 0; i < size; ++i) {
        static_cast<uint8_t*>(out)[i] = static_cast<uint8_t>(random.next());
      }
    };
    parts.changed = [this](ConnectionId id) { changed.insert(id); };
    parts.close = [this](ConnectionId id, protocol::CloseCode code) { closed[id] = code; };
    desk.emplace(std::move(parts));
    offer.pool = "lip-popup/true-red";
    offer.price = {500, "CNY"};
    offer.stock = 3;
    desk->on_offer(offer);
    settle();
    desk->on_tick();
  }
  ~Story() {
    settle();
    CHECK(test::check_claims(*reader) == "");
  }

  // The writer works off its queue.
  void settle() {
    while (!queue.empty() && !held_up) {
      auto [number, command] = std::move(queue.front());
      queue.pop_front();
      std::vector<ClaimOutcome> outcomes(1);
      const Status status = disk_full ? Status(StatusCode::ResourceExhausted, "disk full")
                                      : store->apply({&command, 1}, outcomes);
      desk->on_completion(number, status, outcomes[0]);
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
  std::map<ConnectionId, protocol::CloseCode> closed;
  std::set<ConnectionId> changed;
  std::map<ConnectionId, std::string> states;
  std::optional<ClaimDesk> desk;
  Id128 ticket;
  uint32_t requests = 0;
  bool queue_full = false, held_up = false, disk_full = false, withdrawn = false;
};

TEST_CASE("a shopper scans, agrees, follows, pays and has a voucher on the phone") {
  Story story;
  story.show_ticket();
  CHECK(story.stage(1) == "waiting");
  CHECK(story.told(1, "page") == "http://shop.example/c/lip-popup/");
  story.phone();
  CHECK(story.stage(2) == "none");
  story.join();
  CHECK(story.stage(1) == "agreeing");
  CHECK(story.stage(2) == "agreeing");
  CHECK(story.told(1, "screen_mark") == story.told(2, "screen_mark"));
  CHECK(story.told(1, "phone_mark") == story.told(2, "phone_mark"));
  CHECK(story.told(1, "ticket") == "");
  story.agree();
  CHECK(story.stage(2) == "following");
  CHECK(story.stage(1) == "following");
  story.act(2, ClaimKind::Follow);
  CHECK(story.told(2, "action") == "https://shop.example/follow");
  story.changed.insert(2);
  CHECK(story.told(2, "action") == "");  // once
  story.provider.events->on_followed(story.claim(), "member-1");
  story.settle();
  CHECK(story.stage(2) == "paying");
  story.pay();
  CHECK(story.stage(2) == "issued");
  CHECK(story.stage(1) == "issued");
  const std::string code = story.told(2, "code");
  CHECK(rules::normalise_voucher_code(code) == code);
  CHECK(story.told(1, "code") == rules::mask_voucher_code(code));
  CHECK(story.told(1, "secret") == "");
  CHECK(story.told(1, "holder") == "");
  CHECK(story.pool().remaining() == 2);
}

TEST_CASE("opening the page spends nothing, and only the first tap joins") {
  Story story;
  story.show_ticket();
  for (ConnectionId preview = 10; preview < 20; ++preview) story.phone(preview);
  CHECK(story.stage(1) == "waiting");
  story.join(15, 1);
  story.join(16, 2);
  CHECK(story.stage(15) == "agreeing");
  CHECK(story.stage(16) == "ended");
  CHECK(story.told(16, "reason") == "code_over");
  CHECK(story.told(16, "screen_mark") == "");
}

TEST_CASE("who asks again after a lost answer is the same phone with the same claim") {
  Story story;
  story.come_to_agree();
  const std::string holder = story.told(2, "holder");
  story.desk->on_left(2);
  story.phone(3);
  story.join(3, 1);
  CHECK(story.told(3, "holder") == holder);
  story.agree(3, 2);
  const Id128 first = story.claim();
  story.desk->on_left(3);
  story.phone(4, holder.substr(holder.rfind('.') + 1));
  CHECK(story.stage(4) == "following");
  story.agree(4, 2);
  CHECK(story.claim() == first);
  CHECK(story.pool().taken == 1);
}

TEST_CASE("nothing is held for who has not agreed") {
  Story story;
  story.offer.guardian_asked = true;
  story.come_to_agree();
  story.agree(2, 2, false);
  CHECK(story.stage(2) == "agreeing");
  story.agree(2, 3, true);  // the guardian's box is empty
  CHECK(story.stage(2) == "agreeing");
  CHECK(story.pool().taken == 0);
}

TEST_CASE("what was agreed to is kept with its words, language and time") {
  Story story;
  story.come_to_follow();
  std::vector<Consent> consents;
  REQUIRE(story.reader->read_consents(story.claim(), consents).ok());
  REQUIRE(consents.size() == 2);
  CHECK(consents[0].purpose == "terms");
  CHECK(consents[0].agreed);
  CHECK(consents[0].text_version == "2026-11");
  CHECK(consents[0].language == "zh");
  CHECK(consents[1].purpose == "statistics");
  CHECK_FALSE(consents[1].agreed);
}

TEST_CASE("not me, said by either, ends it and gives back what was held") {
  for (const ConnectionId who : {ConnectionId{1}, ConnectionId{2}}) {
    Story story;
    story.come_to_follow();
    CHECK(story.pool().taken == 1);
    story.act(who, ClaimKind::NotMe);
    CHECK(story.told(1, "reason") == "not_me");
    CHECK(story.told(2, "reason") == "not_me");
    CHECK(story.pool().taken == 0);
    story.phone(5);
    story.join(5, 7);
    CHECK(story.told(5, "reason") == "code_over");
  }
}

TEST_CASE("the wipe ends the link at once: a phone that had not agreed is refused") {
  Story story;
  story.come_to_agree();
  story.act(1, ClaimKind::Close);
  CHECK(story.told(2, "reason") == "session_over");
  story.agree();
  CHECK(story.told(2, "reason") == "session_over");
  CHECK(story.pool().taken == 0);
}

TEST_CASE("a phone that had agreed goes on by itself, and the next shopper's screen sees nothing") {
  Story story;
  story.come_to_pay();
  story.open(1, 77);
  CHECK(story.stage(1) == "waiting");
  CHECK(story.stage(2) == "paying");
  story.pay();
  CHECK(story.stage(2) == "issued");
  CHECK(story.stage(1) == "waiting");
  CHECK(story.told(1, "code") == "");
  CHECK(story.told(1, "phone_mark") == "");
}

TEST_CASE("a screen that was wiped while something was being held does not keep it held") {
  Story story;
  story.come_to_agree();
  story.held_up = true;
  story.agree();
  story.act(1, ClaimKind::Close);
  story.held_up = false;
  story.settle();
  CHECK(story.pool().taken == 0);
}

TEST_CASE("sold out is said before a code is shown, and to who agrees a moment too late") {
  Story story;
  story.offer.stock = 3;
  for (uint8_t i = 0; i < 2; ++i) {
    ClaimCommand hold;
    hold.verb = ClaimVerb::Hold;
    hold.now = story.clock.wall_ms();
    hold.request_key = "other";
    hold.claim.bytes[0] = static_cast<uint8_t>(1 + i);
    hold.pool = "lip-popup/true-red";
    hold.holder = "other-" + std::to_string(i);
    hold.product = "true-red";
    hold.until = hold.now + 100000;
    std::vector<ClaimOutcome> outcomes;
    REQUIRE(story.store->apply({&hold, 1}, outcomes).ok());
  }
  story.come_to_agree();
  story.desk->on_screen(6, "kiosk-2", "lip-popup", "p/");
  story.open(6, 3);
  story.ticket = *Id128::from_hex(story.told(6, "ticket"));
  story.phone(7);
  story.join(7, 5);
  story.agree(7, 6);
  CHECK(story.stage(7) == "following");
  story.agree(2, 2);
  CHECK(story.told(2, "reason") == "sold_out");
  CHECK(story.told(1, "reason") == "sold_out");
  story.open(1, 10);
  CHECK(story.told(1, "reason") == "sold_out");
  CHECK(story.told(1, "ticket") == "");
}

TEST_CASE("a campaign that hands nothing out says so") {
  Story story;
  story.screen();
  ClaimAct made;
  made.session.bytes[0] = 1;
  made.product = "no-such";
  story.act(1, ClaimKind::Open, made);
  CHECK(story.told(1, "reason") == "closed");
  story.come_to_agree();
  story.withdrawn = true;
  story.agree();
  CHECK(story.told(2, "reason") == "closed");
}

TEST_CASE("somebody who follows with a second phone is told that they have had one") {
  Story story;
  story.come_to_pay();
  story.pay();
  story.open(1, 10);
  story.ticket = *Id128::from_hex(story.told(1, "ticket"));
  story.phone(5);
  story.join(5, 9);
  story.agree(5, 9);
  story.act(5, ClaimKind::Follow);
  story.provider.events->on_followed(story.claim(), "member-1");
  story.settle();
  CHECK(story.told(5, "reason") == "already_claimed");
  CHECK(story.stage(2) == "issued");
  CHECK(story.pool().taken == 1);
}

TEST_CASE("refusing to follow gives the thing back, coming back undecided does not") {
  Story story;
  story.come_to_follow();
  story.act(2, ClaimKind::Follow);
  story.provider.events->on_follow_failed(story.claim(), FollowFailure::Cancelled);
  CHECK(story.stage(2) == "following");
  CHECK(story.told(2, "notice") == "follow_cancelled");
  story.act(2, ClaimKind::Follow);
  CHECK(story.told(2, "notice") == "");
  story.provider.events->on_follow_failed(story.claim(), FollowFailure::Refused);
  story.settle();
  CHECK(story.told(2, "reason") == "follow_refused");
  CHECK(story.pool().taken == 0);
}

TEST_CASE("a declined payment may be tried again, and the second one counts once") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  const std::string first = story.provider.payment.reference;
  story.provider.events->on_payment_failed(first, PaymentFailure::Declined);
  story.settle();
  CHECK(story.stage(2) == "paying");
  CHECK(story.told(2, "notice") == "declined");
  story.provider.attempt = 2;
  story.pay();
  CHECK(story.stage(2) == "issued");
  const std::string code = story.told(2, "code");
  for (int again = 0; again < 3; ++again) {
    story.provider.events->on_paid(story.provider.payment.reference, {500, "CNY"}, story.claim());
    story.settle();
  }
  CHECK(story.told(2, "code") == code);
  CHECK(story.provider.refunds.empty());
  // The declined one turns out to have been paid after all: that money goes back.
  story.provider.events->on_paid(first, {500, "CNY"}, story.claim());
  story.settle();
  CHECK(story.provider.refunds == std::vector<std::string>{first});
  CHECK(story.told(2, "code") == code);
}

TEST_CASE("no phone is sent to pay before it is on disk that it was") {
  Story story;
  story.come_to_pay();
  story.held_up = true;
  story.act(2, ClaimKind::Pay);
  CHECK(story.told(2, "action") == "");
  story.held_up = false;
  story.settle();
  CHECK(story.told(2, "action") == "https://shop.example/pay");
}

TEST_CASE("a provider that does not answer, or is down, is said and may be tried again") {
  Story story;
  story.come_to_pay();
  story.provider.silent = true;
  story.act(2, ClaimKind::Pay);
  const std::string asked = std::to_string(story.requests);
  CHECK(story.told(2, "answered") != asked);
  story.clock.advance_ms(10'000);
  story.desk->on_tick();
  CHECK(story.told(2, "notice") == "provider_timed_out");
  CHECK(story.told(2, "answered") == asked);
  story.provider.silent = false;
  story.provider.down = true;
  story.act(2, ClaimKind::Pay);
  CHECK(story.told(2, "notice") == "provider_timed_out");
  story.provider.down = false;
  story.pay();
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("money that comes after the hold ran out gets a voucher while there is stock") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  const Id128 claim = story.claim();
  story.clock.advance_ms(story.offer.hold_ms + 1);
  ClaimCommand expire;
  expire.verb = ClaimVerb::Expire;
  expire.now = story.clock.wall_ms();
  expire.count = 10;
  std::vector<ClaimOutcome> outcomes;
  REQUIRE(story.store->apply({&expire, 1}, outcomes).ok());
  story.desk->on_tick();
  CHECK(story.told(2, "reason") == "hold_over");
  story.provider.events->on_paid(story.provider.payment.reference, {500, "CNY"}, claim);
  story.settle();
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("what staff or a till changed in the store reaches phone and screen") {
  Story story;
  story.come_to_pay();
  story.pay();
  ClaimCommand redeem;
  redeem.verb = ClaimVerb::Redeem;
  redeem.now = story.clock.wall_ms();
  redeem.request_key = "till-1";
  redeem.code = story.told(2, "code");
  redeem.actor = "till";
  std::vector<ClaimOutcome> outcomes;
  REQUIRE(story.store->apply({&redeem, 1}, outcomes).ok());
  REQUIRE(outcomes[0].answer == ClaimAnswer::Done);
  story.desk->on_tick();
  CHECK(story.stage(2) == "redeemed");
  CHECK(story.stage(1) == "redeemed");
  CHECK(story.told(2, "code") == "");
}

TEST_CASE("money that nobody answered for is asked for, money that is owed is given back") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  story.clock.advance_ms(60'000);
  story.desk->on_tick();
  CHECK(story.provider.looked_up.empty());
  story.clock.advance_ms(100'000);
  story.desk->on_tick();
  CHECK(story.provider.looked_up == std::vector<std::string>{story.provider.payment.reference});
  story.provider.events->on_paid(story.provider.payment.reference, {400, "CNY"}, story.claim());
  story.settle();
  CHECK(story.provider.refunds.size() == 1);  // not the price
  story.clock.advance_ms(31'000);
  story.desk->on_tick();
  CHECK(story.provider.refunds.size() == 2);  // until it is told that it is back
  story.provider.events->on_refunded(story.provider.payment.reference);
  story.settle();
  story.clock.advance_ms(31'000);
  story.desk->on_tick();
  CHECK(story.provider.refunds.size() == 2);
}

TEST_CASE("a full disk or a full queue loses nothing: the shopper is told and tries again") {
  Story story;
  story.come_to_agree();
  story.disk_full = true;
  story.agree();
  CHECK(story.told(2, "notice") == "busy");
  CHECK(story.stage(2) == "agreeing");
  story.disk_full = false;
  story.queue_full = true;
  story.agree();
  CHECK(story.told(2, "notice") == "busy");
  story.queue_full = false;
  story.agree();
  CHECK(story.stage(2) == "following");
  CHECK(story.pool().taken == 1);
}

TEST_CASE("cancelling is answered when the thing is back in the stock") {
  Story story;
  story.come_to_pay();
  story.held_up = true;
  story.act(2, ClaimKind::Cancel);
  CHECK(story.told(2, "answered") != std::to_string(story.requests));
  story.held_up = false;
  story.settle();
  CHECK(story.told(2, "answered") == std::to_string(story.requests));
  CHECK(story.told(2, "reason") == "cancelled");
  CHECK(story.pool().taken == 0);
  // The same shopper thinks again: a new code, the same phone.
  story.open(1, 9);
  story.ticket = *Id128::from_hex(story.told(1, "ticket"));
  story.join(2, 30);
  CHECK(story.stage(2) == "agreeing");
  story.agree(2, 31);
  CHECK(story.stage(2) == "following");
}

TEST_CASE("the newest connection of a phone or a screen wins") {
  Story story;
  story.come_to_follow();
  const std::string holder = story.told(2, "holder");
  story.phone(8, holder.substr(holder.rfind('.') + 1));
  CHECK(story.closed.at(2) == protocol::CloseCode::Replaced);
  story.desk->on_left(2);
  CHECK(story.stage(8) == "following");
  story.screen(9, "kiosk-1");
  CHECK(story.closed.at(1) == protocol::CloseCode::Replaced);
  story.desk->on_left(1);
  story.clock.advance_ms(kScreenGraceMs + 1);
  story.desk->on_tick();
  CHECK(story.stage(9) == "following");
}

TEST_CASE("a free thing is issued as soon as the shop is followed") {
  Story story;
  story.offer.price = {0, ""};
  story.desk->on_offer(story.offer);
  story.come_to_follow();
  story.provider.events->on_followed(story.claim(), "member-1");
  story.settle();
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("acts that do not fit the stage change nothing and are answered") {
  Story story;
  story.show_ticket();
  story.phone();
  for (const ClaimKind kind : {ClaimKind::Agree, ClaimKind::Follow, ClaimKind::Pay,
                               ClaimKind::Cancel, ClaimKind::NotMe, ClaimKind::Open}) {
    story.act(2, kind);
    CHECK(story.told(2, "answered") == std::to_string(story.requests));
    CHECK(story.stage(2) == "none");
  }
  for (const ClaimKind kind : {ClaimKind::Join, ClaimKind::Agree, ClaimKind::Pay}) {
    story.act(1, kind);
    CHECK(story.stage(1) == "waiting");
  }
}

TEST_CASE("a phone that takes over another's link leaves nothing of its own name behind") {
  Story story;
  story.come_to_agree();
  const std::string other(32, 'a');
  story.phone(5, other);
  story.join(5, 1);  // the same ticket and key: it overheard both
  CHECK(story.closed.count(2) == 1);
  story.desk->on_left(2);
  story.desk->on_left(5);
  story.phone(6, other);
  CHECK(story.stage(6) == "none");
  story.desk->on_tick();
}

TEST_CASE("who joins and agrees to nothing has walked away after three minutes") {
  Story story;
  story.come_to_agree();
  story.clock.advance_ms(kAgreeLifeMs - 1000);
  story.desk->on_tick();
  CHECK(story.stage(1) == "agreeing");
  story.clock.advance_ms(1000);
  story.desk->on_tick();
  CHECK(story.told(1, "reason") == "session_over");
  CHECK(story.told(2, "reason") == "session_over");
}

TEST_CASE("who has agreed is linked as long as the shopper is there") {
  Story story;
  story.offer.hold_ms = 900'000;
  story.come_to_follow();
  story.clock.advance_ms(2 * kAgreeLifeMs);
  story.desk->on_tick();
  CHECK(story.stage(1) == "following");
}

TEST_CASE("an old code takes nothing from a phone that has something") {
  Story story;
  story.come_to_pay();
  const Id128 spent = story.ticket;
  story.ticket.bytes[3] ^= 1;
  story.join(2, 50);
  CHECK(story.stage(2) == "paying");
  story.ticket = spent;  // its own, scanned again
  story.join(2, 51);
  CHECK(story.stage(2) == "paying");
  CHECK(story.stage(1) == "paying");
}

TEST_CASE("a phone whose money is on its way does not begin another claim") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  story.desk->on_screen(6, "kiosk-2", "lip-popup", "p/");
  story.open(6, 3);
  story.ticket = *Id128::from_hex(story.told(6, "ticket"));
  story.join(2, 60);
  CHECK(story.told(2, "notice") == "busy");
  CHECK(story.stage(6) == "waiting");  // the code is not spent
  story.provider.events->on_paid(story.provider.payment.reference, {500, "CNY"}, story.claim());
  story.settle();
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("a phone that goes to another screen leaves the first one, which is told") {
  Story story;
  story.come_to_agree();
  CHECK(story.stage(1) == "agreeing");
  story.desk->on_screen(6, "kiosk-2", "lip-popup", "p/");
  story.open(6, 3);
  story.ticket = *Id128::from_hex(story.told(6, "ticket"));
  story.join(2, 60);
  CHECK(story.told(1, "reason") == "not_me");
  CHECK(story.stage(6) == "agreeing");
}

TEST_CASE("what a phone began at one screen never shows on the next") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  const std::string reference = story.provider.payment.reference;
  const Id128 first = story.claim();
  story.provider.events->on_payment_failed(reference, PaymentFailure::Declined);
  story.settle();
  story.desk->on_screen(6, "kiosk-2", "lip-popup", "p/");
  story.open(6, 3);
  story.ticket = *Id128::from_hex(story.told(6, "ticket"));
  story.join(2, 60);
  CHECK(story.stage(6) == "agreeing");
  story.provider.events->on_paid(reference, {500, "CNY"}, first);  // it was paid after all
  story.settle();
  CHECK(story.stage(6) == "agreeing");
  CHECK(story.told(6, "code") == "");
}

TEST_CASE("a free thing is issued although the disk was full when it was due") {
  Story story;
  story.offer.price = {0, ""};
  story.desk->on_offer(story.offer);
  story.come_to_follow();
  story.held_up = true;
  story.provider.events->on_followed(story.claim(), "member-1");
  story.held_up = false;
  auto [number, command] = std::move(story.queue.front());
  story.queue.pop_front();
  std::vector<ClaimOutcome> outcomes(1);
  REQUIRE(story.store->apply({&command, 1}, outcomes).ok());
  story.desk->on_completion(number, {}, outcomes[0]);
  story.disk_full = true;
  story.settle();
  CHECK(story.stage(2) == "paying");
  story.disk_full = false;
  story.act(2, ClaimKind::Pay);
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("a payment page that the provider forgot is asked for at once") {
  Story story;
  story.come_to_pay();
  story.act(2, ClaimKind::Pay);
  const std::string first = story.provider.payment.reference;
  story.provider.attempt = 2;  // it gives another one
  story.act(2, ClaimKind::Pay);
  CHECK(story.told(2, "notice") == "provider_timed_out");
  CHECK(story.provider.looked_up == std::vector<std::string>{first});
  story.provider.events->on_payment_failed(first, PaymentFailure::TimedOut);
  story.settle();
  story.pay();
  CHECK(story.stage(2) == "issued");
}

TEST_CASE("cancelling that finds no room is said to have found none") {
  Story story;
  story.come_to_pay();
  story.queue_full = true;
  story.act(2, ClaimKind::Cancel);
  CHECK(story.told(2, "notice") == "busy");
  CHECK(story.told(2, "answered") == std::to_string(story.requests));
  CHECK(story.stage(2) == "paying");
}

TEST_CASE("payments that a provider never answers for do not hide the others") {
  Story story;
  std::vector<ClaimCommand> commands;
  ClaimCommand pool;
  pool.verb = ClaimVerb::SetPool;
  pool.now = story.clock.wall_ms();
  pool.pool = "lip-popup/true-red";
  pool.stock = 1000;
  pool.amount = {500, "CNY"};
  commands.push_back(pool);
  for (int i = 0; i < 150; ++i) {
    ClaimCommand command;
    command.verb = ClaimVerb::Hold;
    command.now = story.clock.wall_ms() + i;
    command.request_key = "key";
    command.claim.bytes[0] = 1;
    command.claim.bytes[15] = static_cast<uint8_t>(i);
    command.pool = pool.pool;
    command.holder = "other-" + std::to_string(i);
    command.product = "true-red";
    command.until = command.now + 10'000'000;
    command.needs_follow = false;
    commands.push_back(command);
    command.verb = ClaimVerb::BeginPayment;
    command.payment_reference = "open-" + std::to_string(i);
    command.amount = {500, "CNY"};
    commands.push_back(command);
  }
  std::vector<ClaimOutcome> outcomes;
  REQUIRE(story.store->apply(commands, outcomes).ok());
  for (int round = 0; round < 4; ++round) {
    story.clock.advance_ms(130'000);
    story.desk->on_tick();
  }
  const std::set<std::string> asked(story.provider.looked_up.begin(),
                                    story.provider.looked_up.end());
  CHECK(asked.size() == 150);
}

TEST_CASE("whatever order things happen in, stock and money add up") {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    INFO("seed " << seed);
    Story story;
    story.random = Random(seed);
    story.offer.stock = 3;
    Random choice(seed * 7919);
    story.screen(1, "kiosk-1");
    story.screen(2, "kiosk-2");
    for (ConnectionId phone = 10; phone < 14; ++phone) story.phone(phone);
    for (int step = 0; step < 200; ++step) {
      const ConnectionId screen = 1 + choice.below(2);
      const ConnectionId phone = 10 + choice.below(4);
      const auto key = static_cast<uint8_t>(1 + choice.below(12));  // some come twice
      story.held_up = choice.below(3) == 0;
      std::vector<Claim> claims;
      REQUIRE(story.reader->read_newest(4, claims).ok());
      const Claim* some =
          claims.empty() ? nullptr : &claims[choice.below(static_cast<uint32_t>(claims.size()))];
      switch (choice.below(17)) {
        case 0:
        case 1:
          story.open(screen, static_cast<uint8_t>(1 + choice.below(250)));
          story.changed.insert(screen);
          if (const auto shown = Id128::from_hex(story.told(screen, "ticket"))) {
            story.ticket = *shown;
          }
          break;
        case 2:
        case 3:
          story.join(phone, key);
          break;
        case 4:
        case 5:
          story.agree(phone, key);
          break;
        case 6:
          story.act(phone, ClaimKind::Follow);
          break;
        case 7:
        case 8:
          story.provider.attempt = step;
          story.act(phone, ClaimKind::Pay);
          break;
        case 9:
          story.act(choice.below(2) == 0 ? screen : phone, ClaimKind::NotMe);
          break;
        case 10:
          story.act(phone, ClaimKind::Cancel);
          break;
        case 11:
          story.act(screen, ClaimKind::Close);
          break;
        case 12:
          if (some) {
            story.provider.events->on_followed(some->claim, "m" + std::to_string(choice.below(3)));
          }
          break;
        case 13:
          if (some && !some->payment_reference.empty()) {
            story.provider.events->on_paid(some->payment_reference, {500, "CNY"}, some->claim);
          }
          break;
        case 14:
          if (some && !some->payment_reference.empty()) {
            story.provider.events->on_payment_failed(some->payment_reference,
                                                     PaymentFailure::Declined);
          }
          break;
        case 16:
          story.desk->on_left(phone);
          story.phone(phone, std::string(32, static_cast<char>('a' + choice.below(4))));
          break;
        case 15:
          story.clock.advance_ms(choice.below(40'000));
          story.desk->on_tick();
          break;
      }
      story.settle();
      CHECK(story.pool().taken <= story.pool().stock);
    }
    story.held_up = false;
  }
}

}  // namespace
}  // namespace vitrine
