// SPDX-License-Identifier: MIT
// What is on screen in words: for screen readers, keyboards, switches, speech, scripts and tests.
// Built anew each frame beside the drawing, from the same widgets, so it cannot lie about what is
// there. Roles and states are WAI-ARIA 1.2's; wasm/js/library_semantics.js maps them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/geometry.h"

namespace vitrine::ui {

// The numbers are known to wasm/js/library_semantics.js: add at the end.
enum class Role : uint8_t {
  Text,
  Heading,
  Button,
  Image,
  Carousel,
  Card,
  Group,
  Dialog,  // with state.modal nothing but what it holds can be reached
  Status,  // words that may change by themselves, told politely
  Alert,   // the same, told at once
  List,
  ListItem,
  Radio,        // one choice of a group: state.checked
  Switch,       // state.checked
  Checkbox,     // state.checked
  Slider,       // value and range; Left and Right change it
  SpinButton,   // the same by single steps
  TextField,    // value is what was written, "" in a password field; range: how much of how much
  ProgressBar,  // without a range: nobody knows how long
  Link,
};

// Whether and how something is switched; None: it cannot be.
enum class Toggle : uint8_t { None, Off, On };

enum class Live : uint8_t { Off, Polite, Assertive };

struct SemanticState {
  bool disabled = false;
  bool selected = false;           // the current one among its neighbours
  bool focused = false;            // set by mark_focus()
  bool modal = false;              // of a Dialog
  Toggle checked = Toggle::None;   // of a Button: pressed
  Toggle expanded = Toggle::None;  // On: what it opens is open
  Live live = Live::Off;           // Status is at least Polite, Alert Assertive
  bool secret = false;             // of a TextField: a password
  bool invalid = false;            // what was written is refused; the description says why
  bool busy = false;               // what it was pressed for is on its way
};

// Where a value stands; least == most: there is none.
struct SemanticRange {
  float now = 0, least = 0, most = 0;

  bool known() const { return most > least; }
};

struct SemanticNode {
  uint32_t id = 0;      // stable while the widget lives; 0 is never used
  uint32_t parent = 0;  // the node it lies in, which comes before it; 0: the screen
  Role role = Role::Text;
  std::string label;        // in the language shown
  std::string description;  // what the label leaves open, in the language shown
  std::string value;        // how `range` or what was written is said: "3 pieces"
  std::string name;         // stable across languages: "start", "shade-3"; for scripts and tests
  SemanticState state;
  SemanticRange range;
  Rect bounds;        // logical points on screen
  float corner = -1;  // radius of what is drawn there, for the focus ring; -1: round ends
  bool activatable = false;
  bool reachable = true;  // set by end(): not outside the topmost modal

  // What a key press may go to.
  bool can_focus() const { return activatable && !state.disabled && reachable; }
};

// How urgently its changes are told: what its state says, and at least what its role says.
Live live_of(const SemanticNode& node);

// Kept between frames so that a steady screen allocates nothing.
class SemanticTree {
 public:
  void begin();
  // In reading order. Its parent is the innermost open node.
  SemanticNode& add();
  // What is added until close() lies in the node just added. Expects: it has its id; depth <= 8.
  void open();
  void close();
  // Moves every node from the place `first` on by so much: what lies on something that scrolls.
  void move_from(size_t first, Vec2 by);
  // Expects: every node has an id, every open() its close().
  void end();
  // Empty, and what was written in it is in its memory no more.
  void forget() { *this = {}; }
  // Marks the node with this id as focused, if it is there.
  void mark_focus(uint32_t id);

  size_t size() const { return count_; }
  const SemanticNode& operator[](size_t index) const { return nodes_[index]; }
  // By stable name; null when it is not on screen.
  const SemanticNode* find(std::string_view name) const;
  const SemanticNode* find(uint32_t id) const;
  // The topmost modal: the last in reading order; 0 when none is open.
  uint32_t modal() const { return modal_; }
  // The focusable node after (direction > 0) or before `id` in reading order, around the ends; the
  // first or last when `id` is not there; 0 when there is none.
  uint32_t next_activatable(uint32_t id, int direction) const;

 private:
  static constexpr size_t kDepth = 8;

  void find_reachable();

  std::vector<SemanticNode> nodes_;
  size_t count_ = 0;
  uint32_t open_[kDepth] = {};
  size_t depth_ = 0;
  uint32_t modal_ = 0;
};

}  // namespace vitrine::ui
