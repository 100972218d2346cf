// SPDX-License-Identifier: MIT
#include "engine/scene/line_sign.h"

#include <string>

#include "engine/scene/line_texts.h"
#include "engine/ui/motion.h"
#include "engine/ui/qr_panel.h"

namespace vitrine::scene {
namespace {

// Scene units. Between the word mark and the buttons at the right, above every title.
// The code is as large as there is room: who waits stands behind somebody.
constexpr float kWidth = 186, kCode = 164, kWords = 32, kUnderCode = 8, kFoot = 2;
constexpr float kHeight = kCode - kUnderCode + kWords + kFoot;
constexpr float kPortraitMiddle = 0.655f, kLandscapeMiddle = 0.48f;  // of the width
constexpr float kComesFor = 0.5f;                                    // seconds

class Sign final : public LineSign {
 public:
  Sign() { code_.set_on_paper(true); }
  void set(std::string_view link, const campaign::Campaign& campaign,
           std::string_view language) override;
  void layout(const ui::Metrics& metrics) override;
  void update(float dt, bool wanted) override;
  bool covers(Vec2 point) const override { return is_there() && bounds_.contains(point); }
  void draw(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;

 private:
  bool is_there() const { return !code_.is_empty() && shown_.value() > 0.5f; }

  std::string link_, words_;
  ui::QrPanel code_{"line-code"};
  Rect bounds_;
  ui::Fade shown_;
};

void Sign::set(std::string_view link, const campaign::Campaign& campaign,
               std::string_view language) {
  words_ = line_text(campaign, "line.sign", language);
  code_.set_label(line_text(campaign, "line.sign_label", language));
  if (link == link_) return;
  link_ = link;
  if (link.empty() || !code_.set_content(link).ok()) code_.clear();
}

void Sign::layout(const ui::Metrics& metrics) {
  const float share = metrics.landscape() ? kLandscapeMiddle : kPortraitMiddle;
  const Rect safe = metrics.safe();
  bounds_ = {safe.x + safe.width * share - kWidth / 2, safe.y, kWidth, kHeight};
  code_.set_bounds({bounds_.x + (kWidth - kCode) / 2, bounds_.y, kCode, kCode});
}

void Sign::update(float dt, bool wanted) {
  shown_.set(wanted && !code_.is_empty());
  shown_.update(dt, kComesFor);
}

void Sign::draw(ui::Painter& painter) {
  const float shown = shown_.value();
  if (shown <= 0 || code_.is_empty()) return;
  const ui::Theme& theme = painter.theme;
  painter.canvas.push_opacity(shown);
  // It hangs from the edge: its upper corners are beyond it.
  const float radius = 20;
  const Rect tag{bounds_.x, bounds_.y - radius, bounds_.width, bounds_.height + radius};
  ui::draw_card(painter, tag, radius);
  code_.draw(painter);
  ui::draw_label(
      painter, words_, {bounds_.x + 6, bounds_.y + kCode - kUnderCode, kWidth - 12, kWords},
      {FontFamily::Text, FontWeight::Bold, 28, 1.1f, gfx::TextAlign::Center, theme.ink, 1}, 0.6f);
  painter.canvas.pop_opacity();
}

void Sign::describe(ui::SemanticTree& tree) const {
  if (is_there()) code_.describe(tree);
}

}  // namespace

std::unique_ptr<LineSign> make_line_sign() {
  return std::make_unique<Sign>();
}

}  // namespace vitrine::scene
