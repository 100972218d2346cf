// SPDX-License-Identifier: MIT
// The library of moving backgrounds. All take the same colours, time, touch and wipe; each says how
// light a place is (0 shadow, 1 light) and how much sheen lies on it.
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

constexpr ShaderText kBackgroundHeadText(R"(#version 300 es
precision highp float;
uniform vec2 u_size;      // of the target, pixels
uniform float u_time;     // seconds
uniform vec3 u_ramp[4];   // shadow, base, light, sheen
uniform vec3 u_next[4];   // the ramp behind the wiping fold
uniform float u_wipe;     // 0..1
uniform vec2 u_touch;     // 0..1, y up
uniform float u_press;    // 0..1
out vec4 o_color;

// From the touch, in units of the short side.
vec2 from_touch(vec2 q) { return q - (u_touch - 0.5) * u_size / min(u_size.x, u_size.y); }
float dent(vec2 q) {
  vec2 d = from_touch(q);
  return u_press * exp(-dot(d, d) * 18.0);
}
)");

// Two rounds of domain warp and a sum of sines make a height field; its gradient gives a normal;
// the cloth is lit by wrapped diffuse light and a sheen across the fold.
constexpr ShaderText kSilkText(R"(
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

vec2 shade(vec2 q, float behind, float fold) {
  float c = cos(kAngle);
  float n = sin(kAngle);
  vec2 p = mat2(c, -n, n, c) * q * kScale;
  p.y *= 0.55;
  float z = height(p, u_time);
  vec2 g = vec2(height(p + vec2(kStep, 0.0), u_time), height(p + vec2(0.0, kStep), u_time)) - z;
  g /= kStep;
  // The dent's own slope, turned and stretched as the folds are.
  g += mat2(c, -n, n, c) * from_touch(q) * dent(q) * 36.0 / kScale;
  g.x += fold * behind * 60.0;
  vec3 normal = normalize(vec3(-g * 0.26, 1.0));
  vec3 to_light = normalize(vec3(-0.55, 0.45, 0.75));
  float diffuse = clamp(dot(normal, to_light) * 0.62 + 0.38, 0.0, 1.0);
  float spot = pow(clamp(dot(normal, normalize(to_light + vec3(0.0, 0.0, 1.0))), 0.0, 1.0), 26.0);
  float rim = pow(max(1.0 - normal.z, 0.0), 1.6);
  float k = smoothstep(0.10, 0.92, diffuse);
  return vec2(k, 0.55 * spot + 0.10 * rim * k);
}
)");

// A wall in soft light from above, a little lighter under the finger.
constexpr ShaderText kPlainText(R"(
vec2 shade(vec2 q, float behind, float fold) {
  float k = 0.66 + 0.42 * q.y - 0.16 * dot(q, q) + 0.3 * dent(q) + 0.25 * fold;
  return vec2(clamp(k, 0.2, 1.0), 0.1 * fold);
}
)");

// Curtains of light: bright along their lower edge, paler upwards, in fine rays.
constexpr ShaderText kAuroraText(R"(
float curtain(vec2 q, float t, float place) {
  float x = q.x + 0.20 * sin(q.y * 1.9 + t * 0.21 + place) + 0.08 * sin(q.y * 4.3 - t * 0.17);
  float w = sin(x * 3.4 + place * 1.9 + t * 0.07) + 0.45 * sin(x * 7.1 - t * 0.11 + place);
  float up = q.y + 0.42 - 0.22 * sin(x * 2.3 + place + t * 0.09);
  float rays = 0.86 + 0.14 * sin(x * 46.0 + 3.0 * sin(x * 9.0 + t * 0.3));
  return exp(-3.2 * w * w) * smoothstep(-0.06, 0.16, up) * exp(-1.1 * max(up, 0.0)) * rays;
}

vec2 shade(vec2 q, float behind, float fold) {
  q += from_touch(q) * dent(q) * 0.5;
  float near = curtain(q, u_time, 0.0);
  float far = curtain(q * 1.5 + 0.4, u_time * 0.7, 2.4);
  float k = 0.26 + 0.14 * q.y + 0.78 * near + 0.40 * far + 0.3 * fold;
  return vec2(clamp(k, 0.0, 1.0), clamp(0.75 * near * near + 0.3 * fold, 0.0, 1.0));
}
)");

