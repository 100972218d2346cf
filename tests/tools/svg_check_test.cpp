// SPDX-License-Identifier: MIT
#include "native/tools/svg_check.h"

#include <catch2/catch.hpp>

#include <string>

#include "engine/base/random.h"

using namespace vitrine;
using namespace vitrine::tools;

namespace {

using Code = SvgProblemCode;

std::string drawing(const std::string& body, const std::string& attributes = "") {
  return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 10 10\"" + attributes + ">" +
         body + "</svg>";
}

Code first(const std::string& text) {
  const std::vector<SvgProblem> problems = check_svg(text);
  INFO(text);
  REQUIRE_FALSE(problems.empty());
  CHECK_FALSE(problems[0].message.empty());
  CHECK_FALSE(problems[0].cure.empty());
  CHECK(problems[0].offset <= text.size());
  return problems[0].code;
}

}  // namespace

TEST_CASE("plain shapes, gradients, clips and groups are accepted") {
  const std::string text = drawing(
      "<!-- a note --><defs><linearGradient id='g'><stop offset='0' stop-color='#fff'/>"
      "</linearGradient><clipPath id=\"c\"><path d=\"M0 0H9\"/></clipPath></defs>\n"
      "<g id=\"a\" data-pivot=\"1 2\" clip-path=\"url(#c)\"><rect fill=\"url(#g)\"/>"
      "<path fill=\"currentColor\" stroke='none'/></g>");
  CHECK(check_svg(text).empty());
  CHECK(check_svg("<?xml version=\"1.0\"?>\n" + text + "\n").empty());
}

TEST_CASE("what runs, fetches, filters or writes words is refused by name") {
  CHECK(first(drawing("<script>alert(1)</script>")) == Code::ForbiddenElement);
  CHECK(first(drawing("<SCRIPT/>")) == Code::ForbiddenElement);
  CHECK(first(drawing("<image href='x.png'/>")) == Code::ForbiddenElement);
  CHECK(first(drawing("<use href='#a'/>")) == Code::ForbiddenElement);
  CHECK(first(drawing("<text>hi</text>")) == Code::ForbiddenElement);
  CHECK(first(drawing("<foreignObject/>")) == Code::ForbiddenElement);
  CHECK(first(drawing("<filter id='f'/>")) == Code::ForbiddenElement);
  CHECK(first(drawing("<style>*{}</style>")) == Code::ForbiddenElement);
  CHECK(first(drawing("<svg viewBox='0 0 1 1'/>")) == Code::ForbiddenElement);
  CHECK(first(drawing("<x:path/>")) == Code::ForbiddenElement);
  CHECK(first(drawing("words")) == Code::ForbiddenElement);
  CHECK(first(drawing("<path onclick='x'/>")) == Code::ForbiddenAttribute);
  CHECK(first(drawing("", " onload='x'")) == Code::ForbiddenAttribute);
  CHECK(first(drawing("<path style='fill:red'/>")) == Code::ForbiddenAttribute);
  CHECK(first(drawing("<linearGradient xlink:href='#a'/>")) == Code::ForbiddenAttribute);
}

TEST_CASE("a reference stays inside the drawing") {
  CHECK(first(drawing("<path fill='url(http://example.org/#a)'/>")) == Code::BadReference);
  CHECK(first(drawing("<path fill='url(#gone)'/>")) == Code::BadReference);
  CHECK(first(drawing("<path fill=' url(#a)'/>")) == Code::BadReference);
  CHECK(first(drawing("<path fill='url(#a) url(http://example.org)'/>")) == Code::BadReference);
  CHECK(first(drawing("<path transform='url(#a)'/>")) == Code::BadReference);
  CHECK(first(drawing("<path id='a'/><path id='a'/>")) == Code::DuplicateId);
}

TEST_CASE("markup that expands or hides something is refused") {
  CHECK(first("<!DOCTYPE svg [<!ENTITY a 'b'>]>" + drawing("")) == Code::ForbiddenMarkup);
  CHECK(first(drawing("<![CDATA[x]]>")) == Code::ForbiddenMarkup);
  CHECK(first(drawing("<?php x?>")) == Code::ForbiddenMarkup);
  CHECK(first(drawing("<path d='&a;'/>")) == Code::ForbiddenMarkup);
}

TEST_CASE("broken markup is refused, not guessed at") {
  for (const char* text : {"", " ", "<", "<svg", "<svg>", "<svg/", "</svg>", "<p/>", "words",
                           "<svg viewBox='0 0 1 1'></g>", "<svg viewBox='0 0 1 1'><g></svg>",
                           "<svg viewBox=0/>", "<svg viewBox='0 0 1 1/>", "<svg viewBox/>",
                           "<svg viewBox='0 0 1 1'/><svg viewBox='0 0 1 1'/>", "<!-- never closed",
                           "<svg viewBox='0 0 1 1'>\xff</svg>", "< svg/>"}) {
    INFO(text);
    const std::vector<SvgProblem> problems = check_svg(text);
    REQUIRE_FALSE(problems.empty());
  }
  CHECK(first("<svg xmlns='x'/>") == Code::MissingViewBox);
}

TEST_CASE("each limit of a drawing refuses one more") {
  CHECK(first(drawing(std::string(kMaxSvgBytes, ' '))) == Code::TooLarge);
  std::string nested;
  for (size_t i = 0; i < kMaxSvgDepth; ++i) nested += "<g>";
  CHECK(first(drawing(nested)) == Code::TooLarge);
  std::string many;
  for (size_t i = 0; i < kMaxSvgElements; ++i) many += "<path/>";
  CHECK(first(drawing(many)) == Code::TooLarge);
  CHECK(first(drawing("<path d='" + std::string(kMaxSvgAttribute + 1, '1') + "'/>")) ==
        Code::TooLarge);
  std::string wrong;
  for (int i = 0; i < 100; ++i) wrong += "<text/>";
  CHECK(check_svg(drawing(wrong)).size() == kMaxSvgProblems);
}

TEST_CASE("random bytes in a drawing never read beyond it") {
  const std::string valid =
      drawing("<g id=\"a\"><path d=\"M0 0\" fill=\"url(#a)\"/></g><!-- n -->");
  const std::string letters = "<>/=\"'!-?&#() \nabg\xff";
  Random random(11);
  for (int round = 0; round < 20000; ++round) {
    std::string text = valid;
    for (uint32_t change = random.below(5) + 1; change > 0; --change) {
      text[random.below(static_cast<uint32_t>(text.size()))] =
          letters[random.below(static_cast<uint32_t>(letters.size()))];
    }
    text.resize(random.below(static_cast<uint32_t>(text.size())) + 1);
    for (const SvgProblem& problem : check_svg(std::string(text.data(), text.size()))) {
      CHECK(problem.offset <= text.size());
    }
  }
}
