// SPDX-License-Identifier: MIT
#include "engine/gfx/text_breaks.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace vitrine::gfx;

namespace {

std::vector<std::string> clusters(std::string_view text) {
  std::vector<std::string> out;
  size_t position = 0;
  while (position < text.size()) out.emplace_back(next_cluster(text, position));
  return out;
}

bool breaks(std::string_view left, std::string_view right) {
  return may_break(break_class(left), break_class(right));
}

}  // namespace

TEST_CASE("a cluster keeps its marks, joiners and modifiers") {
  CHECK(clusters("e\u0301a") == std::vector<std::string>{"e\u0301", "a"});
  CHECK(clusters("👩‍👧x").size() == 2);
  CHECK(clusters("👍🏽").size() == 1);
  CHECK(clusters("❤️元") == std::vector<std::string>{"❤️", "元"});
  CHECK(clusters("\r\nx") == std::vector<std::string>{"\r\n", "x"});
}

TEST_CASE("flags are pairs, not chains") {
  CHECK(clusters("🇨🇳🇫🇷").size() == 2);
  CHECK(clusters("🇨🇳a").size() == 2);
}

TEST_CASE("bytes that are no UTF-8 are clusters of one byte and end") {
  CHECK(clusters("a\xFF\xC3").size() == 3);
  CHECK(clusters("\xE4\xB8").size() == 2);
}

TEST_CASE("Chinese breaks between any two characters") {
  CHECK(breaks("试", "色"));
  CHECK(breaks("元", "a"));
  CHECK(breaks("8", "元"));
}

TEST_CASE("closing punctuation never begins a line") {
  for (const char* mark : {"，", "。", "！", "？", "、", "；", "：", "）", "》", "」",
                           "”",  "％", "!",  ")",  "%",  "℃",  "…",  "—",  "ー", "ッ"}) {
    INFO(mark);
    CHECK_FALSE(breaks("元", mark));
  }
}

TEST_CASE("opening punctuation never ends a line") {
  for (const char* mark : {"（", "《", "「", "“", "【", "￥", "("}) {
    INFO(mark);
    CHECK_FALSE(breaks(mark, "元"));
    CHECK(breaks("元", mark));
  }
}

TEST_CASE("a dash or ellipsis of two characters is not torn") {
  CHECK_FALSE(breaks("—", "—"));
  CHECK_FALSE(breaks("…", "…"));
  CHECK(breaks("—", "元"));
}

TEST_CASE("Latin breaks at spaces and hyphens only") {
  CHECK_FALSE(breaks("a", "b"));
  CHECK_FALSE(breaks("3", "."));
  CHECK_FALSE(breaks(".", "5"));
  CHECK_FALSE(breaks("a", " "));
  CHECK(breaks(" ", "b"));
  CHECK(breaks("-", "b"));
  CHECK_FALSE(breaks("a", "-"));
}

TEST_CASE("no-break spaces and word joiners glue both sides") {
  CHECK_FALSE(breaks("\u00A0", "元"));
  CHECK_FALSE(breaks("元", "\u00A0"));
  CHECK_FALSE(breaks("元", "\u2060"));
  CHECK(breaks("a", "\u200B"));
}
