// SPDX-License-Identifier: MIT
#include "engine/base/json/json.h"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdio>
#include <string>

#include "engine/base/json/json_writer.h"
#include "engine/base/random.h"

using namespace vitrine;

namespace {

using Code = JsonError::Code;

Code refusal(std::string_view text, const JsonLimits& limits = {}) {
  JsonDocument document;
  CHECK_FALSE(document.parse(text, limits));
  CHECK_FALSE(document.root().exists());
  CHECK_FALSE(document.error().message.empty());
  return document.error().code;
}

bool accepted(std::string_view text, const JsonLimits& limits = {}) {
  JsonDocument document;
  return document.parse(text, limits);
}

}  // namespace

TEST_CASE("a value keeps its text, type and place") {
  JsonDocument document;
  REQUIRE(document.parse("{\"a\": [1, -2.5, \"x\\\"y\"],\n \"b\": true}"));
  const JsonValue a = document.root().find("a");
  REQUIRE(a.size() == 3);
  CHECK(a.first().integer() == 1);
  CHECK(a.first().next().number() == -2.5);
  const JsonValue text = a.first().next().next();
  CHECK(text.string() == "x\"y");
  CHECK(text.raw() == "\"x\\\"y\"");
  CHECK(a.raw() == "[1, -2.5, \"x\\\"y\"]");
  CHECK(document.root().raw() == "{\"a\": [1, -2.5, \"x\\\"y\"],\n \"b\": true}");
  const JsonValue b = document.root().find("b");
  CHECK(document.position(b.offset()).line == 2);
  CHECK(document.position(b.offset()).column == 7);
  CHECK(document.position(b.key_offset()).column == 2);
}

TEST_CASE("raw text is found behind every kind of escape") {
  JsonDocument document;
  REQUIRE(document.parse(R"(["\\", "\\\"", "", "\u0041\n", {"\"k\\": "\\\\"}])"));
  JsonValue value = document.root().first();
  for (const char* expected : {R"("\\")", R"("\\\"")", R"("")", R"("\u0041\n")"}) {
    CHECK(value.raw() == expected);
    value = value.next();
  }
  CHECK(value.raw() == R"({"\"k\\": "\\\\"})");
  CHECK(value.first().key() == "\"k\\");
  CHECK(value.first().raw() == R"("\\\\")");
  CHECK(value.first().key_offset() == value.offset() + 1);
}

TEST_CASE("hostile JSON is refused with the reason") {
  CHECK(refusal("") == Code::Syntax);
  CHECK(refusal("   ") == Code::Syntax);
  CHECK(refusal("{\"a\":1,\"a\":2}") == Code::DuplicateKey);
  CHECK(refusal("{\"a\":1,\"\\u0061\":2}") == Code::DuplicateKey);
  CHECK(refusal("NaN") == Code::Syntax);
  CHECK(refusal("-Infinity") == Code::Syntax);
  CHECK(refusal("[1,]") == Code::Syntax);
  CHECK(refusal("{\"a\":1,}") == Code::Syntax);
  CHECK(refusal("// no comments\n1") == Code::Syntax);
  CHECK(refusal("'single'") == Code::Syntax);
  CHECK(refusal("01") == Code::Syntax);
  CHECK(refusal("+1") == Code::Syntax);
  CHECK(refusal("\"line\nend\"") == Code::Syntax);
  CHECK(refusal("1 2") == Code::Syntax);
  CHECK(refusal("\xEF\xBB\xBF{}") == Code::Syntax);
  CHECK(refusal(std::string(10000, '[')) == Code::TooDeep);
}

TEST_CASE("nothing hides behind a NUL") {
  CHECK(refusal(std::string_view("1\0 2", 4)) == Code::Syntax);
  CHECK(refusal(std::string_view("{}\0", 3)) == Code::Syntax);
  CHECK(refusal(std::string_view("\"a\0b\"", 5)) == Code::Syntax);
  CHECK(refusal("\"\\u0000\"") == Code::NulInString);
  CHECK(refusal("{\"a\\u0000\":1}") == Code::NulInString);
}

TEST_CASE("raw is what was written, escapes, quotes and all") {
  const std::pair<const char*, const char*> strings[] = {
      {R"("")", ""},
      {R"("\"")", "\""},
      {R"("\"\"")", "\"\""},
      {R"("a\\")", "a\\"},
      {R"("\\\"")", "\\\""},
      {R"("\u0022")", "\""},
      {R"("\u0022\"")", "\"\""},
      {R"("x\u00e9\\")", "x\u00e9\\"},
      {R"("\/\"b")", "/\"b"},
  };
  JsonDocument document;
  for (const auto& [written, value] : strings) {
    INFO(written);
    const std::string text =
        std::string("{\"k\\n\":") + written + ",\"n\":-1.5,\"l\":[" + written + "]}";
    REQUIRE(document.parse(text));
    const JsonValue first = document.root().find("k\n");
    CHECK(first.string() == value);
    CHECK(first.raw() == written);
    CHECK(first.key_offset() == 1);
    CHECK(first.offset() == 7);
    CHECK(document.root().find("n").raw() == "-1.5");
    CHECK(document.root().find("l").first().raw() == written);
    CHECK(document.root().raw() == text);
  }
}

