// SPDX-License-Identifier: MIT
#include "engine/staff/staff_session.h"

#include <catch2/catch.hpp>

#include <string>

using namespace vitrine::staff;
using State = StaffSession::State;

namespace {

constexpr int64_t kSecondUs = 1'000'000;

struct Person {
  StaffSession session;
  int64_t now_us = 100 * kSecondUs;

  void ask(Guard guard = Guard::Pin) { session.ask(guard, now_us); }
  void enter(const std::string& digits) {
    for (const char digit : digits) session.enter(digit);
  }
  // Whether the PIN could be tried.
  bool attempt(bool is_right, const std::string& digits = "0000") {
    enter(digits);
    if (!session.may_submit(now_us)) return false;
    CHECK(session.submit() == digits);
    session.pin_checked(is_right, now_us);
    return true;
  }
  void wait(int64_t us) {
    now_us += us;
    session.update(now_us);
  }
};

}  // namespace

TEST_CASE("the right PIN opens the panel, the wrong one asks again") {
  Person person;
  person.ask();
  CHECK(person.session.state() == State::Keypad);
  REQUIRE(person.attempt(false, "1234"));
  CHECK(person.session.state() == State::Keypad);
  CHECK(person.session.entered() == 0);
  person.wait(kSecondUs);
  REQUIRE(person.attempt(true, "123456"));
  CHECK(person.session.state() == State::Open);
  CHECK(person.session.wrong_attempts() == 0);
}

TEST_CASE(
    "each wrong PIN doubles the wait up to five minutes, and the next one is always taken then") {
  Person person;
  person.ask();
  int64_t last_us = 0;
  for (int i = 0; i < 40; ++i) {
    REQUIRE(person.attempt(false));
    const int64_t wait_us = person.session.wait_us(person.now_us);
    CHECK(wait_us >= last_us);
    CHECK(wait_us <= PinGate::kLongestWaitUs);
    CHECK(wait_us == (i < 9 ? kSecondUs << i : PinGate::kLongestWaitUs));
    last_us = wait_us;
    person.now_us += wait_us - 1;
    CHECK_FALSE(person.attempt(true));
    person.session.erase();
    for (int n = 0; n < 4; ++n) person.session.erase();
    person.now_us += 1;
    person.session.touched(person.now_us);
  }
  REQUIRE(person.attempt(true));
  CHECK(person.session.state() == State::Open);
}

TEST_CASE("closing the keypad does not shorten the wait") {
  Person person;
  person.ask();
  for (int i = 0; i < 3; ++i) {
    person.now_us += 10 * kSecondUs;
    person.attempt(false);
  }
  person.session.close();
  person.ask();
  CHECK(person.session.wait_us(person.now_us) == 4 * kSecondUs);
  CHECK_FALSE(person.attempt(true));
}

TEST_CASE("a PIN has four to twelve digits and is gone when the panel closes") {
  Person person;
  person.ask();
  person.enter("123");
  CHECK_FALSE(person.session.may_submit(person.now_us));
  person.enter("x- ");
  CHECK(person.session.entered() == 3);
  person.enter("456789012345");
  CHECK(person.session.entered() == StaffSession::kLongestPin);
  person.session.close();
  person.ask();
  CHECK(person.session.entered() == 0);
}

TEST_CASE("an answer that comes after the panel was closed opens nothing") {
  Person person;
  person.ask();
  person.enter("1234");
  person.session.submit();
  CHECK(person.session.state() == State::Checking);
  person.session.close();
  person.session.pin_checked(true, person.now_us);
  CHECK(person.session.state() == State::Closed);
}

TEST_CASE("whatever is on screen closes after a minute without a touch") {
  for (const Guard guard : {Guard::Pin, Guard::NoPin, Guard::Open}) {
    Person person;
    person.ask(guard);
    person.wait(StaffSession::kIdleUs - 1);
    CHECK(person.session.is_on_screen());
    person.session.touched(person.now_us);
    person.wait(StaffSession::kIdleUs - 1);
    CHECK(person.session.is_on_screen());
    person.wait(1);
    CHECK_FALSE(person.session.is_on_screen());
  }
}

TEST_CASE("without a PIN the panel stays closed, but for a developer's window") {
  Person person;
  person.ask(Guard::NoPin);
  person.enter("1234");
  CHECK_FALSE(person.session.may_submit(person.now_us));
  CHECK(person.session.state() == State::NoPin);
  person.session.close();
  person.ask(Guard::Open);
  CHECK(person.session.state() == State::Open);
}

TEST_CASE("the gesture while the panel is open changes nothing") {
  Person person;
  person.ask(Guard::Open);
  person.ask(Guard::Pin);
  CHECK(person.session.state() == State::Open);
}
