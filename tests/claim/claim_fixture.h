// SPDX-License-Identifier: MIT
// A link whose server is the test.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>

#include "engine/base/hex.h"
#include "engine/claim/claim_link.h"
#include "engine/protocol/claim_messages.h"
#include "engine/rules/voucher_proof.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_identity.h"
#include "tests/fakes/fake_keepsakes.h"
#include "tests/fakes/fake_random.h"
#include "tests/fakes/fake_transport.h"

namespace vitrine::claim {

using protocol::ClaimKind;
using protocol::ClaimState;

inline constexpr char kTicket[] = "3c0f1e2d4b5a69788796a5b4c3d2e1f0";
inline constexpr char kInvitation[] = "3c0f1e2d4b5a69788796a5b4c3d2e1f0.true-red";
inline constexpr char kPage[] = "https://vitrine.example/c/lip-popup/";
inline constexpr char kHolder[] = "2.lip-popup.b7e1.6d61";
inline constexpr char kCode[] = "7MNFGMB0V7N75S";
inline constexpr char kSecret[] =
    "d66394dc66f911389e3d8ec6930a0bd8ff288939cdd5520b508d1bdf582fcb53";

struct ClaimFixture {
  explicit ClaimFixture(Role role) : role_(role) {
    if (role == Role::Phone) {
      identity.device_id.clear();
      identity.has_key = false;
      identity.token_text = "1.20779.lip-popup.k3J9.Zm9v";
    }
    start();
  }

  // The program starts: of before there is what was kept alone.
  void start() {
    link.reset();
    transport.forget_device();
    taken = 0;
    link = std::make_unique<ClaimLink>(
        LinkSeams{clock, random, identity, transport, keepsakes, links, home_screen},
        LinkOptions{role_, "0.1.0", online, 1});
    link->set_language("zh");
    link->set_campaign({"lip-popup", true, "2026-11", "https://edge.example/c/lip-popup/"});
  }

  void tick(int64_t milliseconds = 20) {
    clock.advance_ms(milliseconds);
    link->poll();
  }

  // Waits for an attempt, lets it through as far as hello.
  void greet() {
    for (int i = 0; i < 4000 && !transport.connecting; ++i) tick(50);
    REQUIRE(transport.connecting);
    transport.accept();
    std::string challenge;
    protocol::encode_challenge({std::string(64, 'a'), clock.wall_ms()}, challenge);
    transport.deliver(challenge);
    taken = transport.sent.size();
    tick();
    hello = take(ClaimKind::Hello).hello_text;
  }
  void connect(ClaimState first = {}) {
    greet();
    say(first);
  }
  void cut(uint16_t code = 1006) {
    transport.drop(code, true);
    tick();
  }

  void say(ClaimState state) {
    if (state.time_ms == 0) state.time_ms = clock.wall_ms() + server_ahead_ms;
    std::string text;
    protocol::encode_claim_state(state, text);
    transport.deliver(text);
    tick();
  }
  // As the answer to the newest act.
  void answer(ClaimState state) {
    state.answered = newest;
    say(state);
  }

  struct Taken {
    bool there = false;
    std::string hello_text;
    protocol::ClaimAct act;
    std::string session, ticket, key, product, language, terms_version;
  };
  // The next message that was sent, which must be of this kind.
  Taken take(ClaimKind kind) {
    Taken out;
    REQUIRE(taken < transport.sent.size());
    const std::string& text = transport.sent[taken++];
    INFO(text);
    const protocol::ClaimMessage* message = decoder.decode(text);
    REQUIRE(message != nullptr);
    REQUIRE(protocol::claim_kind_name(message->kind) == protocol::claim_kind_name(kind));
    out.there = true;
    if (kind == ClaimKind::Hello) {
      out.hello_text = text;
      return out;
    }
    out.act = message->act;
    newest = out.act.request;
    out.key = out.act.key.to_hex();
    out.session = out.act.session.to_hex();
    out.ticket = out.act.ticket.to_hex();
    out.product = out.act.product;
    out.language = out.act.language;
    out.terms_version = out.act.terms_version;
    return out;
  }
  bool has_sent() const { return taken < transport.sent.size(); }

  const View& view() const { return link->view(); }

  fakes::FakeClock clock;
  fakes::FakeRandom random;
  fakes::FakeIdentity identity;
  fakes::FakeTransport transport;
  fakes::FakeKeepsakes keepsakes;
  fakes::FakeLinks links;
  fakes::FakeHomeScreen home_screen;
  protocol::ClaimDecoder decoder;
  std::unique_ptr<ClaimLink> link;
  bool online = true;
  std::string hello;
  size_t taken = 0;
  uint32_t newest = 0;
  int64_t server_ahead_ms = 0;

 private:
  Role role_;
};

inline ClaimState waiting_state() {
  ClaimState state;
  state.stage = Stage::Waiting;
  state.product = "true-red";
  state.left_ms = state.whole_ms = 90'000;
  state.price = 500;
  state.currency = "CNY";
  state.ticket = *Id128::from_hex(kTicket);
  state.page = kPage;
  return state;
}

// From joining on; as a phone hears of it.
inline ClaimState phone_state(Stage stage) {
  ClaimState state;
  state.stage = stage;
  state.product = "true-red";
  state.price = 500;
  state.currency = "CNY";
  state.holder = kHolder;
  if (stage != Stage::Ended) state.session.bytes.fill(7);
  if (stage == Stage::Agreeing) {
    state.screen_mark = "47";
    state.phone_mark = "12";
  }
  if (stage == Stage::Following || stage == Stage::Paying) {
    state.left_ms = 91'000;
    state.whole_ms = 180'000;
  }
  if (stage == Stage::Issued || stage == Stage::Redeemed) state.code = kCode;
  if (stage == Stage::Issued) state.secret = kSecret;
  return state;
}

struct Phone : ClaimFixture {
  Phone() : ClaimFixture(Role::Phone) {}

  void arrive() {
    link->invite(kInvitation);
    connect();
  }
  void come_to(Stage stage) {
    arrive();
    link->join();
    take(ClaimKind::Join);
    answer(phone_state(stage));
  }
  std::string proof_now() const {
    rules::VoucherSecret secret;
    REQUIRE(from_hex(kSecret, secret));
    return rules::voucher_proof(kCode, secret, clock.wall_ms() + server_ahead_ms);
  }
};

}  // namespace vitrine::claim
