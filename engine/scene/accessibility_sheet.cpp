// SPDX-License-Identifier: MIT
#include "engine/scene/accessibility_sheet.h"

#include <array>
#include <string>

#include "engine/input/tap.h"
#include "engine/scene/preference_tile.h"
#include "engine/ui/button.h"
#include "engine/ui/screen.h"

namespace vitrine::scene {
namespace {

using gfx::CornerRadii;
using gfx::Paint;
using ui::Preference;

constexpr OverlayKind kKind = OverlayKind::Accessibility;
constexpr float kTilesAt = 224;  // below the card's upper edge

class AccessibilitySheet final : public Overlay {
 public:
  AccessibilitySheet() {
    for (PreferenceTile& tile : tiles_) screen_.add(tile);
    screen_.add(done_);
  }

  void layout(const OverlayContext& context) override;
  void handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(ui::Painter& painter, float shown) override;
  void describe(ui::SemanticTree& tree) const override;
  bool activate(uint32_t id) override { return screen_.activate(id); }
  void back() override { context_->host.close(kKind); }
  void release() override {
    screen_.release();
    beside_.reset();
  }

 private:
  // What a tile takes, scene units.
  struct Grid {
    int columns = 1;
    float unit = 1;
    float tile = 136;  // height
    bool hints = true;
  };
  void read_words();
  void choose_grid(const Rect& safe);
  float height_with(const Grid& grid) const;
  float done_height(const Grid& grid) const;
  void place(const Rect& safe);
  void follow(PreferenceTile& tile);
  void record(std::string_view name, const ui::Button& button);

