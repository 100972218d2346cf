// SPDX-License-Identifier: MIT
#include "engine/base/json/json.h"

#include <catch2/catch.hpp>

#include "engine/base/json/json_writer.h"

using namespace vitrine;

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
  CHECK(document.position(document.root().find("b").offset()).line == 2);
}

TEST_CASE("hostile JSON is refused with the reason and the place") {
  JsonDocument document;
  auto refused = [&](std::string_view text) {
    CHECK_FALSE(document.parse(text));
    CHECK_FALSE(document.root().exists());
    return document.error().code;
  };
  using Code = JsonError::Code;
  CHECK(refused("") == Code::Syntax);
  CHECK(refused("{\"a\":1,\"a\":2}") == Code::DuplicateKey);
  CHECK(refused("9007199254740993") == Code::IntegerRange);
  CHECK(refused("1e400") == Code::NumberRange);
  CHECK(refused("NaN") == Code::Syntax);
  CHECK(refused("\"\\u0000\"") == Code::NulInString);
  CHECK(refused("\"\\ud800\"") == Code::Syntax);
  CHECK(refused("\"\xff\"") == Code::Syntax);
  CHECK(refused(std::string(10000, '[')) == Code::TooDeep);
  CHECK(refused("1 2") == Code::Syntax);
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
