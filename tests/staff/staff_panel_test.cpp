// SPDX-License-Identifier: MIT
// The panel as a finger meets it: real layout and real Dear ImGui, no GL.
#include "engine/staff/staff_panel.h"
#include "engine/telemetry/outbox.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/utf8.h"
#include "tests/fakes/gfx_seams.h"

using namespace vitrine;
using namespace vitrine::staff;
using input::PointerPhase;
using Kind = StaffRequest::Kind;
using State = StaffSession::State;

namespace {

constexpr int64_t kFrameUs = 16'667;
constexpr Size kScreens[] = {{1080, 1920}, {1920, 1080}, {540, 960}, {768, 1366}, {2160, 3840}};

// Counts what would be drawn, and looks at where.
struct Drawn final : gfx::TriangleRenderer {
  size_t triangles = 0;
  int textures = 0;
  bool is_inside = true;  // every texture coordinate
  Size points;

  bool set_texture(uint32_t, uint32_t, const uint8_t*) override { return ++textures > 0; }
  void begin(uint32_t, Size size, float) override { points = size; }
  void draw(std::span<const gfx::TriangleVertex> vertices, std::span<const uint16_t> indices,
            std::span<const gfx::TriangleCommand> commands) override {
    for (const gfx::TriangleVertex& vertex : vertices) {
      is_inside = is_inside && vertex.u >= 0 && vertex.u <= 1 && vertex.v >= 0 && vertex.v <= 1;
    }
    for (const gfx::TriangleCommand& command : commands) {
      REQUIRE(command.first_index + command.index_count <= indices.size());
      triangles += command.index_count / 3;
    }
  }
  void end() override {}
};

struct Fixture {
  test::FakeGlyphSource glyphs;
  app::FrameStatistics frames;
  std::unique_ptr<StaffPanel> panel = StaffPanel::create(glyphs, Language::Chinese);
  int64_t now_us = 50'000'000;
  StaffFacts facts{frames, "0.1.0", "window-1", "lip-popup", "open", "", ""};

  explicit Fixture(Size size = {1080, 1920}, float ratio = 1) {
    facts.volume = 0.5f;
    panel->resize(size, ratio);
  }
  void run(int count = 1) {
    for (int i = 0; i < count; ++i) {
      now_us += kFrameUs;
      panel->frame(facts, now_us);
    }
  }
  void open(Guard guard = Guard::Open) {
    panel->open(guard, now_us);
    run(2);
  }
  void send(PointerPhase phase, Vec2 at, uint64_t pointer = 1) {
    panel->handle({pointer, phase, at, now_us});
  }
  Vec2 middle_of(std::string_view name) {
    const auto rect = panel->find(name);
    REQUIRE(rect);
    return rect->center();
  }
  void tap(std::string_view name) {
    const Vec2 at = middle_of(name);
    send(PointerPhase::Down, at);
    run();
    send(PointerPhase::Up, at);
    run(2);
  }
  // What was asked for since the last call.
  std::vector<Kind> asked() {
    std::vector<Kind> kinds;
    while (const auto request = panel->take_request()) kinds.push_back(request->kind);
    return kinds;
  }
};

constexpr const char* kOpenKeys[] = {"close",    "other-language", "rotate-0", "rotate-1",
                                     "rotate-2", "rotate-3",       "volume",   "calibrate",
                                     "clean",    "reload",         "restart",  "language"};
constexpr const char* kPadKeys[] = {"digit-0", "digit-1", "digit-2", "digit-3", "digit-4",
                                    "digit-5", "digit-6", "digit-7", "digit-8", "digit-9",
                                    "erase",   "ok",      "close"};

bool overlap(const Rect& a, const Rect& b) {
  return a.x < b.right() && b.x < a.right() && a.y < b.bottom() && b.y < a.bottom();
}

template <typename Names>
void check_places(Fixture& fixture, const Names& names, Size size) {
  std::vector<Rect> places;
  const float unit = std::min(size.width, size.height) / 1080;
  for (const char* name : names) {
    CAPTURE(name, size.width, size.height);
    const auto rect = fixture.panel->find(name);
    REQUIRE(rect);
    CHECK(rect->width >= 56 * unit);
    CHECK(rect->height >= 56 * unit);
    CHECK(rect->x >= 0);
    CHECK(rect->y >= 0);
    CHECK(rect->right() <= size.width);
    CHECK(rect->bottom() <= size.height);
    for (const Rect& other : places) CHECK_FALSE(overlap(*rect, other));
    places.push_back(*rect);
  }
}

}  // namespace

