// SPDX-License-Identifier: MIT
// The list is expanded twice: to declare the factories and to fill the table. Nothing registers
// itself: a linker drops self-registering objects from static libraries.
#include "scenes/scenes.h"

namespace vitrine::scenes {

#define SCENE(kind, arrival) std::unique_ptr<scene::Scene> make_##kind();
#include "scenes/scene_list.inc"
#undef SCENE

scene::SceneKinds all_kinds() {
  static constexpr scene::SceneKind kKinds[] = {
#define SCENE(kind, arrival) {#kind, make_##kind, scene::Arrival::arrival},
#include "scenes/scene_list.inc"
#undef SCENE
  };
  return kKinds;
}

}  // namespace vitrine::scenes
