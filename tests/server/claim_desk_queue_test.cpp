// SPDX-License-Identifier: MIT
// Who waits for a screen: numbers, calls, and that nothing of one person reaches another.
#include <catch2/catch.hpp>
#include <string>

#include "engine/rules/queue.h"
#include "tests/server/claim_story.h"

namespace vitrine::test {
namespace {

// A screen and its line; phones are connections from 2 on.
struct Line : Story {
  Line() {
    has_queue = true;
    screen();
    code = *Id128::from_hex(queue(1, "code"));
  }

  // Of the line's part of what this connection was told last, "" where it is absent.
  std::string queue(ConnectionId id, std::string_view member) {
    told(id, "stage");
    JsonDocument document;
    REQUIRE(document.parse(states[id]));
    const JsonValue value = document.root().find("queue").find(member);
    if (value.is(JsonType::Integer)) return std::to_string(*value.integer());
    return std::string(value.string().value_or(""));
  }
  void take(ConnectionId id) {
    ClaimAct made;
    made.queue = code;
    act(id, ClaimKind::TakeNumber, made);
  }
  void come(ConnectionId id) {
    phone(id);
    take(id);
  }
  void here(ConnectionId id, uint32_t number) {
    ClaimAct made;
    made.number = number;
    act(id, ClaimKind::Here, made);
  }
  void pass(int64_t ms) {
    clock.advance_ms(ms);
    desk->on_tick();
  }
  std::string holder(ConnectionId id) {
    const std::string token = told(id, "holder");
    return token.substr(token.rfind('.') + 1);
  }

