// SPDX-License-Identifier: MIT
#include "engine/gfx/background.h"

#include <GLES3/gl3.h>

#include "engine/gfx/shaders.h"

namespace vitrine::gfx {
namespace {

// The slowest sine of the formulas has 0.07 rad/s and no two share a small period; after this long
// the time starts again, unnoticed but for one frame, so that floats keep their precision.
constexpr float kTimeWrap = 36000.0f;

// In the order of BackgroundKind.
struct Entry {
  std::string_view name;
  const char* const* shade;
};
constexpr std::array<Entry, 4> kLibrary{{
    {"silk", &kSilkShade},
    {"plain", &kPlainShade},
    {"aurora", &kAuroraShade},
    {"night", &kNightShade},
}};

std::array<float, 12> ramp_of(const Color& shadow, const Color& base, const Color& light,
                              const Color& sheen) {
  std::array<float, 12> values;
  size_t i = 0;
  for (const Color* color : {&shadow, &base, &light, &sheen}) {
    values[i++] = color->r;
    values[i++] = color->g;
    values[i++] = color->b;
  }
  return values;
}

}  // namespace

BackgroundKind find_background(std::string_view name) {
  for (size_t i = 1; i < kLibrary.size(); ++i) {
    if (kLibrary[i].name == name) return static_cast<BackgroundKind>(i);
  }
  return BackgroundKind::Silk;
}

void Background::start(BackgroundKind kind) {
  const auto index = static_cast<size_t>(kind);
  const std::string fragment =
      std::string(kBackgroundHead) + *kLibrary[index].shade + kBackgroundTail;
  programs_[index].name = device_.start_program(kFullscreenVertexShader, fragment.c_str());
}

Status Background::finish(BackgroundKind kind) {
  Program& program = programs_[static_cast<size_t>(kind)];
  std::string problem;
  if (!device_.finish_program(program.name, problem)) {
    return {StatusCode::Unavailable, "gfx: background shader: " + problem};
  }
  const auto place = [&](const char* name) { return glGetUniformLocation(program.name, name); };
  program.size = place("u_size");
  program.time = place("u_time");
  program.ramp = place("u_ramp");
  program.next = place("u_next");
  program.wipe = place("u_wipe");
  program.touch = place("u_touch");
  program.press = place("u_press");
  return {};
}

// Silk, which is there, for one that this driver does not compile.
const Background::Program& Background::program_for(BackgroundKind kind) {
  Program& program = programs_[static_cast<size_t>(kind)];
  if (program.name == 0) {
    start(kind);
    if (!finish(kind).ok()) program = programs_[0];
  }
  return program;
}

void Background::start() {
  start(BackgroundKind::Silk);
}

Status Background::create() {
  const Status status = finish(BackgroundKind::Silk);
  if (status.ok()) vertex_array_ = device_.make_vertex_array();
  return status;
}

void Background::destroy() {
  for (size_t i = programs_.size(); i-- > 0;) {
    if (i == 0 || programs_[i].name != programs_[0].name)
      device_.destroy_program(programs_[i].name);
  }
  programs_ = {};
  device_.destroy_vertex_array(vertex_array_);
  device_.destroy_target(target_);
  target_width_ = target_height_ = 0;
}

void Background::forget() {
  programs_ = {};
  vertex_array_ = 0;
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

bool Background::may_stay(const Look& look) {
  if (!holds_ || look.kind != shown_.kind) return false;
  if (quality_.background_every == 0) return look == shown_;
  return ++frames_shown_ < quality_.background_every;
}

TextureHandle Background::draw(const Silk& silk, Vec2 touch, uint32_t width, uint32_t height) {
  const uint32_t shrink = quality_.background_shrink;
  if (!fit_target((width + shrink - 1) / shrink, (height + shrink - 1) / shrink)) return {};
  const Look look{ramp_of(silk.shadow, silk.base, silk.light, silk.sheen),
                  ramp_of(silk.next_shadow, silk.next_base, silk.next_light, silk.next_sheen),
                  clamp(silk.wipe, 0, 1), silk.kind};
  if (may_stay(look)) return device_.target_texture(target_);
  shown_ = look;
  holds_ = true;
  frames_shown_ = 0;
  const Program& program = program_for(silk.kind);
  device_.bind_target(target_);
  glViewport(0, 0, static_cast<GLsizei>(target_width_), static_cast<GLsizei>(target_height_));
  glDisable(GL_BLEND);
  glUseProgram(program.name);
  glUniform2f(program.size, static_cast<float>(target_width_), static_cast<float>(target_height_));
  glUniform1f(program.time, wrapped(silk.time, kTimeWrap));
  glUniform3fv(program.ramp, 4, look.ramp.data());
  glUniform3fv(program.next, 4, look.next.data());
  glUniform1f(program.wipe, look.wipe);
  glUniform2f(program.touch, touch.x, 1.0f - touch.y);
  glUniform1f(program.press, silk.press);
  glBindVertexArray(vertex_array_);
  glDrawArrays(GL_TRIANGLES, 0, 3);
  glBindVertexArray(0);
  device_.bind_target({});
  return device_.target_texture(target_);
}

}  // namespace vitrine::gfx
