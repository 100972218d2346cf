// SPDX-License-Identifier: MIT
#include "engine/gfx/text_layout.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <vector>

using namespace vitrine::gfx;

namespace {

// ASCII is 5 wide, "1" and "." 3, everything else 10; A and V come 2 closer.
class TestMeter final : public FontMeter {
 public:
  float advance(std::string_view cluster) override {
    if (cluster == "1" || cluster == ".") return 3;
    return cluster.size() == 1 ? 5 : 10;
  }
  float kerning(std::string_view left, std::string_view right) override {
    return left == "A" && right == "V" ? -2 : 0;
  }
};

TextLayout laid_out(std::string_view text, LayoutRules rules) {
  TestMeter meter;
  TextLayout out;
  lay_out(text, rules, meter, out);
  return out;
}

std::vector<std::string> lines(const TextLayout& layout) {
  std::vector<std::string> out;
  for (const LayoutLine& line : layout.lines) {
    std::string text;
    for (uint32_t i = 0; i < line.count; ++i) {
      text += layout.cluster_text(layout.clusters[line.first + i]);
    }
    out.push_back(text);
  }
  return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("Chinese fills lines and carries a character along with its stop") {
  CHECK(lines(laid_out("试色选色领取", {30})) == Lines{"试色选", "色领取"});
  CHECK(lines(laid_out("试色选，领取", {30})) == Lines{"试色", "选，领", "取"});
}

TEST_CASE("an opening bracket moves to the next line with what it opens") {
  CHECK(lines(laid_out("试色（选）", {30})) == Lines{"试色", "（选）"});
}

TEST_CASE("Latin words stay whole and swallow the space at the end of a line") {
  const TextLayout layout = laid_out("one two three", {36});
  CHECK(lines(layout) == Lines{"one two", "three"});
  CHECK(layout.width == 35);
}

TEST_CASE("a word wider than the line is broken rather than lost") {
  CHECK(lines(laid_out("abcdefgh", {20})) == Lines{"abcd", "efgh"});
  CHECK(lines(laid_out("元", {3})) == Lines{"元"});
}

TEST_CASE("without a width lines end only at newlines") {
  CHECK(lines(laid_out("one two\nthree\n\n四", {})) == Lines{"one two", "three", "", "四"});
  CHECK(lines(laid_out("a\n", {})) == Lines{"a", ""});
  CHECK(lines(laid_out("", {})).empty());
}

TEST_CASE("a text with too many lines ends in an ellipsis that fits") {
  const TextLayout layout = laid_out("试色选色领取", {.max_width = 30, .max_lines = 1});
  CHECK(lines(layout) == Lines{"试色…"});
  CHECK(layout.cut);
  CHECK(layout.width <= 30);
}

TEST_CASE("after a Latin letter three dots on the base line stand for the ellipsis") {
  const TextLayout layout = laid_out("abc def ghi", {.max_width = 36, .max_lines = 1});
  CHECK(lines(layout) == Lines{"abc d..."});
  CHECK(layout.width <= 36);
}

TEST_CASE("a text that just fits its lines is not cut") {
  const TextLayout layout = laid_out("试色选色领取", {.max_width = 30, .max_lines = 2});
  CHECK(lines(layout) == Lines{"试色选", "色领取"});
  CHECK_FALSE(layout.cut);
}

TEST_CASE("trailing spaces are no reason for an ellipsis") {
  CHECK_FALSE(laid_out("abc   ", {.max_width = 15, .max_lines = 1}).cut);
}

TEST_CASE("a newline beyond the last line is a cut even where there is room") {
  const TextLayout layout = laid_out("a\nb", {.max_width = 100, .max_lines = 1});
  CHECK(lines(layout) == Lines{"a..."});
}

TEST_CASE("an ellipsis that is wider than the line stands alone") {
  CHECK(lines(laid_out("abc def", {.max_width = 4, .max_lines = 1})) == Lines{"…"});
}

TEST_CASE("tabular digits take equal room and stand in its middle") {
  const TextLayout layout = laid_out("12", {.tabular = true});
  CHECK(layout.width == 10);
  CHECK(layout.clusters[0].x == 1);
  CHECK(layout.clusters[1].x == 5);
  CHECK(laid_out("12", {}).width == 8);
}

TEST_CASE("kerning pulls the second letter in") {
  const TextLayout layout = laid_out("AV", {});
  CHECK(layout.clusters[1].x == 3);
  CHECK(layout.width == 8);
}

TEST_CASE("any bytes are laid out without end or fault") {
  std::string bytes;
  for (int i = 0; i < 4096; ++i) bytes += static_cast<char>((i * 131 + i / 7) & 0xFF);
  const TextLayout layout = laid_out(bytes, {.max_width = 40, .max_lines = 200});
  CHECK(layout.lines.size() == 200);
  for (const LayoutLine& line : layout.lines) CHECK(line.width <= 40.02f);
}

TEST_CASE("at no width a line begins or ends with a mark that must not, or a word is torn") {
  const std::string text =
      "试色、选色（八种红）到柜台领取。中英文 mixed scripts 混排时，“标点”不会落在行首；"
      "good word 保持完整！3.5 g 与 168 元……《样品》——完。";
  for (float width = 60; width < 400; width += 1) {
    const Lines found = lines(laid_out(text, {width}));
    for (const std::string& line : found) {
      INFO(width << ": " << line);
      for (const char* mark : {"、", "）", "。", "，", "”", "；", "！", "》", "—", "…"}) {
        REQUIRE_FALSE(line.starts_with(mark));
      }
      for (const char* mark : {"（", "“", "《"}) REQUIRE_FALSE(line.ends_with(mark));
    }
    for (const char* word : {"mixed", "scripts", "good", "word", "3.5", "168"}) {
      const auto holds = [&](const std::string& line) { return line.find(word) != line.npos; };
      REQUIRE(std::any_of(found.begin(), found.end(), holds));
    }
  }
}
