// SPDX-License-Identifier: MIT
#include "scenes/props/note_sheet.h"

#include <algorithm>
#include <utility>

#include "engine/base/utf8.h"
#include "engine/ui/describe.h"

namespace vitrine::scenes {
namespace {

// Points of the kiosk's design.
constexpr float kTitle = 72, kCaption = 44, kHeading = 64, kGap = 32, kRow = 120, kFoot = 48;
constexpr float kText = 38, kTextLine = 1.5f, kLeastLines = 3;

std::string key_of(size_t index) {
  return "claim.note_" + std::to_string(index + 1);
}

// How many bytes of `text` come first where not all of it fits, at least a letter's: up to the end
// of a sentence, else of a word, that ends in the second half of what fits.
template <typename Fits>
size_t first_part(std::string_view text, Fits fits) {
  if (fits(text)) return text.size();
  size_t least = 0, most = text.size();
  while (most - least > 1) {
    const size_t middle = (least + most) / 2;
    (fits(text.substr(0, whole_code_points(text, middle))) ? least : most) = middle;
  }
  size_t letter = 0;
  next_code_point(text, letter);
  const size_t fit = std::max(whole_code_points(text, least), letter);
  for (const std::string_view end : {"。", ". ", " "}) {
    const size_t at = text.substr(0, fit).rfind(end);
    if (at != std::string_view::npos && at + end.size() > fit / 2) return at + end.size();
  }
  return fit;
}

}  // namespace

NoteSheet::NoteSheet() : BottomSheet("note-sheet", "note-close") {
  for (ui::Button* button : {&previous_, &close_, &next_}) add(*button);
}

bool NoteSheet::has_notes(const campaign::Campaign& campaign) {
  return campaign.has_text(key_of(0));
}

gfx::TextStyle NoteSheet::style(Color color) const {
  return {FontFamily::Text, FontWeight::Regular,   kText * unit_,
          kTextLine,        gfx::TextAlign::Start, color};
}

float NoteSheet::find_pages(gfx::Canvas& canvas, float width, float room) {
  pages_.clear();
  const auto height = [&](std::string_view text) {
    return canvas.measure_text(text, width, style({})).height;
  };
  float highest = 0;
  for (size_t note = 0; note < count_; ++note) {
    std::string_view left = notes_[note].text;
    while (!left.empty()) {
      const size_t part = first_part(left, [&](std::string_view t) { return height(t) <= room; });
      pages_.push_back({note, left.substr(0, part)});
      highest = std::max(highest, height(pages_.back().text));
      left.remove_prefix(part);
    }
  }
  return highest;
}

// In another language the words before the place are others: there the note begins anew.
void NoteSheet::read_notes(const scene::SceneContext& context) {
  for (count_ = 0; count_ < kMost && context.campaign.has_text(key_of(count_)); ++count_) {
    const std::string key = key_of(count_);
    Note note{std::string(context.text(key + "_title")), std::string(context.text(key))};
    if (count_ == reading_.note && note.text != notes_[count_].text) reading_.at = 0;
    notes_[count_] = std::move(note);
  }
}

void NoteSheet::layout(const scene::SceneContext& context) {
  const ui::Metrics& m = context.metrics;
  unit_ = m.phone() ? 0.42f : 1.0f;
  title_ = context.text("claim.note_title");
  version_ = context.campaign.claim().terms_version;
  set_label(title_, context.text("claim.note_close"));
  set_reduced_motion(context.reduced_motion);
  read_notes(context);
  const float above = (kTitle + kCaption + kGap + kHeading) * unit_;
  const float row = std::max(kRow * unit_, m.target), below = (kGap + kFoot) * unit_ + row;
  const float room =
      std::max(content_room(m) - above - below, kLeastLines * kTextLine * kText * unit_);
  const float text = find_pages(context.canvas, layout_sheet(m, 0).width, room);
  const Rect content = layout_sheet(m, above + text + below);
  const auto part = [&](float from, float height) {
    return Rect{content.x, content.y + from, content.width, height};
  };
  title_area_ = part(0, kTitle * unit_);
  caption_area_ = part(kTitle * unit_, kCaption * unit_);
  heading_area_ = part(above - kHeading * unit_, kHeading * unit_);
  text_area_ = part(above, text);
  place_buttons(context, part(above + text + kGap * unit_, row));
  show_page(page_with(reading_));
}

void NoteSheet::place_buttons(const scene::SceneContext& context, const Rect& row) {
  const bool turns = pages_.size() > 1;
  const float gap = 0.5f * kGap * unit_;
  const float width = turns ? (row.width - 2 * gap) / 3 : row.width;
  float x = row.x;
  const auto place = [&](ui::Button& button, std::string_view key) {
    button.set_label(context.text(key));
    button.set_text_size(kText * unit_);
    button.set_bounds({x, row.y, width, row.height});
    x += width + gap;
  };
  previous_.set_shown(turns);
  next_.set_shown(turns);
  if (turns) place(previous_, "claim.note_previous");
  place(close_, "claim.note_close");
  if (turns) place(next_, "claim.note_next");
}

NoteSheet::Place NoteSheet::place_of(size_t page) const {
  const Page& from = pages_[page];
  return {from.note, static_cast<size_t>(from.text.data() - notes_[from.note].text.data())};
}

size_t NoteSheet::page_with(const Place& place) const {
  size_t found = 0;
  for (size_t i = 0; i < pages_.size(); ++i) {
    const Place first = place_of(i);
    if (first.note < place.note || (first.note == place.note && first.at <= place.at)) found = i;
  }
  return found;
}

void NoteSheet::turn_to(size_t page) {
  if (pages_.empty()) return;
  show_page(page);
  reading_ = place_of(page_);
}

void NoteSheet::show_page(size_t page) {
  if (pages_.empty()) return;
  page_ = std::min(page, pages_.size() - 1);
  previous_.set_enabled(page_ > 0);
  next_.set_enabled(page_ + 1 < pages_.size());
  caption_ = version_;
  if (pages_.size() > 1) {
    caption_ += " ・ " + std::to_string(page_ + 1) + "/" + std::to_string(pages_.size());
  }
  told_ = notes_[pages_[page_].note].title + ": ";
  told_ += pages_[page_].text;
}

void NoteSheet::read() {
  turn_to(0);
  open();
}

void NoteSheet::update(float dt) {
  BottomSheet::update(dt);
  const bool back = previous_.take_activated(), on = next_.take_activated();
  if (back && page_ > 0) turn_to(page_ - 1);
  if (on) turn_to(page_ + 1);
  if (close_.take_activated() && is_open()) close();
}

void NoteSheet::draw_content(ui::Painter& painter) {
  if (pages_.empty()) return;
  const ui::Theme& theme = painter.theme;
  gfx::TextStyle title = style(theme.ink), caption = style(theme.mute), heading = title;
  title.family = FontFamily::Display;
  title.weight = heading.weight = FontWeight::Bold;
  title.align = caption.align = gfx::TextAlign::Center;
  title.size = 0.8f * title_area_.height;
  caption.size = 0.7f * caption_area_.height;
  heading.size = 0.68f * heading_area_.height;
  ui::draw_label(painter, title_, title_area_, title);
  ui::draw_label(painter, caption_, caption_area_, caption);
  ui::draw_label(painter, notes_[pages_[page_].note].title, heading_area_, heading);
  painter.canvas.draw_text(pages_[page_].text, {text_area_.x, text_area_.y}, text_area_.width,
                           style(theme.ink));
  previous_.draw(painter);
  close_.draw(painter);
  next_.draw(painter);
}

void NoteSheet::describe_words(ui::SemanticTree& tree) const {
  ui::describe_node(tree, ui::Role::Heading, "note-title", title_, title_area_);
  ui::describe_node(tree, ui::Role::Text, "note-version", caption_, caption_area_);
  // Told anew when a page is turned.
  ui::describe_node(tree, ui::Role::Status, "note", told_, text_area_);
}

}  // namespace vitrine::scenes
