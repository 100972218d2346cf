// SPDX-License-Identifier: MIT
#include "scenes/props/note_sheet.h"

#include <algorithm>

#include "engine/ui/describe.h"

namespace vitrine::scenes {
namespace {

// Points of the kiosk's design.
constexpr float kTitle = 64, kHeading = 44, kText = 38, kGap = 40, kClose = 120, kFoot = 56;

std::string key_of(size_t index) {
  return "claim.note_" + std::to_string(index + 1);
}

gfx::TextStyle heading_style(float unit, Color color) {
  return {FontFamily::Text, FontWeight::Bold, kHeading * unit, 1.3f, gfx::TextAlign::Start, color};
}

gfx::TextStyle text_style(float unit, Color color) {
  return {FontFamily::Text, FontWeight::Regular, kText * unit, 1.5f, gfx::TextAlign::Start, color};
}

}  // namespace

NoteSheet::NoteSheet() : BottomSheet("note-sheet", "note-close") {
  add(close_);
}

bool NoteSheet::has_notes(const campaign::Campaign& campaign) {
  return campaign.has_text(key_of(0));
}

void NoteSheet::place(const scene::SceneContext& context, Note& note, float width, float& y) const {
  const auto take = [&](const std::string& text, const gfx::TextStyle& style) {
    const float height = context.canvas.measure_text(text, width, style).height;
    const Rect area{0, y, width, height};
    y += height;
    return area;
  };
  note.title_area = take(note.title, heading_style(unit_, {}));
  y += 0.2f * kGap * unit_;
  note.area = take(note.text, text_style(unit_, {}));
  y += kGap * unit_;
}

void NoteSheet::layout(const scene::SceneContext& context) {
  const ui::Metrics& m = context.metrics;
  unit_ = m.phone() ? 0.42f : 1.0f;
  title_ = context.text("claim.note_title");
  set_label(title_, context.text("claim.note_close"));
  set_reduced_motion(context.reduced_motion);
  const float width = layout_sheet(m, 0).width;
  const float title = 1.4f * kTitle * unit_;
  float y = title + kGap * unit_;
  for (count_ = 0; count_ < kMost && context.campaign.has_text(key_of(count_)); ++count_) {
    Note& note = notes_[count_];
    const std::string key = key_of(count_);
    note.name = "note-" + std::to_string(count_ + 1);
    note.title = context.text(key + "_title");
    note.text = context.text(key);
    place(context, note, width, y);
  }
  const float close = std::max(kClose * unit_, m.target);
  const Rect content = layout_sheet(m, y + close + kFoot * unit_);
  title_area_ = {content.x, content.y, width, title};
  for (size_t i = 0; i < count_; ++i) {
    notes_[i].title_area = notes_[i].title_area.moved({content.x, content.y});
    notes_[i].area = notes_[i].area.moved({content.x, content.y});
  }
  close_.set_label(context.text("claim.note_close"));
  close_.set_text_size(44 * unit_);
  close_.set_bounds({content.x, content.y + y, width, close});
}

void NoteSheet::update(float dt) {
  BottomSheet::update(dt);
  if (close_.take_activated() && is_open()) close();
}

void NoteSheet::draw_content(ui::Painter& painter) {
  const ui::Theme& theme = painter.theme;
  const gfx::TextStyle title{FontFamily::Display,
                             FontWeight::Bold,
                             kTitle * unit_,
                             1.12f,
                             gfx::TextAlign::Center,
                             theme.ink,
                             1};
  ui::draw_label(painter, title_, title_area_, title);
  for (size_t i = 0; i < count_; ++i) {
    const Note& note = notes_[i];
    painter.canvas.draw_text(note.title, {note.title_area.x, note.title_area.y},
                             note.title_area.width, heading_style(unit_, theme.ink));
    painter.canvas.draw_text(note.text, {note.area.x, note.area.y}, note.area.width,
                             text_style(unit_, theme.ink));
  }
  close_.draw(painter);
}

void NoteSheet::describe_words(ui::SemanticTree& tree) const {
  ui::describe_node(tree, ui::Role::Heading, "note-title", title_, title_area_);
  for (size_t i = 0; i < count_; ++i) {
    const Note& note = notes_[i];
    ui::describe_node(tree, ui::Role::Text, note.name, note.title + ": " + note.text, note.area);
  }
}

}  // namespace vitrine::scenes
