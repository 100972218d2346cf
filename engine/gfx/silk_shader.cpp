// SPDX-License-Identifier: MIT
// Silk: two rounds of domain warp and a sum of sines make a height field; its gradient gives a
// normal; the cloth is lit by wrapped diffuse light and a sheen across the fold.
#include "engine/gfx/shaders.h"

namespace vitrine::gfx {
namespace {

constexpr ShaderText kFullscreenVertexShaderText(R"(#version 300 es
precision highp float;
void main() {
  // One triangle that covers the target, from the vertex's number alone.
  vec2 p = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(p, 0.0, 1.0);
}
)");

constexpr ShaderText kSilkFragmentShaderText(R"(#version 300 es
precision highp float;
uniform vec2 u_size;      // of the target, pixels
uniform float u_time;     // seconds
uniform vec3 u_ramp[4];   // shadow, base, light, sheen
uniform vec3 u_next[4];   // the ramp behind the wiping fold
uniform float u_wipe;     // 0..1
uniform vec2 u_touch;     // 0..1, y up
uniform float u_press;    // 0..1
out vec4 o_color;

const float kScale = 1.9;   // folds across the short side
const float kAngle = 0.62;  // direction of the folds, radians
const float kStep = 0.012;

float height(vec2 p, float t) {
  p += 0.55 * vec2(sin(p.y * 1.10 + t * 0.23), cos(p.x * 0.90 - t * 0.19));
  p += 0.38 * vec2(sin(p.y * 2.30 - t * 0.31 + 1.7), cos(p.x * 1.70 + t * 0.27 + 0.6));
  float a = sin(p.x * 1.9 + 0.6 * sin(p.y * 1.3 + t * 0.17));
  a += 0.46 * sin(p.x * 3.7 - p.y * 0.9 + 1.1 * sin(p.y * 0.8 - t * 0.13) + 2.1);
  a += 0.16 * sin(p.x * 8.3 + p.y * 1.2 + 1.4 * a + t * 0.2);
  return a;
}

// How far behind the front of the wipe, in units of the short side; the front is a raised fold.
float behind(vec2 q, float reach) {
  float place = q.x * 0.94 + q.y * 0.34 + 0.05 * sin(q.y * 4.0);
  return mix(-reach - 0.3, reach + 0.3, u_wipe) - place;
}

vec3 lit(vec3 shadow, vec3 base, vec3 light, vec3 sheen, float k, float glint) {
  vec3 color = mix(shadow, base, smoothstep(0.0, 0.55, k));
  color = mix(color, light, smoothstep(0.55, 1.0, k));
  return mix(color, sheen, glint);
}

void main() {
  float s = min(u_size.x, u_size.y);
  vec2 q = (gl_FragCoord.xy - 0.5 * u_size) / s;
  vec2 from_touch = q - (u_touch - 0.5) * u_size / s;
  float dent = u_press * exp(-dot(from_touch, from_touch) * 18.0);
  float c = cos(kAngle);
  float n = sin(kAngle);
  vec2 p = mat2(c, -n, n, c) * q * kScale;
  p.y *= 0.55;
  float z = height(p, u_time);
  vec2 g = vec2(height(p + vec2(kStep, 0.0), u_time), height(p + vec2(0.0, kStep), u_time)) - z;
  g /= kStep;
  // The dent's own slope, turned and stretched as the folds are.
  vec2 slope = mat2(c, -n, n, c) * from_touch * dent * 36.0 / kScale;
  g += slope;
  float reach = 0.5 * (u_size.x * 0.94 + u_size.y * 0.34) / s;
  float b = behind(q, reach);
  float fold = u_wipe > 0.0 && u_wipe < 1.0 ? exp(-b * b * 90.0) : 0.0;
  g.x += fold * b * 60.0;
  vec3 normal = normalize(vec3(-g * 0.26, 1.0));
  vec3 to_light = normalize(vec3(-0.55, 0.45, 0.75));
  float diffuse = clamp(dot(normal, to_light) * 0.62 + 0.38, 0.0, 1.0);
  float spot = pow(clamp(dot(normal, normalize(to_light + vec3(0.0, 0.0, 1.0))), 0.0, 1.0), 26.0);
  float rim = pow(max(1.0 - normal.z, 0.0), 1.6);
  float k = smoothstep(0.10, 0.92, diffuse);
  float glint = 0.55 * spot + 0.10 * rim * k;
  vec3 color = lit(u_ramp[0], u_ramp[1], u_ramp[2], u_ramp[3], k, glint);
  if (u_wipe > 0.0) {
    vec3 next = lit(u_next[0], u_next[1], u_next[2], u_next[3], k, glint);
    color = mix(color, next, smoothstep(-0.02, 0.10, b));
  }
  // One step of 8 bits of ordered noise: no banding.
  float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  o_color = vec4(color + (noise - 0.5) / 255.0, 1.0);
}
)");

}  // namespace

const char* const kFullscreenVertexShader = kFullscreenVertexShaderText.text();
const char* const kSilkFragmentShader = kSilkFragmentShaderText.text();

}  // namespace vitrine::gfx
