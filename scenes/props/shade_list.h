// SPDX-License-Identifier: MIT
// All shades of a campaign as smears that are swiped on one after another, each with its name.
#pragma once

#include <string>
#include <vector>

#include "engine/scene/scene.h"

namespace vitrine::scenes {

class ShadeList {
 public:
  static constexpr size_t kMost = 8;

  void layout(const scene::SceneContext& context, const Rect& area);
  // `time`: seconds since the first stroke; from `leave_at` on they slide off again.
  void draw(ui::Painter& painter, float time, float leave_at);

 private:
  struct Row {
    const campaign::Product* product = nullptr;
    std::string number;
    std::string name;
  };
  void draw_row(ui::Painter& painter, size_t index, float time, float leave_at);
  void draw_words(ui::Painter& painter, size_t index);

  std::vector<Row> rows_;
  Vec2 origin_;
  float unit_ = 1;
  float text_unit_ = 1;
  float right_ = 0;  // how far names may reach, from the origin
  float pitch_ = 122;
};

// "SR-02" → "02": what people say aloud; the whole code when it has no such tail.
std::string_view spoken_code(std::string_view code);

}  // namespace vitrine::scenes
