// SPDX-License-Identifier: MIT
#include "engine/scene/session.h"

#include <catch2/catch.hpp>

using namespace vitrine;
using namespace vitrine::scene;

namespace {

constexpr int64_t kSecond = 1'000'000;

Id128 id(uint8_t first) {
  Id128 value;
  value.bytes[0] = first;
  return value;
}

Session with_limit() {
  Session session;
  session.set_idle_limit_us(45 * kSecond);
  return session;
}

}  // namespace

TEST_CASE("the first touch begins a session, the next ones belong to it") {
  Session session = with_limit();
  CHECK_FALSE(session.engaged());
  CHECK(session.touch(10, id(1)));
  CHECK_FALSE(session.touch(20, id(2)));
  CHECK(session.id() == id(1));
}

TEST_CASE("a session is idle exactly when nobody touched for the limit") {
  Session session = with_limit();
  session.touch(0, id(1));
  CHECK_FALSE(session.is_idle(44 * kSecond, false));
  session.touch(44 * kSecond, id(9));
  CHECK_FALSE(session.is_idle(88 * kSecond, false));
  CHECK(session.is_idle(89 * kSecond, false));
}

TEST_CASE("a finger that stays down keeps a session alive") {
  Session session = with_limit();
  session.touch(0, id(1));
  CHECK_FALSE(session.is_idle(300 * kSecond, true));
  CHECK_FALSE(session.is_idle(301 * kSecond, false));
}

TEST_CASE("nobody engaged is never idle") {
  Session session = with_limit();
  CHECK_FALSE(session.is_idle(1000 * kSecond, false));
}

TEST_CASE("a phone's session never ends by itself") {
  Session session;
  session.set_idle_limit_us(0);
  session.touch(0, id(1));
  CHECK_FALSE(session.is_idle(86400 * kSecond, false));
}

TEST_CASE("an ended session tells how long it lasted and leaves no id behind") {
  Session session = with_limit();
  session.touch(5 * kSecond, id(1));
  CHECK(session.end(12 * kSecond) == 7 * kSecond);
  CHECK(session.id().is_none());
  CHECK(session.touch(13 * kSecond, id(2)));
  CHECK(session.id() == id(2));
}
