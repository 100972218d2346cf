// SPDX-License-Identifier: MIT
#include "engine/scene/cleaning_notice.h"

#include <array>
#include <cmath>
#include <string>

#include "engine/scene/engine_texts.h"
#include "engine/ui/describe.h"
#include "engine/ui/motion.h"
#include "engine/ui/widget.h"

namespace vitrine::scene {
namespace {

using gfx::Paint;

constexpr OverlayKind kKind = OverlayKind::Cleaning;
constexpr size_t kMostLanguages = 2;
constexpr float kRingRadius = 150;
constexpr float kRingWidth = 16;
constexpr float kBlock = 250;      // of one language
constexpr float kComesFor = 0.2f;  // seconds

class CleaningNotice final : public Overlay {
 public:
  void layout(const OverlayContext& context) override;
  void open() override { shown_.set(true); }
  void show_open() override { shown_.jump(true); }
  void close() override { shown_.set(false); }
  bool is_seen() const override { return shown_.value() > 0 || !shown_.at_rest(); }
  void handle(const input::PointerEvent&) override {}
  void update(float dt) override { shown_.update(dt, kComesFor); }
  void draw(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;

 private:
  struct Words {
    std::string title, hint;
    Rect title_area, hint_area;
  };
  gfx::TextStyle title_style(const ui::Theme& theme, size_t language) const;
  gfx::TextStyle hint_style(const ui::Theme& theme) const;
  void draw_clock(ui::Painter& painter);

  const OverlayContext* context_ = nullptr;
  std::array<Words, kMostLanguages> words_;
  size_t languages_ = 0;
  float unit_ = 1;  // scene units a point of the kiosk's design
  Vec2 clock_;
  ui::Fade shown_;
};

// The first language large, the second below it.
gfx::TextStyle CleaningNotice::title_style(const ui::Theme& theme, size_t language) const {
  return {FontFamily::Display,
          FontWeight::Bold,
          (language == 0 ? 96.0f : 64.0f) * unit_,
          1.12f,
          gfx::TextAlign::Center,
          theme.ink,
          1};
}

gfx::TextStyle CleaningNotice::hint_style(const ui::Theme& theme) const {
  return {FontFamily::Text,       FontWeight::Regular, 40 * unit_, 1.3f,
          gfx::TextAlign::Center, theme.mute,          1};
}

void CleaningNotice::layout(const OverlayContext& context) {
  context_ = &context;
  const ui::Metrics& m = context.metrics;
  const Rect safe = m.safe();
  const auto languages = context.campaign.languages();
  languages_ = languages.size() < kMostLanguages ? languages.size() : kMostLanguages;
  const float designed = 2 * kRingRadius + 80 + static_cast<float>(languages_) * kBlock;
  unit_ = m.phone() ? 0.4f : 1.0f;
  // Smaller rather than cut, on a low screen.
  if (designed * unit_ > safe.height) unit_ = safe.height / designed;
  const float u = unit_;
  const float height = designed * u;
  float y = safe.y + (safe.height - height) / 2;
  clock_ = {safe.center().x, y + kRingRadius * u};
  y += 2 * kRingRadius * u + 80 * u;
  const float x = safe.x + m.margin, width = safe.width - 2 * m.margin;
  for (size_t i = 0; i < languages_; ++i) {
    Words& words = words_[i];
    words.title = text_of(context.campaign, "cleaning.title", languages[i]);
    words.hint = text_of(context.campaign, "cleaning.hint", languages[i]);
    words.title_area = {x, y, width, 110 * u};
    words.hint_area = {x, y + 126 * u, width, 54 * u};
    y += kBlock * u;
  }
}

void CleaningNotice::draw(ui::Painter& painter) {
  const ui::Theme& theme = painter.theme;
  painter.canvas.push_opacity(shown_.value());
  painter.canvas.fill_rect(painter.metrics.screen, {},
                           Paint::vertical(theme.paper, theme.silk_calm[1]));
  draw_clock(painter);
  for (size_t i = 0; i < languages_; ++i) {
    ui::draw_label(painter, words_[i].title, words_[i].title_area, title_style(theme, i), 0.5f);
    ui::draw_label(painter, words_[i].hint, words_[i].hint_area, hint_style(theme), 0.5f);
  }
  painter.canvas.pop_opacity();
}

void CleaningNotice::draw_clock(ui::Painter& painter) {
  const ui::Theme& theme = painter.theme;
  const float left = context_->host.seconds_left(kKind);
  const float radius = kRingRadius * unit_, width = kRingWidth * unit_;
  painter.canvas.draw_arc(clock_, radius, width, 0, 1, theme.accent.with_alpha(0.22f));
  painter.canvas.draw_arc(clock_, radius, width, 0, left / context_->host.seconds_of(kKind),
                          theme.accent);
  const gfx::TextStyle style{FontFamily::Display,
                             FontWeight::Bold,
                             120 * unit_,
                             1.0f,
                             gfx::TextAlign::Center,
                             theme.accent_text,
                             1};
  const NumberText number(static_cast<int>(std::ceil(left)));
  ui::draw_label(painter, number.view(),
                 {clock_.x - radius, clock_.y - radius, 2 * radius, 2 * radius}, style);
}

void CleaningNotice::describe(ui::SemanticTree& tree) const {
  const Rect all = context_->metrics.safe();
  ui::describe_node(tree, ui::Role::Dialog, "cleaning", words_[0].title, all).state.modal = true;
  tree.open();
  constexpr std::string_view kTitles[] = {"cleaning-title", "cleaning-title-2"};
  constexpr std::string_view kHints[] = {"cleaning-hint", "cleaning-hint-2"};
  for (size_t i = 0; i < languages_; ++i) {
    ui::describe_node(tree, ui::Role::Heading, kTitles[i], words_[i].title, words_[i].title_area);
    ui::describe_node(tree, ui::Role::Text, kHints[i], words_[i].hint, words_[i].hint_area);
  }
  tree.close();
}

}  // namespace

std::unique_ptr<Overlay> make_cleaning_notice() {
  return std::make_unique<CleaningNotice>();
}

}  // namespace vitrine::scene
