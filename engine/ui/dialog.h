// SPDX-License-Identifier: MIT
// A question that has to be answered before anything else: a card over the dimmed scene, a disc
// that breaks its upper edge (an icon, or a ring that runs down), a title, a few words, one or two
// buttons. While it is open every input is the dialog's, the keyboard's focus stays in it, and a
// touch beside it does nothing.
#pragma once

#include <string>
#include <string_view>

#include "engine/ui/button.h"
#include "engine/ui/motion.h"
#include "engine/ui/screen.h"
#include "engine/ui/widget.h"

namespace vitrine::ui {

// In the language shown; copied.
struct DialogWords {
  std::string_view title;
  std::string_view text;       // up to four lines
  std::string_view primary;    // what loses nothing: it has the focus first
  std::string_view secondary;  // "": one button is enough
  std::string_view code;       // a small line for staff; "": none
  std::string_view countdown;  // how long the ring still runs; see set_countdown_words()
};

class Dialog : public Widget {
 public:
  enum class Choice : uint8_t { None, Primary, Secondary, TimedOut };

  // Names, of the dialog and of its buttons, live as long as it does.
  Dialog(std::string_view name, std::string_view primary, std::string_view secondary);

  void set_words(const DialogWords& words);
  // A group of a drawing on the disc; both strings live as long as the dialog. "": no icon.
  void set_icon(std::string_view path, std::string_view group);
  // What Escape means; Primary unless said otherwise.
  void set_safe_choice(Choice choice) { safe_ = choice; }
  // Cross-fades instead of rising.
  void set_reduced_motion(bool reduced) { reduced_motion_ = reduced; }
  // From now on the ring runs down within so many seconds, then the choice is TimedOut; 0: no ring.
  void set_countdown(float seconds);
  // What screen readers are told when it changes: now and then, since a number that changed each
  // second would never let them speak.
  void set_countdown_words(std::string_view words) { countdown_ = words; }
  // Corrects the ring by a clock that somebody else keeps.
  void set_seconds_left(float seconds) { left_ = clamp(seconds, 0, total_); }
  float seconds_left() const { return left_; }

  // Places everything for the words it has. After each change of words, size or language.
  void layout(gfx::Canvas& canvas, const Metrics& metrics);

  void open();
  // Is open at once, at rest; for pictures.
  void show_open();
  void close();
  bool is_open() const { return open_; }
  // Open or still fading away.
  bool is_seen() const { return open_ || !veil_.at_rest() || veil_.value() > 0; }

  // Once after each answer; the dialog stays open until close().
  Choice take_choice();
  // The button of the last answer, for what is recorded.
  const Button& chosen() const { return last_ == Choice::Secondary ? secondary_ : primary_; }
  // Escape: the safe choice. False when it is not open.
  bool back();

  input::Handled handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(Painter& painter) override;
  void describe(SemanticTree& tree) const override;
  bool activate(uint32_t id) override { return open_ && screen_.activate(id); }
  bool at_rest() const override;
  void release() override { screen_.release(); }

 private:
  // Of the parts within the card, from its left top corner.
  struct Parts {
    float unit = 1;  // scene units a point of the kiosk's design
    Size card;
    Rect title, text, primary, secondary, code;
  };
  bool has_disc() const { return total_ > 0 || !icon_group_.empty(); }
  Parts measure(gfx::Canvas& canvas, float width, float unit) const;
  void place(const Metrics& metrics);
  void choose(Choice choice) { choice_ = last_ = choice; }
  void draw_card(Painter& painter);
  void draw_face(Painter& painter) const;
  void draw_words(Painter& painter) const;
  void draw_disc(Painter& painter) const;
  Rect disc() const;
  void draw_ring(Painter& painter, Vec2 center) const;

  std::string_view name_;
  std::string title_name_, text_name_, code_name_, countdown_name_;
  std::string title_, text_, code_, countdown_;
  std::string_view icon_path_, icon_group_;
  Choice safe_ = Choice::Primary;
  Choice choice_ = Choice::None;
  Choice last_ = Choice::None;
  bool reduced_motion_ = false;
  bool open_ = false;
  float total_ = 0;  // seconds the ring stands for; 0: none
  float left_ = 0;
  Screen screen_;
  Button primary_, secondary_;
  Parts parts_;
  Rect card_;
  Fade veil_;
  Spring risen_{0};
};

}  // namespace vitrine::ui
