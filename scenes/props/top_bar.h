// SPDX-License-Identifier: MIT
// What stands at the top of every scene of a shop: emblem, word mark, accessibility, language, and
// the way back.
#pragma once

#include <string>

#include "engine/scene/scene.h"
#include "engine/ui/button.h"
#include "engine/ui/screen.h"

namespace vitrine::scenes {

class TopBar {
 public:
  enum class Back : uint8_t { Without, With };

  explicit TopBar(Back back) : has_back_(back == Back::With) {}

  // Adds its buttons; once.
  void add_to(ui::Screen& screen);
  // Returns how far down it reaches.
  float layout(const scene::SceneContext& context, std::string_view back_label);
  // Upper left corner of the controls at the right.
  Vec2 corner() const { return {accessibility_.bounds().x, accessibility_.bounds().y}; }
  void draw(ui::Painter& painter);
  void describe(ui::SemanticTree& tree) const;
  // Over a deep background.
  void set_on_dark(bool on_dark) { on_dark_ = on_dark; }

  // Answers its other buttons itself; true once when the back button was activated.
  bool update(scene::SceneContext& context);

 private:
  // Each with its upper edge at `y`, its right one at `right`.
  void place_language(const scene::SceneContext& context, float right, float y);
  void place_accessibility(const scene::SceneContext& context, float right, float y);
  // Between `left` and `right`, beside discs that begin at `y`.
  void place_words(const scene::SceneContext& context, float left, float right, float y);
  void fit_words(gfx::Canvas& canvas);

  bool has_back_;
  bool on_dark_ = false;
  bool chooses_ = false;  // among more than two languages
  ui::Button back_{"back", ui::ButtonKind::Round};
  ui::Button accessibility_{"accessibility", ui::ButtonKind::Round};
  ui::Button language_{"language", ui::ButtonKind::Round};
  std::string brand_;
  std::string shop_;
  Rect emblem_;
  Rect words_;  // as much room as there is
  float brand_size_ = 34;
  float shop_size_ = 24;
  bool words_shown_ = true;
};

}  // namespace vitrine::scenes
