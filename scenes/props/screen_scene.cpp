// SPDX-License-Identifier: MIT
#include "scenes/props/screen_scene.h"

namespace vitrine::scenes {

bool ScreenScene::back() {
  const std::string_view to = context_->scene.string("back");
  context_->director.go_to(to.empty() ? std::string_view(context_->campaign.start_scene().id) : to);
  return true;
}

std::vector<const campaign::Product*> products_of(const scene::SceneContext& context) {
  std::vector<const campaign::Product*> products;
  for (const campaign::Value& id : context.scene.list("products")) {
    if (const campaign::Product* product = context.campaign.product(id.string({}))) {
      products.push_back(product);
    }
  }
  if (products.empty()) {
    for (const campaign::Product& product : context.campaign.products()) {
      products.push_back(&product);
    }
  }
  static const campaign::Product kNothing{};
  if (products.empty()) products.push_back(&kNothing);
  return products;
}

}  // namespace vitrine::scenes
