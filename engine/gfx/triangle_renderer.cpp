// SPDX-License-Identifier: MIT
#include "engine/gfx/triangle_renderer.h"

#include <GLES3/gl3.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "engine/gfx/gl_device.h"
#include "engine/gfx/shaders.h"

namespace vitrine::gfx {
namespace {

constexpr ShaderText kVertexShader(R"(#version 300 es
precision highp float;
layout(location = 0) in vec2 a_position;
layout(location = 1) in vec2 a_texture;
layout(location = 2) in vec4 a_color;
uniform vec2 u_size;
out vec2 v_texture;
out vec4 v_color;
void main() {
  vec2 place = a_position / u_size * 2.0 - 1.0;
  gl_Position = vec4(place.x, -place.y, 0.0, 1.0);
  v_texture = a_texture;
  v_color = a_color;
}
)");

constexpr ShaderText kFragmentShader(R"(#version 300 es
precision mediump float;
uniform sampler2D u_coverage;
in vec2 v_texture;
in vec4 v_color;
out vec4 o_color;
void main() {
  float alpha = v_color.a * texture(u_coverage, v_texture).r;
  o_color = vec4(v_color.rgb * alpha, alpha);
}
)");

const void* at(size_t offset) {
  return reinterpret_cast<const void*>(offset);
}

void describe(GLuint location, GLint count, GLenum type, GLboolean normalized, size_t offset) {
  glEnableVertexAttribArray(location);
  glVertexAttribPointer(location, count, type, normalized, sizeof(TriangleVertex), at(offset));
}

class TriangleRendererImpl final : public TriangleRenderer {
 public:
  ~TriangleRendererImpl() override {
    if (!device_.is_open()) return;
    device_.destroy_program(program_);
    device_.destroy_buffer(vertices_);
    device_.destroy_buffer(indices_);
    device_.destroy_vertex_array(vertex_array_);
    device_.close();
  }

  Status create_objects() {
    Status status = device_.open_with_program("triangle", kVertexShader.text(),
                                              kFragmentShader.text(), program_);
    if (!status.ok()) return status;
    size_ = glGetUniformLocation(program_, "u_size");
    vertex_array_ = device_.make_vertex_array();
    vertices_ = device_.make_buffer();
    indices_ = device_.make_buffer();
    glBindVertexArray(vertex_array_);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, indices_);
    glBindBuffer(GL_ARRAY_BUFFER, vertices_);
    describe(0, 2, GL_FLOAT, GL_FALSE, offsetof(TriangleVertex, x));
    describe(1, 2, GL_FLOAT, GL_FALSE, offsetof(TriangleVertex, u));
    describe(2, 4, GL_UNSIGNED_BYTE, GL_TRUE, offsetof(TriangleVertex, color));
    glBindVertexArray(0);
    return {};
  }

  bool set_texture(uint32_t width, uint32_t height, const uint8_t* coverage) override {
    device_.destroy_texture(texture_);
    texture_ = device_.make_texture({width, height, TextureFormat::Coverage});
    if (!texture_) return false;
    device_.update_texture(texture_, {0, 0, width, height}, coverage);
    return true;
  }

  void begin(uint32_t framebuffer, Size points, float pixel_ratio) override {
    points_ = points;
    ratio_ = pixel_ratio;
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
    glViewport(0, 0, static_cast<GLsizei>(points.width * ratio_ + 0.5f),
               static_cast<GLsizei>(points.height * ratio_ + 0.5f));
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glEnable(GL_SCISSOR_TEST);
    glEnable(GL_BLEND);
    glBlendEquation(GL_FUNC_ADD);
    glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    glUseProgram(program_);
    glUniform2f(size_, points.width, points.height);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, device_.texture_name(texture_));
    glBindVertexArray(vertex_array_);
  }

  void draw(std::span<const TriangleVertex> vertices, std::span<const uint16_t> indices,
            std::span<const TriangleCommand> commands) override {
    glBindBuffer(GL_ARRAY_BUFFER, vertices_);
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(vertices.size_bytes()), vertices.data(),
                 GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, static_cast<GLsizeiptr>(indices.size_bytes()),
                 indices.data(), GL_STREAM_DRAW);
    for (const TriangleCommand& command : commands) {
      cut_to(command.clip);
      glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(command.index_count), GL_UNSIGNED_SHORT,
                     at(size_t{command.first_index} * sizeof(uint16_t)));
    }
  }

  void end() override {
    glBindVertexArray(0);
    glDisable(GL_SCISSOR_TEST);
  }

 private:
  // GL's rows run from the bottom.
  void cut_to(const Rect& clip) {
    const auto pixel = [&](float points) {
      return static_cast<GLint>(std::floor(points * ratio_ + 0.5f));
    };
    const GLint left = pixel(clip.x);
    const GLint bottom = pixel(points_.height) - pixel(clip.bottom());
    glScissor(left, bottom, std::max(0, pixel(clip.right()) - left),
              std::max(0, pixel(clip.bottom()) - pixel(clip.y)));
  }

  GlDevice device_;
  TextureHandle texture_;
  uint32_t program_ = 0, vertex_array_ = 0, vertices_ = 0, indices_ = 0;
  int size_ = -1;
  Size points_;
  float ratio_ = 1;
};

}  // namespace

Result<std::unique_ptr<TriangleRenderer>> TriangleRenderer::create() {
  auto renderer = std::make_unique<TriangleRendererImpl>();
  Status status = renderer->create_objects();
  if (!status.ok()) return status;
  return std::unique_ptr<TriangleRenderer>(std::move(renderer));
}

}  // namespace vitrine::gfx
