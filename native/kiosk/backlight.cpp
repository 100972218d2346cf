// SPDX-License-Identifier: MIT
#include "native/kiosk/backlight.h"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <optional>

#include "engine/base/geometry.h"
#include "engine/base/real.h"

namespace vitrine {
namespace {

std::filesystem::path first_in(const std::filesystem::path& folder) {
  std::error_code error;
  std::filesystem::path first;
  std::filesystem::directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    if (first.empty() || entry->path() < first) first = entry->path();
  }
  return first;
}

std::optional<int> read_number(const std::filesystem::path& file) {
  std::ifstream in(file);
  int number = 0;
  return in >> number ? std::optional(number) : std::nullopt;
}

}  // namespace

Backlight::Backlight(std::filesystem::path folder) : light_(first_in(folder)) {}

Result<float> Backlight::level() const {
  const std::optional<int> now = read_number(light_ / "brightness");
  const std::optional<int> most = read_number(light_ / "max_brightness");
  if (light_.empty() || !now || !most || *most <= 0) {
    return Status(StatusCode::NotFound, "no backlight that the system can set");
  }
  if (access((light_ / "brightness").c_str(), W_OK) != 0) {
    return Status(StatusCode::PermissionDenied, (light_ / "brightness").string() +
                                                    ": may not be written; docs/kiosk.md says how");
  }
  return clamp(static_cast<float>(*now) / static_cast<float>(*most), 0, 1);
}

Status Backlight::set_level(float level) const {
  const Result<float> before = this->level();
  if (!before.ok()) return before.status();
  const int most = read_number(light_ / "max_brightness").value_or(1);
  const int wanted = nearest_int(clamp(level, kDarkest, 1) * static_cast<float>(most));
  std::ofstream out(light_ / "brightness");
  out << std::max(1, wanted) << std::flush;
  if (out) return {};
  return {StatusCode::Unavailable, (light_ / "brightness").string() + ": the system refused it"};
}

}  // namespace vitrine
