// SPDX-License-Identifier: MIT
#include "native/looks/look_rules.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/base/contrast.h"
#include "engine/base/utf8.h"

namespace vitrine::looks {
namespace {

constexpr float kFinger = 44;       // logical points
constexpr float kKioskFinger = 88;  // arm's length, and people in passing
constexpr float kKioskShortSide = 1080;
constexpr float kSlack = 0.5f;            // points: sums of floats
constexpr float kOverhang = 0.15f;        // of an em: what letters and turned lines may stick out
constexpr float kLeastRead = 0.6f;        // opacity: less is on its way in or out
constexpr float kLargestControl = 0.15f;  // of the screen's area: beyond, it is an area to drag in

constexpr const char* kShorten = "say it in fewer letters, or leave it out on this screen";

std::string quoted(std::string_view words) {
  constexpr size_t kMost = 60;
  if (words.size() <= kMost) return "\"" + std::string(words) + "\"";
  return "\"" + std::string(words.substr(0, whole_code_points(words, kMost))) + "…\"";
}

std::string number(double value, int digits) {
  char text[32];
  std::snprintf(text, sizeof(text), "%.*f", digits, value);
  return text;
}

Finding of_words(std::string code, const DrawnText& text, std::string what, float severity) {
  return {std::move(code), text.words, true, severity, quoted(text.words) + " " + std::move(what),
          kShorten};
}

// How far the letters reach out of what is left of the screen, scene units.
float overhang(const DrawnText& text) {
  const Rect box = letters(text);
  const Rect& clip = text.clip;
  const float out = std::max(
      {clip.x - box.x, clip.y - box.y, box.right() - clip.right(), box.bottom() - clip.bottom()});
  return out - kOverhang * text.size;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (static_cast<uint8_t>(c) >= 0xC3 && static_cast<uint8_t>(c) <= 0xCF);
}

// The first word of scripts with spaces that is wider than the line it must stand on; "" for none.
std::string_view broken_word(const DrawnText& text, gfx::Canvas& canvas) {
  const std::string_view words = text.words;
  if (text.max_width <= 0 || text.measure.lines < 2) return {};
  for (size_t begin = 0; begin < words.size(); ++begin) {
    size_t end = begin;
    while (end < words.size() && words[end] != ' ' && words[end] != '\n') ++end;
    const std::string_view word = words.substr(begin, end - begin);
    const bool latin = std::all_of(word.begin(), word.end(), [](char c) {
      return is_letter_or_digit(c) || (static_cast<uint8_t>(c) & 0xC0) == 0x80;
    });
    if (latin && canvas.measure_text(word, 0, text.style).width > text.max_width + kSlack) {
      return word;
    }
    begin = end;
  }
  return {};
}

// How deep the letters of two texts that are both to be read stand in one another, scene units; 0
// where only what may stick out does.
float crossing(const DrawnText& a, const DrawnText& b) {
  if (a.opacity < kLeastRead || b.opacity < kLeastRead) return 0;
  const Rect one = letters(a), other = letters(b);
  const float x = std::min(one.right(), other.right()) - std::max(one.x, other.x);
  const float y = std::min(one.bottom(), other.bottom()) - std::max(one.y, other.y);
  const float free = kOverhang * std::min(a.size, b.size);
  return x <= free || y <= 3 * free ? 0 : std::min(x, y);
}

// "wall.title": what Campaign::text gives back for a key it does not have.
bool looks_like_a_key(std::string_view words) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
  };
  const size_t dot = words.find('.');
  return dot != std::string_view::npos && dot > 0 && dot + 1 < words.size() && words[0] >= 'a' &&
         words[0] <= 'z' && std::all_of(words.begin(), words.end(), allowed);
}

bool says(const campaign::Campaign& campaign, std::string_view words) {
  for (const std::string& language : campaign.languages()) {
    for (const campaign::Product& product : campaign.products()) {
      if (campaign.product_name(product, language) == words) return true;
    }
  }
  return campaign.has_text(words);
}

void add_missing(std::string_view words, const campaign::Campaign& campaign,
                 std::vector<Finding>& found) {
  if (!looks_like_a_key(words) || says(campaign, words)) return;
  found.push_back({"missing_text", std::string(words), false, 1,
                   "this key is shown itself, because there are no words for it",
                   "add " + quoted(words) + " to texts, in every language"});
}

}  // namespace

