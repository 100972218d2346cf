// SPDX-License-Identifier: MIT
// How loud a campaign wants to be, and when it wants to be quiet; what the device says about its
// volume comes first. Pure.
#pragma once

#include <optional>

#include "engine/audio/sounds.h"
#include "engine/campaign/campaign.h"

namespace vitrine::app {

// From the start scene's sound_volume, quiet_from, quiet_until and quiet_volume
// (docs/campaign-format.md); what it does not say is as audio::SoundSettings has it.
// `device_volume`: per cent.
audio::SoundSettings sound_settings(const campaign::Campaign& campaign,
                                    std::optional<int> device_volume);

}  // namespace vitrine::app
