// SPDX-License-Identifier: MIT
// A line to write into: by the keyboard on the screen, a real one, a scanner that types, or on a
// phone by the page's own field that lies over it. A tap puts the caret; what is too long scrolls.
#pragma once

#include <string>
#include <string_view>

#include "engine/input/tap.h"
#include "engine/ui/motion.h"
#include "engine/ui/text_edit.h"
#include "engine/ui/widget.h"

namespace vitrine::ui {

class TextField : public Widget {
 public:
  enum class Content : uint8_t {
    Plain,
    Secret,  // drawn as dots, told to nobody
  };

  // `most`: code points.
  TextField(std::string_view name, size_t most, Content content = Content::Plain);

  void set_label(std::string_view label) { label_ = label; }
  // Shown pale while it is empty.
  void set_hint(std::string_view hint) { hint_ = hint; }
  // What is wrong with it, told and drawn below; "": nothing.
  void set_problem(std::string_view problem) { problem_ = problem; }
  void set_bounds(const Rect& bounds) { bounds_ = bounds; }
  const Rect& bounds() const { return bounds_; }
  void set_text_size(float size) { text_size_ = size; }
  void set_ground(Ground ground) { ground_ = ground; }
  void set_enabled(bool enabled);
  void set_reduced_motion(bool reduced) { reduced_motion_ = reduced; }
  // Whether what is typed on the screen goes here: the caret is shown.
  void set_active(bool active) { active_ = active; }
  bool active() const { return active_; }

  TextEdit& edit() { return edit_; }
  std::string_view text() const { return edit_.text(); }
  // Writes at the caret, or erases, as write() does.
  void insert(std::string_view utf8);
  void erase_before();

  // True once after a finger, the focus or a screen reader chose it, and after what it holds
  // changed.
  bool take_activated();
  bool take_changed();

  input::Handled handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(Painter& painter) override;
  void describe(SemanticTree& tree) const override;
  bool activate(uint32_t id) override;
  // Moves the caret.
  uint32_t step(uint32_t id, int direction) override;
  bool write(uint32_t id, const TextInput& input) override;
  void focus_moved(uint32_t id) override;
  bool at_rest() const override;
  void release() override { tap_.reset(); }

 private:
  void change();
  float width_of(gfx::Canvas& canvas, size_t bytes) const;
  gfx::TextStyle style(const Color& color) const;
  float corner() const { return bounds_.height * 0.26f; }
  float padding() const { return text_size_ * 0.6f; }
  void place_caret(gfx::Canvas& canvas);
  void scroll_to_caret(gfx::Canvas& canvas);
  void draw_box(Painter& painter) const;
  void draw_written(Painter& painter, Vec2 at, const Color& color) const;
  void draw_caret(Painter& painter) const;

  std::string_view name_;
  std::string label_, hint_, problem_;
  TextEdit edit_;
  Content content_;
  Rect bounds_;
  float text_size_ = 44;
  Ground ground_ = Ground::Light;
  bool enabled_ = true;
  bool active_ = false;
  bool reduced_motion_ = false;
  bool activated_ = false;
  bool changed_ = false;
  input::Tap tap_;
  float tapped_x_ = -1;  // where a finger wants the caret; answered when there is a canvas
  bool wants_caret_ = false;
  float scroll_ = 0;   // points the text is moved left by
  float caret_x_ = 0;  // from the text's beginning
  float blink_ = 0;    // seconds since the caret moved
};

}  // namespace vitrine::ui