std::vector<Finding> find_cut_texts(const std::vector<DrawnText>& texts, const ui::Metrics& metrics,
                                    gfx::Canvas& canvas) {
  std::vector<Finding> found;
  for (const DrawnText& text : texts) {
    if (text.measure.cut) {
      found.push_back(of_words("text_cut", text, "does not fit and ends with an ellipsis", 1000));
      continue;
    }
    const std::string_view broken = broken_word(text, canvas);
    if (!broken.empty()) {
      found.push_back(of_words("text_cut", text, "is broken inside " + quoted(broken), 500));
    }
    const float out = overhang(text) * metrics.scale;
    if (out > kSlack) {
      found.push_back(of_words("text_cut", text, "is cut by " + number(out, 0) + " points", out));
    }
  }
  return found;
}

std::vector<Finding> find_crossed_texts(const std::vector<DrawnText>& texts, size_t first,
                                        const ui::Metrics& metrics) {
  std::vector<Finding> found;
  for (size_t i = first; i < texts.size(); ++i) {
    for (size_t j = i + 1; j < texts.size(); ++j) {
      const float depth = crossing(texts[i], texts[j]) * metrics.scale;
      if (depth <= kSlack) continue;
      const bool first_is_shorter = texts[i].words.size() <= texts[j].words.size();
      const DrawnText& text = first_is_shorter ? texts[i] : texts[j];
      const DrawnText& other = first_is_shorter ? texts[j] : texts[i];
      const std::string what = "stands in " + quoted(other.words) + " by ";
      found.push_back(of_words("text_crossed", text, what + number(depth, 0) + " points", depth));
    }
  }
  return found;
}

std::vector<Finding> find_missing_texts(const std::vector<DrawnText>& texts,
                                        const ui::SemanticTree& tree,
                                        const campaign::Campaign& campaign) {
  std::vector<Finding> found;
  for (const DrawnText& text : texts) add_missing(text.words, campaign, found);
  for (size_t i = 0; i < tree.size(); ++i) add_missing(tree[i].label, campaign, found);
  return found;
}

std::vector<Finding> find_small_targets(const ui::SemanticTree& tree, const ui::Metrics& metrics) {
  const float scale = metrics.scale;
  const float short_side = std::min(metrics.size.width, metrics.size.height) * scale;
  const float least = short_side >= kKioskShortSide ? kKioskFinger : kFinger;
  std::vector<Finding> found;
  for (size_t i = 0; i < tree.size(); ++i) {
    const ui::SemanticNode& node = tree[i];
    const float width = node.bounds.width * scale, height = node.bounds.height * scale;
    const float smaller = std::min(width, height);
    if (!node.can_focus() || smaller >= least - kSlack) continue;
    found.push_back({"small_target", node.name, false, least / std::max(smaller, 1.0f),
                     quoted(node.name) + " answers on " + number(width, 0) + " x " +
                         number(height, 0) + " points; a finger needs " + number(least, 0),
                     "give the scene fewer things side by side, or a larger screen"});
  }
  return found;
}

Finding low_text_contrast(const DrawnText& text, double contrast) {
  Finding finding =
      of_words("low_contrast", text,
               "has " + number(contrast, 2) + ":1 to what lies under it; people need " +
                   number(kLeastTextContrast, 1) + ":1",
               static_cast<float>(1 / contrast));
  finding.cure = "make its colour or the cloth's under it darker or lighter in the theme";
  return finding;
}

Finding low_shape_contrast(const ui::SemanticNode& node, double contrast) {
  return {"low_contrast",
          node.name,
          false,
          static_cast<float>(1 / contrast),
          quoted(node.name) + " has " + number(contrast, 2) +
              ":1 to what is around it; people need " + number(kLeastControlContrast, 0) + ":1",
          "make its colour or what is around it darker or lighter in the theme"};
}

std::vector<const ui::SemanticNode*> wordless_controls(const ui::SemanticTree& tree,
                                                       const std::vector<DrawnText>& texts,
                                                       const ui::Metrics& metrics) {
  std::vector<const ui::SemanticNode*> found;
  const float screen = metrics.size.width * metrics.size.height;
  for (size_t i = 0; i < tree.size(); ++i) {
    const ui::SemanticNode& node = tree[i];
    if (!node.can_focus() || node.bounds.width * node.bounds.height > kLargestControl * screen) {
      continue;
    }
    const bool has_words = std::any_of(texts.begin(), texts.end(), [&](const DrawnText& text) {
      return node.bounds.contains(text.bounds.center());
    });
    if (!has_words) found.push_back(&node);
  }
  return found;
}

}  // namespace vitrine::looks
