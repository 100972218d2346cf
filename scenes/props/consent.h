// SPDX-License-Identifier: MIT
// What a shopper agrees to, and how they say so: what the shop will see and not see, boxes that
// begin empty, and one question with two equal answers.
#pragma once

#include <array>
#include <string>

#include "engine/scene/scene.h"
#include "engine/ui/button.h"
#include "engine/ui/check_box.h"
#include "engine/ui/chip.h"
#include "engine/ui/screen.h"
#include "scenes/props/claim_places.h"

namespace vitrine::scenes {

class Consent {
 public:
  Consent();
  // Adds its widgets; once.
  void add_to(ui::Screen& screen);
  // Texts `claim.fact_…`, `claim.terms`, `claim.guardian`, `claim.statistics…`; `claim.read` where
  // the campaign says in full what is agreed to (note_sheet.h).
  // `refused`: the browser answers the question about statistics, so it is told and not asked.
  void layout(const scene::SceneContext& context, const ClaimPlaces& places, bool refused);
  // Neither drawn, described nor touched unless it is shown. As it begins: empty, "no thanks".
  void set_shown(bool shown);
  void clear();
  // Everything that must be ticked is.
  void tick_all();
  bool is_complete() const;
  // Shows what must still be ticked, until it is.
  void point_out();
  bool points_out() const { return pointed_out_ && !is_complete(); }
  claim::Agreement agreement() const;

  // True once after a person changed something.
  bool update();
  // Opens what is agreed to.
  ui::Button& read() { return read_; }
  void draw(ui::Painter& painter);
  void describe(ui::SemanticTree& tree) const;

 private:
  static constexpr size_t kFacts = 3;
  struct Fact {
    std::string name, detail, told;
  };
  void draw_fact(ui::Painter& painter, size_t index) const;
  void draw_in_one_line(ui::Painter& painter, const Fact& fact, const Rect& area) const;
  Rect fact(size_t index) const;

  bool shown_ = false;
  bool asks_guardian_ = false;
  bool pointed_out_ = false;
  bool refused_ = false;
  std::array<Fact, kFacts> facts_;
  Rect facts_area_, question_area_;
  std::string question_;
  bool has_notes_ = false;
  ui::Button read_{"read-notes", ui::ButtonKind::Ghost};
  ui::CheckBox terms_{"terms"}, guardian_{"guardian"};
  ui::ChipGroup statistics_{"statistics"};
};

}  // namespace vitrine::scenes
