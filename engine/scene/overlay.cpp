// SPDX-License-Identifier: MIT
#include "engine/scene/overlay.h"

#include <iterator>

#include "engine/ui/widget.h"

namespace vitrine::scene {
namespace {

// In the order of OverlayKind.
constexpr std::string_view kNames[] = {"accessibility", "still-there"};

}  // namespace

std::span<const std::string_view> overlay_names() { return kNames; }

std::optional<OverlayKind> find_overlay(std::string_view name) {
  for (size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<OverlayKind>(i);
  }
  return std::nullopt;
}

void describe_words(ui::SemanticTree& tree, ui::Role role, std::string_view name,
                    std::string_view label, const Rect& bounds) {
  ui::SemanticNode& node = tree.add();
  node.id = ui::widget_id(name);
  node.role = role;
  node.name = name;
  node.label = label;
  node.bounds = bounds;
}

void open_dialog(ui::SemanticTree& tree, std::string_view name, std::string_view label,
                 std::string_view description, const Rect& bounds) {
  ui::SemanticNode& dialog = tree.add();
  dialog.id = ui::widget_id(name);
  dialog.role = ui::Role::Dialog;
  dialog.name = name;
  dialog.label = label;
  dialog.description = description;
  dialog.state.modal = true;
  dialog.bounds = bounds;
  tree.open();
}

}  // namespace vitrine::scene
