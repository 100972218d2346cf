// SPDX-License-Identifier: MIT
// Networks that are lost at every step, pages that are closed, servers that begin anew or lie.
#include <catch2/catch.hpp>
#include <map>

#include "tests/claim/claim_fixture.h"

namespace vitrine::claim {
namespace {

// As much of a server as a phone sees: one ticket, one claim a holder, answers by key.
struct SimServer {
  Stage stage = Stage::None;  // of the claim
  std::string join_key, agree_key;
  bool held = false;
  int agreements = 0, joins = 0, pages = 0;
  std::map<std::string, int> sent_keys;

  ClaimState state_for(bool knows_phone) const {
    return stage == Stage::None || !knows_phone ? ClaimState() : phone_state(stage);
  }

  ClaimState act(const ClaimFixture::Taken& taken, ClaimKind kind, bool& knows_phone) {
    std::string action;
    switch (kind) {
      case ClaimKind::Join:
        if (join_key.empty()) {
          join_key = taken.key;
          stage = Stage::Agreeing;
          ++joins;
        }
        if (join_key != taken.key) break;
        knows_phone = true;
        break;
      case ClaimKind::Agree:
        if (stage == Stage::Agreeing && knows_phone) {
          agree_key = taken.key;
          ++agreements;
          stage = Stage::Following;
        }
        break;
      case ClaimKind::Follow:
        if (stage == Stage::Following) action = "https://provider.example/follow";
        break;
      case ClaimKind::Pay:
        if (stage == Stage::Paying) action = "https://provider.example/pay";
        break;
      default:
        break;
    }
    ClaimState state = state_for(knows_phone);
    if (kind == ClaimKind::Join && !knows_phone) {
      state.stage = Stage::Ended;
      state.reason = EndReason::CodeOver;
    }
    state.answered = taken.act.request;
    if (!action.empty()) {
      ++pages;
      state.action = kind == ClaimKind::Follow ? "https://provider.example/follow"
                                               : "https://provider.example/pay";
    }
    return state;
  }
};

// A shopper who always presses on, and a world that is cut off after a given number of messages,
// either way; with `closes` the page is closed then, too.
struct Journey : ClaimFixture {
  Journey() : ClaimFixture(Role::Phone) {}

  SimServer server;
  bool knows_phone = false;
  int messages = 0;

  // Returns false when the connection is cut before this message arrives.
  bool passes(int cut_after) { return ++messages != cut_after; }

  void press() {
    switch (view().stage) {
      case Stage::Invited:
        return link->join();
      case Stage::Agreeing:
        return link->agree({true, false, false});
      case Stage::Following:
        return link->follow();
      case Stage::Paying:
        return link->pay();
      default:
        return;
    }
  }

  // At the provider's page the shopper does what is asked there, and comes back.
  void visit_provider() {
    if (links.opened.empty()) return;
    links.opened.clear();
    if (server.stage == Stage::Following) {
      server.stage = Stage::Paying;
    } else if (server.stage == Stage::Paying) {
      server.stage = Stage::Issued;
    }
    transport.drop(1001, true);
    start();
  }

  bool exchange(int cut_after) {
    if (transport.connecting) {
      transport.accept();
      std::string challenge;
      protocol::encode_challenge({std::string(64, 'a'), clock.wall_ms()}, challenge);
      transport.deliver(challenge);
      taken = transport.sent.size();
      knows_phone = false;
    }
    while (transport.is_open() && taken < transport.sent.size()) {
      if (!passes(cut_after)) return false;
      const std::string text = transport.sent[taken];
      const protocol::ClaimMessage* message = decoder.decode(text);
      REQUIRE(message != nullptr);
      const ClaimKind kind = message->kind;
      ClaimState state;
      if (kind == ClaimKind::Hello) {
        knows_phone = message->hello.holder == kHolder;
        ++taken;
        state = server.state_for(knows_phone);
      } else {
        const Taken act = take(kind);
        state = server.act(act, kind, knows_phone);
      }
      if (!passes(cut_after)) return false;
      state.time_ms = clock.wall_ms();
      std::string answer_text;
      protocol::encode_claim_state(state, answer_text);
      transport.deliver(answer_text);
    }
    return true;
  }

