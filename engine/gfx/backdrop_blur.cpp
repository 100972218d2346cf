// SPDX-License-Identifier: MIT
#include "engine/gfx/backdrop_blur.h"

#include <GLES3/gl3.h>

#include <algorithm>
#include <cmath>

#include "engine/base/real.h"
#include "engine/gfx/shaders.h"

namespace vitrine::gfx {
namespace {

// At most three texels of deviation at a level: eleven texels on each side hold all of it.
constexpr float kWidestKernel = 3;

// The area with all that flows into it, on the grid of the level so that a pane that moves does not
// make its picture tremble. Rows from the bottom.
TextureRegion padded(const Edges& area, float deviation, uint32_t level, uint32_t width,
                     uint32_t height) {
  const float grid = static_cast<float>(1u << level);
  const float margin = 3 * deviation + grid;
  const float w = std::floor(static_cast<float>(width) / grid);
  const float h = std::floor(static_cast<float>(height) / grid);
  const float full = static_cast<float>(height);
  const float left = clamp(std::floor((area.left - margin) / grid), 0, w - 1);
  const float right = clamp(std::ceil((area.right + margin) / grid), left + 1, w);
  const float bottom = clamp(std::floor((full - area.bottom - margin) / grid), 0, h - 1);
  const float top = clamp(std::ceil((full - area.top + margin) / grid), bottom + 1, h);
  return {static_cast<uint32_t>(left), static_cast<uint32_t>(bottom),
          static_cast<uint32_t>(right - left), static_cast<uint32_t>(top - bottom)};
}

// A region of 1/2^level as it lies in the whole, `up` levels above.
TextureRegion enlarged(const TextureRegion& region, uint32_t up) {
  return {region.x << up, region.y << up, region.width << up, region.height << up};
}

}  // namespace

BlurPlan plan_blur(float deviation) {
  deviation = std::min(deviation, kWidestBlur);
  BlurPlan plan;
  while (plan.level < kBlurLevels &&
         deviation > kWidestKernel * static_cast<float>(1u << plan.level)) {
    ++plan.level;
  }
  // A box of n pixels has a variance of n²/12, linear enlarging by n one of n²/6.
  const float n = static_cast<float>(1u << plan.level);
  const float left = std::max(deviation * deviation - n * n / 4, 0.01f);
  const float variance = left / (n * n);
  const auto gauss = [variance](float x) { return decay(x * x / (2 * variance)); };
  plan.weight[0] = 1;
  float sum = 1;
  for (size_t i = 1; i < kBlurTaps; ++i) {
    // Between two texels the hardware mixes them for us.
    const float near = static_cast<float>(2 * i - 1);
    const float first = gauss(near);
    const float second = gauss(near + 1);
    plan.weight[i] = first + second;
    plan.offset[i] = near + (plan.weight[i] > 0 ? second / plan.weight[i] : 0);
    sum += 2 * plan.weight[i];
  }
  for (float& weight : plan.weight) weight /= sum;
  return plan;
}

void BackdropBlur::start() {
  program_ = device_.start_program(kFullscreenVertexShader, kBlurFragmentShader);
}

Status BackdropBlur::create() {
  std::string problem;
  if (!device_.finish_program(program_, problem)) {
    return {StatusCode::Unavailable, "gfx: blur shader: " + problem};
  }
  texel_ = glGetUniformLocation(program_, "u_texel");
  step_ = glGetUniformLocation(program_, "u_step");
  bounds_ = glGetUniformLocation(program_, "u_bounds");
  offset_ = glGetUniformLocation(program_, "u_offset");
  weight_ = glGetUniformLocation(program_, "u_weight");
  vertex_array_ = device_.make_vertex_array();
  return {};
}

void BackdropBlur::destroy_targets() {
  for (Level& level : levels_) {
    device_.destroy_target(level.picture);
    device_.destroy_target(level.half_blurred);
  }
}

void BackdropBlur::destroy() {
  device_.destroy_program(program_);
  device_.destroy_vertex_array(vertex_array_);
  destroy_targets();
}

void BackdropBlur::forget() {
  program_ = vertex_array_ = 0;
  levels_ = {};
}

void BackdropBlur::clear() {
  glClearColor(0, 0, 0, 0);
  for (const Level& level : levels_) {
    for (const TargetHandle target : {level.picture, level.half_blurred}) {
      if (!target) continue;
      device_.bind_target(target);
      glClear(GL_COLOR_BUFFER_BIT);
    }
  }
  device_.bind_target({});
}

// Targets of the whole canvas at each level down to `last`, made when first needed.
bool BackdropBlur::fit_targets(uint32_t last, uint32_t width, uint32_t height) {
  if (width != width_ || height != height_) destroy_targets();
  width_ = width;
  height_ = height;
  const auto make = [&](TargetHandle& target, uint32_t level) {
    if (!target) target = device_.make_target(width >> level, height >> level);
    return static_cast<bool>(target);
  };
  for (uint32_t level = 1; level <= last; ++level) {
    if (!make(levels_[level - 1].picture, level)) return false;
  }
  return make(levels_[last - 1].half_blurred, last);
}

void BackdropBlur::halve(uint32_t level, const TextureRegion& region) {
  const TargetHandle from = level == 1 ? TargetHandle{} : levels_[level - 2].picture;
  device_.blit(from, enlarged(region, 1), levels_[level - 1].picture, region);
}

void BackdropBlur::blur_along(TargetHandle from, TargetHandle to, bool down,
                              const TextureRegion& region) {
  const TextureDesc size = device_.target_size(to);
  const float x = 1 / static_cast<float>(size.width);
  const float y = 1 / static_cast<float>(size.height);
  device_.bind_target(to);
  glViewport(static_cast<GLint>(region.x), static_cast<GLint>(region.y),
             static_cast<GLsizei>(region.width), static_cast<GLsizei>(region.height));
  glBindTexture(GL_TEXTURE_2D, device_.texture_name(device_.target_texture(from)));
  glUniform2f(texel_, x, y);
  glUniform2f(step_, down ? 0 : x, down ? y : 0);
  // Nothing is read beyond the region: what lies there is of another pane.
  const float bounds[4] = {(static_cast<float>(region.x) + 0.5f) * x,
                           (static_cast<float>(region.y) + 0.5f) * y,
                           (static_cast<float>(region.x + region.width) - 0.5f) * x,
                           (static_cast<float>(region.y + region.height) - 0.5f) * y};
  glUniform4fv(bounds_, 1, bounds);
  glDrawArrays(GL_TRIANGLES, 0, 3);
}

BlurredBackdrop BackdropBlur::draw(const Edges& area, float deviation, uint32_t width,
                                   uint32_t height) {
  const BlurPlan plan = plan_blur(deviation);
  if (std::min(width, height) >> plan.level == 0) return {};
  if (!fit_targets(plan.level, width, height)) return {};
  const TextureRegion region = padded(area, deviation, plan.level, width, height);
  for (uint32_t level = 1; level <= plan.level; ++level) {
    halve(level, enlarged(region, plan.level - level));
  }
  const Level& level = levels_[plan.level - 1];
  glDisable(GL_BLEND);
  glUseProgram(program_);
  glUniform1fv(offset_, kBlurTaps, plan.offset.data());
  glUniform1fv(weight_, kBlurTaps, plan.weight.data());
  glBindVertexArray(vertex_array_);
  blur_along(level.picture, level.half_blurred, false, region);
  blur_along(level.half_blurred, level.picture, true, region);
  glBindVertexArray(0);
  device_.bind_target({});
  const TextureDesc size = device_.target_size(level.picture);
  const float shrink = static_cast<float>(1u << plan.level);
  return {device_.target_texture(level.picture),
          {1 / (shrink * static_cast<float>(size.width)),
           1 / (shrink * static_cast<float>(size.height))}};
}

}  // namespace vitrine::gfx
