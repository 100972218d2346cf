// SPDX-License-Identifier: MIT
#include "native/kiosk/options.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

#include "native/kiosk/panel_mapping.h"
#include "native/kiosk/panel_settings.h"
#include "native/server_address.h"

namespace vitrine {
namespace {

constexpr int kMaxSide = 8192;
constexpr uint32_t kMaxGoodAfter = 3600;
constexpr uint32_t kLeastFrameRate = 10, kMostFrameRate = 60;
constexpr float kLeastScan = 0.5f, kMostScan = 20;

Status usage(std::string_view option, const std::string& why) {
  return {StatusCode::InvalidArgument, std::string(option) + ": " + why};
}

Status keep(std::string& target, std::string_view option, std::string_view value) {
  if (value.empty()) return usage(option, "is empty: give it a value, or leave it out");
  target = std::string(value);
  return {};
}

template <typename Number>
bool parse_number(std::string_view text, Number& out) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), out);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

bool parse_decimal(std::string_view text, float least, float most, float& out) {
  if (text.find_first_not_of("0123456789.") != std::string_view::npos) return false;
  const std::string copy(text);
  char* end = nullptr;
  out = std::strtof(copy.c_str(), &end);
  return end != copy.c_str() && *end == '\0' && out >= least && out <= most;
}

// "1080x1920".
bool parse_sides(std::string_view text, int& width, int& height) {
  const size_t cross = text.find('x');
  return cross != std::string_view::npos && parse_number(text.substr(0, cross), width) &&
         parse_number(text.substr(cross + 1), height);
}

Status parse_size(std::string_view value, KioskOptions& options) {
  const auto is_side = [](int points) { return points >= 1 && points <= kMaxSide; };
  if (!parse_sides(value, options.width, options.height) || !is_side(options.width) ||
      !is_side(options.height)) {
    return usage("--size", "expected WIDTHxHEIGHT in points, as 1080x1920, at most 8192 a side");
  }
  options.sized = true;
  return {};
}

Status parse_ratio(std::string_view value, KioskOptions& options) {
  if (parse_decimal(value, 0.1f, 4, options.pixel_ratio)) return {};
  return usage("--pixel-ratio", "expected a number from 0.1 to 4");
}

Status parse_language(std::string_view value, KioskOptions& options) {
  const auto is_part = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  };
  if (value.size() < 2 || !std::all_of(value.begin(), value.end(), is_part)) {
    return usage("--language", "expected a language tag, as zh, en or zh-Hant");
  }
  options.language = std::string(value);
  return {};
}

Status parse_mode(std::string_view value, KioskOptions& options) {
  if (value != "live" && value != "rehearsal" && value != "test") {
    return usage("--mode", "expected live, rehearsal or test");
  }
  options.mode = std::string(value);
  return {};
}

Status parse_frames(std::string_view value, KioskOptions& options) {
  if (parse_number(value, options.frames) && options.frames > 0) return {};
  return usage("--frames", "expected a number of frames above 0");
}

Status parse_frame_rate(std::string_view value, KioskOptions& options) {
  const bool valid = parse_number(value, options.frame_rate) &&
                     options.frame_rate >= kLeastFrameRate && options.frame_rate <= kMostFrameRate;
  return valid ? Status() : usage("--frame-rate", "expected frames a second from 10 to 60");
}

Status parse_outbox_rows(std::string_view value, KioskOptions& options) {
  if (parse_number(value, options.outbox_rows) && options.outbox_rows > 0) return {};
  return usage("--outbox-rows", "expected a number of rows above 0");
}

Status parse_good_after(std::string_view value, KioskOptions& options) {
  const bool valid = parse_number(value, options.good_after_s) && options.good_after_s >= 1 &&
                     options.good_after_s <= kMaxGoodAfter;
  return valid ? Status() : usage("--good-after", "expected whole seconds from 1 to 3600");
}

