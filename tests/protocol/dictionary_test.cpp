// SPDX-License-Identifier: MIT
#include "engine/protocol/dictionary.h"

#include <catch2/catch.hpp>
#include <string>

#include "engine/protocol/interaction.h"

using namespace vitrine;
using namespace vitrine::protocol;

TEST_CASE("no property of any interaction is personal") {
  for (const TypeInfo& type : dictionary()) {
    for (const PropertyInfo& property : type.properties) {
      INFO(type.name << "." << property.name);
      CHECK_FALSE(property.personal);
    }
  }
}

TEST_CASE("every property is bounded, so none can hold free text") {
  for (const TypeInfo& type : dictionary()) {
    for (const PropertyInfo& property : type.properties) {
      INFO(type.name << "." << property.name);
      switch (property.kind) {
        case PropertyKind::Integer:
        case PropertyKind::Number:
          CHECK(property.min <= property.max);
          break;
        case PropertyKind::Enumerated:
          CHECK_FALSE(property.values.empty());
          break;
        case PropertyKind::Identifier:
          CHECK(property.max_length >= 1);
          CHECK(property.max_length <= 64);
          break;
        case PropertyKind::Boolean:
          break;
      }
    }
  }
}

TEST_CASE("types are found by name and by id") {
  REQUIRE(dictionary().size() == kTypeCount);
  for (const TypeInfo& type : dictionary()) {
    CHECK(find_type(type.name) == &type);
    CHECK(&type_info(type.id) == &type);
  }
  CHECK(find_type("") == nullptr);
  CHECK(find_type("no_such_type") == nullptr);
  CHECK(find_type("card_selecte") == nullptr);
  CHECK(find_type("card_selected ") == nullptr);
}

TEST_CASE("a typed constructor writes its properties and leaves out absent ones") {
  std::string out;
  JsonWriter writer(out);
  writer.begin_object();
  interactions::CardSelected{.product_id = "p3", .position = 2}.append_properties(writer);
  writer.end_object();
  CHECK(out == R"({"product_id":"p3","position":2})");

  std::string button;
  JsonWriter second(button);
  second.begin_object();
  interactions::ButtonActivated{.button = "start"}.append_properties(second);
  second.end_object();
  CHECK(button == R"({"button":"start"})");
}

TEST_CASE("an identifier is short and plain") {
  CHECK(is_identifier("lip-popup_01.a:b", 64));
  CHECK_FALSE(is_identifier("", 64));
  CHECK_FALSE(is_identifier("abc", 2));
  CHECK_FALSE(is_identifier("a b", 64));
  CHECK_FALSE(is_identifier("a\"b", 64));
  CHECK_FALSE(is_identifier("\xE5\x8F\xA3", 64));
  CHECK_FALSE(is_identifier(std::string_view("a\0b", 3), 64));
}

TEST_CASE("the row hash depends on every part of a row") {
  Interaction row;
  row.type = TypeId::CardSelected;
  row.time_ms = 1000;
  row.context.campaign = "lip-popup";
  row.data = R"({"product_id":"p3","position":2})";
  const uint64_t hash = row_hash(row);
  CHECK(hash == row_hash(row));
  const auto changed = [&](auto change) {
    Interaction other = row;
    change(other);
    return row_hash(other) != hash;
  };
  CHECK(changed([](Interaction& r) { r.context.session.bytes[3] = 1; }));
  CHECK(changed([](Interaction& r) { r.context.campaign = "lip-popuq"; }));
  CHECK(changed([](Interaction& r) { r.context.brand = "b"; }));
  CHECK(changed([](Interaction& r) { r.context.scene = "b"; }));
  CHECK(changed([](Interaction& r) { r.context.mode = Mode::Test; }));
  CHECK(changed([](Interaction& r) { r.type = TypeId::ProductLeft; }));
  CHECK(changed([](Interaction& r) { r.time_ms = 1001; }));
  CHECK(changed([](Interaction& r) { r.data = "{}"; }));
  // The place of a value matters, not only its bytes.
  CHECK(changed([](Interaction& r) { std::swap(r.context.campaign, r.context.brand); }));
}
