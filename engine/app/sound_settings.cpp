// SPDX-License-Identifier: MIT
#include "engine/app/sound_settings.h"

#include "engine/base/real.h"

namespace vitrine::app {

audio::SoundSettings sound_settings(const campaign::Campaign& campaign,
                                    std::optional<int> device_volume) {
  const campaign::Scene& start = campaign.start_scene();
  const auto number = [&](std::string_view key, float fallback) {
    return static_cast<float>(start.number(key, static_cast<double>(fallback)));
  };
  audio::SoundSettings settings;
  const float volume = number("sound_volume", static_cast<float>(settings.volume) * 0.01f);
  settings.volume = device_volume ? *device_volume : nearest_int(volume * 100);
  settings.quiet = {hours_of(start.number("quiet_from", 0), start.number("quiet_until", 0)),
                    number("quiet_volume", 0)};
  return settings;
}

}  // namespace vitrine::app
