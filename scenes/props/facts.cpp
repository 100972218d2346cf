// SPDX-License-Identifier: MIT
#include "scenes/props/facts.h"

#include "engine/ui/describe.h"
#include "engine/ui/motion.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

constexpr std::string_view kNames[Facts::kMost] = {"fact-1", "fact-2"};
constexpr float kGap = 20, kRadius = 32, kPadding = 26;
constexpr float kStagger = 0.08f, kRise = 0.4f;

}  // namespace

void Facts::set(const scene::SceneContext& context, const campaign::Product& product) {
  count_ = product.facts.size() < kMost ? product.facts.size() : kMost;
  line_ = product.code;
  for (size_t i = 0; i < count_; ++i) {
    words_[i].name = context.text(product.facts[i].name_text);
    words_[i].value = context.text(product.facts[i].value_text);
    words_[i].told = words_[i].name + ": " + words_[i].value;
    line_ += " ・ " + words_[i].value;
  }
}

Rect Facts::pane(size_t index) const {
  return first_.moved({0, (first_.height + kGap) * static_cast<float>(index)});
}

void Facts::draw_pane(ui::Painter& painter, size_t index, float come) const {
  const Rect rect = pane(index);
  painter.canvas.push_opacity(come);
  painter.canvas.push_transform(
      Transform2D::translation({painter.metrics.grid * 4 * (1 - come), 0}));
  ui::draw_light_glass(painter, rect, kRadius);
  const float width = rect.width - 2 * kPadding;
  gfx::TextStyle name;
  name.size = 28;
  name.color = painter.theme.mute;
  ui::draw_label(painter, words_[index].name, {rect.x + kPadding, rect.y + 20, width, 40}, name);
  ui::draw_label(painter, words_[index].value, {rect.x + kPadding, rect.y + 58, width, 56},
                 display_style(46, painter.theme.brand_ink));
  painter.canvas.pop_transform();
  painter.canvas.pop_opacity();
}

void Facts::draw(ui::Painter& painter, float since) const {
  for (size_t i = 0; i < count_; ++i) {
    const float begin = kStagger * static_cast<float>(i);
    draw_pane(painter, i, ui::ease_emphasised(ui::progress(since, begin, kRise)));
  }
}

void Facts::describe(ui::SemanticTree& tree) const {
  for (size_t i = 0; i < count_; ++i) {
    describe_node(tree, ui::Role::Text, kNames[i], words_[i].told, pane(i));
  }
}

}  // namespace vitrine::scenes
