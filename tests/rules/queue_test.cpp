// SPDX-License-Identifier: MIT
#include "engine/rules/queue.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "engine/base/random.h"

using namespace vitrine;
using namespace vitrine::rules;

namespace {

constexpr int64_t kDay = 20'000;
constexpr int64_t kNow = 1'000'000;

uint32_t number_of(const Queue& queue, std::string_view who) {
  const Place* place = queue.place_of(who);
  return place == nullptr ? 0 : place->number;
}

PlaceState state_of(const Queue& queue, std::string_view who) {
  const Place* place = queue.place_of(who);
  REQUIRE(place != nullptr);
  return place->state;
}

// a, b and c wait at an engaged screen.
Queue three_wait() {
  Queue queue;
  for (const char* who : {"a", "b", "c"}) {
    REQUIRE(queue.take(who, kDay, kNow) == QueueAnswer::Done);
  }
  return queue;
}

}  // namespace

TEST_CASE("numbers rise from one, and a phone has one of them") {
  Queue queue = three_wait();
  CHECK(number_of(queue, "a") == 1);
  CHECK(number_of(queue, "c") == 3);
  CHECK(queue.before(*queue.place_of("c")) == 2);
  CHECK(queue.take("a", kDay, kNow) == QueueAnswer::Already);
  CHECK(queue.waiting() == 3);
  CHECK(queue.leave("b", kNow) == QueueAnswer::Done);
  CHECK(queue.leave("b", kNow) == QueueAnswer::NotNow);
  CHECK(queue.take("b", kDay, kNow) == QueueAnswer::Done);
  CHECK(number_of(queue, "b") == 4);
  CHECK(queue.before(*queue.place_of("b")) == 2);
}

TEST_CASE("another day begins at one again, once nobody waits") {
  Queue queue;
  queue.take("a", kDay, kNow);
  queue.take("b", kDay + 1, kNow);
  CHECK(number_of(queue, "b") == 2);
  queue.leave("a", kNow);
  queue.leave("b", kNow);
  queue.take("c", kDay + 1, kNow);
  CHECK(number_of(queue, "c") == 3);
  queue.leave("c", kNow);
  queue.take("d", kDay + 2, kNow);
  CHECK(number_of(queue, "d") == 1);
}

TEST_CASE("a screen that is engaged calls nobody, one that is free calls the first") {
  Queue queue = three_wait();
  CHECK_FALSE(queue.tick(kNow + 1));
  CHECK(queue.called() == nullptr);
  queue.set_free(true, kNow + 10);
  REQUIRE(queue.called() != nullptr);
  CHECK(queue.called()->number == 1);
  CHECK(queue.called()->ends_ms == kNow + 10 + kCallMs);
  CHECK(queue.waiting() == 2);
  SECTION("and who takes a number at a free screen is called at once") {
    Queue other;
    other.set_free(true, kNow);
    other.take("a", kDay, kNow);
    CHECK(state_of(other, "a") == PlaceState::Called);
  }
}

TEST_CASE("who says that they are there has the screen, and the next is called after them") {
  Queue queue = three_wait();
  queue.set_free(true, kNow);
  CHECK(queue.here(2, kNow) == QueueAnswer::NotNow);
  CHECK(queue.here(1, kNow) == QueueAnswer::Done);
  CHECK(queue.here(1, kNow) == QueueAnswer::Already);
  CHECK_FALSE(queue.tick(kNow + kCallMs));
  CHECK(state_of(queue, "a") == PlaceState::Arrived);
  queue.set_free(false, kNow + kCallMs);
  CHECK(state_of(queue, "a") == PlaceState::Served);
  CHECK(queue.called() == nullptr);
  queue.set_free(true, kNow + 2 * kCallMs);
  CHECK(queue.called()->number == 2);
  SECTION("unless they never touch it") {
    CHECK(queue.here(2, kNow + 2 * kCallMs) == QueueAnswer::Done);
    CHECK(queue.tick(kNow + 2 * kCallMs + kArrivalMs));
    CHECK(state_of(queue, "b") == PlaceState::Skipped);
  }
}

