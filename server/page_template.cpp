// SPDX-License-Identifier: MIT
#include "server/page_template.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <vector>

namespace vitrine {

namespace {

using campaign::Campaign;

// Words in every language, and in the one the page starts with.
struct Words {
  std::string shown;
  std::string attributes;  // data-en="…" data-zh="…", for the page to choose from
};

using WordsIn = std::function<std::string_view(std::string_view language)>;

Words words_of(const Campaign& campaign, const WordsIn& in) {
  std::vector<std::string> languages(campaign.languages().begin(), campaign.languages().end());
  std::sort(languages.begin(), languages.end());
  Words words;
  words.shown = escape_html(in(campaign.default_language()));
  for (const std::string& language : languages) {
    words.attributes += " data-" + language + "=\"" + escape_html(in(language)) + '"';
  }
  return words;
}

Words text_of(const Campaign& campaign, std::string_view key) {
  if (!campaign.has_text(key)) return {};
  return words_of(campaign,
                  [&](std::string_view language) { return campaign.text(key, language); });
}

int byte_of(float channel) {
  return static_cast<int>(std::lround(channel * 255));
}

std::string color_of(const Campaign& campaign, std::string_view token, uint32_t fallback) {
  const Color color = campaign.color(token, Color::rgb(fallback));
  char text[8];
  std::snprintf(text, sizeof text, "#%02x%02x%02x", byte_of(color.r) & 255, byte_of(color.g) & 255,
                byte_of(color.b) & 255);
  return text;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#x27;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string page_background(const Campaign& campaign) {
  return color_of(campaign, "paper", 0xFFFDFA);
}

PageMarks page_marks(const Campaign& campaign) {
  const Words brand =
      words_of(campaign, [&](std::string_view language) { return campaign.brand(language); });
  const Words offer = text_of(campaign, "page.offer");
  Words title = text_of(campaign, "page.title");
  if (title.shown.empty()) title = brand;
  if (title.shown.empty()) title.shown = "Vitrine";
  return {
      {"campaign", escape_html(campaign.id())},
      {"lang", escape_html(campaign.default_language())},
      {"title", title.shown},
      {"title_data", title.attributes},
      {"offer", offer.shown},
      {"offer_data", offer.attributes},
      {"brand", brand.shown},
      {"brand_data", brand.attributes},
      {"background", page_background(campaign)},
      {"ink", color_of(campaign, "ink", 0x241014)},
      {"accent", color_of(campaign, "redInk", 0xC4122F)},
      {"glow", color_of(campaign, "blushChip", 0xF9DDD6)},
  };
}

std::string fill_page(std::string_view page_template, const PageMarks& marks) {
  std::string out;
  out.reserve(page_template.size() + 1024);
  size_t at = 0;
  for (;;) {
    const size_t begin = page_template.find("{{", at);
    const size_t end = begin == std::string_view::npos ? begin : page_template.find("}}", begin);
    if (end == std::string_view::npos) return out.append(page_template.substr(at));
    const auto mark = marks.find(page_template.substr(begin + 2, end - begin - 2));
    // An opening that is no mark's may stand right before one that is.
    const size_t taken = mark == marks.end() ? begin + 1 : begin;
    out.append(page_template.substr(at, taken - at));
    if (mark != marks.end()) out.append(mark->second);
    at = mark == marks.end() ? taken : end + 2;
  }
}

}  // namespace vitrine