TEST_CASE("everything that can be touched is large, on screen and apart, in every size") {
  for (const Size size : kScreens) {
    Fixture fixture(size);
    fixture.open();
    check_places(fixture, kOpenKeys, size);
    Fixture locked(size);
    locked.open(Guard::Pin);
    check_places(locked, kPadKeys, size);
  }
}

TEST_CASE("the PIN is handed out as it was tapped, and opens what it guards") {
  Fixture fixture;
  fixture.open(Guard::Pin);
  for (const char* digit : {"digit-3", "digit-1", "digit-4", "digit-9"}) fixture.tap(digit);
  fixture.tap("erase");
  fixture.tap("digit-1");
  CHECK(fixture.asked().empty());
  fixture.tap("ok");
  const auto request = fixture.panel->take_request();
  REQUIRE(request);
  CHECK(request->kind == Kind::CheckPin);
  CHECK(request->text == "3141");
  CHECK(fixture.panel->state() == State::Checking);
  fixture.panel->pin_checked(false, fixture.now_us);
  fixture.run(2);
  for (int i = 0; i < 4; ++i) fixture.tap("digit-1");
  fixture.tap("ok");  // a second has to pass
  CHECK(fixture.asked().empty());
  fixture.run(60);
  fixture.tap("ok");
  CHECK(fixture.asked() == std::vector{Kind::CheckPin});
  fixture.panel->pin_checked(true, fixture.now_us);
  fixture.run(2);
  CHECK(fixture.panel->state() == State::Open);
}

TEST_CASE("without a PIN it says how to set one and asks for nothing") {
  Fixture fixture;
  fixture.open(Guard::NoPin);
  CHECK(fixture.panel->find("digit-1") == std::nullopt);
  CHECK(fixture.panel->find("restart") == std::nullopt);
  fixture.tap("close");
  CHECK_FALSE(fixture.panel->is_on_screen());
}

TEST_CASE("each key asks for its own thing, once") {
  Fixture fixture;
  fixture.open();
  const std::pair<const char*, Kind> keys[] = {{"rotate-3", Kind::SetRotation},
                                               {"calibrate", Kind::Calibrate},
                                               {"reload", Kind::ReloadCampaign},
                                               {"language", Kind::NextLanguage}};
  for (const auto& [name, kind] : keys) {
    CAPTURE(name);
    fixture.tap(name);
    CHECK(fixture.asked() == std::vector{kind});
  }
  fixture.tap("rotate-0");  // as it is
  CHECK(fixture.asked().empty());
}

TEST_CASE("a restart is asked for twice, within five seconds") {
  Fixture fixture;
  fixture.open();
  fixture.tap("restart");
  CHECK(fixture.asked().empty());
  fixture.run(320);
  fixture.tap("restart");
  CHECK(fixture.asked().empty());
  fixture.tap("restart");
  CHECK(fixture.asked() == std::vector{Kind::Restart});
}

TEST_CASE("a finger that slides off, or is taken away, presses nothing") {
  Fixture fixture;
  fixture.open();
  const Vec2 key = fixture.middle_of("reload");
  fixture.send(PointerPhase::Down, key);
  fixture.run();
  fixture.send(PointerPhase::Move, {5, 5});
  fixture.run();
  fixture.send(PointerPhase::Up, {5, 5});
  fixture.run(3);
  CHECK(fixture.asked().empty());
  fixture.send(PointerPhase::Down, key);
  fixture.run();
  fixture.send(PointerPhase::Cancel, key);
  fixture.run(3);
  CHECK(fixture.asked().empty());
}

