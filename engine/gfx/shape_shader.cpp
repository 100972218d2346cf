// SPDX-License-Identifier: MIT
// The one shader of the 2D batch. Edges are anti-aliased by the analytic distance to the shape,
// measured in device pixels even where a transform stretches the two axes differently.
#include "engine/gfx/shaders.h"

namespace vitrine::gfx {
namespace {

constexpr ShaderText kShapeVertexShaderText(R"(#version 300 es
precision highp float;
precision highp int;
layout(location = 0) in vec4 a_x;       // by corner
layout(location = 1) in vec4 a_y;
layout(location = 2) in vec4 a_u;
layout(location = 3) in vec4 a_v;
layout(location = 4) in vec4 a_t;
layout(location = 5) in vec4 a_shape;   // half size, p0, p1
layout(location = 6) in vec4 a_radii;   // 1/16 pixel
layout(location = 7) in vec4 a_stop0;
layout(location = 8) in vec4 a_stop1;
layout(location = 9) in vec4 a_stop2;
layout(location = 10) in uvec4 a_info;  // kind, unit, clip, middle
uniform vec2 u_size;                    // of the target, pixels
uniform vec4 u_clip_shape[16];          // left, top, right, bottom
uniform vec4 u_clip_bounds[16];
uniform float u_clip_radius[16];
out vec4 v_place;                       // local, device position
out float v_t;
flat out vec4 v_shape;
flat out vec4 v_radii;
flat out vec4 v_stop0;
flat out vec4 v_stop1;
flat out vec4 v_stop2;
flat out vec4 v_clip;
flat out vec4 v_bounds;
flat out vec2 v_extra;                  // clip radius, middle
flat out uvec2 v_kind;                  // kind, unit
void main() {
  // A strip: the triangles of the corners 1, 2, 0 and 2, 0, 3.
  vec4 corner = vec4(equal(ivec4(gl_VertexID), ivec4(2, 0, 1, 3)));
  vec2 position = vec2(dot(a_x, corner), dot(a_y, corner));
  vec2 ndc = position / u_size * 2.0 - 1.0;
  gl_Position = vec4(ndc.x, -ndc.y, 0.0, 1.0);
  v_place = vec4(dot(a_u, corner), dot(a_v, corner), position);
  v_t = dot(a_t, corner);
  v_shape = a_shape;
  v_radii = a_radii / 16.0;
  v_stop0 = a_stop0;
  v_stop1 = a_stop1;
  v_stop2 = a_stop2;
  v_clip = u_clip_shape[a_info.z];
  v_bounds = u_clip_bounds[a_info.z];
  v_extra = vec2(u_clip_radius[a_info.z], float(a_info.w) / 255.0);
  v_kind = a_info.xy;
}
)");

// The blurred rounded box follows Raph Levien's closed form ("Blurred rounded rectangles", 2020):
// a superellipse-like distance through an approximation of erf.
constexpr ShaderText kShapeFragmentShaderText(R"(#version 300 es
precision highp float;
precision highp int;
uniform vec2 u_size;
uniform sampler2D u_textures[8];
in vec4 v_place;
in float v_t;
flat in vec4 v_shape;
flat in vec4 v_radii;
flat in vec4 v_stop0;
flat in vec4 v_stop1;
flat in vec4 v_stop2;
flat in vec4 v_clip;
flat in vec4 v_bounds;
flat in vec2 v_extra;
flat in uvec2 v_kind;
out vec4 o_color;

vec4 texel(vec2 uv) {
  switch (v_kind.y) {
    case 0u: return textureLod(u_textures[0], uv, 0.0);
    case 1u: return textureLod(u_textures[1], uv, 0.0);
    case 2u: return textureLod(u_textures[2], uv, 0.0);
    case 3u: return textureLod(u_textures[3], uv, 0.0);
    case 4u: return textureLod(u_textures[4], uv, 0.0);
    case 5u: return textureLod(u_textures[5], uv, 0.0);
    case 6u: return textureLod(u_textures[6], uv, 0.0);
    default: return textureLod(u_textures[7], uv, 0.0);
  }
}

vec4 gradient() {
  float t = clamp(v_t, 0.0, 1.0);
  float m = v_extra.y;
  return t < m ? mix(v_stop0, v_stop1, t / m)
               : mix(v_stop1, v_stop2, (t - m) / max(1.0 - m, 1e-4));
}

// Distance to a rounded box in local pixels, and in z the device pixels' size along its normal.
vec2 rounded_box(vec2 p, vec2 half_size, vec4 radii, vec2 pixel) {
  float r = p.x < 0.0 ? (p.y < 0.0 ? radii.x : radii.w) : (p.y < 0.0 ? radii.y : radii.z);
  vec2 q = abs(p) - half_size + r;
  float outside = length(max(q, 0.0));
  float d = min(max(q.x, q.y), 0.0) + outside - r;
  vec2 normal = q.x > 0.0 && q.y > 0.0 ? q / max(outside, 1e-6)
                                       : (q.x > q.y ? vec2(1.0, 0.0) : vec2(0.0, 1.0));
  return vec2(d, max(length(normal * pixel), 1e-4));
}

float coverage(float distance, float pixel) { return clamp(0.5 - distance / pixel, 0.0, 1.0); }

float erf7(float x) {
  x *= 1.1283791671;
  float xx = x * x;
  x += (0.24295 + (0.03395 + 0.0104 * xx) * xx) * (x * xx);
  return x * inversesqrt(1.0 + x * x);
}

// s: standard deviation times square root of two.
float blurred_box(vec2 p, vec2 size, float radius, float s) {
  float inv = 1.0 / s;
  float edge = min(size.x, size.y);
  float most = 0.5 * edge;
  float r0 = min(length(vec2(radius, s * 1.15)), most);
  float r1 = min(length(vec2(radius, s * 2.0)), most);
  float n = 2.0 * r1 / r0;
  vec2 far = 0.5 * inv * size;
  float delta = 1.25 * s * (exp(-far.x * far.x) - exp(-far.y * far.y));
  vec2 box = vec2(size.x + min(delta, 0.0), size.y - max(delta, 0.0));
  float scale = 0.5 * erf7(inv * 0.5 * (max(box.x, box.y) - 0.5 * radius));
  vec2 q = abs(p) - (box * 0.5 - r1);
  vec2 c = max(q, 0.0);
  float corner = pow(pow(c.x, n) + pow(c.y, n), 1.0 / n);
  float d = corner + min(max(q.x, q.y), 0.0) - r1;
  return scale * (erf7(inv * (edge + d)) - erf7(inv * d));
}

// A ring symmetric about the upward axis; p0, p1: sine and cosine of half its opening; the first
// corner's radius is half the stroke.
float arc(vec2 p, float pixel) {
  vec2 a = vec2(abs(p.x), -p.y);
  vec2 tip = v_shape.zw;
  float radius = v_shape.x;
  float d = tip.y * a.x > tip.x * a.y ? length(a - tip * radius) : abs(length(a) - radius);
  return coverage(d - v_radii.x, pixel);
}

// A line's band: across and along it in pixels, with ends at p0 and p1, round ones where half y is 1.
// What is thinner than a pixel is as faint as it is thin.
float band(vec2 p, float pixel) {
  float past = max(v_shape.z - p.y, p.y - v_shape.w);
  float d = v_shape.y > 0.5 ? length(vec2(p.x, max(past, 0.0))) - v_shape.x
                            : max(abs(p.x) - v_shape.x, past);
  return min(coverage(d, max(pixel, 1e-4)), 2.0 * v_shape.x);
}

void main() {
  vec2 local = v_place.xy;
  vec2 dx = dFdx(local);
  vec2 dy = dFdy(local);
  vec2 pixel = vec2(length(vec2(dx.x, dy.x)), length(vec2(dx.y, dy.y)));
  vec4 color;
  switch (v_kind.x) {
    case 0u:
      color = texel(local) * v_stop0;
      break;
    case 1u:
      color = v_stop0 * texel(local).r;
      break;
    case 2u: {
      vec2 d = rounded_box(local, v_shape.xy, v_radii, pixel);
      color = gradient() * coverage(d.x, d.y);
      break;
    }
    case 3u: {
      vec2 d = rounded_box(local, v_shape.xy, v_radii, pixel);
      color = gradient() * min(coverage(d.x, d.y), coverage(-d.x - v_shape.z, d.y));
      break;
    }
    case 4u:
      color = v_stop0 * blurred_box(local, v_shape.xy * 2.0, v_shape.w, v_shape.z);
      break;
    case 5u: {
      float fall = max(1.0 - dot(local, local) / (v_shape.x * v_shape.x), 0.0);
      color = v_stop0 * fall * fall;
      break;
    }
    case 6u:
      color = v_stop0 * arc(local, max(pixel.x, pixel.y));
      break;
    case 7u: {
      // What lies behind, by the place on the screen, under the tint.
      vec2 d = rounded_box(local, v_shape.xy, v_radii, pixel);
      vec4 behind = texel(vec2(v_place.z, u_size.y - v_place.w) * v_shape.zw);
      color = (v_stop0 + behind * (v_extra.y * (v_t - v_stop0.a))) * coverage(d.x, d.y);
      break;
    }
    case 8u:
      color = gradient() * clamp(local.x, 0.0, 1.0);
      break;
    case 9u:
      color = gradient() * band(local, pixel.x);
      break;
    default:
      color = texel(local) * v_stop0 * clamp((v_shape.w - v_t) * v_shape.z, 0.0, 1.0);
      break;
  }
  vec2 half_clip = (v_clip.zw - v_clip.xy) * 0.5;
  vec2 from_middle = v_place.zw - v_clip.xy - half_clip;
  vec2 d = rounded_box(from_middle, half_clip, vec4(v_extra.x), vec2(1.0));
  vec4 inside = clamp(vec4(v_place.zw - v_bounds.xy, v_bounds.zw - v_place.zw) + 0.5, 0.0, 1.0);
  o_color = color * (coverage(d.x, 1.0) * inside.x * inside.y * inside.z * inside.w);
}
)");

}  // namespace

const char* const kShapeVertexShader = kShapeVertexShaderText.text();
const char* const kShapeFragmentShader = kShapeFragmentShaderText.text();

}  // namespace vitrine::gfx
