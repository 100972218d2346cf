// SPDX-License-Identifier: MIT
#include "engine/gfx/panel_output.h"

#include <GLES3/gl3.h>

#include <array>
#include <utility>

#include "engine/gfx/gl_device.h"
#include "engine/gfx/shaders.h"

namespace vitrine::gfx {
namespace {

// One triangle over the whole window. `u_turn`: cosine and sine of the turn that leads back from
// the window to the picture, anticlockwise about the middle of both.
constexpr ShaderText kVertexShader(R"(#version 300 es
precision highp float;
uniform vec2 u_turn;
out vec2 v_place;
void main() {
  vec2 corner = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  v_place = vec2(corner.x * u_turn.x - corner.y * u_turn.y,
                 corner.x * u_turn.y + corner.y * u_turn.x) * 0.5 + 0.5;
  gl_Position = vec4(corner, 0.0, 1.0);
}
)");

constexpr ShaderText kFragmentShader(R"(#version 300 es
precision highp float;
uniform sampler2D u_picture;
in vec2 v_place;
out vec4 o_color;
void main() { o_color = vec4(textureLod(u_picture, v_place, 0.0).rgb, 1.0); }
)");

// Of so many quarters; GL's y points up, where anticlockwise is positive.
constexpr std::array<std::array<float, 2>, 4> kTurns = {{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};

class PanelOutputImpl final : public PanelOutput {
 public:
  ~PanelOutputImpl() override {
    if (!device_.is_open()) return;
    device_.destroy_program(program_);
    device_.destroy_vertex_array(vertex_array_);
    device_.close();
  }

  Status create_objects() {
    Status status =
        device_.open_with_program("panel", kVertexShader.text(), kFragmentShader.text(), program_);
    if (!status.ok()) return status;
    turn_ = glGetUniformLocation(program_, "u_turn");
    vertex_array_ = device_.make_vertex_array();
    return {};
  }

  uint32_t framebuffer(uint32_t width, uint32_t height) override {
    if (!target_ || width != width_ || height != height_) {
      device_.destroy_target(target_);
      target_ = device_.make_target(width, height);
      width_ = width;
      height_ = height;
    }
    return device_.framebuffer_name(target_);
  }

  void present(uint8_t quarter_turns, int x, int y) override {
    if (!target_) return;
    const bool upright = quarter_turns % 2 == 0;
    const auto window_width = static_cast<GLsizei>(upright ? width_ : height_);
    const auto window_height = static_cast<GLsizei>(upright ? height_ : width_);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glDisable(GL_BLEND);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    glViewport(x, -y, window_width, window_height);
    glUseProgram(program_);
    const auto& turn = kTurns[quarter_turns % 4];
    glUniform2f(turn_, turn[0], turn[1]);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, device_.texture_name(device_.target_texture(target_)));
    glBindVertexArray(vertex_array_);
    glDrawArrays(GL_TRIANGLES, 0, 3);
    glBindVertexArray(0);
  }

 private:
  GlDevice device_;
  TargetHandle target_;
  uint32_t width_ = 0;
  uint32_t height_ = 0;
  uint32_t program_ = 0;
  uint32_t vertex_array_ = 0;
  int turn_ = -1;
};

}  // namespace

Result<std::unique_ptr<PanelOutput>> PanelOutput::create() {
  auto output = std::make_unique<PanelOutputImpl>();
  Status status = output->create_objects();
  if (!status.ok()) return status;
  return std::unique_ptr<PanelOutput>(std::move(output));
}

}  // namespace vitrine::gfx
