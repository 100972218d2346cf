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

}  // namespace vitrine::scene
