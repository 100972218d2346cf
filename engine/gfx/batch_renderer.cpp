// SPDX-License-Identifier: MIT
#include "engine/gfx/batch_renderer.h"

#include <GLES3/gl3.h>

#include <cstddef>

#include "engine/gfx/shaders.h"

namespace vitrine::gfx {
namespace {

void fill_indices() {
  std::vector<uint16_t> indices(kQuadsPerBatch * 6);
  for (size_t quad = 0; quad < kQuadsPerBatch; ++quad) {
    const auto first = static_cast<uint16_t>(quad * 4);
    const uint16_t corners[6] = {0, 1, 2, 2, 3, 0};
    for (size_t i = 0; i < 6; ++i) {
      indices[quad * 6 + i] = static_cast<uint16_t>(first + corners[i]);
    }
  }
  glBufferData(GL_ELEMENT_ARRAY_BUFFER, static_cast<GLsizeiptr>(indices.size() * 2), indices.data(),
               GL_STATIC_DRAW);
}

const void* at(size_t offset) {
  return reinterpret_cast<const void*>(offset);
}

void describe(GLuint location, GLint count, GLenum type, GLboolean normalized, size_t offset) {
  glEnableVertexAttribArray(location);
  glVertexAttribPointer(location, count, type, normalized, sizeof(Vertex), at(offset));
}

void describe_vertex() {
  describe(0, 2, GL_FLOAT, GL_FALSE, offsetof(Vertex, x));
  describe(1, 2, GL_FLOAT, GL_FALSE, offsetof(Vertex, u));
  describe(2, 4, GL_FLOAT, GL_FALSE, offsetof(Vertex, half_x));
  describe(3, 4, GL_UNSIGNED_SHORT, GL_FALSE, offsetof(Vertex, radii));
  for (GLuint i = 0; i < 3; ++i) {
    describe(4 + i, 4, GL_UNSIGNED_BYTE, GL_TRUE, offsetof(Vertex, stops) + i * 4);
  }
  describe(7, 1, GL_FLOAT, GL_FALSE, offsetof(Vertex, t));
  glEnableVertexAttribArray(8);
  glVertexAttribIPointer(8, 4, GL_UNSIGNED_BYTE, sizeof(Vertex), at(offsetof(Vertex, kind)));
}

}  // namespace

Status BatchRenderer::create() {
  std::string problem;
  program_ = device_.make_program(kShapeVertexShader, kShapeFragmentShader, problem);
  if (program_ == 0) return {StatusCode::Unavailable, "gfx: shape shader: " + problem};
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

  vertex_array_ = device_.make_vertex_array();
  vertex_buffer_ = device_.make_buffer();
  index_buffer_ = device_.make_buffer();
  glBindVertexArray(vertex_array_);
  glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, index_buffer_);
  fill_indices();
  glBindBuffer(GL_ARRAY_BUFFER, vertex_buffer_);
  describe_vertex();
  glBindVertexArray(0);
  return {};
}

void BatchRenderer::destroy() {
  device_.destroy_texture(blank_);
  device_.destroy_program(program_);
  device_.destroy_vertex_array(vertex_array_);
  device_.destroy_buffer(vertex_buffer_);
  device_.destroy_buffer(index_buffer_);
}

void BatchRenderer::forget() {
  blank_ = {};
  program_ = vertex_array_ = vertex_buffer_ = index_buffer_ = 0;
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

// Giving the buffer new storage each time lets the driver keep the old one for the GPU.
void BatchRenderer::upload(const Batch& batch) {
  glBindBuffer(GL_ARRAY_BUFFER, vertex_buffer_);
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(batch.quad_count() * 4 * sizeof(Vertex)),
               batch.vertices().data(), GL_STREAM_DRAW);
}

void BatchRenderer::bind(const DrawCommand& command) {
  // Browsers complain about samplers without a texture, used or not.
  for (uint8_t i = 0; i < kTextureUnits; ++i) {
    glActiveTexture(GL_TEXTURE0 + i);
    const TextureHandle texture = i < command.texture_count ? command.textures[i] : blank_;
    glBindTexture(GL_TEXTURE_2D, device_.texture_name(texture));
  }
  // Later uploads bind to unit 0 and must find it active.
  glActiveTexture(GL_TEXTURE0);
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

uint32_t BatchRenderer::draw(const Batch& batch) {
  glUseProgram(program_);
  glUniform2f(size_location_, static_cast<float>(width_), static_cast<float>(height_));
  glBindVertexArray(vertex_array_);
  upload(batch);
  for (const DrawCommand& command : batch.commands()) {
    bind(command);
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.quad_count * 6), GL_UNSIGNED_SHORT,
                   at(size_t{command.first_quad} * 6 * sizeof(uint16_t)));
  }
  glBindVertexArray(0);
  return static_cast<uint32_t>(batch.commands().size());
}

}  // namespace vitrine::gfx