  Id128 code;
};

}  // namespace

TEST_CASE("a screen whose campaign has no line says nothing of one, and nobody gets a number") {
  Line line;
  line.has_queue = false;
  line.screen();
  CHECK(line.queue(1, "code").empty());
  line.come(2);
  CHECK(line.queue(2, "stage") == "closed");
  CHECK(line.told(2, "holder").empty());
}

TEST_CASE("a number is taken by a tap, called when the screen is free, and the screen is theirs") {
  Line line;
  CHECK(line.told(1, "page") == "http://shop.example/c/lip-popup/");
  line.phone(2);
  CHECK(line.queue(2, "stage").empty());  // opening the page takes nothing
  CHECK(line.queue(1, "waiting").empty());
  line.take(2);
  line.come(3);
  CHECK(line.queue(2, "stage") == "waiting");
  CHECK(line.queue(2, "number") == "1");
  CHECK(line.queue(3, "before") == "1");
  CHECK(line.queue(1, "waiting") == "2");
  CHECK(line.queue(1, "stage") == "none");
  line.act(1, ClaimKind::Free);
  CHECK(line.queue(1, "stage") == "called");
  CHECK(line.queue(1, "number") == "1");
  CHECK(line.queue(1, "left") == "30000");
  CHECK(line.queue(2, "stage") == "called");
  line.here(3, 1);  // speaks for its own number alone
  CHECK(line.queue(2, "stage") == "called");
  line.here(2, 1);
  CHECK(line.queue(1, "stage") == "arrived");
  line.act(1, ClaimKind::Engaged);
  CHECK(line.queue(2, "stage") == "served");
  CHECK(line.queue(3, "before").empty());
  line.act(1, ClaimKind::Free);
  CHECK(line.queue(3, "stage") == "called");
  line.here(1, 2);  // by a touch at the screen
  CHECK(line.queue(3, "stage") == "arrived");
}

TEST_CASE("who does not come in thirty seconds is told so, and the next is called") {
  Line line;
  line.come(2);
  line.come(3);
  line.act(1, ClaimKind::Free);
  line.pass(rules::kCallMs - 1);
  CHECK(line.queue(2, "stage") == "called");
  line.pass(1);
  CHECK(line.queue(2, "stage") == "skipped");
  CHECK(line.queue(1, "stage") == "none");
  line.pass(rules::kCallPauseMs);
  CHECK(line.queue(3, "stage") == "called");
  line.take(2);
  CHECK(line.queue(2, "stage") == "waiting");
  CHECK(line.queue(2, "number") == "3");
}

TEST_CASE("a phone that loses its network keeps its number, and one that says no gives it up") {
  Line line;
  line.come(2);
  line.come(3);
  const std::string holder = line.holder(2);
  line.desk->on_left(2);
  line.pass(rules::kAwayMs - 1000);
  line.phone(4, holder);
  CHECK(line.queue(4, "stage") == "waiting");
  CHECK(line.queue(4, "number") == "1");
  line.act(4, ClaimKind::LeaveNumber);
  CHECK(line.queue(4, "stage").empty());
  CHECK(line.queue(3, "before").empty());
  CHECK(line.queue(1, "waiting") == "1");
}

TEST_CASE("a phone has one number, whatever lines it goes to and however often it asks") {
  Line line;
  line.screen(9, "kiosk-2");
  const Id128 other = *Id128::from_hex(line.queue(9, "code"));
  CHECK(other != line.code);
  line.come(2);
  line.take(2);
  CHECK(line.queue(2, "number") == "1");
  CHECK(line.queue(1, "waiting") == "1");
  line.code = other;
  line.take(2);
  CHECK(line.queue(2, "code") == other.to_hex());
  CHECK(line.queue(1, "waiting").empty());
  CHECK(line.queue(9, "waiting") == "1");
}

TEST_CASE("a code that is no screen's is closed, and takes nothing from who waits") {
  Line line;
  line.come(2);
  line.code.bytes[0] ^= 1;
  line.take(2);
  CHECK(line.queue(2, "stage") == "closed");
  CHECK(line.queue(1, "waiting") == "1");
  line.act(2, ClaimKind::LeaveNumber);  // has read it
  CHECK(line.queue(2, "stage") == "waiting");
  line.desk->on_phone(3, "", "other-campaign", "http://shop.example/c/other-campaign/");
  line.code.bytes[0] ^= 1;
  line.take(3);
  CHECK(line.queue(3, "stage") == "closed");
}

TEST_CASE("a crowd fills the line, is told so, and everybody in it keeps their place") {
  Line line;
  for (ConnectionId id = 2; id < 2 + rules::kMostPlaces; ++id) line.come(id);
  CHECK(line.queue(1, "waiting") == std::to_string(rules::kMostPlaces));
  line.come(500);
  CHECK(line.queue(500, "stage") == "full");
  CHECK(line.queue(101, "number") == "100");
  line.act(50, ClaimKind::LeaveNumber);
  line.take(500);
  CHECK(line.queue(500, "stage") == "waiting");
  CHECK(line.queue(500, "number") == "101");
}

TEST_CASE("what asks too often is told that it is too much, and keeps what it has") {
  Line line;
  line.come(2);
  ClaimAct made;
  made.request = ++line.requests;
  line.desk->on_act(2, ClaimKind::LeaveNumber, made, true);
  CHECK(line.told(2, "notice") == "busy");
  CHECK(line.queue(2, "stage") == "waiting");
}

TEST_CASE("a screen that goes away calls nobody, and calls again when it is back and free") {
  Line line;
  line.come(2);
  line.act(1, ClaimKind::Free);
  CHECK(line.queue(2, "stage") == "called");
  line.desk->on_left(1);
  CHECK(line.queue(2, "stage") == "waiting");
  line.pass(2 * rules::kCallMs);
  CHECK(line.queue(2, "stage") == "waiting");
  line.screen(5);
  CHECK(line.queue(5, "stage") == "none");
  CHECK(line.queue(5, "waiting") == "1");
  line.act(5, ClaimKind::Free);
  CHECK(line.queue(2, "stage") == "called");
  CHECK(line.queue(2, "left") == "30000");
}

TEST_CASE("who waits is told that the line is no more when its screen gets another campaign") {
  Line line;
  line.come(2);
  line.come(3);
  line.come(4);
  const std::string away = line.holder(4);
  line.desk->on_left(4);
  line.act(1, ClaimKind::Free);
  CHECK(line.queue(2, "stage") == "called");
  line.changed.clear();
  line.has_queue = GENERATE(true, false);  // of the other campaign
  line.desk->on_screen(1, "kiosk-1", "summer", "http://shop.example/c/summer/");
  CHECK(line.changed.count(2) == 1);
  CHECK(line.changed.count(3) == 1);
  CHECK(line.queue(2, "stage") == "closed");
  CHECK(line.queue(2, "number") == "1");
  CHECK(line.queue(2, "left").empty());
  CHECK(line.queue(3, "stage") == "closed");
  CHECK(line.queue(3, "number") == "2");
  CHECK(line.queue(3, "code") == line.code.to_hex());
  CHECK(line.queue(1, "waiting").empty());
  // Who was away hears of it, too, and who has read it does not any more.
  line.phone(5, away);
  CHECK(line.queue(5, "stage") == "closed");
  line.act(3, ClaimKind::LeaveNumber);
  CHECK(line.queue(3, "stage").empty());
  line.here(2, 1);
  CHECK(line.queue(2, "stage") == "closed");
  line.pass(rules::kRememberMs);
  line.phone(6, away);
  CHECK(line.queue(6, "stage").empty());
}

TEST_CASE(
    "a screen that comes back to its campaign has a new line, open to who was in the old one") {
  Line line;
  line.come(2);
  line.come(3);
  line.desk->on_screen(1, "kiosk-1", "summer", "http://shop.example/c/summer/");
  line.screen(1);
  CHECK(line.queue(1, "waiting").empty());
  CHECK(line.queue(2, "stage") == "closed");
  line.take(3);
  CHECK(line.queue(3, "stage") == "waiting");
  CHECK(line.queue(3, "number") == "1");
  CHECK(line.queue(1, "waiting") == "1");
  CHECK(line.queue(2, "stage") == "closed");
  line.act(1, ClaimKind::Free);
  CHECK(line.queue(3, "stage") == "called");
  line.act(3, ClaimKind::LeaveNumber);
  CHECK(line.queue(3, "stage").empty());
}

TEST_CASE("a server that begins anew has forgotten numbers, and its screens' codes are the same") {
  Line before;
  before.come(2);
  const std::string holder = before.holder(2);
  Line after;
  CHECK(after.code == before.code);
  after.phone(2, holder);
  CHECK(after.queue(2, "stage").empty());
  after.take(2);
  CHECK(after.queue(2, "number") == "1");
}

TEST_CASE("of who waits a screen is told numbers, and a phone nothing of another's") {
  Line line;
  line.come(2);
  line.come(3);
  line.open();
  line.act(1, ClaimKind::Free);
  const std::string first = line.holder(2), second = line.holder(3);
  CHECK_FALSE(first.empty());
  line.told(1, "stage");
  for (const std::string& name : {first, second}) {
    CHECK(line.states[1].find(name) == std::string::npos);
  }
  CHECK(line.states[3].find(first) == std::string::npos);
  CHECK(line.queue(3, "number") == "2");
}

TEST_CASE("a number and a claim go side by side: joining the screen's code leaves the line be") {
  Line line;
  line.come(2);
  line.show_ticket();
  line.join(2);
  CHECK(line.stage(2) == "agreeing");
  CHECK(line.queue(2, "stage") == "waiting");
  line.agree(2);
  CHECK(line.stage(2) == "following");
  line.act(2, ClaimKind::LeaveNumber);
  CHECK(line.stage(2) == "following");
  CHECK(line.queue(2, "stage").empty());
}

}  // namespace vitrine::test
