// SPDX-License-Identifier: MIT
// A whole App over fakes, with the real scenes and the real sample campaign.
#pragma once

#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "engine/app/app.h"
#include "scenes/scenes.h"
#include "tests/fakes/fake_audio.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/fake_identity.h"
#include "tests/fakes/fake_keepsakes.h"
#include "tests/fakes/fake_outbox_store.h"
#include "tests/fakes/fake_random.h"
#include "tests/fakes/fake_transport.h"
#include "tests/fakes/gfx_seams.h"

namespace vitrine::test {

inline std::string read_file(const std::string& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string sample_campaign() {
  return read_file("assets/campaigns/lip-popup/campaign.json");
}

struct AppFixture {
  fakes::FakeClock clock;
  fakes::FakeRandom random;
  FakeAssets assets;
  fakes::FakeTransport transport;
  fakes::FakeOutboxStore store;
  fakes::FakeIdentity identity;
  FakeGlyphSource glyphs;
  FakeImageDecoder decoder;
  FakeVectorRasterizer vectors;
  fakes::FakeAudio audio;
  fakes::FakeSpeech speech;
  fakes::FakeTransport claim_transport;
  fakes::FakeKeepsakes keepsakes;
  fakes::FakeLinks links;
  fakes::FakeHomeScreen home_screen;
  std::unique_ptr<app::App> app;

  // A panel, preferences, …; the rest is the test's own.
  explicit AppFixture(scene::SceneKinds kinds) : AppFixture({}, kinds) {}
  explicit AppFixture(app::AppOptions options = {}, scene::SceneKinds kinds = scenes::all_kinds()) {
    options.mode = "test";
    options.seed = 1;
    app = app::App::create({clock, random, assets, transport, store, identity, glyphs, decoder,
                            vectors, audio, speech, claim_transport, keepsakes, links, home_screen},
                           options, kinds);
    resize({1080, 1920});
  }
  void resize(Size size) {
    app::Viewport viewport;
    viewport.size = size;
    app->resize(viewport);
  }
  bool show_sample() { return app->show_campaign(sample_campaign(), "campaign.json").ok(); }
  void run(int frames, int64_t ms = 16) {
    for (int i = 0; i < frames; ++i) {
      clock.advance_ms(ms);
      app->poll();
      app->frame();
    }
  }
  void send(uint64_t pointer, input::PointerPhase phase, Vec2 at) {
    app->handle({pointer, phase, at, clock.monotonic_us()});
  }
  void tap(Vec2 at, uint64_t pointer = 1) {
    send(pointer, input::PointerPhase::Down, at);
    run(2);
    send(pointer, input::PointerPhase::Up, at);
    run(2);
  }
  // The middle of a node, logical points; far outside when it is not there.
  Vec2 middle_of(std::string_view name) const {
    const ui::SemanticNode* node = app->semantics().find(name);
    return node ? node->bounds.center() : Vec2{-1e6f, -1e6f};
  }
  bool shows(std::string_view name) const { return app->semantics().find(name) != nullptr; }
  // The newest stored row of this type, "" when there is none.
  std::string stored_row(const std::string& type) {
    stored(type);
    for (size_t i = store.disk.rows.size(); i > 0; --i) {
      const std::string& row = store.disk.rows[i - 1].row;
      if (row.find("\"" + type + "\"") != std::string::npos) return row;
    }
    return {};
  }
  // How many stored rows are of this type.
  int stored(const std::string& type) {
    app->pause();
    app->resume();
    run(3);
    int count = 0;
    for (const OutboxRow& row : store.disk.rows) {
      if (row.row.find("\"" + type + "\"") != std::string::npos) ++count;
    }
    return count;
  }
};

}  // namespace vitrine::test
