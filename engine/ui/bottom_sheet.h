// SPDX-License-Identifier: MIT
// A sheet that rises from the bottom over the dimmed scene. It follows a finger that drags it down,
// closes when let go far down or thrown, scrolls what is longer than it, and keeps every input and
// the focus while it is open. A grip at its top, a tap beside it and Escape close it, too.
//
// For deriving: the subclass lays its widgets out as if the sheet were open and not scrolled, and
// draws them in draw_content().
#pragma once

#include <string>
#include <string_view>

#include "engine/input/pan.h"
#include "engine/input/tap.h"
#include "engine/ui/button.h"
#include "engine/ui/motion.h"
#include "engine/ui/screen.h"
#include "engine/ui/scroller.h"
#include "engine/ui/widget.h"

namespace vitrine::ui {

class BottomSheet : public Widget {
 public:
  // Both names live as long as the sheet; `grip` is the button that closes it.
  BottomSheet(std::string_view name, std::string_view grip);

  // What a screen reader says: of the sheet, and of the grip.
  void set_label(std::string_view label, std::string_view close);
  void set_reduced_motion(bool reduced) { reduced_motion_ = reduced; }

  void open();
  // Is open at once, at rest; for pictures.
  void show_open();
  void close();
  bool is_open() const { return open_; }
  bool is_seen() const { return open_ || risen_.value() > 0.004f; }
  // Once after the shopper closed it (the sheet is already going down).
  bool take_closed();
  // Escape. False when it is not open.
  bool back();

  input::Handled handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(Painter& painter) override;
  void describe(SemanticTree& tree) const override;
  bool activate(uint32_t id) override;
  uint32_t step(uint32_t id, int direction) override {
    return open_ ? content_.step(id, direction) : 0;
  }
  bool write(uint32_t id, const TextInput& input) override {
    return open_ && content_.write(id, input);
  }
  // Scrolls to what has the focus.
  void focus_moved(uint32_t id) override;
  bool at_rest() const override;
  void release() override;

 protected:
  // In drawing and reading order; once. The widget outlives the sheet.
  void add(Widget& widget) { content_.add(widget); }
  // Places a sheet that is high enough for `content_height`, at most 86 % of the screen. Returns
  // where the content begins and how wide it is; its height may reach below the screen. On a
  // landscape screen the sheet is at most `most_width` wide.
  Rect layout_sheet(const Metrics& metrics, float content_height, float most_width = 1080);
  // How high content may be that needs no scrolling.
  static float content_room(const Metrics& metrics);
  // Draws what is on the sheet; the transform is the sheet's.
  virtual void draw_content(Painter& painter) = 0;
  // Describes words that are no widgets, as laid out.
  virtual void describe_words(SemanticTree& /*tree*/) const {}

 private:
  float down() const { return (1 - risen_.value()) * (sheet_.height + kBelow * unit_); }
  bool on_sheet(Vec2 at) const { return sheet_.moved({0, down()}).contains(at); }
  void follow_pan(const input::PointerEvent& event);
  bool begin_drag(const input::PointerEvent& event);
  void drag(float delta);
  void let_go(float velocity);
  void let_go_cancelled();
  void rise(float velocity);
  void touch(input::PointerEvent event);
  void dismiss(float velocity);
  void draw_sheet(Painter& painter) const;

  static constexpr float kBelow = 40;  // points its shadow needs to be gone

  std::string_view name_;
  std::string label_;
  Screen content_;
  Button grip_;
  input::Pan pan_{input::Axis::Vertical, 10};
  uint64_t pan_pointer_ = 0;
  Vec2 pan_down_;
  float pulled_ = 0;  // points the finger has pulled the sheet down by, without rubber
  input::Tap beside_;
  bool reduced_motion_ = false;
  bool open_ = false;
  bool closed_ = false;             // by the shopper, not taken yet
  float unit_ = 1;                  // 1 on panels, 0.4 on phones
  Rect sheet_;                      // open
  Rect window_;                     // what of it the content is seen through
  Spring risen_{0, {0.35f, 0.8f}};  // 0 hidden, 1 open; overshoots by 12 of 800 points
  Scroller scroll_;
  SemanticTree probe_;  // where what has the focus lies
};

}  // namespace vitrine::ui
