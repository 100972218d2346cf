// SPDX-License-Identifier: MIT
// The shopper's wishes of the screen: how it is to be, and how loud.
#include "engine/scene/spoken_text.h"
#include "engine/scene/stage.h"

namespace vitrine::scene {

void Stage::follow_wishes() {
  for (uint8_t i = 0; i < ui::kPreferenceCount; ++i) {
    const auto which = static_cast<ui::Preference>(i);
    if (wished_.has(which) == preferences_.has(which)) continue;
    record_preference(which);
    preferences_chosen_ = true;
  }
  apply_preferences(wished_);
}

void Stage::record_preference(ui::Preference which) {
  using Which = interactions::PreferenceChanged::Preference;
  constexpr Which kRecorded[ui::kPreferenceCount] = {
      Which::LargeText, Which::HighContrast, Which::Reach, Which::ReducedMotion, Which::Speech};
  parts_.recorder.record(interactions::PreferenceChanged{
      .preference = kRecorded[static_cast<size_t>(which)], .on = wished_.has(which)});
}

void Stage::set_default_preferences(const ui::Preferences& preferences) {
  parts_.preferences = preferences;
  // Who chose for themselves keeps it until they leave.
  if (!preferences_chosen_) apply_preferences(preferences);
}

void Stage::apply_preferences(const ui::Preferences& preferences) {
  wished_ = preferences;  // a wish that nobody has answered ends with who wished it
  if (preferences == preferences_) return;
  preferences_ = preferences;
  reader_.set_on(preferences_.has(ui::Preference::Speech));
  if (playing()) choose_theme();
  relayout();
}

// Voices come and go; what could not be heard is not offered.
bool Stage::offers(ui::Preference which) const {
  if (which == ui::Preference::Speech) return parts_.speech.available(language_);
  return offered_.has(which);
}

void Stage::change_volume(int direction) {
  if (!listens()) return;
  hear(Entry::Keyboard);
  parts_.sounds.step_volume(direction);
  tell_volume();
}

void Stage::toggle_mute() {
  if (!listens()) return;
  hear(Entry::Keyboard);
  parts_.sounds.toggle_mute();
  tell_volume();
}

// As loud as it is now.
void Stage::tell_volume() {
  parts_.sounds.play(audio::Sound::Tick);
  reader_.announce(spoken_volume(parts_.sounds.speech_volume(), parts_.sounds.muted(), language_),
                   language_, SpeechPriority::Interrupt);
}

}  // namespace vitrine::scene
