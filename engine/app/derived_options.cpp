// SPDX-License-Identifier: MIT
#include "engine/app/derived_options.h"

namespace vitrine::app {

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