// Small lights out of focus in the dark, two layers that drift and breathe.
constexpr ShaderText kNightText(R"(
precision highp int;

// 0..1, three for each cell. Of whole numbers: every card has a sine of its own for large ones. The
// hash is pcg3d of Jarzynski and Olano, "Hash Functions for GPU Rendering", 2020.
vec3 chance(vec2 cell) {
  uvec3 n = uvec3(ivec3(cell, 7)) * 1664525u + 1013904223u;
  for (int i = 0; i < 2; ++i) {
    n.x += n.y * n.z;
    n.y += n.z * n.x;
    n.z += n.x * n.y;
    n ^= n >> 16u;
  }
  return vec3(n >> 8u) / 16777216.0;
}

float lights(vec2 p, float t, float size) {
  vec3 h = chance(floor(p));
  float d = length(fract(p) - 0.3 - 0.4 * h.xy) / (size * (0.5 + h.z));
  float on = step(0.62, h.z) * (0.55 + 0.45 * sin(t * (0.3 + h.x) + h.y * 6.28));
  return on * (0.75 + 0.5 * d * d) * (1.0 - smoothstep(0.82, 1.0, d));
}

vec2 shade(vec2 q, float behind, float fold) {
  float t = u_time;
  float glow = exp(-2.4 * dot(q - vec2(0.0, 0.12), q - vec2(0.0, 0.12)));
  float far = lights(q * 5.0 + vec2(t * 0.011, -t * 0.017), t, 0.12);
  float near = lights(q * 2.6 + vec2(-t * 0.016, -t * 0.026) + 7.0, t * 0.8, 0.2);
  float k = 0.06 + 0.34 * glow + 0.34 * far + 0.22 * near + 0.4 * dent(q) + 0.3 * fold;
  return vec2(clamp(k, 0.0, 0.85), 0.22 * far + 0.09 * near);
}
)");

constexpr ShaderText kBackgroundTailText(R"(
vec3 lit(vec3 shadow, vec3 base, vec3 light, vec3 sheen, float k, float glint) {
  vec3 color = mix(shadow, base, smoothstep(0.0, 0.55, k));
  color = mix(color, light, smoothstep(0.55, 1.0, k));
  return mix(color, sheen, glint);
}

void main() {
  float s = min(u_size.x, u_size.y);
  vec2 q = (gl_FragCoord.xy - 0.5 * u_size) / s;
  // How far behind the front of the wipe, in units of the short side; the front is a raised fold.
  float reach = 0.5 * (u_size.x * 0.94 + u_size.y * 0.34) / s + 0.3;
  float behind = mix(-reach, reach, u_wipe) - q.x * 0.94 - q.y * 0.34 - 0.05 * sin(q.y * 4.0);
  float fold = u_wipe > 0.0 && u_wipe < 1.0 ? exp(-behind * behind * 90.0) : 0.0;
  vec2 k = shade(q, behind, fold);
  vec3 color = lit(u_ramp[0], u_ramp[1], u_ramp[2], u_ramp[3], k.x, k.y);
  if (u_wipe > 0.0) {
    vec3 next = lit(u_next[0], u_next[1], u_next[2], u_next[3], k.x, k.y);
    color = mix(color, next, smoothstep(-0.02, 0.10, behind));
  }
  // One step of 8 bits of ordered noise: no banding.
  float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  o_color = vec4(color + (noise - 0.5) / 255.0, 1.0);
}
)");

}  // namespace

const char* const kFullscreenVertexShader = kFullscreenVertexShaderText.text();
const char* const kBackgroundHead = kBackgroundHeadText.text();
const char* const kBackgroundTail = kBackgroundTailText.text();
const char* const kSilkShade = kSilkText.text();
const char* const kPlainShade = kPlainText.text();
const char* const kAuroraShade = kAuroraText.text();
const char* const kNightShade = kNightText.text();

}  // namespace vitrine::gfx