  // Until the voucher is there; gives up after a while.
  void run(int cut_after, bool closes) {
    link->invite(kInvitation);
    for (int i = 0; i < 4000 && view().stage != Stage::Issued; ++i) {
      tick(50);
      if (!exchange(cut_after)) {
        transport.drop(1006, true);
        if (closes) {
          start();
          // Before it was spent, the code is still on the screen to be read once more.
          if (view().stage == Stage::None && server.joins == 0) link->invite(kInvitation);
        }
      }
      press();
      visit_provider();
    }
  }
};

TEST_CASE("wherever the network is lost, a claim comes to the same end") {
  for (const bool closes : {false, true}) {
    int cut_after = 0;  // never
    int messages = 0;
    do {
      Journey journey;
      journey.run(cut_after, closes);
      INFO("cut after " << cut_after << (closes ? ", page closed" : ""));
      CHECK(journey.view().stage == Stage::Issued);
      CHECK(journey.server.joins == 1);
      CHECK(journey.server.agreements == 1);
      CHECK_FALSE(journey.view().voucher_qr.empty());
      CHECK_FALSE(journey.view().busy);
      if (cut_after == 0) messages = journey.messages;
      ++cut_after;
    } while (cut_after <= messages);
    CHECK(messages >= 10);
  }
}

TEST_CASE("an act that is not answered is asked again on another connection, then given up") {
  ClaimFixture phone(Role::Phone);
  phone.link->invite(kInvitation);
  phone.connect();
  phone.link->join();
  const std::string key = phone.take(ClaimKind::Join).key;
  for (int i = 0; i < 2; ++i) {
    phone.tick(21'000);
    phone.tick();
    CHECK(phone.transport.closed_by_device == 1000);
    phone.connect();
    CHECK(phone.take(ClaimKind::Join).key == key);
    CHECK(phone.view().busy);
  }
  phone.tick(21'000);
  CHECK_FALSE(phone.view().busy);
  CHECK(phone.view().stage == Stage::Invited);
  CHECK(phone.view().notice == Notice::Busy);
  phone.link->join();
  CHECK(phone.take(ClaimKind::Join).key == key);
}

TEST_CASE("without a network a person is told, and what they asked for happens when it is back") {
  ClaimFixture phone(Role::Phone);
  phone.link->invite(kInvitation);
  phone.connect();
  phone.link->join();
  phone.take(ClaimKind::Join);
  phone.answer(phone_state(Stage::Following));
  phone.cut();
  CHECK(phone.view().stage == Stage::Following);
  CHECK_FALSE(phone.view().connected);
  phone.tick(3000);
  CHECK(phone.view().notice == Notice::NotConnected);
  phone.link->follow();
  CHECK(phone.view().busy);
  phone.connect(phone_state(Stage::Following));
  CHECK(phone.view().notice == Notice::None);
  phone.take(ClaimKind::Follow);
}

TEST_CASE("a server that forgot a phone that had not agreed ends in words, not in a dead button") {
  ClaimFixture phone(Role::Phone);
  phone.link->invite(kInvitation);
  phone.connect();
  phone.link->join();
  phone.take(ClaimKind::Join);
  phone.answer(phone_state(Stage::Agreeing));
  phone.cut(1001);
  phone.connect();
  CHECK(phone.view().stage == Stage::Ended);
  CHECK(phone.view().reason == EndReason::CodeOver);
  CHECK_FALSE(phone.view().busy);
  phone.link->dismiss();
  CHECK(phone.view().stage == Stage::None);
}

TEST_CASE("a refusal is about the token: it is fresh in the next hello, and the holder stays") {
  ClaimFixture phone(Role::Phone);
  phone.link->invite(kInvitation);
  phone.connect();
  phone.link->join();
  phone.take(ClaimKind::Join);
  phone.answer(phone_state(Stage::Following));
  for (int i = 0; i < 5; ++i) {
    phone.cut(4401);
    const int64_t refused_us = phone.clock.monotonic_us();
    phone.identity.token_text = "1.20779.lip-popup.fresh." + std::to_string(i);
    phone.greet();
    CHECK(phone.clock.monotonic_us() - refused_us >= 59'000'000);
    CHECK(phone.hello.find(phone.identity.token_text) != std::string::npos);
    CHECK(phone.hello.find(kHolder) != std::string::npos);
  }
  phone.say(phone_state(Stage::Following));
  CHECK(phone.view().connected);
}

TEST_CASE("a holder that the server does not know is shown until a join brings another one") {
  ClaimFixture phone(Role::Phone);
  phone.link->invite(kInvitation);
  phone.connect();
  phone.link->join();
  phone.take(ClaimKind::Join);
  phone.answer(phone_state(Stage::Issued));
  for (int i = 0; i < 3; ++i) {
    phone.cut();
    phone.connect();
    CHECK(phone.hello.find(kHolder) != std::string::npos);
    CHECK(phone.view().code == "7MNFG-MB0V7-N75S");
  }
  phone.link->invite("00112233445566778899aabbccddeeff.rose");
  phone.link->join();
  phone.take(ClaimKind::Join);
  ClaimState joined = phone_state(Stage::Agreeing);
  joined.holder = "2.lip-popup.0000.1111";
  phone.answer(joined);
  phone.start();
  phone.connect(joined);
  CHECK(phone.hello.find(joined.holder) != std::string::npos);
  CHECK(phone.hello.find(kHolder) == std::string::npos);
}

TEST_CASE("a cancelled join that nobody heard of is over at once, one that was sent is cancelled") {
  ClaimFixture phone(Role::Phone);
  phone.link->invite(kInvitation);
  phone.link->join();
  phone.link->cancel();
  CHECK(phone.view().stage == Stage::Ended);
  CHECK(phone.view().reason == EndReason::Cancelled);
  ClaimFixture sent(Role::Phone);
  sent.link->invite(kInvitation);
  sent.connect();
  sent.link->join();
  sent.take(ClaimKind::Join);
  sent.link->cancel();
  sent.take(ClaimKind::Cancel);
  ClaimState joined = phone_state(Stage::Agreeing);
  joined.answered = sent.newest - 1;
  sent.say(joined);
  sent.cut();
  sent.connect(phone_state(Stage::Agreeing));
  sent.take(ClaimKind::Cancel);
  ClaimState ended = phone_state(Stage::Ended);
  ended.reason = EndReason::Cancelled;
  sent.answer(ended);
  CHECK(sent.view().reason == EndReason::Cancelled);
  CHECK_FALSE(sent.view().busy);
}

TEST_CASE("a server that says nonsense is left, ever more rarely") {
  const std::string nonsense[] = {
      "",
      "{",
      "[]",
      R"({"kind":"state"})",
      R"({"kind":"state","time":1,"stage":"flying"})",
      R"({"kind":"hello","token":"x","campaign":"c","build":"b"})",
      std::string(5000, ' '),
      R"({"kind":"challenge","nonce":")" + std::string(64, 'a') + R"(","time":1})"};
  for (const std::string& text : nonsense) {
    ClaimFixture phone(Role::Phone);
    phone.link->invite(kInvitation);
    phone.connect();
    phone.transport.deliver(text);
    phone.tick();
    phone.tick();
    CHECK_FALSE(phone.view().connected);
    CHECK(phone.view().stage == Stage::Invited);
    CHECK(phone.transport.closed_by_device == 1000);
    phone.connect();
    CHECK(phone.view().connected);
  }
  ClaimFixture tomorrow(Role::Phone);
  tomorrow.link->invite(kInvitation);
  tomorrow.connect();
  tomorrow.transport.deliver(R"({"kind":"weather"})");
  tomorrow.tick();
  CHECK(tomorrow.view().connected);
}

}  // namespace
}  // namespace vitrine::claim
