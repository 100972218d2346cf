// SPDX-License-Identifier: MIT
#include "engine/gfx/batch.h"

#include <catch2/catch.hpp>

using namespace vitrine;
using namespace vitrine::gfx;

namespace {

TextureHandle texture(uint32_t i) {
  return {i, 1};
}

}  // namespace

TEST_CASE("shapes, letters and pictures share a draw call") {
  Batch batch([](const Batch&) {});
  const ClipShape none;
  batch.add_quad({}, 0, none);
  batch.add_quad(texture(1), 0, none);
  batch.add_quad(texture(2), 0, none);
  batch.add_quad({}, 0, none);
  batch.add_quad(texture(1), 0, none);
  REQUIRE(batch.commands().size() == 1);
  CHECK(batch.commands()[0].texture_count == 2);
  CHECK(batch.commands()[0].quad_count == 5);
}

TEST_CASE("the ninth texture begins a new draw call and the order stays") {
  Batch batch([](const Batch&) {});
  for (uint32_t i = 1; i <= 9; ++i) batch.add_quad(texture(i), 0, {});
  REQUIRE(batch.commands().size() == 2);
  CHECK(batch.commands()[0].quad_count == 8);
  CHECK(batch.commands()[1].first_quad == 8);
  CHECK(batch.commands()[1].textures[0] == texture(9));
}

TEST_CASE("a clip that returns keeps its place, too many begin a new draw call") {
  Batch batch([](const Batch&) {});
  const uint8_t first = batch.add_quad({}, 1, {})->clip;
  batch.add_quad({}, 2, {});
  CHECK(batch.add_quad({}, 1, {})->clip == first);
  for (uint32_t i = 3; i <= 17; ++i) batch.add_quad({}, i, {});
  CHECK(batch.commands().size() == 2);
}

TEST_CASE("a full batch is flushed, never dropped") {
  size_t drawn = 0;
  Batch batch([&drawn](const Batch& full) {
    drawn += full.quad_count();
    uint32_t expected = 0;
    for (const DrawCommand& command : full.commands()) {
      CHECK(command.first_quad == expected);
      expected += command.quad_count;
    }
    CHECK(expected == full.quad_count());
  });
  for (size_t i = 0; i < kQuadsPerBatch * 2 + 7; ++i) {
    batch.add_quad(texture(static_cast<uint32_t>(i % 11) + 1), 0, {});
  }
  batch.flush();
  CHECK(drawn == kQuadsPerBatch * 2 + 7);
  CHECK(batch.quad_count() == 0);
}

TEST_CASE("an empty batch flushes nothing") {
  int flushes = 0;
  Batch batch([&flushes](const Batch&) { ++flushes; });
  batch.flush();
  CHECK(flushes == 0);
}

TEST_CASE("colours are premultiplied and clamped") {
  CHECK(pack_premultiplied({1, 0.5f, 0, 1}, 1) == 0xFF0080FF);
  CHECK(pack_premultiplied({1, 1, 1, 0.5f}, 0.5f) == 0x40404040);
  CHECK(pack_premultiplied({9, -1, 0, 2}, 1) == 0xFF0000FF);
}
