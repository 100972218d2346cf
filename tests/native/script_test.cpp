// SPDX-License-Identifier: MIT
#include "native/kiosk/script.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "native/kiosk/options.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;

TEST_CASE("every command is read with its arguments") {
  const auto script = parse_script(R"(# a shopper
wait start
wait "轻触 开始" 500ms   # by its words
tap start
touch 540 1600
two 100 200 900.5 200
drag 900 900 200 900 300ms
down 2 10 20
move 2 11 21
up 2 11 21
cancel
key shift-tab
sleep 2s
settle
wait-delivered 30s
wait-file "go on" 5s
language en
screenshot "a b.png"
expect "text"
expect-not back
activate back
pause
resume
quit
)",
                                   "t.script");
  REQUIRE(script.ok());
  const Script& s = script.value();
  REQUIRE(s.size() == 23);
  CHECK(s[0].target.name == "start");
  CHECK(s[0].line == 2);
  CHECK(s[0].duration_us == 10'000'000);
  CHECK(s[1].target.label == "轻触 开始");
  CHECK(s[1].duration_us == 500'000);
  CHECK(s[2].target.name == "start");
  CHECK(s[3].points[0] == Vec2{540, 1600});
  CHECK(s[4].points[1] == Vec2{900.5f, 200});
  CHECK(s[5].duration_us == 300'000);
  CHECK(s[7].finger == 2);
  CHECK(s[10].key == app::Key::ShiftTab);
  CHECK(s[11].duration_us == 2'000'000);
  CHECK(s[14].text == "go on");
  CHECK(s[14].duration_us == 5'000'000);
  CHECK(s[16].text == "a b.png");
}

TEST_CASE("every mistake is named with its line, in one go") {
  const auto script = parse_script(
      "tap\nfly away\nsleep 5\n\nwait \"open\ntouch 1 x\ndown 21 1 1\n"
      "key enterr\nquit now\nsleep 9999999s\ntouch nan 1\n",
      "bad.script");
  REQUIRE_FALSE(script.ok());
  const std::string& problems = script.status().message();
  for (const int line : {1, 2, 3, 5, 6, 7, 8, 9, 10, 11}) {
    INFO(line << " in:\n" << problems);
    CHECK(problems.find("bad.script:" + std::to_string(line) + ": ") != std::string::npos);
  }
  CHECK(problems.find(":4: ") == std::string::npos);
  CHECK(problems.find("sleep TIME") != std::string::npos);
}

TEST_CASE("each key of the command's usage is a key of the engine's, and no two are the same") {
  const std::string usage = parse_script("key", "t").status().message();
  std::string names = usage.substr(usage.find("key ") + 4);
  std::vector<app::Key> keys;
  for (std::string name; !names.empty();) {
    name = names.substr(0, names.find('|'));
    names.erase(0, name.size() + 1);
    CAPTURE(name);
    const auto script = parse_script("key " + name, "t");
    REQUIRE(script.ok());
    keys.push_back(script.value()[0].key);
  }
  CHECK(keys.size() == 12);
  CHECK(keys.back() == app::Key::Mute);
  std::sort(keys.begin(), keys.end());
  CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
}

TEST_CASE("a script without a command is refused, by its file") {
  for (const char* text : {"", "# nothing\n\n \t\r\n"}) {
    const auto script = parse_script(text, "empty.script");
    REQUIRE_FALSE(script.ok());
    CHECK(script.status().message().find("empty.script:1: no command") == 0);
  }
}

TEST_CASE("the command line of a kiosk in service") {
  const auto options = parse_kiosk_options({"--server=wss://shop/ws", "--campaign", "lip-popup",
                                            "--data", "/var/lib/kiosk", "--language", "en"});
  REQUIRE(options.ok());
  CHECK(options.value().server == "wss://shop/ws");
  CHECK(options.value().width == 1080);
  CHECK_FALSE(options.value().windowed);
  CHECK_FALSE(options.value().is_batch());
}

TEST_CASE("the command line of a test") {
  const auto options = parse_kiosk_options({"--offline", "--campaign", "dir", "--size", "390x844",
                                            "--pixel-ratio", "3", "--frames", "10", "--frame-rate",
                                            "30", "--seed", "7", "--screenshot", "a.png"});
  REQUIRE(options.ok());
  CHECK(options.value().height == 844);
  CHECK(options.value().pixel_ratio == 3);
  CHECK(options.value().frames == 10);
  CHECK(options.value().frame_us() == 33'333);
  CHECK(options.value().seed == 7);
  CHECK(options.value().is_batch());
}

TEST_CASE("the command line says how the panel hangs and which switches there are") {
  const auto options = parse_kiosk_options({"--offline", "--campaign", "dir", "--data", "d",
                                            "--panel-mm", "680x1210", "--panel-bottom-mm", "700",
                                            "--switch", "one", "--switch-seconds", "2.5"});
  REQUIRE(options.ok());
  CHECK(options.value().panel_mm == Size{680, 1210});
  CHECK(options.value().panel_bottom_mm == 700);
  CHECK(options.value().switches.mode == input::SwitchMode::One);
  CHECK(options.value().switches.scan_seconds == 2.5f);
}

TEST_CASE("a command line that makes no sense is refused by the option's name") {
  const std::vector<std::pair<std::vector<std::string>, std::string>> kBad = {
      {{}, "--campaign"},
      {{"--campaign", "x"}, "--server"},
      {{"--campaign", "x", "--offline", "--server", "ws://a/"}, "--server"},
      {{"--campaign", "x", "--server", "http://a/", "--data", "d"}, "--server"},
      {{"--campaign", "x", "--offline"}, "--data"},
      {{"--campaign", "x", "--offline", "--data", "d", "--enrol", "C"}, "--enrol"},
      {{"--size", "10"}, "--size"},
      {{"--size", "0x10"}, "--size"},
      {{"--size", "10x99999"}, "--size"},
      {{"--pixel-ratio", "nan"}, "--pixel-ratio"},
      {{"--frame-rate", "5"}, "--frame-rate"},
      {{"--frame-rate", "61"}, "--frame-rate"},
      {{"--frames", "0"}, "--frames"},
      {{"--frames", "-1"}, "--frames"},
      {{"--seed", "x"}, "--seed"},
      {{"--mode", "play"}, "--mode"},
      {{"--switch", "three"}, "--switch"},
      {{"--switch-seconds", "0.1"}, "--switch-seconds"},
      {{"--switch-seconds", "0x4"}, "--switch-seconds"},
      {{"--panel-mm", "680"}, "--panel-mm"},
      {{"--panel-mm", "680x0"}, "--panel-mm"},
      {{"--panel-bottom-mm", "-5"}, "--panel-bottom-mm"},
      {{"--data", ""}, "--data"},
      {{"--language", ""}, "--language"},
      {{"--language", "中文"}, "--language"},
      {{"--script", ""}, "--script"},
      {{"--data"}, "--data"},
      {{"--fly"}, "--fly"},
      {{"stray"}, "stray"},
  };
  for (const auto& [arguments, named] : kBad) {
    const auto options = parse_kiosk_options(arguments);
    REQUIRE_FALSE(options.ok());
    CHECK(options.status().message().find(named) == 0);
  }
}

TEST_CASE("files and folders that an option names and that are not there are refused by its name") {
  const TemporaryFolder folder;
  const auto written = [&](const char* name, const char* text) {
    std::ofstream(folder.path() / name) << text;
    return (folder.path() / name).string();
  };
  const std::string pem = written("ca.pem", "A comment\n-----BEGIN CERTIFICATE-----\nAA==\n");
  const std::string other = written("key.pem", "-----BEGIN PRIVATE KEY-----\nAA==\n");
  const std::string missing = (folder.path() / "missing").string(), there = folder.path().string();
  struct Case {
    std::string KioskOptions::*option;
    std::string name, path;
    bool ok;
  };
  const Case kCases[] = {
      {&KioskOptions::ca, "--ca", pem, true},
      {&KioskOptions::ca, "--ca", other, false},
      {&KioskOptions::ca, "--ca", missing, false},
      {&KioskOptions::ca, "--ca", there, false},
      {&KioskOptions::sounds, "--sounds", there, true},
      {&KioskOptions::sounds, "--sounds", missing, false},
      {&KioskOptions::sounds, "--sounds", pem, false},
      {&KioskOptions::fonts, "--fonts", there, true},
      {&KioskOptions::fonts, "--fonts", missing, false},
      {&KioskOptions::backlight, "--backlight", there, true},
      {&KioskOptions::backlight, "--backlight", missing, false},
  };
  CHECK(check_kiosk_files({}).ok());
  for (const Case& one : kCases) {
    CAPTURE(one.name, one.path);
    KioskOptions options;
    options.*one.option = one.path;
    const Status status = check_kiosk_files(options);
    CHECK(status.ok() == one.ok);
    if (!one.ok) CHECK(status.message().find(one.name + ": " + one.path) == 0);
  }
}

TEST_CASE("help and version need nothing else, and the help names every exit code") {
  CHECK(parse_kiosk_options({"--help"}).value().action == KioskOptions::Action::Help);
  CHECK(parse_kiosk_options({"--version"}).value().action == KioskOptions::Action::Version);
  for (const char* code : {"0 ", "1 ", "2 ", "3 ", "4 ", "5 ", "6 "}) {
    CHECK(kiosk_help().find(code, kiosk_help().find("Exit codes")) != std::string_view::npos);
  }
}