  const OverlayContext* context_ = nullptr;
  ui::Screen screen_;
  std::array<PreferenceTile, ui::kPreferenceCount> tiles_{
      PreferenceTile(Preference::LargeText), PreferenceTile(Preference::HighContrast),
      PreferenceTile(Preference::Reach), PreferenceTile(Preference::ReducedMotion),
      PreferenceTile(Preference::Speech)};
  ui::Button done_{"accessibility-done", ui::ButtonKind::Primary};
  input::Tap beside_;
  std::string title_, hint_;
  int offered_ = 0;
  Grid grid_;
  Rect card_, title_area_, hint_area_;
};

void AccessibilitySheet::read_words() {
  title_ = context_->text("access.title");
  hint_ = context_->text("access.hint");
  done_.set_label(context_->text("access.done"));
  offered_ = 0;
  for (PreferenceTile& tile : tiles_) {
    const std::string key = "access." + std::string(preference_name(tile.which()));
    tile.set_words(context_->text(key), context_->text(key + "_hint"));
    tile.set_on(context_->host.preferences().has(tile.which()));
    const bool offered = context_->host.offers(tile.which());
    tile.set_shown(offered);
    if (offered) ++offered_;
  }
}

float AccessibilitySheet::done_height(const Grid& grid) const {
  const float designed = 128 * grid.unit;
  return designed > context_->metrics.target ? designed : context_->metrics.target;
}

float AccessibilitySheet::height_with(const Grid& grid) const {
  const int rows = (offered_ + grid.columns - 1) / grid.columns;
  const float tiles = static_cast<float>(rows) * (grid.tile + 16 * grid.unit);
  return kTilesAt * grid.unit + tiles + 24 * grid.unit + done_height(grid) + 64 * grid.unit;
}

// Where there is no room for all of it the hints go first, then everything becomes smaller.
void AccessibilitySheet::choose_grid(const Rect& safe) {
  const ui::Metrics& m = context_->metrics;
  const float room = safe.height - m.margin;
  const float unit = m.phone() ? 0.46f : 1.0f;
  const auto tile = [&](float designed) { return designed > m.target ? designed : m.target; };
  grid_ = {m.landscape() ? 2 : 1, unit, tile(136 * unit), true};
  if (height_with(grid_) > room) grid_.tile = tile(104 * unit), grid_.hints = false;
  const float height = height_with(grid_);
  if (height > room) grid_.unit *= room / height, grid_.tile = tile(grid_.tile * room / height);
}

void AccessibilitySheet::place(const Rect& safe) {
  const ui::Metrics& m = context_->metrics;
  const float u = grid_.unit;
  const float room = safe.width - (m.phone() ? m.margin : 2 * m.margin);
  const float designed = grid_.columns == 2 ? 1360.0f : 972.0f;
  const float width = m.phone() || room < designed ? room : designed;
  const float height = height_with(grid_);
  // Near to hands on what stands upright, in the middle of what lies.
  const float below = m.landscape() ? (safe.height - height) / 2 : m.margin / 2;
  card_ = {safe.center().x - width / 2, safe.bottom() - below - height, width, height};
  const float x = card_.x + 56 * u, inner = card_.width - 112 * u;
  title_area_ = {x, card_.y + 64 * u, inner, 80 * u};
  hint_area_ = {x, title_area_.bottom(), inner, 44 * u};
  const float gap = 16 * u;
  const float columns = static_cast<float>(grid_.columns);
  const float tile_width = (inner - gap * (columns - 1)) / columns;
  int index = 0;
  for (PreferenceTile& tile : tiles_) {
    if (!context_->host.offers(tile.which())) continue;
    const float column = static_cast<float>(index % grid_.columns);
    const float row = static_cast<float>(index / grid_.columns);
    const bool alone = column == 0 && index == offered_ - 1;
    tile.layout({x + column * (tile_width + gap),
                 card_.y + kTilesAt * u + row * (grid_.tile + gap), alone ? inner : tile_width,
                 grid_.tile},
                u, grid_.hints);
    ++index;
  }
  const float button = done_height(grid_);
  done_.set_bounds({x, card_.bottom() - 64 * u - button, inner, button});
  done_.set_text_size(52 * u);
}

void AccessibilitySheet::layout(const OverlayContext& context) {
  context_ = &context;
  const Rect safe = context.metrics.safe();
  read_words();
  choose_grid(safe);
  place(safe);
}

void AccessibilitySheet::handle(const input::PointerEvent& event) {
  if (screen_.handle(event) == input::Handled::Yes) return;
  const bool down_inside =
      event.phase == input::PointerPhase::Down && card_.contains(event.position);
  if (down_inside) return;
  const Rect everywhere{-1e5f, -1e5f, 2e5f, 2e5f};
  if (beside_.handle(event, everywhere) == input::Tap::Result::Activated) back();
}

void AccessibilitySheet::record(std::string_view name, const ui::Button& button) {
  const Entry by = button.activated_by_finger() ? Entry::Pointer : context_->entry;
  record_activation(context_->recorder, name, by);
}

void AccessibilitySheet::follow(PreferenceTile& tile) {
  if (!tile.take_activated()) return;
  record(tile.name(), tile);
  context_->host.prefer(tile.which(), !tile.on());
}

void AccessibilitySheet::update(float dt) {
  screen_.update(dt);
  for (PreferenceTile& tile : tiles_) follow(tile);
  if (!done_.take_activated()) return;
  record(done_.name(), done_);
  back();
}

void AccessibilitySheet::draw(ui::Painter& painter, float) {
  const ui::Theme& theme = painter.theme;
  const float u = grid_.unit;
  const float radius = 72 * u;
  painter.canvas.draw_shadow(
      card_, radius, {{0, 50 * u}, 120 * u, 0, theme.brand_deep.with_alpha(0.6f)});
  painter.canvas.fill_rect(
      card_, CornerRadii::all(radius),
      Paint::vertical(theme.paper, lerp(theme.paper, theme.silk_warm[2], 0.35f)));
  gfx::TextStyle style{FontFamily::Display, FontWeight::Bold, 64 * u, 1.12f,
                       gfx::TextAlign::Center, theme.ink, 1};
  ui::draw_label(painter, title_, title_area_, style);
  style = {FontFamily::Text, FontWeight::Regular, 32 * u, 1.3f, gfx::TextAlign::Center, theme.mute,
           1};
  ui::draw_label(painter, hint_, hint_area_, style);
  for (PreferenceTile& tile : tiles_) tile.draw(painter);
  done_.draw(painter);
}

void AccessibilitySheet::describe(ui::SemanticTree& tree) const {
  open_dialog(tree, "accessibility-sheet", title_, hint_, card_);
  describe_words(tree, ui::Role::Heading, "accessibility-title", title_, title_area_);
  describe_words(tree, ui::Role::Text, "accessibility-hint", hint_, hint_area_);
  screen_.describe(tree);
  tree.close();
}

}  // namespace

std::unique_ptr<Overlay> make_accessibility_sheet() {
  return std::make_unique<AccessibilitySheet>();
}

}  // namespace vitrine::scene
