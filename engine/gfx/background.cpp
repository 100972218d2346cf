// SPDX-License-Identifier: MIT
#include "engine/gfx/background.h"

#include <GLES3/gl3.h>

#include "engine/gfx/shaders.h"

namespace vitrine::gfx {
namespace {

// The slowest sine of the formula has 0.13 rad/s and no two share a small period; after this long
// the time starts again, unnoticed but for one frame, so that floats keep their precision.
constexpr float kTimeWrap = 36000.0f;

void set_ramp(GLint location, Color shadow, Color base, Color light, Color sheen) {
  const Color colors[4] = {shadow, base, light, sheen};
  float values[12];
  for (int i = 0; i < 4; ++i) {
    values[i * 3] = colors[i].r;
    values[i * 3 + 1] = colors[i].g;
    values[i * 3 + 2] = colors[i].b;
  }
  glUniform3fv(location, 4, values);
}

bool same_colors(const Silk& a, const Silk& b) {
  return a.shadow == b.shadow && a.base == b.base && a.light == b.light && a.sheen == b.sheen &&
         a.next_shadow == b.next_shadow && a.next_base == b.next_base &&
         a.next_light == b.next_light && a.next_sheen == b.next_sheen && a.wipe == b.wipe;
}

}  // namespace

Status Background::create() {
  std::string problem;
  program_ = device_.make_program(kFullscreenVertexShader, kSilkFragmentShader, problem);
  if (program_ == 0) return {StatusCode::Unavailable, "gfx: silk shader: " + problem};
  size_ = glGetUniformLocation(program_, "u_size");
  time_ = glGetUniformLocation(program_, "u_time");
  ramp_ = glGetUniformLocation(program_, "u_ramp");
  next_ = glGetUniformLocation(program_, "u_next");
  wipe_ = glGetUniformLocation(program_, "u_wipe");
  touch_ = glGetUniformLocation(program_, "u_touch");
  press_ = glGetUniformLocation(program_, "u_press");
  vertex_array_ = device_.make_vertex_array();
  return {};
}

void Background::destroy() {
  device_.destroy_program(program_);
  device_.destroy_vertex_array(vertex_array_);
  device_.destroy_target(target_);
  target_width_ = target_height_ = 0;
}

void Background::forget() {
  program_ = vertex_array_ = 0;
  target_ = {};
  target_width_ = target_height_ = 0;
  holds_ = false;
}

bool Background::fit_target(uint32_t width, uint32_t height) {
  if (target_ && width == target_width_ && height == target_height_) return true;
  device_.destroy_target(target_);
  target_ = device_.make_target(width, height);
  target_width_ = width;
  target_height_ = height;
  holds_ = false;
  return static_cast<bool>(target_);
}

bool Background::may_stay(const Silk& silk) {
  if (!holds_) return false;
  if (quality_.background_every == 0) return same_colors(silk, shown_);
  return ++frames_shown_ < quality_.background_every;
}

TextureHandle Background::draw(const Silk& silk, Vec2 touch, uint32_t width, uint32_t height) {
  const uint32_t shrink = quality_.background_shrink;
  if (!fit_target((width + shrink - 1) / shrink, (height + shrink - 1) / shrink)) return {};
  if (may_stay(silk)) return device_.target_texture(target_);
  shown_ = silk;
  holds_ = true;
  frames_shown_ = 0;
  device_.bind_target(target_);
  glViewport(0, 0, static_cast<GLsizei>(target_width_), static_cast<GLsizei>(target_height_));
  glDisable(GL_BLEND);
  glUseProgram(program_);
  glUniform2f(size_, static_cast<float>(target_width_), static_cast<float>(target_height_));
  glUniform1f(time_, wrapped(silk.time, kTimeWrap));
  set_ramp(ramp_, silk.shadow, silk.base, silk.light, silk.sheen);
  set_ramp(next_, silk.next_shadow, silk.next_base, silk.next_light, silk.next_sheen);
  glUniform1f(wipe_, clamp(silk.wipe, 0, 1));
  glUniform2f(touch_, touch.x, 1.0f - touch.y);
  glUniform1f(press_, silk.press);
  glBindVertexArray(vertex_array_);
  glDrawArrays(GL_TRIANGLES, 0, 3);
  glBindVertexArray(0);
  device_.bind_target({});
  return device_.target_texture(target_);
}

}  // namespace vitrine::gfx
