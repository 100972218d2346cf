// SPDX-License-Identifier: MIT
#include "native/tools/track/track_options.h"

#include <charconv>
#include <filesystem>

#include "native/tools/arguments.h"

namespace vitrine::track {
namespace {

using tools::Arguments;
using tools::Option;

constexpr Option kOptions[] = {{"camera", true}, {"overlay", true}, {"every", true},
                               {"frames", true}, {"json", true},    {"models", true},
                               {"list", false},  {"luma", false}};

Status take_count(const Arguments& arguments, std::string_view name, int64_t most, int64_t& count) {
  if (!arguments.has(name)) return {};
  const std::string_view text = arguments.value(name);
  int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec == std::errc() && read.ptr == text.data() + text.size() && value >= 1 &&
      value <= most) {
    count = value;
    return {};
  }
  return {StatusCode::InvalidArgument,
          "--" + std::string(name) + " must be a whole number from 1 to " + std::to_string(most) +
              ", not \"" + std::string(text) + "\""};
}

bool ends_with_png(std::string_view name) {
  return name.size() > 4 && name.substr(name.size() - 4) == ".png";
}

Status check_source(const TrackOptions& options, size_t operands) {
  if (options.list && operands > 0) {
    return {StatusCode::InvalidArgument, "--list takes no INPUT"};
  }
  if (options.list) return {};
  // As an empty variable of a script gives it; it must not open a camera instead.
  if (operands > 0 && options.film.empty()) {
    return {StatusCode::InvalidArgument, "INPUT is empty: name a film"};
  }
  if (operands > 1) return {StatusCode::InvalidArgument, "one INPUT at a time"};
  if ((operands == 1) == !options.camera.empty()) {
    return {StatusCode::InvalidArgument, "a film's INPUT or --camera ID is needed, not both"};
  }
  return {};
}

// Whether both names are of one file, also by links.
bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code none;
  const bool is_same_name =
      std::filesystem::weakly_canonical(a, none) == std::filesystem::weakly_canonical(b, none);
  return (is_same_name && !none) || std::filesystem::equivalent(a, b, none);
}

Status check_place(const std::string& option, const std::string& out, const std::string& film) {
  if (film.empty() || out.empty() || out == "-" || !is_same_file(out, film)) return {};
  return {StatusCode::InvalidArgument,
          option + " " + out + " is the film itself, which would be lost; name another file"};
}

}  // namespace

Status TrackOptions::check_places() const {
  if (Status bad = check_place("--json", json, film); !bad.ok()) return bad;
  if (Status bad = check_place("--overlay", overlay, film); !bad.ok()) return bad;
  if (json.empty() || json == "-" || overlay.empty() || !is_same_file(json, overlay)) return {};
  return {StatusCode::InvalidArgument, "--json and --overlay are the same file, " + json};
}

bool TrackOptions::overlay_is_folder() const {
  return !overlay.empty() && !ends_with_png(overlay);
}

Result<TrackOptions> parse_track_options(std::span<const std::string_view> arguments) {
  const Result<Arguments> parsed = Arguments::parse(arguments, kOptions);
  if (!parsed.ok()) return parsed.status();
  const Arguments& given = parsed.value();
  TrackOptions options;
  if (!given.operands().empty()) options.film = given.operands()[0];
  options.camera = given.value("camera");
  options.overlay = given.value("overlay");
  options.models = given.value("models");
  // Who asks for pictures alone does not want the terminal full of numbers.
  options.json = given.value("json", options.overlay.empty() ? "-" : "");
  options.list = given.has("list");
  options.luma = given.has("luma");
  if (Status bad = take_count(given, "every", 100000, options.every); !bad.ok()) return bad;
  if (Status bad = take_count(given, "frames", 1000000000, options.frames); !bad.ok()) return bad;
  if (given.has("every") && !options.overlay_is_folder()) {
    return Status(StatusCode::InvalidArgument, "--every goes with --overlay FOLDER");
  }
  if (Status bad = check_source(options, given.operands().size()); !bad.ok()) return bad;
  return options;
}

}  // namespace vitrine::track
