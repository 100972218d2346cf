// SPDX-License-Identifier: MIT
#include <algorithm>

#include "engine/base/contrast.h"
#include "engine/campaign/checker_internal.h"

namespace vitrine::campaign {
namespace {

std::vector<std::string_view> color_names(const Theme& theme) {
  std::vector<std::string_view> names;
  for (const NamedColor& entry : theme.colors) names.push_back(entry.name);
  return names;
}

// Walks a map whose keys the campaign chooses; `read` gets each entry whose key is an identifier.
template <typename Read>
void each_named(Checker& checker, JsonValue map, size_t most, std::string_view what, Read read) {
  if (!map.exists() || !checker.count(map, most, what)) return;
  for (JsonValue entry = map.first(); entry.exists(); entry = entry.next()) {
    if (!checker.key_name(entry)) continue;
    const Checker::Step step(checker, entry.key());
    read(entry);
  }
}

void check_colors(Checker& checker, JsonValue map, Theme& theme) {
  each_named(checker, map, kMaxColors, "colours", [&](JsonValue entry) {
    const std::optional<Color> color = checker.hex_color(entry);
    // Kept even when it is wrong, so that what refers to it is not a second problem.
    theme.colors.push_back({std::string(entry.key()), color.value_or(Color{})});
  });
}

// Between `least` and `most` colours, else told and empty.
std::vector<Color> read_colors(Checker& checker, JsonValue list, const Theme& theme, size_t least,
                               size_t most) {
  std::vector<Color> colors;
  if (!list.exists() || !checker.expect(list, KeyKind::Array)) return colors;
  if (list.size() < least || list.size() > most) {
    checker.error(ProblemCode::OutOfRange, list, [&] {
      const std::string wanted = least == most
                                     ? "exactly " + std::to_string(least)
                                     : std::to_string(least) + " to " + std::to_string(most);
      return Words{"must hold " + wanted + " colours (found " + std::to_string(list.size()) + ")",
                   "give " + wanted};
    });
    return colors;
  }
  size_t index = 0;
  for (JsonValue item = list.first(); item.exists(); item = item.next()) {
    const Checker::Step step(checker, index++);
    colors.push_back(read_color(checker, item, theme).value_or(Color{}));
  }
  return colors;
}

void check_silk(Checker& checker, JsonValue value, Theme& theme) {
  const ObjectRule& rule = object_rule("silk");
  if (!value.exists() || !checker.object(value, rule)) return;
  {
    const Checker::Step step(checker, "angle");
    checker.number(checker.member(value, rule, "angle"), -3.15, 3.15, theme.silk_angle);
  }
  {
    const Checker::Step step(checker, "scale");
    checker.number(checker.member(value, rule, "scale"), 0.1, 10, theme.silk_scale);
  }
  const Checker::Step step(checker, "ramps");
  each_named(checker, checker.member(value, rule, "ramps"), kMaxStyles, "silk ramps",
             [&](JsonValue entry) {
               std::vector<Color> colors = read_colors(checker, entry, theme, 4, 4);
               colors.resize(4);
               theme.silk.push_back(
                   {std::string(entry.key()), colors[0], colors[1], colors[2], colors[3]});
             });
}

void check_ramps(Checker& checker, JsonValue map, Theme& theme) {
  each_named(checker, map, kMaxStyles, "ramps", [&](JsonValue entry) {
    theme.ramps.push_back(
        {std::string(entry.key()), read_colors(checker, entry, theme, kMinStops, kMaxStops)});
  });
}

void check_contrast(Checker& checker, JsonValue value, const ButtonStyle& style) {
  if (!kTellsWords) return;
  double least = contrast_ratio(style.text, style.top);
  for (Color stop : {style.middle, style.bottom})
    least = std::min(least, contrast_ratio(style.text, stop));
  if (least >= kLeastTextContrast) return;
  checker.warning(ProblemCode::LowContrast, value, [&] {
    const std::string found = std::to_string(least).substr(0, 4);
    return Words{"the words have " + found + ":1 to the button; people need at least 4.5:1",
                 "choose lighter or darker words"};
  });
}

void check_button(Checker& checker, JsonValue entry, Theme& theme) {
  const ObjectRule& rule = object_rule("button");
  if (!checker.object(entry, rule)) return;
  ButtonStyle style;
  style.name = entry.key();
  bool gradient_read = false;
  {
    const Checker::Step step(checker, "gradient");
    std::vector<Color> colors =
        read_colors(checker, checker.member(entry, rule, "gradient"), theme, 3, 3);
    gradient_read = colors.size() == 3;
    colors.resize(3);
    style.top = colors[0];
    style.middle = colors[1];
    style.bottom = colors[2];
  }
  {
    const Checker::Step step(checker, "middle_at");
    checker.number(checker.member(entry, rule, "middle_at"), 0, 1, style.middle_at);
  }
  const Checker::Step step(checker, "text");
  const JsonValue text = checker.member(entry, rule, "text");
  if (const std::optional<Color> color = read_color(checker, text, theme)) {
    style.text = *color;
    if (gradient_read) check_contrast(checker, text, style);
  }
  theme.buttons.push_back(std::move(style));
}

void check_shadow(Checker& checker, JsonValue entry, Theme& theme) {
  const ObjectRule& rule = object_rule("shadow");
  if (!checker.object(entry, rule)) return;
  ShadowStyle style;
  style.name = entry.key();
  auto number = [&](std::string_view key, double low, double high, float& out) {
    const Checker::Step step(checker, key);
    checker.number(checker.member(entry, rule, key), low, high, out);
  };
  number("x", -200, 200, style.offset.x);
  number("y", -200, 200, style.offset.y);
  number("blur", 0, 400, style.blur);
  number("spread", -200, 200, style.spread);
  const Checker::Step step(checker, "color");
  style.color = read_color(checker, checker.member(entry, rule, "color"), theme).value_or(Color{});
  theme.shadows.push_back(std::move(style));
}

// A float of an object with its limits.
struct NumberKey {
  std::string_view key;
  double low, high;
  float* out;
};

void read_numbers(Checker& checker, JsonValue value, const ObjectRule& rule,
                  std::initializer_list<NumberKey> keys) {
  for (const NumberKey& entry : keys) {
    const Checker::Step step(checker, entry.key);
    checker.number(checker.member(value, rule, entry.key), entry.low, entry.high, *entry.out);
  }
}

void check_type_scale(Checker& checker, JsonValue list, SizeClass& sizes) {
  if (!list.exists()) return;
  if (list.size() != sizes.type.size()) {
    checker.error(ProblemCode::OutOfRange, list, [&] {
      return Words{
          "must hold 6 sizes, small print to hero (found " + std::to_string(list.size()) + ")",
          "give 6"};
    });
    return;
  }
  size_t index = 0;
  for (JsonValue item = list.first(); item.exists(); item = item.next()) {
    const Checker::Step step(checker, index);
    checker.number(item, 8, 400, sizes.type[index++]);
  }
}

void check_size_class(Checker& checker, JsonValue value, SizeClass& sizes) {
  const ObjectRule& rule = object_rule("size_class");
  if (!value.exists() || !checker.object(value, rule)) return;
  {
    const Checker::Step step(checker, "type");
    check_type_scale(checker, checker.member(value, rule, "type"), sizes);
  }
  read_numbers(checker, value, rule,
               {{"grid", 1, 64, &sizes.grid},
                {"margin", 0, 200, &sizes.margin},
                {"target", 44, 200, &sizes.target}});
  const Checker::Step step(checker, "radius");
  const ObjectRule& radius = object_rule("radius");
  const JsonValue radii = checker.member(value, rule, "radius");
  if (!radii.exists() || !checker.object(radii, radius)) return;
  read_numbers(checker, radii, radius,
               {{"chip", 0, 400, &sizes.radius_chip},
                {"card", 0, 400, &sizes.radius_card},
                {"panel", 0, 400, &sizes.radius_panel},
                {"sheet", 0, 400, &sizes.radius_sheet}});
}

void check_type(Checker& checker, JsonValue value, TypeStyle& type) {
  const ObjectRule& rule = object_rule("type");
  if (!value.exists() || !checker.object(value, rule)) return;
  read_numbers(
      checker, value, rule,
      {{"display_line", 0.8, 3, &type.display_line}, {"text_line", 0.8, 3, &type.text_line}});
}

void check_motion(Checker& checker, JsonValue value, Motion& motion) {
  const ObjectRule& rule = object_rule("motion");
  if (!value.exists() || !checker.object(value, rule)) return;
  read_numbers(checker, value, rule,
               {{"press", 0.5, 1, &motion.press},
                {"out", 0, 5, &motion.out},
                {"in_out", 0, 5, &motion.in_out},
                {"emphasised", 0, 5, &motion.emphasised},
                {"stagger", 0, 1, &motion.stagger},
                {"settle_response", 0.05, 5, &motion.settle_response},
                {"settle_damping", 0.1, 2, &motion.settle_damping}});
}

}  // namespace

std::optional<Color> read_color(Checker& checker, JsonValue value, const Theme& theme) {
  if (!value.exists() || !checker.expect(value, KeyKind::String)) return std::nullopt;
  const std::string_view text = *value.string();
  if (text.starts_with('#') || !is_name(text)) return checker.hex_color(value);
  for (const NamedColor& entry : theme.colors) {
    if (entry.name == text) return entry.color;
  }
  checker.error(ProblemCode::UnknownColor, value, [&] {
    return Words{"no colour " + quoted(text) + " in theme.colors",
                 suggest(text, color_names(theme), "add it there, or write #RRGGBB")};
  });
  return std::nullopt;
}

void check_background(Checker& checker, JsonValue value) {
  const std::string_view word = *value.string();
  if (std::find(std::begin(kBackgrounds), std::end(kBackgrounds), word) != std::end(kBackgrounds)) {
    return;
  }
  checker.error(ProblemCode::UnknownBackground, value, [&] {
    std::string all;
    for (const std::string_view name : kBackgrounds) {
      all += all.empty() ? "" : ", ";
      all += name;
    }
    return Words{
        "no background " + quoted(word) + "; there are " + all,
        suggest(word, {std::begin(kBackgrounds), std::end(kBackgrounds)}, "name one of them")};
  });
}

void check_theme(Checker& checker, JsonValue value, Theme& theme) {
  const ObjectRule& rule = object_rule("theme");
  if (!value.exists() || !checker.object(value, rule)) return;
  auto part = [&](std::string_view key, auto check) {
    const Checker::Step step(checker, key);
    check(checker.member(value, rule, key));
  };
  // Colours first: everything after may name them, wherever it stands in the file.
  part("colors", [&](JsonValue v) { check_colors(checker, v, theme); });
  part("background", [&](JsonValue v) {
    if (!v.exists() || !checker.expect(v, KeyKind::String)) return;
    check_background(checker, v);
    theme.background = *v.string();
  });
  part("silk", [&](JsonValue v) { check_silk(checker, v, theme); });
  part("ramps", [&](JsonValue v) { check_ramps(checker, v, theme); });
  part("buttons", [&](JsonValue v) {
    each_named(checker, v, kMaxStyles, "buttons",
               [&](JsonValue entry) { check_button(checker, entry, theme); });
  });
  part("shadows", [&](JsonValue v) {
    each_named(checker, v, kMaxStyles, "shadows",
               [&](JsonValue entry) { check_shadow(checker, entry, theme); });
  });
  part("type", [&](JsonValue v) { check_type(checker, v, theme.type); });
  part("kiosk", [&](JsonValue v) { check_size_class(checker, v, theme.kiosk); });
  part("phone", [&](JsonValue v) { check_size_class(checker, v, theme.phone); });
  part("motion", [&](JsonValue v) { check_motion(checker, v, theme.motion); });
  part("note", [&](JsonValue v) { checker.plain(v, kMaxStringLength); });
}

}  // namespace vitrine::campaign