TEST_CASE("strings with and without escapes are found invalid where they begin") {
  JsonDocument document;
  CHECK_FALSE(document.parse("{\"a\":\"\xe4\xb8\"}"));
  CHECK(document.error().offset == 5);
  CHECK_FALSE(document.parse("{\"a\":1,\"\\n\xff\":2}"));
  CHECK(document.error().offset == 7);
}

TEST_CASE("strings are well-formed UTF-8 or refused") {
  CHECK(refusal("\"\xff\"") == Code::Syntax);
  CHECK(refusal("\"\xC0\x80\"") == Code::Syntax);          // overlong
  CHECK(refusal("\"\xED\xA0\x80\"") == Code::Syntax);      // a surrogate
  CHECK(refusal("\"\xF4\x90\x80\x80\"") == Code::Syntax);  // above U+10FFFF
  CHECK(refusal("\"\xE4\xBD\"") == Code::Syntax);          // cut
  CHECK(refusal("\"\\ud800\"") == Code::Syntax);
  CHECK(refusal("\"\\udc00\"") == Code::Syntax);
  CHECK(refusal("\"\\ud800\\u0041\"") == Code::Syntax);
  CHECK(refusal("{\"\\udfff\":1}") == Code::Syntax);
  JsonDocument document;
  REQUIRE(document.parse("\"\\ud83d\\ude00\""));
  CHECK(document.root().string() == "\xF0\x9F\x98\x80");
}

TEST_CASE("numbers keep their value or are refused") {
  CHECK(refusal("9007199254740993") == Code::IntegerRange);
  CHECK(refusal("-9007199254740993") == Code::IntegerRange);
  CHECK(refusal(std::string(300, '9')) == Code::IntegerRange);
  CHECK(refusal(std::string(100000, '9')) == Code::NumberRange);
  CHECK(refusal("1e400") == Code::NumberRange);
  CHECK(accepted("1." + std::string(100000, '3')));
  JsonDocument zero;
  REQUIRE(zero.parse("0." + std::string(400, '0') + "e5"));
  CHECK(zero.root().number() == 0.0);
  JsonDocument document;
  REQUIRE(document.parse("[9007199254740992, -0, 1e2, 0.1, 1e-400]"));
  JsonValue value = document.root().first();
  CHECK(value.integer() == int64_t{1} << 53);
  value = value.next();
  CHECK(value.integer() == 0);
  value = value.next();
  CHECK_FALSE(value.integer().has_value());
  CHECK(value.number() == 100.0);
  value = value.next();
  CHECK(value.number() == 0.1);
  value = value.next();
  CHECK(value.number() == 0.0);
}

TEST_CASE("each limit holds to the last and refuses one more") {
  const JsonLimits limits{.max_bytes = 24, .max_depth = 2, .max_values = 5, .max_members = 2};
  CHECK(accepted("[1,2,3,4]", limits));
  CHECK(refusal("[1,2,3,4,5]", limits) == Code::TooManyValues);
  CHECK(accepted("[[1]]", limits));
  CHECK(refusal("[[[]]]", limits) == Code::TooDeep);
  CHECK(accepted("{\"a\":1,\"b\":2}", limits));
  CHECK(refusal("{\"a\":1,\"b\":2,\"c\":3}", limits) == Code::TooManyMembers);
  CHECK(accepted(std::string(23, ' ') + "1", limits));
  CHECK(refusal(std::string(24, ' ') + "1", limits) == Code::TooLarge);
}

TEST_CASE("an object at its limit of keys is read, and its doubles are found") {
  std::string text = "{";
  for (int i = 0; i < 4095; ++i) text += "\"key" + std::to_string(i) + "\":1,";
  CHECK(accepted(text + "\"last\":1}"));
  CHECK(refusal(text + "\"key17\":1}") == Code::DuplicateKey);
  CHECK(refusal(text + "\"a\":1,\"b\":1}") == Code::TooManyMembers);
}

