// SPDX-License-Identifier: MIT
// A box to be ticked beside words of up to two lines, all of it one target. Begins empty.
#pragma once

#include "engine/ui/button.h"

namespace vitrine::ui {

class CheckBox : public Button {
 public:
  explicit CheckBox(std::string_view name) : Button(name, ButtonKind::Bare) {}

  void set_ticked(bool ticked) {
    set_selected(ticked);
    if (ticked) missed_ = false;
  }
  bool ticked() const { return selected(); }
  // It must be ticked and is not: it says so until it is.
  void set_missed(bool missed) { missed_ = missed && !ticked(); }
  // Turns it when it was activated; true once then.
  bool take_changed();

 protected:
  void draw_face(Painter& painter) override;
  float corner() const override;
  void describe_as(SemanticNode& node) const override;

 private:
  bool missed_ = false;
};

}  // namespace vitrine::ui
