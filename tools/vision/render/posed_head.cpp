// SPDX-License-Identifier: MIT
#include "tools/vision/render/posed_head.h"

#include "tools/vision/render/cover.h"
#include "tools/vision/render/expression.h"

namespace vitrine::faces {

void PosedHead::place() {
  world.resize(shape.size());
  seen.resize(shape.size());
  for (size_t i = 0; i < shape.size(); ++i) {
    world[i] = view.world(shape[i]);
    seen[i] = view.project(world[i]);
  }
  compute_normals(model->head, world, normal);
}

PosedHead sample_head(const HeadModel& model, const Rng& base, Tones tones) {
  Rng rng = base.stream("place");
  PosedHead head{};
  head.model = &model;
  head.person = sample_person(base, tones);
  const std::vector<float> expression = sample_expression(model, base.stream("expression"));
  head.smile = expression.at(model.expression("mouthSmile_L"));
  head.skin = sample_shape(model, expression, base);
  head.shape = head.skin;
  swell_for_cover(model, head.person, head.shape);
  head.pose = sample_pose(rng);
  head.view.turn = rotation(head.pose);
  head.view.distance = rng.log_uniform(28, 130);
  head.view.focal = 300;
  return head;
}

}  // namespace vitrine::faces
