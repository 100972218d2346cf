// SPDX-License-Identifier: MIT
// The head that every face is made of: ICT-FaceKit's mean, its identity modes and expressions, as
// tools/vision/head/convert.py writes them (docs/vision/head.md). Centimetres; +x is the picture's
// right for a head that looks at the camera (the subject's left), +y up, +z out of the face.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/vision/render/vec.h"

namespace vitrine::faces {

enum class Material : uint8_t {
  kFace,
  kBackHead,
  kGumsTongue,
  kTeeth,
  kScleraLeft,
  kIrisLeft,
  kScleraRight,
  kIrisRight,
  kLacrimal,
  kEyeBlend,
  kEyeOcclusion,
  kLashes
};

struct Triangle {
  std::array<int, 3> corner;
  Material material;
};

// A set of moves of all vertices, each a linear one: move = value * scale.
struct MoveSet {
  std::vector<float> scale;
  std::vector<int16_t> value;  // [mode][vertex][x y z]
};

struct HeadData {
  std::vector<Vec3> position;
  std::vector<Vec2> uv;
  std::vector<Triangle> triangles;
  MoveSet identity;
  MoveSet expression;
  std::vector<std::string> expression_names;

  int vertex_count() const { return static_cast<int>(position.size()); }
  // Adds `weight` times one move to `vertices`, which has vertex_count() elements.
  void add(const MoveSet& moves, int mode, float weight, std::vector<Vec3>& vertices) const;
};

// Reads a head file. Nothing when it is not a whole, sane one for this renderer's topology: `error`
// then says which file, what is wrong and what to do.
std::optional<HeadData> read_head(const std::string& path, std::string& error);

}  // namespace vitrine::faces
