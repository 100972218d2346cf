// SPDX-License-Identifier: MIT
#include "engine/scene/session.h"

#include <catch2/catch.hpp>

using namespace vitrine;
using namespace vitrine::scene;
using Phase = Session::Phase;

namespace {

constexpr int64_t kSecond = 1'000'000;

Id128 id(uint8_t first) {
  Id128 value;
  value.bytes[0] = first;
  return value;
}

// 45 seconds, of which the last 20 are a question.
Session begun() {
  Session session;
  session.set_limits(45 * kSecond, 20 * kSecond);
  session.touch(0, id(1));
  return session;
}

}  // namespace

TEST_CASE("the first touch begins a session, the next ones belong to it") {
  Session session;
  CHECK_FALSE(session.engaged());
  CHECK(session.phase(5, false) == Phase::Nobody);
  CHECK(session.touch(10, id(1)));
  CHECK_FALSE(session.touch(20, id(2)));
  CHECK(session.id() == id(1));
}

TEST_CASE("a session asks when nobody touched, and is over when nobody answers") {
  Session session = begun();
  CHECK(session.phase(25 * kSecond - 1, false) == Phase::Engaged);
  CHECK(session.phase(25 * kSecond, false) == Phase::Warned);
  CHECK(session.left_us(25 * kSecond) == 20 * kSecond);
  CHECK(session.phase(45 * kSecond - 1, false) == Phase::Warned);
  CHECK(session.left_us(45 * kSecond - 1) == 1);
  CHECK(session.phase(45 * kSecond, false) == Phase::Over);
}

TEST_CASE("a touch before the question gives the full time") {
  Session session = begun();
  session.touch(24 * kSecond, id(9));
  CHECK(session.phase(48 * kSecond, false) == Phase::Engaged);
  CHECK(session.phase(49 * kSecond, false) == Phase::Warned);
}

TEST_CASE("a person can ask for more time as often as they need to") {
  Session session = begun();
  int64_t now = 0;
  for (int times = 0; times < 50; ++times) {
    CHECK(session.phase(now += 25 * kSecond, false) == Phase::Warned);
    CHECK(session.phase(now += 19 * kSecond, false) == Phase::Warned);
    CHECK_FALSE(session.touch(now, id(9)));
    CHECK(session.phase(now, false) == Phase::Engaged);
  }
  CHECK(session.id() == id(1));
}

TEST_CASE("a finger that stays down keeps a session alive") {
  Session session = begun();
  CHECK(session.phase(300 * kSecond, true) == Phase::Engaged);
  CHECK(session.phase(301 * kSecond, false) == Phase::Engaged);
  CHECK(session.phase(325 * kSecond, false) == Phase::Warned);
}

TEST_CASE("a finger on the question stops its clock and answers nothing yet") {
  Session session = begun();
  session.phase(25 * kSecond, false);
  session.phase(30 * kSecond, false);
  CHECK(session.phase(90 * kSecond, true) == Phase::Warned);
  CHECK(session.left_us(90 * kSecond) == 15 * kSecond);
  CHECK(session.phase(105 * kSecond, false) == Phase::Over);
}

TEST_CASE("whoever reads the question slowly gets its whole time again") {
  Session session = begun();
  session.phase(25 * kSecond, false);
  session.warn_anew(44 * kSecond);
  CHECK(session.phase(63 * kSecond, false) == Phase::Warned);
  CHECK(session.phase(64 * kSecond, false) == Phase::Over);
}

TEST_CASE("a clock that jumped ends no session that was not asked") {
  Session session = begun();
  CHECK(session.phase(3600 * kSecond, false) == Phase::Warned);
  CHECK(session.phase(3619 * kSecond, false) == Phase::Warned);
  CHECK(session.phase(3620 * kSecond, false) == Phase::Over);
}

TEST_CASE("nobody engaged is asked nothing") {
  Session session;
  session.set_limits(45 * kSecond, 20 * kSecond);
  CHECK(session.phase(1000 * kSecond, false) == Phase::Nobody);
}

TEST_CASE("a phone's session never asks and never ends by itself") {
  Session session;
  session.set_limits(0, 0);
  session.touch(0, id(1));
  CHECK(session.phase(86400 * kSecond, false) == Phase::Engaged);
}

TEST_CASE("a screen that becomes a phone's takes its question back") {
  Session session = begun();
  CHECK(session.phase(25 * kSecond, false) == Phase::Warned);
  session.set_limits(0, 0);
  CHECK(session.phase(50 * kSecond, false) == Phase::Engaged);
}

TEST_CASE("an ended session tells how long it lasted and leaves no id behind") {
  Session session;
  session.touch(5 * kSecond, id(1));
  CHECK(session.end(12 * kSecond) == 7 * kSecond);
  CHECK(session.id().is_none());
  CHECK(session.touch(13 * kSecond, id(2)));
  CHECK(session.id() == id(2));
}
