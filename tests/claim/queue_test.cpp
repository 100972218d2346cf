// SPDX-License-Identifier: MIT
// Both ends of a screen's line, against docs/claim-protocol.md.
#include <catch2/catch.hpp>

#include "tests/claim/claim_fixture.h"

namespace vitrine::claim {
namespace {

constexpr char kLine[] = "9b2c7d1e4f6a8b0c1d2e3f4a5b6c7d8e";

ClaimState line_state(QueueStage stage, uint32_t number = 0) {
  ClaimState state;
  state.queue.code = *Id128::from_hex(kLine);
  state.queue.stage = stage;
  state.queue.number = number;
  if (stage == QueueStage::Called) state.queue.left_ms = state.queue.whole_ms = 30'000;
  return state;
}

ClaimState phone_line(QueueStage stage, uint32_t number = 12) {
  ClaimState state = line_state(stage, number);
  state.holder = kHolder;
  return state;
}

Id128 somebody() {
  Id128 id;
  id.bytes.fill(1);
  return id;
}

struct LineScreen : ClaimFixture {
  LineScreen() : ClaimFixture(Role::Screen) { has_line(); }
  void has_line() { link->set_campaign({"lip-popup", true, "2026-11", kPage, true}); }
  ClaimState told(QueueStage stage, uint32_t number = 0) const {
    ClaimState state = line_state(stage, number);
    state.page = kPage;
    return state;
  }
};

// The fixture's campaign has no line: another one begins as it does.
struct LinePhone : ClaimFixture {
  LinePhone() : ClaimFixture(Role::Phone) { open_page(); }
  void open_page() {
    start();
    link->set_campaign({"lip-popup", true, "2026-11", kPage, true});
  }
  void come_by_code() {
    link->invite("queue=" + std::string(kLine));
    connect();
  }
  void have_number() {
    come_by_code();
    link->take_number();
    take(ClaimKind::TakeNumber);
    answer(phone_line(QueueStage::Waiting));
  }
};

TEST_CASE("a phone whose line is no more says so, and may take a number by its code anew") {
  LinePhone phone;
  phone.have_number();
  phone.say(phone_line(QueueStage::Closed));
  CHECK(phone.view().queue.stage == QueueStage::Closed);
  CHECK(phone.view().queue.number == 12);
  phone.link->take_number();
  CHECK(phone.take(ClaimKind::TakeNumber).act.queue == *Id128::from_hex(kLine));
}

TEST_CASE("a screen with a line shows its code and says on every connection whether it is free") {
  LineScreen screen;
  screen.connect(screen.told(QueueStage::None));
  CHECK(screen.view().queue.link == std::string(kPage) + "#queue=" + kLine);
  screen.take(ClaimKind::Free);
  screen.link->set_session(somebody());
  screen.tick();
  screen.take(ClaimKind::Engaged);
  screen.tick();
  CHECK_FALSE(screen.has_sent());
  screen.cut();
  CHECK(screen.view().queue.link.empty());
  screen.connect(screen.told(QueueStage::None));
  screen.take(ClaimKind::Engaged);
  screen.link->set_session({});
  screen.tick();
  screen.take(ClaimKind::Free);
  screen.link->set_closed(true);
  screen.tick();
  screen.take(ClaimKind::Engaged);
}

TEST_CASE("a screen whose server or campaign has no line tells nobody that it is free") {
  LineScreen screen;
  SECTION("an older server, that would end the connection") {
    screen.connect();
  }
  SECTION("a campaign without a scene for it") {
    screen.link->set_campaign({"lip-popup", true, "2026-11", kPage, false});
    screen.connect(screen.told(QueueStage::None));
  }
  screen.tick(1000);
  CHECK(screen.view().queue.link.empty());
  CHECK_FALSE(screen.has_sent());
}

TEST_CASE("a screen calls whom the server says, with the time that is left") {
  LineScreen screen;
  screen.connect(screen.told(QueueStage::None));
  screen.take(ClaimKind::Free);
  screen.link->here();  // nobody is called
  screen.say(screen.told(QueueStage::Called, 12));
  CHECK(screen.view().queue.stage == QueueStage::Called);
  CHECK(screen.view().queue.number == 12);
  screen.tick(10'000);
  CHECK(screen.view().queue.seconds_left == Approx(20).margin(0.1));
  CHECK(screen.view().queue.seconds_whole == Approx(30));
  screen.link->here();
  CHECK(screen.take(ClaimKind::Here).act.number == 12);
  screen.cut();
  CHECK(screen.view().queue.stage == QueueStage::None);
}

TEST_CASE("the line outlives the shopper's claim at the screen") {
  LineScreen screen;
  screen.connect(screen.told(QueueStage::None));
  screen.take(ClaimKind::Free);
  screen.link->set_session(somebody());
  screen.tick();
  screen.take(ClaimKind::Engaged);
  screen.link->begin("true-red");
  screen.tick();
  screen.take(ClaimKind::Open);
  CHECK_FALSE(screen.view().queue.link.empty());
  screen.link->set_session({});
  CHECK(screen.view().stage == Stage::None);
  CHECK_FALSE(screen.view().queue.link.empty());
}

TEST_CASE("a phone that came by a line's code takes nothing until its person taps") {
  LinePhone phone;
  phone.come_by_code();
  CHECK(phone.view().queue.invited);
  CHECK(phone.link->wants_queue_scene());
  CHECK_FALSE(phone.link->wants_scene());
  phone.tick(60'000);
  CHECK_FALSE(phone.has_sent());
  phone.link->take_number();
  const auto taken = phone.take(ClaimKind::TakeNumber);
  CHECK(taken.act.queue.to_hex() == kLine);
  CHECK(phone.view().queue.busy);
  phone.answer(phone_line(QueueStage::Waiting));
  CHECK_FALSE(phone.view().queue.busy);
  CHECK_FALSE(phone.view().queue.invited);
  CHECK(phone.view().queue.number == 12);
  CHECK(phone.view().stage == Stage::None);
  phone.link->take_number();  // one is enough
  CHECK_FALSE(phone.has_sent());
}

TEST_CASE("a phone that was closed or cut off asks for nothing and has its number again") {
  LinePhone phone;
  phone.have_number();
  SECTION("cut off") {
    phone.cut();
    CHECK(phone.view().queue.number == 12);
  }
  SECTION("closed") {
    phone.open_page();
  }
  phone.connect(phone_line(QueueStage::Waiting));
  CHECK(phone.hello.find(kHolder) != std::string::npos);
  CHECK(phone.view().queue.number == 12);
  CHECK_FALSE(phone.has_sent());
}

TEST_CASE("a tap that the network swallowed is sent again until it is answered") {
  LinePhone phone;
  phone.come_by_code();
  phone.cut();
  phone.link->take_number();
  CHECK(phone.view().queue.notice == Notice::NotConnected);
  phone.connect();
  phone.take(ClaimKind::TakeNumber);
  phone.say(phone_line(QueueStage::None, 0));  // of before it was asked
  CHECK(phone.view().queue.busy);
  phone.cut();
  phone.connect();
  phone.tick();
  phone.take(ClaimKind::TakeNumber);
  phone.answer(phone_line(QueueStage::Waiting));
  CHECK(phone.view().queue.notice == Notice::None);
  CHECK(phone.view().queue.number == 12);
}

TEST_CASE("who is called says so by the phone, once, and of their own number") {
  LinePhone phone;
  phone.have_number();
  phone.link->here();
  CHECK_FALSE(phone.has_sent());
  phone.say(phone_line(QueueStage::Called));
  phone.tick(29'000);
  CHECK(phone.view().queue.seconds_left == Approx(1).margin(0.1));
  phone.link->here();
  CHECK(phone.take(ClaimKind::Here).act.number == 12);
  phone.answer(phone_line(QueueStage::Arrived));
  phone.say(phone_line(QueueStage::Served));
  CHECK(phone.view().queue.stage == QueueStage::Served);
}

TEST_CASE("who was skipped takes another number, or puts it away") {
  LinePhone phone;
  phone.have_number();
  phone.say(phone_line(QueueStage::Skipped));
  SECTION("another") {
    phone.link->take_number();
    CHECK(phone.take(ClaimKind::TakeNumber).act.queue.to_hex() == kLine);
    phone.answer(phone_line(QueueStage::Waiting, 15));
    CHECK(phone.view().queue.number == 15);
  }
  SECTION("away, at once, whatever the network does") {
    phone.link->leave_number();
    CHECK_FALSE(phone.link->wants_queue_scene());
    phone.take(ClaimKind::LeaveNumber);
    phone.say(phone_line(QueueStage::Skipped));  // of before it was asked
    CHECK_FALSE(phone.link->wants_queue_scene());
    phone.answer({});
    CHECK_FALSE(phone.link->wants_queue_scene());
  }
}

TEST_CASE("a code that was scanned says more than how an older number ended") {
  LinePhone phone;
  phone.come_by_code();
  ClaimState older = phone_line(QueueStage::Skipped);
  older.queue.code = somebody();
  phone.say(older);
  CHECK(phone.view().queue.invited);
  CHECK(phone.view().queue.stage == QueueStage::None);
  phone.link->take_number();
  CHECK(phone.take(ClaimKind::TakeNumber).act.queue == *Id128::from_hex(kLine));
  phone.answer(phone_line(QueueStage::Waiting));
  phone.say(phone_line(QueueStage::Closed));
  CHECK(phone.view().queue.stage == QueueStage::Closed);
  phone.link->invite("queue=" + std::string(kLine));
  CHECK(phone.view().queue.invited);
}

TEST_CASE("what the claim waits for is not taken as answered by the line") {
  LinePhone phone;
  phone.have_number();
  phone.link->invite(kInvitation);
  phone.link->join();
  phone.take(ClaimKind::Join);
  phone.link->leave_number();
  CHECK_FALSE(phone.has_sent());
  phone.answer(phone_state(Stage::Agreeing));
  phone.tick();
  phone.take(ClaimKind::LeaveNumber);
  CHECK(phone.view().stage == Stage::Agreeing);
}

TEST_CASE("a code that is no line's is none, and a crowded server is busy") {
  LinePhone phone;
  for (const char* text :
       {"queue=", "queue=7", "queue=00000000000000000000000000000000", "queue"}) {
    phone.link->invite(text);
    CHECK_FALSE(phone.link->wants_queue_scene());
  }
  phone.come_by_code();
  phone.link->take_number();
  phone.take(ClaimKind::TakeNumber);
  ClaimState busy;
  busy.notice = Notice::Busy;
  phone.answer(busy);
  CHECK(phone.view().queue.notice == Notice::Busy);
  CHECK(phone.view().queue.invited);
  phone.link->take_number();
  phone.take(ClaimKind::TakeNumber);
}

}  // namespace
}  // namespace vitrine::claim
