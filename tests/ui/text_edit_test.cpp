// SPDX-License-Identifier: MIT
#include "engine/ui/text_edit.h"

#include <catch2/catch.hpp>

#include "engine/base/utf8.h"

using namespace vitrine;
using namespace vitrine::ui;

TEST_CASE("text is written at the caret") {
  TextEdit edit(20);
  CHECK(edit.insert("ab"));
  CHECK(edit.move(-1));
  CHECK(edit.insert("口红"));
  CHECK(edit.text() == "a口红b");
  CHECK(edit.length() == 4);
  CHECK(edit.caret() == 7);
}

TEST_CASE("a whole code point is erased, whatever its bytes") {
  TextEdit edit(20);
  edit.set_text("é口😀");
  CHECK(edit.erase_before());
  CHECK(edit.text() == "é口");
  edit.set_caret(0);
  CHECK(edit.erase_behind());
  CHECK(edit.text() == "口");
  CHECK_FALSE(edit.erase_before());
  edit.move(+9);
  CHECK_FALSE(edit.erase_behind());
}

TEST_CASE("the limit counts code points and what fits is kept") {
  TextEdit edit(3);
  CHECK_FALSE(edit.insert("口红口红"));
  CHECK(edit.text() == "口红口");
  CHECK_FALSE(edit.insert("x"));
  edit.erase_before();
  CHECK(edit.insert("x"));
  TextEdit none(0);
  CHECK_FALSE(none.insert("a"));
  CHECK(none.text().empty());
}

TEST_CASE("what is no line of text is left out") {
  TextEdit edit(50);
  CHECK_FALSE(edit.insert("a\nb\tc\x7f"));
  CHECK(edit.text() == "abc");
  CHECK_FALSE(
      edit.insert("\xe2\x80\xae"
                  "d"));  // turns the writing direction
  CHECK_FALSE(
      edit.insert("\xff\xc0\xaf"
                  "e"));                 // no UTF-8
  CHECK_FALSE(edit.insert("\xe5\x8f"));  // half a character
  CHECK_FALSE(edit.insert(std::string_view("\0f", 2)));
  CHECK(edit.text() == "abcdef");
  CHECK(edit.length() == 6);
}

TEST_CASE("the caret stands between code points wherever it is put") {
  TextEdit edit(20);
  edit.set_text("口a红");
  for (size_t bytes = 0; bytes < 12; ++bytes) {
    edit.set_caret(bytes);
    CHECK(is_valid_utf8(edit.text().substr(0, edit.caret())));
    CHECK(edit.caret() <= edit.text().size());
  }
  CHECK_FALSE(edit.move(+1));
  CHECK(edit.move(-2));
  CHECK(edit.caret() == 3);
  CHECK(edit.move(-100));
  CHECK_FALSE(edit.move(-1));
}

TEST_CASE("a thousand hasty edits never leave half a character") {
  TextEdit edit(12);
  uint32_t random = 7;
  const std::string_view pieces[] = {"a", "é", "口", "😀", "xyz", "\xf0\x9f", "\n"};
  for (int i = 0; i < 1000; ++i) {
    random = random * 1664525u + 1013904223u;
    switch ((random >> 16) % 5) {
      case 0:
        edit.insert(pieces[(random >> 20) % 7]);
        break;
      case 1:
        edit.erase_before();
        break;
      case 2:
        edit.erase_behind();
        break;
      case 3:
        edit.move(static_cast<int>((random >> 20) % 7) - 3);
        break;
      default:
        edit.set_caret((random >> 20) % 40);
        break;
    }
    size_t counted = 0;
    for (size_t at = 0; at < edit.text().size(); ++counted) next_code_point(edit.text(), at);
    REQUIRE(is_valid_utf8(edit.text()));
    REQUIRE(counted == edit.length());
    REQUIRE(edit.length() <= 12);
  }
}

TEST_CASE("what was cleared is not left behind in memory") {
  TextEdit edit(20);
  edit.set_text("4711-secret");
  const char* bytes = edit.text().data();
  edit.clear();
  for (size_t i = 0; i < 11; ++i) CHECK(bytes[i] == 0);
  CHECK(edit.insert("again"));
  CHECK(edit.text().data() == bytes);  // and no memory was taken
}
