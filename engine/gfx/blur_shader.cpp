// SPDX-License-Identifier: MIT
// One pass of a Gaussian blur, along x or along y.
#include "engine/gfx/shaders.h"

namespace vitrine::gfx {
namespace {

constexpr ShaderText kBlurFragmentShaderText(R"(#version 300 es
precision highp float;
uniform sampler2D u_picture;
uniform vec2 u_texel;       // one texel of picture and target, texture coordinates
uniform vec2 u_step;        // the same along the pass, 0 across
uniform vec4 u_bounds;      // what may be read: left, bottom, right, top
uniform float u_offset[6];  // texels
uniform float u_weight[6];
out vec4 o_color;

vec3 texel(vec2 at) { return textureLod(u_picture, clamp(at, u_bounds.xy, u_bounds.zw), 0.0).rgb; }

void main() {
  vec2 at = gl_FragCoord.xy * u_texel;
  vec3 sum = texel(at) * u_weight[0];
  for (int i = 1; i < 6; ++i) {
    vec2 d = u_step * u_offset[i];
    sum += (texel(at - d) + texel(at + d)) * u_weight[i];
  }
  o_color = vec4(sum, 1.0);
}
)");

}  // namespace

const char* const kBlurFragmentShader = kBlurFragmentShaderText.text();

}  // namespace vitrine::gfx
