// SPDX-License-Identifier: MIT
#include "engine/scene/scene.h"

namespace vitrine::scene {

std::span<const std::string_view> Scene::states() const {
  static constexpr std::string_view kAtRest[] = {"rest"};
  return kAtRest;
}

const SceneKind* find_kind(SceneKinds kinds, std::string_view name) {
  for (const SceneKind& kind : kinds) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

void record_activation(const SceneContext& context, std::string_view button, Entry by) {
  record_activation(context.recorder, button, by);
}

void record_activation(telemetry::Recorder& recorder, std::string_view button, Entry by) {
  using By = interactions::ButtonActivated::By;
  const By recorded = by == Entry::Pointer    ? By::Pointer
                      : by == Entry::Keyboard ? By::Keyboard
                                              : By::Semantic;
  recorder.record(interactions::ButtonActivated{.button = button, .by = recorded});
}

void record_activation(const SceneContext& context, const ui::Button& button) {
  const Entry by = button.activated_by_finger() ? Entry::Pointer : context.entry;
  record_activation(context, button.name(), by);
}

}  // namespace vitrine::scene
