// SPDX-License-Identifier: MIT
#include "engine/base/ring.h"

#include <catch2/catch.hpp>
#include <deque>
#include <memory>
#include <string>

#include "engine/base/random.h"

namespace vitrine {
namespace {

std::string text_of(const Ring<std::string>& ring) {
  std::string text;
  for (const std::string& value : ring) text += value;
  return text;
}

TEST_CASE("a ring gives back in the order it was given, from both ends") {
  Ring<std::string> ring;
  CHECK(ring.empty());
  ring.push_back("b");
  ring.push_back("c");
  CHECK(ring.push_front("a") == "a");
  CHECK(text_of(ring) == "abc");
  CHECK(ring.front() == "a");
  CHECK(ring.back() == "c");
  ring.erase(1);
  CHECK(text_of(ring) == "ac");
  ring.pop_front();
  CHECK(text_of(ring) == "c");
  ring.clear();
  CHECK(ring.empty());
}

TEST_CASE("a ring lets go of what is taken out at once") {
  Ring<std::shared_ptr<int>> ring;
  const auto first = std::make_shared<int>(1);
  const auto second = std::make_shared<int>(2);
  ring.push_back(first);
  ring.push_back(second);
  ring.pop_front();
  CHECK(first.use_count() == 1);
  ring.erase(0);
  CHECK(second.use_count() == 1);
}

struct Counted {
  Counted() = default;
  Counted(Counted&&) = default;
  Counted& operator=(Counted&&) {
    ++moves;
    return *this;
  }
  static inline int moves = 0;
};

TEST_CASE("what is erased near an end moves few, however many there are") {
  Ring<Counted> ring;
  for (int i = 0; i < 1000; ++i) ring.push_back({});
  Counted::moves = 0;
  ring.erase(1);
  ring.erase(ring.size() - 2);
  CHECK(Counted::moves <= 6);
}

TEST_CASE("what is erased by the thousand moves every other once") {
  Ring<int> ring;
  for (int i = 0; i < 10; ++i) ring.push_back(i);
  std::string asked;
  ring.erase_if(8, [&](int value) {
    asked += std::to_string(value);
    return value % 3 != 0;
  });
  CHECK(asked == "76543210");
  std::string left;
  for (const int value : ring) left += std::to_string(value);
  CHECK(left == "03689");

  Ring<Counted> many;
  for (int i = 0; i < 10000; ++i) many.push_back({});
  Counted::moves = 0;
  bool odd = false;
  many.erase_if(9000, [&](Counted&) { return odd = !odd; });
  CHECK(many.size() == 5500);
  // One for each that stays before the end, one for each place that is emptied.
  CHECK(Counted::moves <= 9000);
}

TEST_CASE("a ring and a deque agree about a hundred thousand random changes") {
  Random random(7);
  Ring<uint32_t> ring;
  std::deque<uint32_t> deque;
  for (uint32_t step = 0; step < 100000; ++step) {
    const uint32_t choice = random.below(deque.size() > 200 ? 9 : 6);
    if (choice < 3) {
      ring.push_back(step);
      deque.push_back(step);
    } else if (choice == 3) {
      ring.push_front(step);
      deque.push_front(step);
    } else if (!deque.empty() && choice == 4) {
      const size_t index = random.below(static_cast<uint32_t>(deque.size()));
      ring.erase(index);
      deque.erase(deque.begin() + static_cast<std::ptrdiff_t>(index));
    } else if (!deque.empty()) {
      ring.pop_front();
      deque.pop_front();
    }
    REQUIRE(ring.size() == deque.size());
    if (deque.empty()) continue;
    const size_t place = random.below(static_cast<uint32_t>(deque.size()));
    REQUIRE(ring[place] == deque[place]);
    REQUIRE(ring.front() == deque.front());
    REQUIRE(ring.back() == deque.back());
  }
}

}  // namespace
}  // namespace vitrine
