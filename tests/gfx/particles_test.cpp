// SPDX-License-Identifier: MIT
#include "engine/gfx/particles.h"

#include <catch2/catch.hpp>
#include <cmath>

using namespace vitrine;
using namespace vitrine::gfx;

namespace {

// The confetti of a prize.
ParticleStyle confetti() {
  ParticleStyle style;
  style.speed = {900, 1900};
  style.direction = {0, 6.2831853f};
  style.life = {3, 4};
  style.size = {0.5f, 1.2f};
  style.spin = {2, 9};
  style.flip = {2, 9};
  style.gravity = {0, 900};
  style.drag = 1.8f;
  style.sprites = 6;
  return style;
}

void run(Particles& particles, float seconds, int frames_a_second) {
  const int frames = static_cast<int>(std::lround(seconds * static_cast<float>(frames_a_second)));
  for (int i = 0; i < frames; ++i) particles.update(1 / static_cast<float>(frames_a_second));
}

}  // namespace

TEST_CASE("pieces are at the same places at 20 and at 120 frames a second") {
  Particles slow(confetti(), 200, 11), fast(confetti(), 200, 11);
  slow.burst(170, {540, 900});
  fast.burst(170, {540, 900});
  for (int step = 0; step < 5; ++step) {
    run(slow, 0.5f, 20);
    run(fast, 0.5f, 120);
    REQUIRE(slow.count() == fast.count());
    for (size_t i = 0; i < slow.count(); ++i) {
      const ParticlePose a = slow.pose(i), b = fast.pose(i);
      REQUIRE(length(a.at - b.at) < 0.05f);
      REQUIRE(a.angle == Approx(b.angle).margin(1e-3));
      REQUIRE(a.color.a == Approx(b.color.a).margin(1e-3));
    }
  }
}

TEST_CASE("a stream that moves bears the same pieces at any frame rate") {
  Particles slow(confetti(), 500, 3), fast(confetti(), 500, 3);
  const auto play = [](Particles& particles, int rate) {
    particles.stream(97.5f, {0, 0}, {0, 50});
    for (int i = 0; i < rate; ++i) {
      const float t = static_cast<float>(i + 1) / static_cast<float>(rate);
      particles.stream(97.5f, {t * 800, 0}, {t * 800, 50});
      particles.update(1 / static_cast<float>(rate));
    }
  };
  play(slow, 20);
  play(fast, 120);
  CHECK(fast.count() == 97);
  REQUIRE(slow.count() == fast.count());
  for (size_t i = 0; i < slow.count(); ++i) {
    REQUIRE(length(slow.pose(i).at - fast.pose(i).at) < 0.5f);
  }
}

TEST_CASE("the flight is that of drag, gravity and wind integrated in small steps") {
  ParticleStyle style = confetti();
  style.wind = {120, -30};
  for (float drag : {0.0f, 0.004f, 1.8f, 12.0f}) {
    style.drag = drag;
    Particles particles(style, 1, 5);
    particles.burst(1, {0, 0});
    Particles start(style, 1, 5);
    start.burst(1, {0, 0});
    start.update(1e-4f);
    const double vx0 = start.pose(0).at.x / 1e-4, vy0 = start.pose(0).at.y / 1e-4;
    double x = 0, y = 0, vx = vx0, vy = vy0;
    const double dt = 1.0 / 20000;
    for (int i = 0; i < 20000; ++i) {
      vx += dt * -drag * (vx - 120);
      vy += dt * (900 - drag * (vy + 30));
      x += dt * vx;
      y += dt * vy;
    }
    run(particles, 1, 60);
    CHECK(particles.pose(0).at.x == Approx(x).margin(3));
    CHECK(particles.pose(0).at.y == Approx(y).margin(3));
  }
}

TEST_CASE("170 pieces of confetti burst as fast as they should and are gone after 4 seconds") {
  Particles particles(confetti(), 170, 1);
  particles.burst(170, {0, 0});
  CHECK(particles.count() == 170);
  Particles early = particles;
  early.update(1e-3f);
  uint32_t kinds = 0;
  for (size_t i = 0; i < early.count(); ++i) {
    const ParticlePose pose = early.pose(i);
    const float speed = length(pose.at) * 1000;
    REQUIRE(speed > 895);
    REQUIRE(speed < 1905);
    kinds |= 1u << pose.sprite;
  }
  CHECK(kinds == 63);
  run(particles, 2.5f, 60);
  CHECK(particles.count() == 170);
  run(particles, 1.5f, 60);
  CHECK(particles.count() == 0);
}

TEST_CASE("pieces fade out before they go and never blink") {
  Particles particles(confetti(), 50, 9);
  particles.burst(50, {0, 0});
  std::vector<float> last(50, 1.0f);
  while (particles.count() == 50) {
    for (size_t i = 0; i < 50; ++i) {
      const float alpha = particles.pose(i).color.a;
      REQUIRE(alpha <= last[i] + 1e-5f);
      REQUIRE(last[i] - alpha < 0.06f);
      last[i] = alpha;
    }
    particles.update(1.0f / 60);
  }
}

TEST_CASE("beyond the capacity nothing is born, and the same seed bears the same pieces") {
  Particles particles(confetti(), 10, 4);
  particles.burst(25, {0, 0}, {100, 0});
  CHECK(particles.count() == 10);
  CHECK(particles.refused() == 15);
  Particles again(confetti(), 10, 4), other(confetti(), 10, 5);
  again.burst(25, {0, 0}, {100, 0});
  other.burst(25, {0, 0}, {100, 0});
  bool differs = false;
  for (size_t i = 0; i < 10; ++i) {
    CHECK(particles.pose(i).at == again.pose(i).at);
    CHECK(particles.pose(i).at.y == 0);
    differs = differs || !(particles.pose(i).at == other.pose(i).at);
  }
  CHECK(differs);
}

TEST_CASE("a stream ends when told, and a pause of any length is survived") {
  Particles particles(confetti(), 100, 2);
  particles.stream(60, {0, 0});
  run(particles, 0.5f, 60);
  const size_t born = particles.count();
  CHECK(born >= 29);
  CHECK(born <= 31);
  particles.stream(0, {0, 0});
  run(particles, 0.5f, 60);
  CHECK(particles.count() == born);
  particles.update(0);
  CHECK(particles.count() == born);
  particles.stream(60, {0, 0});
  particles.update(30);
  CHECK(particles.count() <= 100);
  for (size_t i = 0; i < particles.count(); ++i) REQUIRE(std::isfinite(particles.pose(i).at.y));
  particles.clear();
  CHECK(particles.count() == 0);
}
