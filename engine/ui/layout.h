// SPDX-License-Identifier: MIT
// Boxes in rows and columns, as CSS's flexible box layout has them (css-flexbox-1, section 9), as
// far as screens here need it. Pure functions over the caller's array: no memory, no hidden state,
// the same input gives the same places.
//
//   FlexItem items[] = {{.size = {200, 88}}, {.size = {0, 88}, .grow = 1}};
//   lay_out({.gap = 24, .padding = {20, 20, 20, 20}}, area, items);   // items[i].place
#pragma once

#include <cstdint>
#include <span>

#include "engine/base/geometry.h"
#include "engine/ui/metrics.h"

namespace vitrine::ui {

enum class Direction : uint8_t { Row, Column };

// Along the direction: where the room goes that nothing grew into.
enum class Justify : uint8_t { Start, Center, End, Between, Around, Evenly };

// Across it, within the line.
enum class Align : uint8_t { Start, Center, End, Stretch };

struct FlexItem {
  static constexpr float kNoLimit = 1e9f;

  Size size{};       // what it would like to be
  float grow = 0;    // its share of the room that is left along the direction
  float shrink = 1;  // its share, times its size, of what is missing
  float least = 0;   // along the direction; wins over `most`
  float most = kNoLimit;
  Rect place{};  // the result
};

struct FlexBox {
  Direction direction = Direction::Row;
  Justify justify = Justify::Start;
  Align align = Align::Stretch;
  bool wrap = false;   // into further lines; a line holds at least one item
  float gap = 0;       // between items of a line
  float line_gap = 0;  // between lines
  Insets padding{};
};

// Places every item within `area`. Returns what the content takes with its padding, which is more
// than the area where it does not fit. A single line is as thick as the area.
Size lay_out(const FlexBox& box, const Rect& area, std::span<FlexItem> items);

}  // namespace vitrine::ui
