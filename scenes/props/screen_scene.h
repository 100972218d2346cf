// SPDX-License-Identifier: MIT
// What scenes of one screen do alike: their widgets hear fingers and keys, and back leads where the
// campaign says.
#pragma once

#include <vector>

#include "engine/scene/scene.h"
#include "engine/ui/screen.h"

namespace vitrine::scenes {

class ScreenScene : public scene::Scene {
 public:
  input::Handled handle(const input::PointerEvent& event) override { return screen_.handle(event); }
  bool activate(uint32_t id) override { return screen_.activate(id); }
  uint32_t step(uint32_t id, int direction) override { return screen_.step(id, direction); }
  bool write(uint32_t id, const ui::TextInput& input) override { return screen_.write(id, input); }
  void focus_moved(uint32_t id) override { screen_.focus_moved(id); }
  void release() override { screen_.release(); }
  // To the scene that the parameter "back" names, else to the campaign's first.
  bool back() override;

 protected:
  // An interaction with a product; none with the nameless one of products_of().
  template <typename Interaction>
  void record_with_product(const Interaction& interaction) {
    if (!interaction.product_id.empty()) context_->recorder.record(interaction);
  }

  scene::SceneContext* context_ = nullptr;  // set by enter()
  ui::Screen screen_;
};

// The campaign's products that the scene's parameter "products" names; all of them where it names
// none. Never empty: where the campaign has none, it is one without name and price.
std::vector<const campaign::Product*> products_of(const scene::SceneContext& context);

}  // namespace vitrine::scenes
