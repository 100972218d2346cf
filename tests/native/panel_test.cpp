// SPDX-License-Identifier: MIT
// How the picture lies on the panel, what a keyboard may do, and what is kept of both.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <set>
#include <string>
#include <utility>

#include "native/kiosk/key_gate.h"
#include "native/kiosk/panel_mapping.h"
#include "native/kiosk/panel_settings.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;

TEST_CASE("a picture turned by a quarter has its left top at the window's right top") {
  const Size window{1920, 1080};
  const std::pair<uint8_t, Vec2> corners[] = {
      {0, {0, 0}}, {1, {1920, 0}}, {2, {1920, 1080}}, {3, {0, 1080}}};
  for (const auto& [turns, corner] : corners) {
    CAPTURE(int{turns});
    const PanelMapping mapping{turns, window, {}};
    CHECK(mapping.to_window({0, 0}) == corner);
    CHECK(mapping.picture_size() == (turns % 2 == 0 ? window : Size{1080, 1920}));
  }
}

TEST_CASE("a finger is where the picture shows what it touches, turned and moved as it may be") {
  for (uint8_t turns = 0; turns < 4; ++turns) {
    const PanelMapping mapping{turns, {1920, 1080}, {3, -2}};
    for (const Vec2 shown : {Vec2{0, 0}, Vec2{10, 700}, Vec2{1079, 5}}) {
      const Vec2 back = mapping.to_picture(mapping.to_window(shown));
      CHECK(back == shown);
    }
  }
}

