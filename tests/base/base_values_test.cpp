// SPDX-License-Identifier: MIT
// The small values everything else is made of: ids, random numbers, UTF-8, statuses, rectangles.
#include <catch2/catch.hpp>

#include <cstdio>
#include <memory>
#include <string>
#include <unordered_set>

#include "engine/base/geometry.h"
#include "engine/base/id128.h"
#include "engine/base/random.h"
#include "engine/base/status.h"
#include "engine/base/utf8.h"

using namespace vitrine;

namespace {

// Code points of `text`, one space between, in hexadecimal.
std::string code_points(std::string_view text) {
  std::string out;
  char buffer[16];
  for (size_t position = 0; position < text.size();) {
    const size_t before = position;
    const char32_t code = next_code_point(text, position);
    REQUIRE(position > before);
    REQUIRE(position <= text.size());
    std::snprintf(buffer, sizeof(buffer), "%X ", static_cast<unsigned>(code));
    out += buffer;
  }
  return out;
}

}  // namespace

TEST_CASE("well-formed UTF-8 gives its code points, to the edges of each length") {
  CHECK(code_points("a\x7F") == "61 7F ");
  CHECK(code_points("\xC2\x80\xDF\xBF") == "80 7FF ");
  CHECK(code_points("\xE0\xA0\x80\xEF\xBF\xBF") == "800 FFFF ");
  CHECK(code_points("\xF0\x90\x80\x80\xF4\x8F\xBF\xBF") == "10000 10FFFF ");
  CHECK(code_points("口红") == "53E3 7EA2 ");
  CHECK(is_valid_utf8("口红 \xF0\x9F\x98\x80"));
  CHECK(is_valid_utf8(""));
}

TEST_CASE("text is cut between code points") {
  const std::string_view text = "a正b";
  constexpr size_t kWhole[] = {0, 1, 1, 1, 4, 5, 5};
  for (size_t bytes = 0; bytes < std::size(kWhole); ++bytes) {
    CHECK(whole_code_points(text, bytes) == kWhole[bytes]);
  }
  CHECK(whole_code_points("\x80\x80", 1) == 0);
  CHECK(whole_code_points("", 9) == 0);
}

TEST_CASE("ill-formed UTF-8 is refused and walked through byte by byte") {
  for (const char* text : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80",
                           "\xED\xBF\xBF", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
                           "\xF5\x80\x80\x80", "\xFE", "\xFF", "\xC2", "\xE4\xBD", "\xF0\x9F\x98",
                           "\xC2"
                           "a",
                           "\xE4"
                           "ab"}) {
    INFO(code_points(text));
    CHECK_FALSE(is_valid_utf8(text));
    CHECK(code_points(text).find("FFFD") != std::string::npos);
  }
  CHECK(code_points("a\xFF"
                    "b") == "61 FFFD 62 ");
  CHECK(code_points("\xC2"
                    "a") == "FFFD 61 ");
}

