// SPDX-License-Identifier: MIT
#include "native/kiosk/panel_settings.h"

#include <algorithm>
#include <iterator>

#include "engine/base/json/json.h"
#include "engine/base/json/json_writer.h"
#include "native/data_dir.h"
#include "native/file_assets.h"
#include "native/kiosk/panel_mapping.h"

namespace vitrine {
namespace {

constexpr const char* kFile = "panel.json";
constexpr int64_t kQuarter = 90;
constexpr size_t kLongestName = 256;

const TouchMatrix kIdentity;

bool read_matrix(JsonValue value, TouchMatrix& out) {
  if (value.size() != out.values.size()) return false;
  JsonValue item = value.first();
  for (double& number : out.values) {
    if (!item.number()) return false;
    number = *item.number();
    item = item.next();
  }
  return is_usable(out);
}

bool read_touch(JsonValue list, std::vector<DeviceMatrix>& out) {
  if (list.type() != JsonType::Array || list.size() > PanelSettings::kMaxDevices) return false;
  for (JsonValue item = list.first(); item.exists(); item = item.next()) {
    const auto device = item.find("device").string();
    DeviceMatrix entry;
    if (!device || device->empty() || device->size() > kLongestName) return false;
    if (!read_matrix(item.find("matrix"), entry.matrix)) return false;
    entry.device = *device;
    out.push_back(std::move(entry));
  }
  return true;
}

bool read_rotation(JsonValue value, uint8_t& out) {
  const auto degrees = value.integer();
  if (!degrees || *degrees < 0 || *degrees >= 4 * kQuarter || *degrees % kQuarter != 0) {
    return false;
  }
  out = static_cast<uint8_t>(*degrees / kQuarter);
  return true;
}

bool read_reach(JsonValue value, int& out) {
  const auto pixels = value.integer();
  if (!pixels || *pixels < 0 || *pixels > kMaxBurnInReach) return false;
  out = static_cast<int>(*pixels);
  return true;
}

bool read_volume(JsonValue value, std::optional<double>& out) {
  const auto number = value.number();
  if (!number || *number < 0 || *number > 1) return false;
  out = *number;
  return true;
}

bool read_millimetres(JsonValue value, bool (*is_possible)(int), int& out) {
  const auto mm = value.integer();
  if (!mm || *mm < 0 || *mm > 10'000 || !is_possible(static_cast<int>(*mm))) return false;
  out = static_cast<int>(*mm);
  return true;
}

struct Row {
  const char* key;
  bool (*read)(JsonValue value, PanelSettings& settings);
  const char* expected;
};

constexpr Row kRows[] = {
    {"rotation", [](JsonValue v, PanelSettings& s) { return read_rotation(v, s.quarter_turns); },
     "0, 90, 180 or 270"},
    {"burn_in_reach", [](JsonValue v, PanelSettings& s) { return read_reach(v, s.burn_in_reach); },
     "whole pixels from 0 to 16"},
    {"volume", [](JsonValue v, PanelSettings& s) { return read_volume(v, s.volume); },
     "a number from 0 to 1"},
    {"width_mm",
     [](JsonValue v, PanelSettings& s) { return read_millimetres(v, is_panel_side, s.width_mm); },
     "whole millimetres from 50 to 10000"},
    {"height_mm",
     [](JsonValue v, PanelSettings& s) { return read_millimetres(v, is_panel_side, s.height_mm); },
     "whole millimetres from 50 to 10000"},
    {"bottom_edge_mm",
     [](JsonValue v, PanelSettings& s) {
       return read_millimetres(v, is_panel_bottom, s.bottom_edge_mm);
     },
     "whole millimetres from 0 to 3000"},
    {"touch", [](JsonValue v, PanelSettings& s) { return read_touch(v, s.touch); },
     "at most 8 of {\"device\": NAME, \"matrix\": [six numbers]}; run vitrine-kiosk --calibrate"},
};

Status damaged(const std::filesystem::path& file, const std::string& what) {
  return {StatusCode::InvalidArgument, file.string() + ": " + what};
}

// The keys of `root` that are none of ours, for the log; "" when there are none.
std::string tell_unknown_keys(JsonValue root) {
  std::string unknown, known;
  for (JsonValue value = root.first(); value.exists(); value = value.next()) {
    const auto is_it = [&](const Row& row) { return value.key() == row.key; };
    if (std::any_of(std::begin(kRows), std::end(kRows), is_it)) continue;
    unknown += (unknown.empty() ? "\"" : ", \"") + std::string(value.key()) + "\"";
  }
  if (unknown.empty()) return {};
  for (const Row& row : kRows) known += (known.empty() ? "" : ", ") + std::string(row.key);
  return "not known and passed over: " + unknown + "; the settings are " + known;
}

}  // namespace

const TouchMatrix& PanelSettings::matrix_of(std::string_view device) const {
  for (const DeviceMatrix& entry : touch) {
    if (entry.device == device) return entry.matrix;
  }
  return kIdentity;
}

void PanelSettings::set_matrix(std::string_view device, const TouchMatrix& matrix) {
  std::erase_if(touch, [&](const DeviceMatrix& entry) { return entry.device == device; });
  if (touch.size() == kMaxDevices) touch.erase(touch.begin());
  touch.push_back({std::string(device.substr(0, kLongestName)), matrix});
}

Result<PanelSettings> load_panel_settings(const std::filesystem::path& folder,
                                          std::string* passed_over) {
  PanelSettings settings;
  const Result<std::string> text = read_asset(folder, kFile);
  if (text.status().code() == StatusCode::NotFound) return settings;
  if (!text.ok()) return text.status();
  const std::filesystem::path file = folder / kFile;
  JsonDocument document;
  if (!document.parse(text.value())) {
    return damaged(file, "line " + std::to_string(document.error().line) + ": " +
                             document.error().message + "; mend it, or delete it");
  }
  if (document.root().type() != JsonType::Object) {
    return damaged(file, "expected an object {...}; mend it, or delete it");
  }
  for (const Row& row : kRows) {
    const JsonValue value = document.root().find(row.key);
    if (value.exists() && !row.read(value, settings)) {
      return damaged(file, std::string("\"") + row.key + "\": expected " + row.expected);
    }
  }
  const std::string unknown = tell_unknown_keys(document.root());
  if (passed_over != nullptr && !unknown.empty()) *passed_over = file.string() + ": " + unknown;
  return settings;
}

Status save_panel_settings(const std::filesystem::path& folder, const PanelSettings& settings) {
  std::string text;
  JsonWriter json(text);
  json.begin_object().key("rotation").integer(settings.quarter_turns * kQuarter);
  json.key("burn_in_reach").integer(settings.burn_in_reach);
  if (settings.volume) json.key("volume").number(*settings.volume);
  if (settings.width_mm != 0) json.key("width_mm").integer(settings.width_mm);
  if (settings.height_mm != 0) json.key("height_mm").integer(settings.height_mm);
  if (settings.bottom_edge_mm != 0) json.key("bottom_edge_mm").integer(settings.bottom_edge_mm);
  json.key("touch").begin_array();
  for (const DeviceMatrix& entry : settings.touch) {
    json.begin_object().key("device").string(entry.device).key("matrix").begin_array();
    for (const double value : entry.matrix.values) json.number(value);
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return write_file_durably(folder / kFile, text + "\n", FileMode::Readable);
}

}  // namespace vitrine
