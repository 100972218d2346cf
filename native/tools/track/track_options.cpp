// SPDX-License-Identifier: MIT
#include "native/tools/track/track_options.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "native/tools/arguments.h"
#include "native/tools/track/model_files.h"

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

// Names that somebody means for one file and that would become a folder.
constexpr std::string_view kOtherEndings[] = {
    ".jpg", ".jpe", ".jpeg", ".webp", ".gif", ".bmp", ".tif",   ".tiff", ".png",  ".mp4",
    ".m4v", ".mov", ".mkv",  ".webm", ".avi", ".y4m", ".mjpeg", ".json", ".jsonl"};

bool ends_with_png(std::string_view name) {
  return name.size() > 4 && name.ends_with(".png");
}

Status check_overlay_name(const std::string& name) {
  if (name == "-") {
    return {StatusCode::InvalidArgument,
            "--overlay -: pictures go to files; name one that ends in .png, or a folder"};
  }
  if (ends_with_png(name)) return {};
  std::string small = name;
  std::transform(small.begin(), small.end(), small.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  for (const std::string_view ending : kOtherEndings) {
    if (!small.ends_with(ending)) continue;
    std::string stem = name.substr(0, name.size() - ending.size());
    if (stem.empty() || stem.back() == '/') stem += "seen";
    return {StatusCode::InvalidArgument,
            "--overlay " + name + ": pictures are .png files; name " + stem + ".png, or a folder"};
  }
  return {};
}

Status check_source(const TrackOptions& options, size_t operands) {
  if (options.list && (operands > 0 || !options.camera.empty())) {
    return {StatusCode::InvalidArgument, "--list takes no INPUT and no --camera"};
  }
  if (options.list) return {};
  // As an empty variable of a script gives it; it must not open a camera instead.
  if (operands > 0 && options.film.empty()) {
    return {StatusCode::InvalidArgument, "INPUT is empty: name a film"};
  }
  if (operands > 1) return {StatusCode::InvalidArgument, "one INPUT at a time"};
  if (operands == 0 && options.camera.empty()) {
    return {StatusCode::InvalidArgument, "a film's INPUT or --camera ID is needed"};
  }
  if (operands == 1 && !options.camera.empty()) {
    return {StatusCode::InvalidArgument, "a film's INPUT or --camera ID, not both"};
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

// Whether a picture of `folder` may be written over `file`.
bool is_picture_of(const std::string& folder, const std::string& file) {
  const std::filesystem::path path(file);
  const std::string parent = path.has_parent_path() ? path.parent_path().string() : ".";
  return path.filename().string().rfind("frame-", 0) == 0 && is_same_file(parent, folder);
}

Status would_lose(const std::string& option, const std::string& out, const std::string& what) {
  return {StatusCode::InvalidArgument,
          option + " " + out + " is " + what + ", which would be lost; name another place"};
}

}  // namespace

// A result must not be the film, a file of weights, or the other result.
Status TrackOptions::check_place(const std::string& option, const std::string& out) const {
  if (out.empty() || out == "-") return {};
  if (!film.empty() && is_same_file(out, film)) return would_lose(option, out, "the film itself");
  for (const char* name : kModelFiles) {
    if (is_same_file(out, (models_folder(models) / name).string())) {
      return would_lose(option, out, "a file of weights");
    }
  }
  return {};
}

Status TrackOptions::check_places() const {
  if (Status bad = check_place("--json", json); !bad.ok()) return bad;
  if (Status bad = check_place("--overlay", overlay); !bad.ok()) return bad;
  if (overlay.empty()) return {};
  const bool has_json = !json.empty() && json != "-";
  if (has_json && is_same_file(json, overlay)) {
    return {StatusCode::InvalidArgument, "--json and --overlay are the same file, " + json};
  }
  if (!overlay_is_folder()) return {};
  if (!film.empty() && is_picture_of(overlay, film)) {
    return would_lose("--overlay", overlay, "where the film has the name of a picture");
  }
  if (has_json && is_picture_of(overlay, json)) {
    return would_lose("--overlay", overlay, "where --json has the name of a picture");
  }
  return {};
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
  if (Status bad = check_overlay_name(options.overlay); !bad.ok()) return bad;
  if (Status bad = check_source(options, given.operands().size()); !bad.ok()) return bad;
  return options;
}

}  // namespace vitrine::track