TEST_CASE("random bytes as UTF-8 end without reading beyond them") {
  Random random(3);
  for (int round = 0; round < 5000; ++round) {
    const size_t size = random.below(12) + 1;
    const auto bytes = std::make_unique<char[]>(size);  // exactly that size, for the sanitizer
    for (size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(random.below(256));
    const std::string_view text(bytes.get(), size);
    const bool replaced = code_points(text).find("FFFD ") != std::string::npos;
    const bool has_it = text.find("\xEF\xBF\xBD") != std::string_view::npos;
    CHECK((is_valid_utf8(text) || replaced));
    CHECK((!is_valid_utf8(text) || !replaced || has_it));
  }
}

TEST_CASE("an id is 32 lower-case hex digits and nothing else") {
  const std::string digits = "00112233445566778899aabbccddeeff";
  const std::optional<Id128> id = Id128::from_hex(digits);
  REQUIRE(id.has_value());
  CHECK(id->to_hex() == digits);
  CHECK(id->bytes[1] == 0x11);
  CHECK_FALSE(id->is_none());
  CHECK(Id128{}.is_none());
  CHECK(Id128::from_hex(std::string(32, '0'))->is_none());
  for (const char* wrong :
       {"", "0", "00112233445566778899aabbccddeef", "00112233445566778899AABBCCDDEEFF",
        "00112233445566778899aabbccddeefff", "0011223344556677-899aabbccddeeff",
        "0x112233445566778899aabbccddeeff", "00112233445566778899aabbccddeeg "}) {
    INFO(wrong);
    CHECK_FALSE(Id128::from_hex(wrong).has_value());
  }
}

TEST_CASE("ids are ordered and hashed by all that differs") {
  const Id128 low = *Id128::from_hex("00000000000000000000000000000001");
  const Id128 high = *Id128::from_hex("01000000000000000000000000000000");
  CHECK(low < high);
  CHECK(low != high);
  std::unordered_set<Id128, Id128Hash> set{low, high, low};
  CHECK(set.size() == 2);
}

TEST_CASE("the same seed gives the same numbers on every platform") {
  Random random(42);
  CHECK(random.next() == 13679457532755275413ull);
  Random again(42), other(43);
  CHECK(again.next() == 13679457532755275413ull);
  CHECK(other.next() != 13679457532755275413ull);
}

TEST_CASE("random numbers stay below their limit and reach all of it") {
  Random random(1);
  int seen[7] = {};
  for (int i = 0; i < 7000; ++i) {
    const uint32_t value = random.below(7);
    REQUIRE(value < 7);
    ++seen[value];
  }
  for (int count : seen) CHECK(count > 700);
  CHECK(random.below(1) == 0);
  for (int i = 0; i < 1000; ++i) {
    const float unit = random.unit();
    REQUIRE(unit >= 0.0f);
    REQUIRE(unit < 1.0f);
  }
}

TEST_CASE("a status says what, and a result holds either") {
  CHECK(Status().ok());
  CHECK(Status().to_string() == "ok");
  const Status missing(StatusCode::NotFound, "campaigns/x: no such folder");
  CHECK_FALSE(missing.ok());
  CHECK(missing.to_string() == "not_found: campaigns/x: no such folder");
  for (int code = 0; code <= static_cast<int>(StatusCode::Internal); ++code) {
    CHECK(status_code_name(static_cast<StatusCode>(code)) != "unknown");
  }
  const Result<int> failed(missing);
  CHECK_FALSE(failed.ok());
  CHECK(failed.status().code() == StatusCode::NotFound);
  Result<std::unique_ptr<int>> held(std::make_unique<int>(3));
  REQUIRE(held.ok());
  CHECK(held.status().ok());
  const std::unique_ptr<int> moved = std::move(held).value();
  CHECK(*moved == 3);
}

TEST_CASE("asking a failed result for its value is our bug and stops") {
  static int failures;
  failures = 0;
  // The default handler aborts; here it is counted, and the value is not touched after it.
  const AssertHandler old = set_assert_handler([](const char*, int, const char*) { ++failures; });
  { const Result<int> wrong{Status()}; }
  set_assert_handler(old);
  CHECK(failures == 1);
}

TEST_CASE("rectangles own their left and top edge, transforms apply the inner first") {
  const Rect rect{10, 20, 30, 40};
  CHECK(rect.contains({10, 20}));
  CHECK_FALSE(rect.contains({40, 20}));
  CHECK_FALSE(rect.contains({10, 60}));
  CHECK(rect.outset(5) == Rect{5, 15, 40, 50});
  CHECK(rect.center() == Vec2{25, 40});
  const Transform2D both = Transform2D::translation({1, 2}) * Transform2D::scaling(10, 10);
  CHECK(both.apply({1, 1}) == Vec2{11, 12});
  const Vec2 turned = Transform2D::rotation(3.14159265f / 2).apply({1, 0});
  CHECK(turned.x == Approx(0).margin(1e-6));
  CHECK(turned.y == Approx(1));
}