TEST_CASE("a tap within one frame is a tap, and a second finger presses nothing") {
  Fixture fixture;
  fixture.open();
  const Vec2 key = fixture.middle_of("reload");
  fixture.send(PointerPhase::Down, key);
  fixture.send(PointerPhase::Up, key);
  fixture.run(4);
  CHECK(fixture.asked() == std::vector{Kind::ReloadCampaign});
  fixture.send(PointerPhase::Down, {5, 5}, 1);
  fixture.run();
  fixture.send(PointerPhase::Down, key, 2);
  fixture.send(PointerPhase::Up, key, 2);
  fixture.run(3);
  fixture.send(PointerPhase::Up, {5, 5}, 1);
  fixture.run(3);
  CHECK(fixture.asked().empty());
}

TEST_CASE("a level follows the finger and is told when it lifts") {
  Fixture fixture;
  fixture.open();
  const Rect track = *fixture.panel->find("volume");
  fixture.send(PointerPhase::Down, track.center());
  fixture.run();
  fixture.send(PointerPhase::Move, {track.right() - 2, track.center().y});
  fixture.run(2);
  CHECK(fixture.asked().empty());
  fixture.send(PointerPhase::Up, {track.right() - 2, track.center().y});
  fixture.run(2);
  const auto request = fixture.panel->take_request();
  REQUIRE(request);
  CHECK(request->kind == Kind::SetVolume);
  CHECK(request->number == 1.0f);
}

TEST_CASE("what cannot be set is not there to be touched") {
  Fixture fixture;
  fixture.facts.volume.reset();
  fixture.open();
  CHECK(fixture.panel->find("volume") == std::nullopt);
  CHECK(fixture.panel->find("brightness") == std::nullopt);
  fixture.facts.brightness = 0.4f;
  fixture.run();
  CHECK(fixture.panel->find("brightness"));
}

TEST_CASE("every finger on the touch test is drawn, and none of them presses a key") {
  Fixture fixture;
  fixture.open();
  Drawn idle, busy;
  fixture.panel->draw(idle, 0);
  const Rect area = *fixture.panel->find("touch-test");
  for (uint64_t finger = 1; finger <= 10; ++finger) {
    const Vec2 at{area.x + 80.0f * static_cast<float>(finger), area.center().y};
    fixture.send(PointerPhase::Down, at, finger);
    fixture.send(PointerPhase::Move, at + Vec2{0, 30}, finger);
  }
  fixture.run();
  fixture.panel->draw(busy, 0);
  CHECK(busy.triangles > idle.triangles + 10 * 48);
  // Dragged onto a key and lifted there.
  const Vec2 key = fixture.middle_of("reload");
  for (uint64_t finger = 1; finger <= 10; ++finger) {
    fixture.send(PointerPhase::Move, key, finger);
    fixture.send(PointerPhase::Up, key, finger);
  }
  fixture.run(3);
  CHECK(fixture.asked().empty());
}

TEST_CASE("how long frames took and touches waited stands there in numbers") {
  Fixture fixture;
  int64_t shown_us = 1'000'000;
  fixture.frames.frame_shown(shown_us);
  for (int64_t age_ms = 1; age_ms <= 20; ++age_ms) {
    shown_us += age_ms == 20 ? 61'000 : 12'500;
    fixture.frames.touched(shown_us - age_ms * 500);
    fixture.frames.frame_shown(shown_us);
  }
  fixture.open();
  CHECK(fixture.panel->find_text("12.5"));  // frames: median, and 95 of 100
  CHECK(fixture.panel->find_text("61.0"));  // the worst
  CHECK(fixture.panel->find_text("5.0"));   // touch to display: median
  CHECK(fixture.panel->find_text("9.5"));   // 95 of 100
  CHECK(fixture.panel->find_text("触摸到显示 ms"));
  CHECK_FALSE(fixture.panel->find_text("10.0"));
}

