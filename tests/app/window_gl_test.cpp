// SPDX-License-Identifier: MIT
// What the window makes of SDL's events: two touch panels, a keyboard that somebody plugged in.
#include "engine/app/sdl_window.h"

#include <SDL.h>
#include <catch2/catch.hpp>

#include <memory>
#include <vector>

#include "tests/fakes/fake_clock.h"

using namespace vitrine;
using namespace vitrine::app;
using input::PointerPhase;

namespace {

struct Heard final : WindowSink {
  std::vector<input::PointerEvent> pointers;
  std::vector<Key> keys;
  int quits = 0;

  void on_pointer(const input::PointerEvent& event) override { pointers.push_back(event); }
  void on_key(Key key) override { keys.push_back(key); }
  void on_resize(const Viewport&) override {}
  void on_hidden(bool) override {}
  void on_quit() override { ++quits; }
};

struct Fixture {
  fakes::FakeClock clock;
  std::unique_ptr<SdlWindow> window;
  Heard heard;

  Fixture() {
    WindowOptions options;
    options.mode = WindowMode::Offscreen;
    options.width = 200;
    options.height = 100;
    auto opened = SdlWindow::open(options, clock);
    REQUIRE(opened.ok());
    window = std::move(opened).value();
    pump();
    heard = {};
  }
  void pump() { window->pump(heard); }
  static void finger(uint32_t type, SDL_TouchID device, SDL_FingerID id, float x, float y) {
    SDL_Event event{};
    event.tfinger.type = type;
    event.tfinger.touchId = device;
    event.tfinger.fingerId = id;
    event.tfinger.x = x;
    event.tfinger.y = y;
    SDL_PushEvent(&event);
  }
  static void key(SDL_Keycode code, uint16_t modifiers = KMOD_NONE, bool repeats = false) {
    SDL_Event event{};
    event.key.type = SDL_KEYDOWN;
    event.key.keysym.sym = code;
    event.key.keysym.mod = modifiers;
    event.key.repeat = repeats ? 1 : 0;
    SDL_PushEvent(&event);
  }
};

}  // namespace

TEST_CASE("fingers of two panels with the same number are two pointers, each with its panel") {
  Fixture fixture;
  Fixture::finger(SDL_FINGERDOWN, 3, 0, 0.25f, 0.5f);
  Fixture::finger(SDL_FINGERDOWN, 9, 0, 0.75f, 0.5f);
  Fixture::finger(SDL_FINGERMOTION, 3, 0, 0.30f, 0.5f);
  Fixture::finger(SDL_FINGERUP, 9, 0, 0.75f, 0.5f);
  Fixture::finger(SDL_FINGERUP, 3, 0, 0.30f, 0.5f);
  fixture.pump();
  const auto& events = fixture.heard.pointers;
  REQUIRE(events.size() == 5);
  CHECK(events[0].pointer != events[1].pointer);
  CHECK(events[2].pointer == events[0].pointer);
  CHECK(events[3].pointer == events[1].pointer);
  CHECK(events[3].phase == PointerPhase::Up);
  CHECK(events[0].device == 3);
  CHECK(events[1].device == 9);
  CHECK(events[0].position == Vec2{50, 50});
  CHECK(events[1].position == Vec2{150, 50});
}

TEST_CASE("many fingers of many panels keep apart") {
  Fixture fixture;
  for (SDL_TouchID device = 1; device <= 4; ++device) {
    for (SDL_FingerID id = 0; id < 5; ++id) Fixture::finger(SDL_FINGERDOWN, device, id, 0.5f, 0.5f);
  }
  fixture.pump();
  const auto& events = fixture.heard.pointers;
  REQUIRE(events.size() == 20);  // none was taken for another, which would cancel it first
  for (const auto& event : events) CHECK(event.phase == PointerPhase::Down);
}

TEST_CASE(
    "of a keyboard only what a screen can use is heard, letters and the desktop's keys are not") {
  Fixture fixture;
  for (const SDL_Keycode code :
       {SDLK_a, SDLK_z, SDLK_0, SDLK_F1, SDLK_F4, SDLK_F11, SDLK_LGUI, SDLK_PRINTSCREEN,
        SDLK_INSERT, SDLK_POWER, SDLK_MENU, SDLK_LCTRL}) {
    for (const uint16_t modifiers : {KMOD_NONE, KMOD_LALT, KMOD_LCTRL, KMOD_LGUI}) {
      Fixture::key(code, modifiers);
    }
  }
  SDL_Event text{};
  text.text.type = SDL_TEXTINPUT;
  SDL_strlcpy(text.text.text, "rude words", sizeof text.text.text);
  SDL_PushEvent(&text);
  fixture.pump();
  CHECK(fixture.heard.keys.empty());
  CHECK(fixture.heard.pointers.empty());
  CHECK(fixture.heard.quits == 0);
  for (const SDL_Keycode code :
       {SDLK_TAB, SDLK_RETURN, SDLK_SPACE, SDLK_ESCAPE, SDLK_LEFT, SDLK_RIGHT, SDLK_UP, SDLK_DOWN,
        SDLK_BACKSPACE, SDLK_DELETE, SDLK_VOLUMEUP, SDLK_VOLUMEDOWN}) {
    Fixture::key(code);
  }
  Fixture::key(SDLK_TAB, KMOD_LSHIFT);
  fixture.pump();
  CHECK(fixture.heard.keys == std::vector<Key>{Key::Tab, Key::Enter, Key::Space, Key::Escape,
                                               Key::Left, Key::Right, Key::Up, Key::Down,
                                               Key::Backspace, Key::Delete, Key::VolumeUp,
                                               Key::VolumeDown, Key::ShiftTab});
}

TEST_CASE("a held Enter presses once, a held arrow moves on") {
  Fixture fixture;
  for (int i = 0; i < 5; ++i) Fixture::key(SDLK_RETURN, KMOD_NONE, i > 0);
  for (int i = 0; i < 5; ++i) Fixture::key(SDLK_RIGHT, KMOD_NONE, i > 0);
  fixture.pump();
  CHECK(fixture.heard.keys.size() == 6);
}
