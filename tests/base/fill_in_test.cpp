// SPDX-License-Identifier: MIT
#include "engine/base/fill_in.h"

#include <catch2/catch.hpp>

using namespace vitrine;

namespace {

std::string filled(std::string text, std::string_view with) {
  fill_in(text, "{price}", with);
  return text;
}

}  // namespace

TEST_CASE("every place with the mark is filled, however long what is put there") {
  CHECK(filled("only {price}, {price}!", "29") == "only 29, 29!");
  CHECK(filled("{price}{price}", "1,299.00 元") == "1,299.00 元1,299.00 元");
  CHECK(filled("{price}", "") == "");
}

TEST_CASE("what is not the mark stays, and what was put in is not filled again") {
  CHECK(filled("", "29") == "");
  CHECK(filled("{pric} price} {offer}", "29") == "{pric} price} {offer}");
  CHECK(filled("{{price}", "29") == "{29");
  CHECK(filled("{price}!", "{price}") == "{price}!");
}