TEST_CASE("the picture moves one pixel a step, never far, and through every place alike") {
  for (const int reach : {1, 4, kMaxBurnInReach}) {
    const int places = (2 * reach + 1) * (2 * reach + 1);
    const int period = 2 * (places - 1);
    std::set<std::pair<int, int>> seen;
    PixelShift last = burn_in_shift(0, reach);
    CHECK(last == PixelShift{});  // begins where the picture belongs
    for (int step = 1; step <= period; ++step) {
      const PixelShift now = burn_in_shift(step * kBurnInStepUs, reach);
      REQUIRE(std::abs(now.x - last.x) + std::abs(now.y - last.y) == 1);
      REQUIRE(std::abs(now.x) <= reach);
      REQUIRE(std::abs(now.y) <= reach);
      CHECK(burn_in_shift((step + 1) * kBurnInStepUs - 1, reach) == now);
      seen.insert({now.x, now.y});
      last = now;
    }
    CHECK(seen.size() == static_cast<size_t>(places));
    CHECK(last == PixelShift{});
  }
  CHECK(burn_in_shift(123'456'789'000, 0) == PixelShift{});
}

TEST_CASE("a hand's worth of keys goes through, a flood does not") {
  KeyGate gate;
  int64_t now_us = 1'000'000'000;
  int through = 0;
  for (int i = 0; i < 10'000; ++i) {
    now_us += 100;  // ten thousand a second
    through += gate.let_through(now_us) ? 1 : 0;
  }
  CHECK(through <= KeyGate::kBurst + 1'000'000 / KeyGate::kRefillUs);
  CHECK(gate.dropped() == static_cast<uint64_t>(10'000 - through));
  now_us += 1'000'000;
  for (int i = 0; i < 200; ++i) {  // a held arrow: one key in 50 ms
    now_us += KeyGate::kRefillUs;
    CHECK(gate.let_through(now_us));
  }
}

TEST_CASE("without a keyboard no key goes through") {
  KeyGate gate(false);
  for (int i = 0; i < 100; ++i) CHECK_FALSE(gate.let_through(i * 1'000'000));
}

TEST_CASE("a panel's settings are what was saved, and the defaults without a file") {
  const TemporaryFolder folder;
  CHECK(load_panel_settings(folder.path()).value() == PanelSettings{});
  PanelSettings settings;
  settings.quarter_turns = 3;
  settings.burn_in_reach = 0;
  settings.volume = 0.25;
  settings.width_mm = 680, settings.height_mm = 1210, settings.bottom_edge_mm = 700;
  settings.set_matrix("ILITEK \"Multi\" 触摸", {{-1.01, 0.002, 1.003, 0, 0.99, 0.01}});
  REQUIRE(save_panel_settings(folder.path(), settings).ok());
  CHECK(load_panel_settings(folder.path()).value() == settings);
  CHECK(settings.matrix_of("another") == TouchMatrix{});
}

TEST_CASE("a volume that nobody set stays the campaign's, whatever else is saved") {
  const TemporaryFolder folder;
  PanelSettings settings;
  settings.quarter_turns = 1;
  REQUIRE(save_panel_settings(folder.path(), settings).ok());
  CHECK_FALSE(load_panel_settings(folder.path()).value().volume);
}

TEST_CASE("a device's calibration replaces its older one, and the list does not grow for ever") {
  PanelSettings settings;
  for (int i = 0; i < 20; ++i) settings.set_matrix("panel", {{1, 0, i * 0.001, 0, 1, 0}});
  CHECK(settings.touch.size() == 1);
  CHECK(settings.matrix_of("panel").values[2] == 0.019);
  for (int i = 0; i < 20; ++i) settings.set_matrix("panel " + std::to_string(i), {});
  CHECK(settings.touch.size() == PanelSettings::kMaxDevices);
  CHECK(settings.touch.back().device == "panel 19");
}

TEST_CASE("a key that is no setting is named for the log, and the others count") {
  const TemporaryFolder folder;
  const auto load = [&](const char* text, std::string& passed_over) {
    std::ofstream(folder.path() / "panel.json") << text;
    return load_panel_settings(folder.path(), &passed_over).value();
  };
  std::string passed_over;
  const PanelSettings mistyped =
      load(R"({"rotaton": 90, "volume": 0.5, "touhc": []})", passed_over);
  CHECK(mistyped.quarter_turns == 0);
  CHECK(mistyped.volume == 0.5);
  CHECK(passed_over.find("panel.json: ") != std::string::npos);
  CHECK(passed_over.find(R"("rotaton", "touhc")") != std::string::npos);
  CHECK(passed_over.find("the settings are rotation, ") != std::string::npos);
  passed_over.clear();
  CHECK(load(R"({"rotation": 90})", passed_over).quarter_turns == 1);
  CHECK(passed_over.empty());
}

TEST_CASE("a settings file that cannot be understood is named with key and cure") {
  const std::pair<const char*, const char*> cases[] = {
      {"{", "line 1"},
      {R"([90])", "an object"},
      {R"({"rotation": 45})", "0, 90, 180 or 270"},
      {R"({"rotation": "left"})", "\"rotation\""},
      {R"({"burn_in_reach": 17})", "0 to 16"},
      {R"({"volume": -0.1})", "0 to 1"},
      {R"({"width_mm": 7})", "50 to 10000"},
      {R"({"bottom_edge_mm": -1})", "0 to 3000"},
      {R"({"touch": {}})", "--calibrate"},
      {R"({"touch": [{"device": "", "matrix": [1, 0, 0, 0, 1, 0]}]})", "\"touch\""},
      {R"({"touch": [{"device": "a", "matrix": [1, 0, 0, 0, 1]}]})", "six numbers"},
      {R"({"touch": [{"device": "a", "matrix": [0, 0, 0, 0, 0, 0]}]})", "six numbers"},
      {R"({"touch": [{"device": "a", "matrix": [1e300, 0, 0, 0, 1, 0]}]})", "six numbers"},
  };
  for (const auto& [text, cure] : cases) {
    CAPTURE(text);
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "panel.json") << text;
    const Result<PanelSettings> loaded = load_panel_settings(folder.path());
    REQUIRE_FALSE(loaded.ok());
    CHECK(loaded.status().message().find("panel.json: ") != std::string::npos);
    CHECK(loaded.status().message().find(cure) != std::string::npos);
  }
}