Status parse_rotation(std::string_view value, KioskOptions& options) {
  uint32_t degrees = 0;
  if (!parse_number(value, degrees) || degrees % 90 != 0 || degrees >= 360) {
    return usage("--rotate", "expected 0, 90, 180 or 270");
  }
  options.rotation = static_cast<uint8_t>(degrees / 90);
  return {};
}

Status parse_burn_in(std::string_view value, KioskOptions& options) {
  int reach = 0;
  if (!parse_number(value, reach) || reach < 0 || reach > kMaxBurnInReach) {
    return usage("--burn-in-shift", "expected whole pixels from 0 to 16");
  }
  options.burn_in_reach = reach;
  return {};
}

Status parse_switch(std::string_view value, KioskOptions& options) {
  if (value != "one" && value != "two") return usage("--switch", "expected one or two");
  options.switches.mode = value == "one" ? input::SwitchMode::One : input::SwitchMode::Two;
  return {};
}

Status parse_switch_seconds(std::string_view value, KioskOptions& options) {
  if (parse_decimal(value, kLeastScan, kMostScan, options.switches.scan_seconds)) return {};
  return usage("--switch-seconds", "expected seconds from 0.5 to 20");
}

Status parse_panel_mm(std::string_view value, KioskOptions& options) {
  int width = 0, height = 0;
  if (!parse_sides(value, width, height) || !is_panel_side(width) || !is_panel_side(height)) {
    return usage("--panel-mm",
                 "expected WIDTHxHEIGHT of the lit area as it hangs, as 680x1210, "
                 "50 to 10000 a side");
  }
  options.panel_mm = Size{static_cast<float>(width), static_cast<float>(height)};
  return {};
}

Status parse_panel_bottom(std::string_view value, KioskOptions& options) {
  int bottom = 0;
  if (!parse_number(value, bottom) || !is_panel_bottom(bottom)) {
    return usage("--panel-bottom-mm", "expected whole millimetres above the floor, 0 to 3000");
  }
  options.panel_bottom_mm = bottom;
  return {};
}

Status parse_seed(std::string_view value, KioskOptions& options) {
  if (parse_number(value, options.seed)) return {};
  return usage("--seed", "expected a whole number");
}

Status parse_volume(std::string_view value, KioskOptions& options) {
  int volume = -1;
  if (!parse_number(value, volume) || volume < 0 || volume > 100) {
    return usage("--volume", "expected per cent, 0 to 100");
  }
  options.volume = volume;
  return {};
}

struct Row {
  std::string_view name;
  Status (*take)(std::string_view value, KioskOptions& options);
};

constexpr Row kValued[] = {
    {"--server", [](auto v, auto& o) { return keep(o.server, "--server", v); }},
    {"--campaign", [](auto v, auto& o) { return keep(o.campaign, "--campaign", v); }},
    {"--data", [](auto v, auto& o) { return keep(o.data, "--data", v); }},
    {"--enrol", [](auto v, auto& o) { return keep(o.enrol, "--enrol", v); }},
    {"--ca", [](auto v, auto& o) { return keep(o.ca, "--ca", v); }},
    {"--fonts", [](auto v, auto& o) { return keep(o.fonts, "--fonts", v); }},
    {"--sounds", [](auto v, auto& o) { return keep(o.sounds, "--sounds", v); }},
    {"--backlight", [](auto v, auto& o) { return keep(o.backlight, "--backlight", v); }},
    {"--volume", parse_volume},
    {"--language", parse_language},
    {"--mode", parse_mode},
    {"--size", parse_size},
    {"--pixel-ratio", parse_ratio},
    {"--seed", parse_seed},
    {"--outbox-rows", parse_outbox_rows},
    {"--good-after", parse_good_after},
    {"--rotate", parse_rotation},
    {"--burn-in-shift", parse_burn_in},
    {"--panel-mm", parse_panel_mm},
    {"--panel-bottom-mm", parse_panel_bottom},
    {"--switch", parse_switch},
    {"--switch-seconds", parse_switch_seconds},
    {"--script", [](auto v, auto& o) { return keep(o.script, "--script", v); }},
    {"--frame-rate", parse_frame_rate},
    {"--frames", parse_frames},
    {"--screenshot", [](auto v, auto& o) { return keep(o.screenshot, "--screenshot", v); }},
    {"--shots", [](auto v, auto& o) { return keep(o.shots, "--shots", v); }},
};

