// SPDX-License-Identifier: MIT
#include "engine/app/derived_options.h"

#include <array>

namespace vitrine::app {

uint64_t seed_from(RandomBytes& source, uint64_t given) {
  if (given != 0) return given;
  std::array<uint8_t, 8> bytes{};
  source.fill(bytes);
  uint64_t seed = 0;
  for (const uint8_t byte : bytes) seed = seed << 8 | byte;
  return seed;
}

telemetry::OutboxOptions outbox_options(const AppOptions& options,
                                        std::span<const std::string_view> kind_names) {
  telemetry::OutboxOptions result;
  result.build = options.build;
  result.online = options.online;
  result.max_rows = options.outbox_rows;
  result.max_bytes = options.outbox_bytes;
  result.scenes.assign(kind_names.begin(), kind_names.end());
  return result;
}

std::vector<std::string_view> kind_names(scene::SceneKinds kinds) {
  std::vector<std::string_view> names;
  for (const scene::SceneKind& kind : kinds) names.push_back(kind.name);
  return names;
}

}  // namespace vitrine::app
