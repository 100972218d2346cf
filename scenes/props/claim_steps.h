// SPDX-License-Identifier: MIT
// How far a claim has come, as three signs on a dashed line: what is done is solid, what is to be
// done now breathes.
#pragma once

#include <array>
#include <string>

#include "engine/scene/scene.h"

namespace vitrine::scenes {

class ClaimSteps {
 public:
  static constexpr size_t kCount = 3;

  // Texts `claim.step_1` to `claim.step_3`.
  void set(const scene::SceneContext& context);
  void layout(const Rect& bounds) { bounds_ = bounds; }
  // Steps before this one are done; kCount: all of them.
  void set_current(size_t current) { current_ = current; }
  void update(float dt) { time_ += dt; }
  // `deep`: on the deep cloth. `still`: nothing moves.
  void draw(ui::Painter& painter, bool deep, bool still) const;
  void describe(ui::SemanticTree& tree) const;

 private:
  void draw_sign(ui::Painter& painter, size_t index, bool deep, bool still) const;
  gfx::TextStyle style(ui::Painter& painter, bool deep) const;
  Vec2 middle(size_t index) const;
  float disc() const { return bounds_.height * 0.62f; }
  Rect words(size_t index) const;

  std::array<std::string, kCount> words_;
  Rect bounds_;
  size_t current_ = 0;
  float time_ = 0;
};

}  // namespace vitrine::scenes
