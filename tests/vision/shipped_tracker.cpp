// SPDX-License-Identifier: MIT
#include "tests/vision/shipped_tracker.h"

#include <catch2/catch.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>
#include <vector>

namespace vitrine::test {
namespace {

namespace fs = std::filesystem;

std::vector<uint8_t> weights(const char* name) {
  const char* named = std::getenv("VITRINE_MODELS");
  const fs::path path = fs::path(named && *named ? named : "assets/models") / name;
  if (!fs::exists(path)) {
    std::printf("skipped: no %s\n", path.c_str());
    std::fflush(stdout);
    std::_Exit(77);
  }
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

FaceTracker make_tracker() {
  auto models = load_face_models({.detector = weights("detector.net"),
                                  .landmarks = weights("landmarks.net"),
                                  .lips = weights("lips.net"),
                                  .eye = weights("eye.net")});
  REQUIRE(models.ok());
  auto tracker = FaceTracker::create(std::move(models).value());
  REQUIRE(tracker.ok());
  return std::move(tracker).value();
}

}  // namespace vitrine::test
