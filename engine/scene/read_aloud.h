// SPDX-License-Identifier: MIT
// Reads the screen to whoever asked for it: which screen has come, what has the focus, what a
// finger is on, and what changes by itself. Silent until it is switched on. One thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "engine/base/geometry.h"
#include "engine/platform/speech.h"
#include "engine/ui/semantics.h"

namespace vitrine::scene {

class ReadAloud {
 public:
  // `speech` outlives it.
  explicit ReadAloud(Speech& speech) : speech_(speech) {}

  // Switched off it stops in the middle of a word.
  void set_on(bool on);
  bool on() const { return on_; }

  // The tree of this frame. Says a dialog that opened or else the heading of another screen, then
  // the thing that has the focus when that is another or has changed, then live words that changed.
  // Costs nothing while nothing changes.
  void follow(const ui::SemanticTree& tree, std::string_view language);
  // A finger went down there: says the thing under it.
  void touch(const ui::SemanticTree& tree, Vec2 position, std::string_view language);
  // What no node says: after what is being said, or in its place.
  void announce(std::string_view text, std::string_view language, SpeechPriority priority);
  // The shopper has gone: what is being said ends, what was said is forgotten.
  void hush();

 private:
  void say(const ui::SemanticNode& node, std::string_view language, SpeechPriority priority);
  bool say_screen(const ui::SemanticTree& tree, std::string_view language);
  void say_live(const ui::SemanticTree& tree, std::string_view language);

  Speech& speech_;
  bool on_ = false;
  // What was said last, as a hash of it; 0: nothing.
  uint32_t screen_ = 0;
  uint32_t focused_ = 0;
  uint32_t polite_ = 0;
  uint32_t assertive_ = 0;
};

}  // namespace vitrine::scene
