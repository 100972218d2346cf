// SPDX-License-Identifier: MIT
// Points, rectangles, colours and 2D affine transforms. Units are logical points unless a name
// says pixels; x grows right, y grows down.
#pragma once

#include <cmath>
#include <cstdint>

#include "engine/base/real.h"

namespace vitrine {

struct Vec2 {
  float x = 0;
  float y = 0;

  friend constexpr Vec2 operator+(Vec2 a, Vec2 b) { return {a.x + b.x, a.y + b.y}; }
  friend constexpr Vec2 operator-(Vec2 a, Vec2 b) { return {a.x - b.x, a.y - b.y}; }
  friend constexpr Vec2 operator*(Vec2 a, float s) { return {a.x * s, a.y * s}; }
  friend constexpr bool operator==(Vec2, Vec2) = default;
};

inline float length(Vec2 v) {
  return std::sqrt(v.x * v.x + v.y * v.y);
}

constexpr float degrees(float radians) {
  return radians * 57.2957795f;
}

struct Size {
  float width = 0;
  float height = 0;

  friend constexpr bool operator==(Size, Size) = default;
};

// Left top corner and size; negative sizes are not used.
struct Rect {
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;

  constexpr float right() const { return x + width; }
  constexpr float bottom() const { return y + height; }
  constexpr Vec2 center() const { return {x + width / 2, y + height / 2}; }
  constexpr bool contains(Vec2 p) const {
    return p.x >= x && p.x < right() && p.y >= y && p.y < bottom();
  }
  // Grows every side outwards by d (inwards when negative).
  constexpr Rect outset(float d) const { return {x - d, y - d, width + 2 * d, height + 2 * d}; }
  constexpr Rect moved(Vec2 d) const { return {x + d.x, y + d.y, width, height}; }

  friend constexpr bool operator==(Rect, Rect) = default;
};

// sRGB, each 0..1, not premultiplied.
struct Color {
  float r = 0;
  float g = 0;
  float b = 0;
  float a = 1;

  // 0xRRGGBB, with alpha apart.
  static constexpr Color rgb(uint32_t hex, float alpha = 1) {
    return {static_cast<float>((hex >> 16) & 255) / 255.0f,
            static_cast<float>((hex >> 8) & 255) / 255.0f, static_cast<float>(hex & 255) / 255.0f,
            alpha};
  }
  constexpr Color with_alpha(float alpha) const { return {r, g, b, alpha}; }

  friend constexpr bool operator==(const Color&, const Color&) = default;
};

constexpr float lerp(float a, float b, float t) {
  return a + (b - a) * t;
}
constexpr Vec2 lerp(Vec2 a, Vec2 b, float t) {
  return {lerp(a.x, b.x, t), lerp(a.y, b.y, t)};
}
constexpr Color lerp(const Color& a, const Color& b, float t) {
  return {lerp(a.r, b.r, t), lerp(a.g, b.g, t), lerp(a.b, b.b, t), lerp(a.a, b.a, t)};
}
constexpr float clamp(float v, float low, float high) {
  return v < low ? low : (v > high ? high : v);
}

// Column vectors: p' = (a p.x + c p.y + tx, b p.x + d p.y + ty).
struct Transform2D {
  float a = 1, b = 0, c = 0, d = 1, tx = 0, ty = 0;

  static constexpr Transform2D translation(Vec2 t) { return {1, 0, 0, 1, t.x, t.y}; }
  static constexpr Transform2D scaling(float sx, float sy) { return {sx, 0, 0, sy, 0, 0}; }
  // Radians, clockwise on screen because y grows down.
  static Transform2D rotation(float radians) {
    const Direction d = direction(radians);
    return {d.cosine, d.sine, -d.sine, d.cosine, 0, 0};
  }
  // Applies `inner` first, then this.
  constexpr Transform2D operator*(const Transform2D& inner) const {
    return {a * inner.a + c * inner.b,        b * inner.a + d * inner.b,
            a * inner.c + c * inner.d,        b * inner.c + d * inner.d,
            a * inner.tx + c * inner.ty + tx, b * inner.tx + d * inner.ty + ty};
  }
  constexpr Vec2 apply(Vec2 p) const { return {a * p.x + c * p.y + tx, b * p.x + d * p.y + ty}; }
};

}  // namespace vitrine
