// SPDX-License-Identifier: MIT
// The README's smallest scene compiles as it is printed there, and plays.
#include <catch2/catch.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "engine/gfx/renderer.h"
#include "engine/scene/stage.h"
#include "tests/fakes/fake_audio.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_random.h"
#include "tests/fakes/gfx_seams.h"
#include "tests/fakes/small_campaign.h"

using namespace vitrine;

namespace {

#include "tests/scene/hello_scene.inc"

std::string read_file(const char* path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

constexpr scene::SceneKind kKinds[] = {{"hello", make_hello}};

}  // namespace

TEST_CASE("the README prints the smallest scene as it is tested") {
  CHECK(read_file("README.md").find(read_file("tests/scene/hello_scene.inc")) != std::string::npos);
}

TEST_CASE("the smallest scene plays: drawn, touched, left alone") {
  fakes::FakeClock clock;
  fakes::FakeRandom random;
  test::FakeGlyphSource glyphs;
  test::FakeAssets assets;
  test::FakeImageDecoder decoder;
  test::FakeVectorRasterizer vectors;
  const auto renderer = gfx::Renderer::create({glyphs, assets, decoder, vectors});
  telemetry::Recorder recorder{clock};
  fakes::FakeAudio audio;
  audio::Sounds sounds{audio};
  fakes::FakeSpeech speech;
  scene::Stage stage{
      {clock, random, recorder, renderer->canvas(), renderer->images(), sounds, speech, kKinds}};
  stage.resize(ui::metrics_for({1080, 1920}, {}));
  stage.play(campaign::Campaign(test::one_scene("hello")), "");
  CHECK(stage.scene_id() == "hello");
  CHECK(stage.handle({1, input::PointerPhase::Down, {500, 500}, 0}, 0) == input::Handled::No);
  stage.update(0.016f, true);
  CHECK(stage.describe().size() == 0);
  CHECK(stage.show_state("hello", "rest"));
  CHECK_FALSE(stage.show_state("hello", "unheard-of"));
  CHECK(recorder.recorded() > 0);
}
