// SPDX-License-Identifier: MIT
// What a phone is told of its number. A campaign may bring its own under the same keys. Private to
// the scene `queue`.
#pragma once

#include <string>
#include <string_view>

#include "engine/scene/scene.h"

namespace vitrine::scenes {

// Of "queue." and `key`, with {number} and {before} filled in.
std::string queue_words(const scene::SceneContext& context, std::string_view key,
                        const claim::QueueView& line);

}  // namespace vitrine::scenes
