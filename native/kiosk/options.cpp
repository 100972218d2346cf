// SPDX-License-Identifier: MIT
#include "native/kiosk/options.h"

#include <charconv>
#include <cstdlib>
#include <optional>

#include "native/server_address.h"

namespace vitrine {
namespace {

constexpr int kMaxSide = 8192;
constexpr uint32_t kMaxGoodAfter = 3600;

Status usage(std::string_view option, const char* why) {
  return {StatusCode::InvalidArgument, std::string(option) + ": " + why};
}

Status keep(std::string& target, std::string_view option, std::string_view value) {
  if (value.empty()) return usage(option, "an empty value");
  target = std::string(value);
  return {};
}

template <typename Number>
bool parse_number(std::string_view text, Number& out) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), out);
  return result.ec == std::errc() && result.ptr == text.data() + text.size();
}

Status parse_size(std::string_view value, KioskOptions& options) {
  const size_t cross = value.find('x');
  if (cross == std::string_view::npos || !parse_number(value.substr(0, cross), options.width) ||
      !parse_number(value.substr(cross + 1), options.height) || options.width < 1 ||
      options.height < 1 || options.width > kMaxSide || options.height > kMaxSide) {
    return usage("--size", "expected WIDTHxHEIGHT in points, as 1080x1920, at most 8192 a side");
  }
  options.sized = true;
  return {};
}

Status parse_ratio(std::string_view value, KioskOptions& options) {
  const std::string text(value);
  char* end = nullptr;
  options.pixel_ratio = std::strtof(text.c_str(), &end);
  const bool valid = end != text.c_str() && *end == '\0' && options.pixel_ratio >= 0.1f &&
                     options.pixel_ratio <= 4;
  return valid ? Status() : usage("--pixel-ratio", "expected a number from 0.1 to 4");
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

Status parse_outbox_rows(std::string_view value, KioskOptions& options) {
  if (parse_number(value, options.outbox_rows) && options.outbox_rows > 0) return {};
  return usage("--outbox-rows", "expected a number of rows above 0");
}

Status parse_good_after(std::string_view value, KioskOptions& options) {
  const bool valid = parse_number(value, options.good_after_s) && options.good_after_s >= 1 &&
                     options.good_after_s <= kMaxGoodAfter;
  return valid ? Status() : usage("--good-after", "expected whole seconds from 1 to 3600");
}

Status parse_seed(std::string_view value, KioskOptions& options) {
  if (parse_number(value, options.seed)) return {};
  return usage("--seed", "expected a whole number");
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
    {"--language", [](auto v, auto& o) { return keep(o.language, "--language", v); }},
    {"--mode", parse_mode},
    {"--size", parse_size},
    {"--pixel-ratio", parse_ratio},
    {"--seed", parse_seed},
    {"--outbox-rows", parse_outbox_rows},
    {"--good-after", parse_good_after},
    {"--script", [](auto v, auto& o) { return keep(o.script, "--script", v); }},
    {"--frames", parse_frames},
    {"--screenshot", [](auto v, auto& o) { return keep(o.screenshot, "--screenshot", v); }},
    {"--shots", [](auto v, auto& o) { return keep(o.shots, "--shots", v); }},
};

bool take_flag(std::string_view name, KioskOptions& options) {
  if (name == "--offline") return options.offline = true;
  if (name == "--windowed") return options.windowed = true;
  if (name == "--reduced-motion") return options.reduced_motion = true;
  if (name == "--help" || name == "-h") {
    options.action = KioskOptions::Action::Help;
    return true;
  }
  if (name == "--version") {
    options.action = KioskOptions::Action::Version;
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

}  // namespace

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

std::string_view kiosk_help() {
  return R"(usage: vitrine-kiosk --server ws://HOST:PORT/ws --campaign ID-or-DIR --data DIR
       vitrine-kiosk --offline --campaign DIR --data DIR

An in-store screen: shows a campaign and records every touch.

  --server URL        the server's WebSocket, ws:// or wss://
  --offline           never connect; what is recorded waits in --data
  --campaign X        a folder with campaign.json, or a campaign's id at the server
  --data DIR          where the key, the outbox and the last good campaign are kept
  --outbox-rows N     what is kept at most while the server is away (default 100000); beyond it the
                      oldest go, counted
  --good-after S      with the picture on screen for S seconds a start was good (default 60); after
                      three in a row that were not, the last good campaign is shown, then none.
                      Scripts and pictures count no starts unless this is given
  --enrol CODE        first become a device of this server, by a code of `vitrine device add`
  --ca FILE           also trust the certificates in this PEM file
  --fonts DIR         fonts to write with (default: those built with the program)

  --windowed          a window instead of the full screen
  --size WxH          its size in points (default 1080x1920)
  --pixel-ratio R     device pixels a point, 0.1 to 4 (default: the system's)
  --language TAG      zh, en, ... (default: the campaign's)
  --mode MODE         live, rehearsal or test: how what is recorded is marked
  --reduced-motion    no large movement
  --seed N            makes what is random on screen repeatable

  --script FILE       touches, waits, pictures (docs/kiosk.md)
  --frames N          end after N frames of exactly 1/60 s each, whatever the machine's speed
  --screenshot FILE   a PNG of the last frame
  --shots DIR         pictures of every scene, state and language, and a sheet of each scene, in
                      three sizes or in that of --size, then end
  --help, --version

Without a display --script, --frames, --screenshot and --shots draw off screen.

Exit codes: 0 ended as asked; 1 display, fonts or network cannot start; 2 command line or script;
3 --data in use or not writable; 4 the server refused to enrol; 5 a wait or expectation of the
script failed; 6 the campaign is broken (only where nobody looks; a screen in service shows why).
)";
}

}  // namespace vitrine