TEST_CASE("it closes by itself after a minute without a touch") {
  Fixture fixture;
  fixture.open();
  fixture.run(59 * 60);
  CHECK(fixture.panel->is_on_screen());
  fixture.run(2 * 60);
  CHECK_FALSE(fixture.panel->is_on_screen());
  CHECK(fixture.panel->find("close") == std::nullopt);
}

TEST_CASE("to wipe the glass the panel makes way: the shoppers' screen says it and counts") {
  Fixture fixture;
  fixture.open();
  fixture.tap("clean");
  CHECK_FALSE(fixture.panel->is_on_screen());
  CHECK(fixture.asked() == std::vector<Kind>{Kind::Clean});
}

TEST_CASE("where volume or brightness cannot be set there is nothing to slide") {
  Fixture fixture;
  fixture.facts.volume.reset();
  fixture.facts.no_brightness = Word::BacklightLocked;
  fixture.open();
  CHECK_FALSE(fixture.panel->find("volume"));
  CHECK_FALSE(fixture.panel->find("brightness"));
  fixture.facts.volume = 0.3f;
  fixture.facts.brightness = 0.6f;
  fixture.run(2);
  CHECK(fixture.panel->find("volume"));
  CHECK(fixture.panel->find("brightness"));
}

TEST_CASE("however the network stands is told in words of both languages") {
  using telemetry::OutboxPhase;
  for (const OutboxPhase phase :
       {OutboxPhase::Loading, OutboxPhase::Offline, OutboxPhase::Waiting, OutboxPhase::Connecting,
        OutboxPhase::Greeting, OutboxPhase::Open}) {
    const std::string_view name = telemetry::outbox_phase_name(phase);
    const std::string_view chinese = network_words(name, Language::Chinese);
    CHECK(chinese != name);
    CHECK(all_characters().find(chinese) != std::string::npos);
    CHECK(network_words(name, Language::English) != name);
  }
  CHECK(network_words("beyond", Language::Chinese) == "beyond");
}

TEST_CASE("both languages are written whole, with our own letters") {
  const std::string all = all_characters();
  for (const Language language : {Language::Chinese, Language::English}) {
    for (size_t i = 0; i < static_cast<size_t>(Word::kCount); ++i) {
      const std::string_view text = words(static_cast<Word>(i), language);
      CHECK_FALSE(text.empty());
      CHECK(all.find(text) != std::string::npos);
    }
  }
  Fixture fixture;
  Drawn drawn;
  fixture.open();
  fixture.tap("other-language");
  fixture.panel->draw(drawn, 0);
  CHECK(drawn.textures == 1);
  CHECK(drawn.is_inside);
  CHECK(drawn.triangles > 500);
  CHECK(drawn.points == Size{1080, 1920});
  fixture.panel->draw(drawn, 0);
  CHECK(drawn.textures == 1);  // kept
  fixture.panel->resize({2160, 3840}, 1);
  fixture.run();
  fixture.panel->draw(drawn, 0);
  CHECK(drawn.textures == 2);
}

TEST_CASE("a glyph source that fails and facts that are long or strange do no harm") {
  Fixture fixture;
  fixture.glyphs.fail = true;
  fixture.panel->resize({1080, 1921}, 1.5f);
  const std::string long_text(5000, 'x');
  fixture.facts.device = long_text;
  fixture.facts.campaign = "\xff\xfe%s%n";
  fixture.facts.problem = "问题：\n\t!";
  fixture.facts.rows_waiting = INT64_MAX;
  fixture.facts.waiting_us = INT64_MAX;
  fixture.open();
  fixture.run(3);
  Drawn drawn;
  fixture.panel->draw(drawn, 0);
  CHECK(drawn.is_inside);
}
