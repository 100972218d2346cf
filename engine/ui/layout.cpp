// SPDX-License-Identifier: MIT
#include "engine/ui/layout.h"

namespace vitrine::ui {
namespace {

// Lengths along the direction are `main`, across it `cross`, whichever way the box runs.
struct Axes {
  bool row;

  float main(Size size) const { return row ? size.width : size.height; }
  float cross(Size size) const { return row ? size.height : size.width; }
  Size size(float main, float cross) const { return row ? Size{main, cross} : Size{cross, main}; }
  Rect rect(float main, float cross, float length, float thickness) const {
    return row ? Rect{main, cross, length, thickness} : Rect{cross, main, thickness, length};
  }
  float length(const Rect& place) const { return row ? place.width : place.height; }
  void set_length(Rect& place, float length) const { (row ? place.width : place.height) = length; }
};

float larger(float a, float b) {
  return a > b ? a : b;
}

float limited(const FlexItem& item, float length) {
  return larger(length < item.most ? length : item.most, item.least);
}

float gaps(const FlexBox& box, size_t count) {
  return count > 1 ? box.gap * static_cast<float>(count - 1) : 0;
}

// How many of `items` make the first line.
size_t line_length(const FlexBox& box, const Axes& axes, std::span<const FlexItem> items,
                   float room) {
  if (!box.wrap) return items.size();
  float used = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    used += limited(items[i], axes.main(items[i].size)) + (i > 0 ? box.gap : 0);
    if (i > 0 && used > room) return i;
  }
  return items.size();
}

// What an item gets for one unit of room that is left or missing.
float share_of(const Axes& axes, const FlexItem& item, bool grows) {
  return grows ? item.grow : item.shrink * axes.main(item.size);
}

// Section 9.7: gives room away until nothing breaks a limit; items that do are frozen at it. A
// frozen one is marked by a place of its final length and a negative thickness.
class Resolver {
 public:
  Resolver(const Axes& axes, std::span<FlexItem> line, float room)
      : axes_(axes), line_(line), room_(room) {
    float wanted = 0;
    for (FlexItem& item : line_) {
      wanted += limited(item, axes_.main(item.size));
      item.place = axes_.rect(0, 0, axes_.main(item.size), kOpen);
    }
    grows_ = wanted < room_;
  }

  void resolve() {
    freeze_rigid();
    for (size_t round = 0; round < line_.size() && !all_frozen(); ++round) share_out();
  }

 private:
  static constexpr float kOpen = 0, kFrozen = -1;

  float& mark(FlexItem& item) const { return axes_.row ? item.place.height : item.place.width; }
  bool frozen(FlexItem& item) const { return mark(item) == kFrozen; }
  void freeze(FlexItem& item, float length) const {
    axes_.set_length(item.place, length);
    mark(item) = kFrozen;
  }
  bool all_frozen() const {
    for (FlexItem& item : line_) {
      if (!frozen(item)) return false;
    }
    return true;
  }

  // What has no share, or is already beyond its limit the wrong way, stays as it is.
  void freeze_rigid() {
    for (FlexItem& item : line_) {
      const float base = axes_.main(item.size), length = limited(item, base);
      const bool wrong_way = grows_ ? base > length : base < length;
      if (share_of(axes_, item, grows_) <= 0 || wrong_way) freeze(item, length);
    }
  }

  void share_out() {
    float left = room_, shares = 0;
    for (FlexItem& item : line_) {
      left -= frozen(item) ? axes_.length(item.place) : axes_.main(item.size);
      if (!frozen(item)) shares += share_of(axes_, item, grows_);
    }
    // Shares of less than one in all take only that part of the room.
    if (grows_ && shares < 1) left *= shares;
    float excess = 0;  // how much the limits add in all
    for (FlexItem& item : line_) {
      if (frozen(item)) continue;
      const float share = shares > 0 ? share_of(axes_, item, grows_) / shares : 0;
      const float length = axes_.main(item.size) + left * share;
      axes_.set_length(item.place, length);
      excess += limited(item, length) - length;
    }
    settle(excess);
  }

  void settle(float excess) {
    for (FlexItem& item : line_) {
      if (frozen(item)) continue;
      const float length = axes_.length(item.place), held = limited(item, length);
      const bool breaks = excess > 0 ? held > length : held < length;
      if (excess == 0 || breaks) freeze(item, held);
    }
  }

  const Axes& axes_;
  std::span<FlexItem> line_;
  float room_;
  bool grows_ = false;
};

struct Spread {
  float before;   // the first item
  float between;  // items, over the gap
};

Spread spread(Justify justify, float left, size_t count) {
  const float n = static_cast<float>(count);
  if (left < 0) {  // too long: only the plain ways may run over, and on the side they promise
    if (justify == Justify::Center) return {left / 2, 0};
    return {justify == Justify::End ? left : 0, 0};
  }
  switch (justify) {
    case Justify::Start:
      return {0, 0};
    case Justify::Center:
      return {left / 2, 0};
    case Justify::End:
      return {left, 0};
    case Justify::Between:
      return {0, count > 1 ? left / (n - 1) : 0};
    case Justify::Around:
      return {left / n / 2, left / n};
    case Justify::Evenly:
      return {left / (n + 1), left / (n + 1)};
  }
  return {0, 0};
}

// Places a line whose lengths are resolved; returns how long it is.
float place_line(const FlexBox& box, const Axes& axes, std::span<FlexItem> line, float main,
                 float cross, float room, float thickness) {
  float used = gaps(box, line.size());
  for (const FlexItem& item : line) used += axes.length(item.place);
  const Spread gap = spread(box.justify, room - used, line.size());
  float at = main + gap.before;
  for (FlexItem& item : line) {
    const float length = axes.length(item.place);
    const bool stretch = box.align == Align::Stretch;
    const float thick = stretch ? thickness : axes.cross(item.size);
    const float share = box.align == Align::Center ? 0.5f : box.align == Align::End ? 1.0f : 0.0f;
    item.place = axes.rect(at, cross + (thickness - thick) * share, length, thick);
    at += length + box.gap + gap.between;
  }
  return used;
}

}  // namespace

Size lay_out(const FlexBox& box, const Rect& area, std::span<FlexItem> items) {
  const Axes axes{box.direction == Direction::Row};
  const Insets& pad = box.padding;
  const Rect inner{area.x + pad.left, area.y + pad.top, area.width - pad.left - pad.right,
                   area.height - pad.top - pad.bottom};
  const float room = axes.row ? inner.width : inner.height;
  const float main = axes.row ? inner.x : inner.y;
  const float start = axes.row ? inner.y : inner.x;
  float cross = start, longest = 0;
  while (!items.empty()) {
    const std::span<FlexItem> line = items.first(line_length(box, axes, items, room));
    items = items.subspan(line.size());
    Resolver(axes, line, room - gaps(box, line.size())).resolve();
    float thickness = box.wrap ? 0 : axes.row ? inner.height : inner.width;
    for (const FlexItem& item : line)
      thickness = larger(thickness, box.wrap ? axes.cross(item.size) : 0);
    longest = larger(longest, place_line(box, axes, line, main, cross, room, thickness));
    cross += thickness + (items.empty() ? 0 : box.line_gap);
  }
  const Size content = axes.size(longest, cross - start);
  return {content.width + pad.left + pad.right, content.height + pad.top + pad.bottom};
}

}  // namespace vitrine::ui
