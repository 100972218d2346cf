// SPDX-License-Identifier: MIT
#include "engine/scene/accessibility_sheet.h"

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "engine/scene/preference_tile.h"
#include "engine/scene/sheet_overlay.h"
#include "engine/ui/describe.h"

namespace vitrine::scene {
namespace {

using ui::Preference;

// Points of the kiosk's design.
constexpr float kTitle = 80, kHint = 44, kTilesAt = 160, kGap = 16;
constexpr float kTile = 136, kTileWithoutHint = 104, kDone = 128, kFoot = 48;
constexpr float kLowTile = 88, kLowDone = 104;
constexpr float kTwoColumns = 1400;

// What lies on the sheet: a title, a tile for each preference that this device offers, a button.
class PreferenceSheet final : public ui::BottomSheet {
 public:
  PreferenceSheet() : BottomSheet("accessibility-sheet", "accessibility-close") {
    for (PreferenceTile& tile : tiles_) add(tile);
    add(done_);
  }

  void layout(const OverlayContext& context);
  std::span<PreferenceTile> tiles() { return tiles_; }
  ui::Button& done() { return done_; }

 protected:
  void draw_content(ui::Painter& painter) override;
  void describe_words(ui::SemanticTree& tree) const override;

 private:
  // Of the tiles; scene units.
  struct Grid {
    int columns = 1;
    float tile = 136;  // height
    float done = 128;  // of the button
    bool hints = true;
  };
  void read_words(const OverlayContext& context);
  Grid choose_grid(const ui::Metrics& metrics) const;
  float height_with(const Grid& grid) const;
  void place_tiles(const Rect& content, const Grid& grid);

  std::array<PreferenceTile, ui::kPreferenceCount> tiles_{
      PreferenceTile(Preference::LargeText), PreferenceTile(Preference::HighContrast),
      PreferenceTile(Preference::Reach), PreferenceTile(Preference::ReducedMotion),
      PreferenceTile(Preference::Speech)};
  ui::Button done_{"accessibility-done", ui::ButtonKind::Primary};
  std::string title_, hint_;
  int offered_ = 0;
  bool laid_out_ = false;  // what is on already when it opens has no way to go
  float unit_ = 1;         // scene units a point of the kiosk's design
  Rect title_area_, hint_area_;
};

void PreferenceSheet::read_words(const OverlayContext& context) {
  title_ = context.text("access.title");
  hint_ = context.text("access.hint");
  set_label(title_, context.text("access.close"));
  done_.set_label(context.text("access.done"));
  offered_ = 0;
  for (PreferenceTile& tile : tiles_) {
    const std::string key = "access." + std::string(preference_name(tile.which()));
    tile.set_words(context.text(key), context.text(key + "_hint"));
    tile.set_on(context.host.preferences().has(tile.which()), !laid_out_ || context.reduced_motion);
    const bool offered = context.host.offers(tile.which());
    tile.set_shown(offered);
    if (offered) ++offered_;
  }
}

float PreferenceSheet::height_with(const Grid& grid) const {
  const int rows = (offered_ + grid.columns - 1) / grid.columns;
  const float tiles = static_cast<float>(rows) * (grid.tile + kGap * unit_);
  return (kTilesAt + kGap + kFoot) * unit_ + tiles + grid.done;
}

// Where there is no room for all of it the hints go, then everything is lower; what is still too
// high is scrolled.
PreferenceSheet::Grid PreferenceSheet::choose_grid(const ui::Metrics& metrics) const {
  const auto finger = [&](float designed) {
    return designed * unit_ > metrics.target ? designed * unit_ : metrics.target;
  };
  const float room = content_room(metrics);
  Grid grid{metrics.landscape() ? 2 : 1, finger(kTile), finger(kDone), true};
  if (height_with(grid) <= room) return grid;
  grid.tile = finger(kTileWithoutHint);
  grid.hints = false;
  if (height_with(grid) <= room) return grid;
  grid.tile = finger(kLowTile);
  grid.done = finger(kLowDone);
  return grid;
}

void PreferenceSheet::place_tiles(const Rect& content, const Grid& grid) {
  const float gap = kGap * unit_;
  const float columns = static_cast<float>(grid.columns);
  const float width = (content.width - gap * (columns - 1)) / columns;
  int index = 0;
  for (PreferenceTile& tile : tiles_) {
    if (!tile.shown()) continue;
    const auto column = static_cast<float>(index % grid.columns);
    const auto row = static_cast<float>(index / grid.columns);
    const bool alone = column == 0 && index == offered_ - 1;
    ++index;
    tile.layout(
        {content.x + column * (width + gap), content.y + kTilesAt * unit_ + row * (grid.tile + gap),
         alone ? content.width : width, grid.tile},
        unit_, grid.hints);
  }
}

void PreferenceSheet::layout(const OverlayContext& context) {
  const ui::Metrics& m = context.metrics;
  unit_ = m.phone() ? 0.46f : 1.0f;
  read_words(context);
  laid_out_ = true;
  set_reduced_motion(context.reduced_motion);
  const Grid grid = choose_grid(m);
  const float height = height_with(grid);
  const Rect content = layout_sheet(m, height, kTwoColumns);
  title_area_ = {content.x, content.y, content.width, kTitle * unit_};
  hint_area_ = {content.x, title_area_.bottom(), content.width, kHint * unit_};
  place_tiles(content, grid);
  done_.set_bounds(
      {content.x, content.y + height - kFoot * unit_ - grid.done, content.width, grid.done});
  done_.set_text_size(52 * unit_);
}

void PreferenceSheet::draw_content(ui::Painter& painter) {
  const ui::Theme& theme = painter.theme;
  gfx::TextStyle style{FontFamily::Display,    FontWeight::Bold, 64 * unit_, 1.12f,
                       gfx::TextAlign::Center, theme.ink,        1};
  ui::draw_label(painter, title_, title_area_, style);
  style = {FontFamily::Text,       FontWeight::Regular, 32 * unit_, 1.3f,
           gfx::TextAlign::Center, theme.mute,          1};
  ui::draw_label(painter, hint_, hint_area_, style);
  for (PreferenceTile& tile : tiles_) tile.draw(painter);
  done_.draw(painter);
}

void PreferenceSheet::describe_words(ui::SemanticTree& tree) const {
  ui::describe_node(tree, ui::Role::Heading, "accessibility-title", title_, title_area_);
  ui::describe_node(tree, ui::Role::Text, "accessibility-hint", hint_, hint_area_);
}

class AccessibilitySheet final : public SheetOverlay {
 public:
  AccessibilitySheet() : SheetOverlay(OverlayKind::Accessibility, sheet_) {}
  void layout(const OverlayContext& context) override {
    context_ = &context;
    sheet_.layout(context);
  }
  void update(float dt) override;

 private:
  PreferenceSheet sheet_;
};

void AccessibilitySheet::update(float dt) {
  sheet_.update(dt);
  for (PreferenceTile& tile : sheet_.tiles()) {
    if (follow(tile)) context_->host.prefer(tile.which(), !tile.on());
  }
  const bool done = follow(sheet_.done());
  if (sheet_.take_closed() || done) back();
}

}  // namespace

std::unique_ptr<Overlay> make_accessibility_sheet() {
  return std::make_unique<AccessibilitySheet>();
}

}  // namespace vitrine::scene