constexpr std::pair<std::string_view, KioskOptions::Action> kActions[] = {
    {"--calibrate", KioskOptions::Action::Calibrate}, {"--set-pin", KioskOptions::Action::SetPin},
    {"--help", KioskOptions::Action::Help},           {"-h", KioskOptions::Action::Help},
    {"--version", KioskOptions::Action::Version},
};

bool take_flag(std::string_view name, KioskOptions& options) {
  if (name == "--offline") return options.offline = true;
  if (name == "--windowed") return options.windowed = true;
  if (name == "--mute") return options.mute = true;
  if (name == "--reduced-motion") return options.reduced_motion = true;
  if (name == "--no-keyboard") return options.no_keyboard = true;
  if (name == "--dev") return options.dev = true;
  for (const auto& [flag, action] : kActions) {
    if (name != flag) continue;
    options.action = action;
    return true;
  }
  return false;
}

const Row* find_valued(std::string_view name) {
  for (const Row& row : kValued) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

Status check_together(const KioskOptions& options) {
  const bool sets_pin = options.action == KioskOptions::Action::SetPin;
  if ((options.calibrates() || sets_pin) && options.data.empty()) {
    return usage("--data", "is needed: what is set is kept there");
  }
  if (options.action != KioskOptions::Action::Run) return {};
  if (options.campaign.empty()) return usage("--campaign", "is needed: a folder or an id");
  if (options.server.empty() == !options.offline) {
    return usage("--server", "give either --server ws://HOST:PORT/ws or --offline");
  }
  if (!options.server.empty()) {
    const auto address = ServerAddress::parse(options.server);
    if (!address.ok()) return address.status();
  }
  if (!options.enrol.empty() && (options.offline || options.data.empty())) {
    return usage("--enrol", "needs --server and --data: the key is kept there");
  }
  if (!options.is_batch() && options.data.empty()) {
    return usage("--data", "is needed: the folder where what was recorded is kept");
  }
  return {};
}

Status check_folder(std::string_view option, const std::string& folder) {
  std::error_code error;
  if (folder.empty() || std::filesystem::is_directory(folder, error)) return {};
  return usage(option, folder + ": no such folder; leave the option out for the usual one");
}

// libwebsockets goes on without a file that it cannot read, and then trusts nobody.
Status check_certificates(const std::string& file) {
  if (file.empty()) return {};
  std::ifstream pem(file);
  for (std::string line; std::getline(pem, line);) {
    if (line.starts_with("-----BEGIN ") && line.find("CERTIFICATE-----") != line.npos) return {};
  }
  const std::string what = pem.is_open() ? ": no certificate in it" : ": cannot be read";
  return usage("--ca", file + what + "; give the PEM file of the store's own authority");
}

}  // namespace

Status check_kiosk_files(const KioskOptions& options) {
  Status status = check_certificates(options.ca);
  if (status.ok()) status = check_folder("--fonts", options.fonts);
  if (status.ok()) status = check_folder("--sounds", options.sounds);
  if (status.ok()) status = check_folder("--backlight", options.backlight);
  return status;
}

Result<KioskOptions> parse_kiosk_options(const std::vector<std::string>& arguments) {
  KioskOptions options;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    const size_t equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    if (equals == std::string_view::npos && take_flag(name, options)) continue;
    const Row* row = find_valued(name);
    if (row == nullptr) return usage(argument, "no such option; see --help");
    std::optional<std::string_view> value;
    if (equals != std::string_view::npos) value = argument.substr(equals + 1);
    if (!value && i + 1 < arguments.size()) value = arguments[++i];
    if (!value) return usage(name, "needs a value");
    const Status status = row->take(*value, options);
    if (!status.ok()) return status;
  }
  const Status status = check_together(options);
  if (!status.ok()) return status;
  return options;
}

}  // namespace vitrine