TEST_CASE("the second of two equal keys is the one reported") {
  JsonDocument document;
  CHECK_FALSE(document.parse("{\"b\":1,\n \"a\":1, \"b\":2,\n \"a\":2}"));
  CHECK(document.error().message == "duplicate key \"b\"");
  CHECK(document.error().line == 2);
  CHECK(document.error().column == 9);
  CHECK(accepted("[{\"a\":1},{\"a\":{\"a\":1}}]"));
}

TEST_CASE("a syntax error names what belongs there") {
  JsonDocument document;
  CHECK_FALSE(document.parse("{\n  \"a\" 1}"));
  CHECK(document.error().message == "a colon belongs after the key");
  CHECK(document.error().line == 2);
  CHECK_FALSE(document.parse("[1 2]"));
  CHECK(document.error().message == "a comma or ] belongs here");
  CHECK_FALSE(document.parse("{\"a\":1"));
  CHECK(document.error().message == "the text ends too early");
}

TEST_CASE("questions to an absent or other value answer no") {
  JsonDocument document;
  CHECK_FALSE(document.root().exists());
  CHECK_FALSE(document.root().find("a").first().next().string().has_value());
  REQUIRE(document.parse("[1]"));
  CHECK_FALSE(document.root().find("a").exists());
  CHECK_FALSE(document.root().first().string().has_value());
  CHECK(document.root().first().next().raw().empty());
  CHECK_FALSE(document.parse("["));
  CHECK_FALSE(document.root().exists());
}

TEST_CASE("random bytes around valid JSON never read beyond it") {
  const std::string valid = "{\"a\":[1,-2.5e3,\"x\\u00e9\\\\\"],\"b\":{\"c\":null,\"d\":true}}";
  Random random(7);
  JsonDocument document;
  for (int round = 0; round < 20000; ++round) {
    std::string text = valid;
    for (uint32_t change = random.below(4) + 1; change > 0; --change) {
      const size_t at = random.below(static_cast<uint32_t>(text.size()));
      if (random.below(3) == 0) {
        text.erase(at, 1);
      } else {
        text[at] = static_cast<char>(random.below(256));
      }
    }
    // A copy of exactly that size, so that the sanitizer sees a read past its end.
    const std::string exact(text.data(), text.size());
    if (document.parse(exact)) {
      CHECK(document.root().raw().size() <= exact.size());
    } else {
      CHECK(document.error().offset <= exact.size());
    }
  }
}

TEST_CASE("what is written can be read again") {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object().key("s").string("a\"\\\n\xff").key("n").begin_array();
  writer.integer(-7).number(0.25).null().boolean(false).end_array().end_object();
  JsonDocument document;
  REQUIRE(document.parse(out));
  CHECK(document.root().find("s").string() == "a\"\\\n\xEF\xBF\xBD");
  CHECK(document.root().find("n").first().next().number() == 0.25);
}

TEST_CASE("numbers are written as printf's %.9g writes them") {
  Random random(7);
  std::string wanted;
  std::string out;
  JsonWriter writer(out);
  writer.begin_array();
  auto expect = [&](double value) {
    char text[32];
    std::snprintf(text, sizeof(text), "%.9g", value);
    wanted.append(wanted.empty() ? "[" : ",").append(text);
    writer.number(value);
  };
  for (double value : {0.0, -0.0, 0.1, -2.5, 1e-4, 9.9999e-5, 123456789.0, 999999999.6, 1e9, 1e22,
                       5e-324, 1.7976931348623157e308, 0.3333333333333333, 1e100, -1e-100}) {
    expect(value);
  }
  for (int i = 0; i < 20000; ++i) {
    const auto digits = static_cast<double>(random.next() >> 12);
    expect(std::ldexp(digits, static_cast<int>(random.next() % 140) - 120));
  }
  writer.end_array();
  CHECK(out == wanted + "]");
}

TEST_CASE("numbers of fifteen digits are read exactly, longer ones within a hair") {
  JsonDocument document;
  REQUIRE(
      document.parse("[1.5e-7, 123456.789012345, 9.999999999999999e22, 1.7976931348623157e308, "
                     "2.2250738585072014e-308, 0.1234567890123456789012345]"));
  JsonValue value = document.root().first();
  CHECK(value.number() == 1.5e-7);
  value = value.next();
  CHECK(value.number() == 123456.789012345);
  for (double wanted : {9.999999999999999e22, 1.7976931348623157e308, 2.2250738585072014e-308,
                        0.1234567890123456789012345}) {
    value = value.next();
    CHECK(std::abs(*value.number() / wanted - 1) < 1e-15);
  }
}

TEST_CASE("what JSON cannot say is written as null") {
  std::string out;
  JsonWriter writer(out);
  writer.begin_array().number(0.0 / 0.0).number(1e308 * 10).end_array();
  CHECK(out == "[null,null]");
}
