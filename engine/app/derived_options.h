// SPDX-License-Identifier: MIT
// What the App's parts are told, worked out from what the App was told.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/app/app.h"
#include "engine/scene/scene.h"
#include "engine/telemetry/outbox.h"

namespace vitrine::app {

telemetry::OutboxOptions outbox_options(const AppOptions& options,
                                        std::span<const std::string_view> kind_names);

// Valid as long as the kinds are.
std::vector<std::string_view> kind_names(scene::SceneKinds kinds);

}  // namespace vitrine::app
