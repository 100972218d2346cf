// SPDX-License-Identifier: MIT
#include "engine/scene/language_sheet.h"

#include <array>
#include <string>
#include <string_view>

#include "engine/campaign/format.h"
#include "engine/scene/sheet_overlay.h"
#include "engine/ui/chip.h"
#include "engine/ui/describe.h"

namespace vitrine::scene {
namespace {

constexpr size_t kMost = campaign::kMaxLanguages;
// Points of the kiosk's design.
constexpr float kTitle = 80, kRowsAt = 112, kRow = 120, kGap = 20, kFoot = 56;

// One row for each language, in its own words.
class LanguageList final : public ui::BottomSheet {
 public:
  LanguageList() : BottomSheet("language-sheet", "language-close") {
    for (ui::Chip& row : rows_) row.set_one_of_group(true), add(row);
  }

  void layout(const OverlayContext& context);
  ui::Chip& row(size_t index) { return rows_[index]; }

 protected:
  void draw_content(ui::Painter& painter) override;
  void describe_words(ui::SemanticTree& tree) const override;

 private:
  std::array<ui::Chip, kMost> rows_{ui::Chip("language-1"), ui::Chip("language-2"),
                                    ui::Chip("language-3"), ui::Chip("language-4"),
                                    ui::Chip("language-5"), ui::Chip("language-6"),
                                    ui::Chip("language-7"), ui::Chip("language-8")};
  std::string title_;
  float unit_ = 1;  // scene units a point of the kiosk's design
  Rect title_area_;
};

void LanguageList::layout(const OverlayContext& context) {
  const ui::Metrics& m = context.metrics;
  const campaign::Campaign& campaign = context.campaign;
  unit_ = m.phone() ? 0.46f : 1.0f;
  title_ = context.text("language.choose");
  set_label(title_, context.text("access.close"));
  set_reduced_motion(context.reduced_motion);
  const float row = kRow * unit_ > m.target ? kRow * unit_ : m.target;
  const float pitch = row + kGap * unit_;
  const auto count = static_cast<float>(campaign.languages().size());
  const Rect content = layout_sheet(m, (kRowsAt + kFoot - kGap) * unit_ + count * pitch);
  title_area_ = {content.x, content.y, content.width, kTitle * unit_};
  const std::string_view key =
      campaign.has_text("language.name") ? "language.name" : "language.switch";
  for (size_t i = 0; i < kMost; ++i) {
    rows_[i].set_shown(i < campaign.languages().size());
    if (!rows_[i].shown()) continue;
    const std::string& language = campaign.languages()[i];
    rows_[i].set_label(campaign.text(key, language));
    rows_[i].set_on(language == context.language);
    rows_[i].set_text_size(44 * unit_);
    rows_[i].set_bounds({content.x, content.y + kRowsAt * unit_ + static_cast<float>(i) * pitch,
                         content.width, row});
  }
}

void LanguageList::draw_content(ui::Painter& painter) {
  const gfx::TextStyle style{FontFamily::Display,    FontWeight::Bold,  64 * unit_, 1.12f,
                             gfx::TextAlign::Center, painter.theme.ink, 1};
  ui::draw_label(painter, title_, title_area_, style);
  for (ui::Chip& row : rows_) row.draw(painter);
}

void LanguageList::describe_words(ui::SemanticTree& tree) const {
  ui::describe_node(tree, ui::Role::Heading, "language-title", title_, title_area_);
}

class LanguageSheet final : public SheetOverlay {
 public:
  LanguageSheet() : SheetOverlay(OverlayKind::Languages, list_) {}
  void layout(const OverlayContext& context) override {
    context_ = &context;
    list_.layout(context);
  }
  void update(float dt) override;

 private:
  LanguageList list_;
};

// Whichever is pressed, the one that is chosen already, too: then there is nothing more to do here.
void LanguageSheet::update(float dt) {
  list_.update(dt);
  for (size_t i = 0; i < kMost; ++i) {
    if (!follow(list_.row(i))) continue;
    context_->host.choose_language(context_->campaign.languages()[i]);
    back();
  }
  if (list_.take_closed()) back();
}

}  // namespace

std::unique_ptr<Overlay> make_language_sheet() {
  return std::make_unique<LanguageSheet>();
}

}  // namespace vitrine::scene