TEST_CASE("who does not come in thirty seconds is skipped, kindly: they may take another number") {
  Queue queue = three_wait();
  queue.set_free(true, kNow);
  CHECK_FALSE(queue.tick(kNow + kCallMs - 1));
  CHECK(queue.tick(kNow + kCallMs));
  CHECK(state_of(queue, "a") == PlaceState::Skipped);
  CHECK(queue.called() == nullptr);
  CHECK(queue.tick(kNow + kCallMs + kCallPauseMs));
  CHECK(queue.called()->number == 2);
  CHECK(queue.here(1, kNow + kCallMs) == QueueAnswer::NotNow);
  CHECK(queue.take("a", kDay, kNow + kCallMs) == QueueAnswer::Done);
  CHECK(number_of(queue, "a") == 4);
  SECTION("and how it ended is forgotten in time") {
    CHECK(queue.tick(kNow + 3 * kCallMs));
    CHECK(state_of(queue, "b") == PlaceState::Skipped);
    CHECK(queue.tick(kNow + 3 * kCallMs + kRememberMs));
    CHECK(queue.place_of("b") == nullptr);
  }
}

TEST_CASE("somebody else who engages the screen takes nobody's place") {
  Queue queue = three_wait();
  queue.set_free(true, kNow);
  queue.set_free(false, kNow + 5'000);
  CHECK(state_of(queue, "a") == PlaceState::Waiting);
  CHECK_FALSE(queue.tick(kNow + 2 * kCallMs));
  queue.set_free(true, kNow + 3 * kCallMs);
  CHECK(queue.called()->number == 1);
  CHECK(queue.called()->ends_ms == kNow + 4 * kCallMs);
}

TEST_CASE("a screen that loses its connection serves nobody: who has come keeps their place") {
  Queue queue;
  queue.take("a", 1, 1000);
  queue.take("b", 1, 1000);
  queue.set_free(true, 2000);
  queue.here(1, 3000);
  queue.set_absent();
  CHECK(state_of(queue, "a") == PlaceState::Waiting);
  queue.tick(4000);
  CHECK(queue.called() == nullptr);
  queue.set_free(true, 5000);
  REQUIRE(queue.called() != nullptr);
  CHECK(queue.called()->who == "a");
}

TEST_CASE("a phone that goes away keeps its number, for a time") {
  Queue queue = three_wait();
  queue.went_away("b", kNow);
  CHECK_FALSE(queue.tick(kNow + kAwayMs - 1));
  SECTION("and has it when it comes back") {
    queue.came_back("b");
    CHECK_FALSE(queue.tick(kNow + kAwayMs));
    CHECK(number_of(queue, "b") == 2);
  }
  SECTION("and has lost it after that") {
    CHECK(queue.tick(kNow + kAwayMs));
    CHECK(state_of(queue, "b") == PlaceState::Skipped);
    CHECK(queue.before(*queue.place_of("c")) == 1);
  }
  SECTION("and is called like everybody else") {
    queue.leave("a", kNow);
    queue.set_free(true, kNow + kAwayMs - 1);
    CHECK_FALSE(queue.tick(kNow + kAwayMs));
    CHECK(queue.called()->number == 2);
  }
}

TEST_CASE("a crowd fills the line and not the memory") {
  Queue queue;
  for (size_t i = 0; i < kMostPlaces; ++i) {
    REQUIRE(queue.take("p" + std::to_string(i), kDay, kNow) == QueueAnswer::Done);
  }
  CHECK(queue.take("one more", kDay, kNow) == QueueAnswer::Full);
  CHECK(queue.take("p7", kDay, kNow) == QueueAnswer::Already);
  int64_t now = kNow;
  queue.set_free(true, now);
  for (size_t i = 0; i < 3 * kMostPlaces; ++i) {
    now += kCallMs + kCallPauseMs;
    queue.tick(now);
    queue.take("q" + std::to_string(i), kDay, now);
    CHECK(queue.places().size() <= kMostPlaces);
    CHECK(queue.ended().size() <= kMostPlaces);
  }
}

namespace {

// The same rules said more plainly and slowly: everybody who ever had a number, in its order.
class Model {
 public:
  struct Person {
    uint32_t number;
    std::string who;
    bool called = false, arrived = false;
    int64_t until = 0, away = 0;
  };

  void take(const std::string& who) {
    for (const Person& person : line) {
      if (person.who == who) return back(who);
    }
    if (line.size() < kMostPlaces) line.push_back({++newest, who});
  }
  void back(const std::string& who) {
    for (Person& person : line) {
      if (person.who == who) person.away = 0;
    }
  }
  void away(const std::string& who, int64_t now) {
    for (Person& person : line) {
      if (person.who == who) person.away = now;
    }
  }
  void leave(const std::string& who) {
    std::erase_if(line, [&](const Person& person) { return person.who == who; });
  }
  void here(uint32_t number, int64_t now) {
    for (Person& person : line) {
      if (!person.called || person.arrived || person.number != number) continue;
      person.arrived = true;
      person.until = now + kArrivalMs;
    }
  }
  void set_free(bool now_free, int64_t now) {
    if (now_free && !free) pause_until = now;
    if (!now_free && free) {
      std::erase_if(line, [](const Person& person) { return person.arrived; });
      for (Person& person : line) person.called = false;
    }
    free = now_free;
  }
  void time(int64_t now) {
    const auto skipped = std::erase_if(
        line, [&](const Person& person) { return person.called && now >= person.until; });
    if (skipped > 0) pause_until = now + kCallPauseMs;
    std::erase_if(line, [&](const Person& person) {
      return !person.called && person.away != 0 && now - person.away >= kAwayMs;
    });
  }
  void call(int64_t now) {
    if (!free || line.empty() || line[0].called || now < pause_until) return;
    line[0].called = true;
    line[0].until = now + kCallMs;
  }

  std::vector<Person> line;
  uint32_t newest = 0;
  bool free = false;
  int64_t pause_until = 0;
};

void check_same(const Queue& queue, const Model& model) {
  REQUIRE(queue.places().size() == model.line.size());
  for (size_t i = 0; i < model.line.size(); ++i) {
    const Place& place = queue.places()[i];
    REQUIRE(place.number == model.line[i].number);
    REQUIRE(place.who == model.line[i].who);
    REQUIRE((place.state != PlaceState::Waiting) == model.line[i].called);
    REQUIRE((place.state == PlaceState::Arrived) == model.line[i].arrived);
    REQUIRE(queue.before(place) == i);
  }
  REQUIRE((queue.called() == nullptr) == (model.line.empty() || !model.line[0].called));
  if (queue.called() != nullptr) REQUIRE(queue.is_free());
}

}  // namespace

TEST_CASE("whatever people and screens do in any order, the line is what the plain rules say") {
  for (uint64_t seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    Random random(seed);
    Queue queue;
    Model model;
    int64_t now = kNow;
    for (int step = 0; step < 2000; ++step) {
      const std::string who(1, static_cast<char>('a' + random.below(12)));
      switch (random.below(8)) {
        case 0:
        case 1:
          queue.take(who, kDay, now);
          model.take(who);
          break;
        case 2:
          queue.leave(who, now);
          model.leave(who);
          break;
        case 3: {
          const uint32_t number = model.line.empty() ? 1 : model.line[0].number + random.below(2);
          queue.here(number, now);
          model.here(number, now);
          break;
        }
        case 4: {
          const bool free = random.below(3) != 0;
          queue.set_free(free, now);
          model.set_free(free, now);
          break;
        }
        case 5:
          queue.went_away(who, now);
          model.away(who, now);
          break;
        case 6:
          queue.came_back(who);
          model.back(who);
          break;
        default:
          now += random.below(4) == 0 ? kAwayMs / 3 : random.below(20'000);
          queue.tick(now);
          model.time(now);
      }
      model.call(now);
      queue.tick(now);
      model.time(now);
      model.call(now);
      check_same(queue, model);
    }
  }
}

TEST_CASE("a line that is no more ends everybody's number, and calls nobody") {
  Queue queue;
  queue.take("a", kDay, kNow);
  queue.take("b", kDay, kNow);
  queue.set_free(true, kNow);
  REQUIRE(queue.called() != nullptr);
  queue.close(kNow + 5);
  CHECK(queue.called() == nullptr);
  CHECK(queue.waiting() == 0);
  for (const char* who : {"a", "b"}) {
    REQUIRE(queue.place_of(who) != nullptr);
    CHECK(queue.place_of(who)->state == PlaceState::Closed);
  }
  CHECK(queue.place_of("b")->number == 2);
  CHECK(queue.here(1, kNow + 6) == QueueAnswer::NotNow);
  CHECK_FALSE(queue.tick(kNow + 5 + kRememberMs - 1));
  CHECK(queue.tick(kNow + 5 + kRememberMs));
  CHECK(queue.place_of("a") == nullptr);
}
