// SPDX-License-Identifier: MIT
// Small vectors and the scalar helpers that every part of the renderer uses.
#pragma once

#include <algorithm>
#include <cmath>

namespace vitrine::faces {

struct Vec2 {
  float x = 0, y = 0;
};
struct Vec3 {
  float x = 0, y = 0, z = 0;
};
using Color = Vec3;  // linear light, 1 = white paper in full light

inline Vec2 operator+(Vec2 a, Vec2 b) {
  return {a.x + b.x, a.y + b.y};
}
inline Vec2 operator-(Vec2 a, Vec2 b) {
  return {a.x - b.x, a.y - b.y};
}
inline Vec2 operator*(Vec2 a, float s) {
  return {a.x * s, a.y * s};
}
inline float length(Vec2 a) {
  return std::sqrt(a.x * a.x + a.y * a.y);
}

inline Vec3 operator+(Vec3 a, Vec3 b) {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
inline Vec3 operator-(Vec3 a, Vec3 b) {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
inline Vec3 operator*(Vec3 a, float s) {
  return {a.x * s, a.y * s, a.z * s};
}
inline Vec3 operator*(Vec3 a, Vec3 b) {
  return {a.x * b.x, a.y * b.y, a.z * b.z};
}
inline Vec3& operator+=(Vec3& a, Vec3 b) {
  return a = a + b;
}
inline float dot(Vec3 a, Vec3 b) {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
inline Vec3 cross(Vec3 a, Vec3 b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline float length(Vec3 a) {
  return std::sqrt(dot(a, a));
}
inline Vec3 normalized(Vec3 a) {
  return a * (1 / (length(a) + 1e-9f));
}
inline float luminance(Color c) {
  return c.x * 0.2126f + c.y * 0.7152f + c.z * 0.0722f;
}

inline float clamp01(float x) {
  return std::clamp(x, 0.f, 1.f);
}
inline float mix(float a, float b, float t) {
  return a + (b - a) * t;
}
inline Vec3 mix(Vec3 a, Vec3 b, float t) {
  return a * (1 - t) + b * t;
}
inline Vec2 mix(Vec2 a, Vec2 b, float t) {
  return a * (1 - t) + b * t;
}
// 0 at `from`, 1 at `to`, smooth between; `from` may be the larger one.
inline float ramp(float from, float to, float x) {
  x = clamp01((x - from) / (to - from));
  return x * x * (3 - 2 * x);
}
inline float square(float x) {
  return x * x;
}

struct Mat3 {
  Vec3 rows[3] = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}};
  Vec3 operator*(Vec3 v) const { return {dot(rows[0], v), dot(rows[1], v), dot(rows[2], v)}; }
};

}  // namespace vitrine::faces
