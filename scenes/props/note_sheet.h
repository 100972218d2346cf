// SPDX-License-Identifier: MIT
// What a campaign says in full where a scene has room for a line: notes under headings on a sheet,
// a page at a time, so that fingers, keys and screen readers come to every word.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/scene/scene.h"
#include "engine/ui/bottom_sheet.h"

namespace vitrine::scenes {

class NoteSheet final : public ui::BottomSheet {
 public:
  static constexpr size_t kMost = 6;

  NoteSheet();
  // The campaign has something to say in full: at least `claim.note_1`.
  static bool has_notes(const campaign::Campaign& campaign);
  // Texts `claim.note_1_title`, `claim.note_1` and so on, as many as there are; `claim.note_title`,
  // `claim.note_previous`, `claim.note_next`, `claim.note_close`. It says their version, the one
  // that an agreement to them names: the campaign's `claim.terms_version`.
  void layout(const scene::SceneContext& context);
  // From the first page.
  void read();
  void update(float dt) override;

 protected:
  void draw_content(ui::Painter& painter) override;
  void describe_words(ui::SemanticTree& tree) const override;

 private:
  struct Note {
    std::string title, text;
  };
  struct Page {
    size_t note;
    std::string_view text;  // of the note
  };
  // Where somebody reads: the first letter of a page they came to.
  struct Place {
    size_t note = 0, at = 0;  // bytes into the note
  };
  void read_notes(const scene::SceneContext& context);
  // Returns how high the highest is.
  float find_pages(gfx::Canvas& canvas, float width, float room);
  void place_buttons(const scene::SceneContext& context, const Rect& row);
  Place place_of(size_t page) const;
  size_t page_with(const Place& place) const;
  void turn_to(size_t page);
  void show_page(size_t page);
  gfx::TextStyle style(Color color) const;

  std::array<Note, kMost> notes_;
  size_t count_ = 0;
  std::vector<Page> pages_;
  size_t page_ = 0;
  // Stays as it is while the screen turns: there and back again leads to the same words.
  Place reading_;
  std::string title_, version_;
  std::string caption_;  // version and page
  std::string told_;     // heading and words of the page
  Rect title_area_, caption_area_, heading_area_, text_area_;
  ui::Button previous_{"note-previous", ui::ButtonKind::Ghost};
  ui::Button close_{"note-done", ui::ButtonKind::Ghost};
  ui::Button next_{"note-next", ui::ButtonKind::Ghost};
  float unit_ = 1;  // scene units a point of the kiosk's design
};

}  // namespace vitrine::scenes
