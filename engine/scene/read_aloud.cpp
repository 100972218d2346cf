// SPDX-License-Identifier: MIT
#include "engine/scene/read_aloud.h"

#include "engine/scene/spoken_text.h"
#include "engine/ui/widget.h"

namespace vitrine::scene {
namespace {

using ui::Live;
using ui::SemanticNode;
using ui::SemanticTree;

constexpr uint32_t kMix = 2654435761u;  // Knuth's multiplicative hash

// Of everything about it that is said; never 0.
uint32_t fingerprint(const SemanticNode& node) {
  const ui::SemanticState& state = node.state;
  uint32_t hash = ui::widget_id(node.label) ^ node.id;
  hash = hash * kMix ^ ui::widget_id(node.value);
  hash = hash * kMix ^ (state.selected ? 1u : 0u) ^ (state.disabled ? 2u : 0u) ^
         static_cast<uint32_t>(state.checked) << 2 ^ static_cast<uint32_t>(state.expanded) << 4;
  return hash != 0 ? hash : 1;
}

template <typename Accept>
const SemanticNode* first_of(const SemanticTree& tree, Accept accept) {
  for (size_t i = 0; i < tree.size(); ++i) {
    if (tree[i].reachable && accept(tree[i])) return &tree[i];
  }
  return nullptr;
}

// The smallest thing there that has something to say.
const SemanticNode* under(const SemanticTree& tree, Vec2 position) {
  const SemanticNode* found = nullptr;
  float least = 0;
  for (size_t i = 0; i < tree.size(); ++i) {
    const SemanticNode& node = tree[i];
    if (!node.reachable || !node.bounds.contains(position) || node.label.empty()) continue;
    const float area = node.bounds.width * node.bounds.height;
    if (found != nullptr && area >= least) continue;
    found = &node;
    least = area;
  }
  return found;
}

}  // namespace

void ReadAloud::set_on(bool on) {
  if (on == on_) return;
  on_ = on;
  screen_ = focused_ = polite_ = assertive_ = 0;
  if (!on) speech_.stop();
}

void ReadAloud::say(const SemanticNode& node, std::string_view language, SpeechPriority priority) {
  const std::string text = spoken_text(node, language);
  if (!text.empty()) speech_.say(text, language, priority);
}

bool ReadAloud::say_screen(const SemanticTree& tree, std::string_view language) {
  const SemanticNode* screen = tree.find(tree.modal());
  if (screen == nullptr) {
    screen = first_of(tree, [](const SemanticNode& n) { return n.role == ui::Role::Heading; });
  }
  const uint32_t now = screen != nullptr ? fingerprint(*screen) : 0;
  const bool another = now != screen_ && now != 0;
  screen_ = now;
  if (another) say(*screen, language, SpeechPriority::Interrupt);
  return another;
}

void ReadAloud::say_live(const SemanticTree& tree, std::string_view language) {
  const auto follow_level = [&](Live level, uint32_t& said, SpeechPriority priority) {
    const SemanticNode* node = first_of(
        tree, [&](const SemanticNode& n) { return ui::live_of(n) == level && !n.label.empty(); });
    const uint32_t now = node != nullptr ? fingerprint(*node) : 0;
    if (now != said && now != 0) say(*node, language, priority);
    said = now;
  };
  follow_level(Live::Assertive, assertive_, SpeechPriority::Interrupt);
  follow_level(Live::Polite, polite_, SpeechPriority::Queue);
}

void ReadAloud::follow(const SemanticTree& tree, std::string_view language) {
  if (!on_) return;
  const bool new_screen = say_screen(tree, language);
  const SemanticNode* focused =
      first_of(tree, [](const SemanticNode& node) { return node.state.focused; });
  const uint32_t focus = focused != nullptr ? fingerprint(*focused) : 0;
  if (focus != focused_ && focus != 0) {
    say(*focused, language, new_screen ? SpeechPriority::Queue : SpeechPriority::Interrupt);
  }
  focused_ = focus;
  say_live(tree, language);
}

void ReadAloud::touch(const SemanticTree& tree, Vec2 position, std::string_view language) {
  if (!on_) return;
  const SemanticNode* node = under(tree, position);
  if (node != nullptr) say(*node, language, SpeechPriority::Interrupt);
}

void ReadAloud::announce(std::string_view text, std::string_view language,
                         SpeechPriority priority) {
  if (on_) speech_.say(read_out(text, language), language, priority);
}

void ReadAloud::hush() {
  screen_ = focused_ = polite_ = assertive_ = 0;
  speech_.stop();
}

}  // namespace vitrine::scene
