// SPDX-License-Identifier: MIT
// What a campaign says in full where a scene has room for a line: paragraphs under headings, on a
// sheet that scrolls.
#pragma once

#include <array>
#include <string>

#include "engine/scene/scene.h"
#include "engine/ui/bottom_sheet.h"

namespace vitrine::scenes {

class NoteSheet final : public ui::BottomSheet {
 public:
  static constexpr size_t kMost = 6;

  NoteSheet();
  // The campaign has something to say in full: at least `claim.note_1`.
  static bool has_notes(const campaign::Campaign& campaign);
  // Texts `claim.note_title`, `claim.note_close`; `claim.note_1_title`, `claim.note_1` and so on,
  // as many as there are.
  void layout(const scene::SceneContext& context);
  void update(float dt) override;

 protected:
  void draw_content(ui::Painter& painter) override;
  void describe_words(ui::SemanticTree& tree) const override;

 private:
  struct Note {
    std::string name, title, text;
    Rect title_area, area;
  };
  void place(const scene::SceneContext& context, Note& note, float width, float& y) const;

  std::array<Note, kMost> notes_;
  size_t count_ = 0;
  std::string title_;
  Rect title_area_;
  ui::Button close_{"note-done", ui::ButtonKind::Ghost};
  float unit_ = 1;  // scene units a point of the kiosk's design
};

}  // namespace vitrine::scenes
