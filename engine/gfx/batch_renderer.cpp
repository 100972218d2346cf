// SPDX-License-Identifier: MIT
#include "engine/gfx/batch_renderer.h"

#include <GLES3/gl3.h>

#include <cstddef>

#include "engine/gfx/shaders.h"

namespace vitrine::gfx {
namespace {

const void* at(size_t offset) {
  return reinterpret_cast<const void*>(offset);
}

void describe(GLuint location, GLenum type, GLboolean normalized, size_t offset) {
  glEnableVertexAttribArray(location);
  glVertexAttribPointer(location, 4, type, normalized, sizeof(Quad), at(offset));
  glVertexAttribDivisor(location, 1);
}

void describe_quad() {
  // The five values of each corner, then the shape.
  for (GLuint i = 0; i < 6; ++i) {
    describe(i, GL_FLOAT, GL_FALSE, offsetof(Quad, x) + i * 4 * sizeof(float));
  }
  describe(6, GL_UNSIGNED_SHORT, GL_FALSE, offsetof(Quad, radii));
  for (GLuint i = 0; i < 3; ++i) {
    describe(7 + i, GL_UNSIGNED_BYTE, GL_TRUE, offsetof(Quad, stops) + i * sizeof(uint32_t));
  }
  glEnableVertexAttribArray(10);
  glVertexAttribIPointer(10, 4, GL_UNSIGNED_BYTE, sizeof(Quad), at(offsetof(Quad, kind)));
  glVertexAttribDivisor(10, 1);
}

}  // namespace

void BatchRenderer::start() {
  program_ = device_.start_program(kShapeVertexShader, kShapeFragmentShader);
}

Status BatchRenderer::create() {
  std::string problem;
  if (!device_.finish_program(program_, problem)) {
    return {StatusCode::Unavailable, "gfx: shape shader: " + problem};
  }
  size_location_ = glGetUniformLocation(program_, "u_size");
  clip_shape_location_ = glGetUniformLocation(program_, "u_clip_shape");
  clip_bounds_location_ = glGetUniformLocation(program_, "u_clip_bounds");
  clip_radius_location_ = glGetUniformLocation(program_, "u_clip_radius");
  glUseProgram(program_);
  GLint units[kTextureUnits];
  for (size_t i = 0; i < kTextureUnits; ++i) units[i] = static_cast<GLint>(i);
  glUniform1iv(glGetUniformLocation(program_, "u_textures"), kTextureUnits, units);

  const uint8_t white[4] = {255, 255, 255, 255};
  blank_ = device_.make_texture({1, 1, TextureFormat::Rgba});
  device_.update_texture(blank_, {0, 0, 1, 1}, white);

  bound_ = {};
  vertex_array_ = device_.make_vertex_array();
  quad_buffer_ = device_.make_buffer();
  glBindVertexArray(vertex_array_);
  glBindBuffer(GL_ARRAY_BUFFER, quad_buffer_);
  describe_quad();
  glBindVertexArray(0);
  return {};
}

void BatchRenderer::destroy() {
  device_.destroy_texture(blank_);
  device_.destroy_program(program_);
  device_.destroy_vertex_array(vertex_array_);
  device_.destroy_buffer(quad_buffer_);
}

void BatchRenderer::forget() {
  blank_ = {};
  program_ = vertex_array_ = quad_buffer_ = 0;
}

void BatchRenderer::begin(uint32_t width, uint32_t height) {
  width_ = width;
  height_ = height;
  glViewport(0, 0, static_cast<GLsizei>(width), static_cast<GLsizei>(height));
  glDisable(GL_DEPTH_TEST);
  glDisable(GL_CULL_FACE);
  glDisable(GL_SCISSOR_TEST);
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glEnable(GL_BLEND);
  glBlendEquation(GL_FUNC_ADD);
  glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
}

// Units that a command does not use keep what they had, if it still lives: browsers complain about
// samplers without a texture, used or not.
void BatchRenderer::bind_textures(const DrawCommand& command) {
  for (uint8_t i = kTextureUnits; i-- > 0;) {
    TextureHandle texture = i < command.texture_count ? command.textures[i] : bound_[i];
    if (device_.texture_name(texture) == 0) texture = blank_;
    if (i > 0 && texture == bound_[i]) continue;
    bound_[i] = texture;
    glActiveTexture(GL_TEXTURE0 + i);
    glBindTexture(GL_TEXTURE_2D, device_.texture_name(texture));
  }
}

void BatchRenderer::set_clips(const DrawCommand& command) {
  static_assert(sizeof(Edges) == 4 * sizeof(float));
  Edges shapes[kClipsPerCommand];
  Edges bounds[kClipsPerCommand];
  float radii[kClipsPerCommand];
  for (uint8_t i = 0; i < command.clip_count; ++i) {
    shapes[i] = command.clips[i].shape;
    bounds[i] = command.clips[i].bounds;
    radii[i] = command.clips[i].radius;
  }
  glUniform4fv(clip_shape_location_, command.clip_count, &shapes[0].left);
  glUniform4fv(clip_bounds_location_, command.clip_count, &bounds[0].left);
  glUniform1fv(clip_radius_location_, command.clip_count, radii);
}

// Giving the buffer new storage each time lets the driver keep the old one for the GPU.
void BatchRenderer::upload(const Batch& batch, const DrawCommand& command) {
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(command.quad_count * sizeof(Quad)),
               &batch.quads()[command.first_quad], GL_STREAM_DRAW);
}

uint32_t BatchRenderer::draw(const Batch& batch) {
  glUseProgram(program_);
  glUniform2f(size_location_, static_cast<float>(width_), static_cast<float>(height_));
  glBindVertexArray(vertex_array_);
  glBindBuffer(GL_ARRAY_BUFFER, quad_buffer_);
  for (const DrawCommand& command : batch.commands()) {
    bind_textures(command);
    set_clips(command);
    upload(batch, command);
    glDrawArraysInstanced(GL_TRIANGLE_STRIP, 0, 4, static_cast<GLsizei>(command.quad_count));
  }
  glBindVertexArray(0);
  return static_cast<uint32_t>(batch.commands().size());
}

}  // namespace vitrine::gfx
