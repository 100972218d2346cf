// SPDX-License-Identifier: MIT
#include "native/kiosk/film.h"

#include "engine/base/json/json.h"

namespace vitrine {
namespace {

using input::PointerPhase;

constexpr int kFrames = 8;
constexpr int64_t kPressedUs = 250'000;  // the spring is there
constexpr int64_t kSettleUs = 1'500'000;

// The button that leads on, and how long what follows is worth looking at.
struct Step {
  std::string_view button;
  int64_t film_us;
};

constexpr Step kJourney[] = {{"start", 700'000}, {"open", 700'000}, {"take", 700'000}};

std::string scene_shown(Kiosk& kiosk) {
  const std::string text = kiosk.app().statistics_json();
  JsonDocument statistics;
  statistics.parse(text);
  return std::string(statistics.root().find("scene").string().value_or(""));
}

class Film {
 public:
  Film(Kiosk& kiosk, Album& album, const std::string& column)
      : kiosk_(kiosk), album_(album), column_(column) {}

  // Twice: what is drawn for the first time would be missing from its frames.
  Status run() {
    for (const bool is_rehearsal : {true, false}) {
      const Status status = walk(is_rehearsal);
      if (!status.ok()) return status;
    }
    return {};
  }

 private:
  Status walk(bool is_rehearsal) {
    kiosk_.app().show_state("", "");
    for (const Step& step : kJourney) {
      Result<Image> rest = kiosk_.still_picture();
      if (!rest.ok()) return rest.status();
      const ui::SemanticNode* button = kiosk_.app().semantics().find(step.button);
      if (button == nullptr) return {};
      const Status status = take_step(step, button->bounds.center(), is_rehearsal);
      if (!status.ok()) return status;
    }
    return {};
  }

  Status take_step(const Step& step, Vec2 finger, bool is_rehearsal) {
    const std::string from = scene_shown(kiosk_);
    kiosk_.touch(PointerPhase::Down, finger);
    kiosk_.advance(kPressedUs);
    if (!is_rehearsal) {
      Result<Image> pressed = kiosk_.still_picture();
      if (!pressed.ok()) return pressed.status();
      album_.add(from, "pressed", column_, std::move(pressed).value());
    }
    kiosk_.touch(PointerPhase::Up, finger);
    return is_rehearsal ? settle() : film(step, from);
  }

  Status film(const Step& step, const std::string& from) {
    const int64_t frame_us = step.film_us / kFrames;
    std::vector<Image> frames;
    for (int i = 0; i < kFrames; ++i) {
      kiosk_.advance(frame_us);
      Result<Image> frame = kiosk_.app().read_pixels();
      if (!frame.ok()) return frame.status();
      frames.push_back(std::move(frame).value());
    }
    const std::string sheet = "film-" + from + "-" + scene_shown(kiosk_);
    for (int i = 0; i < kFrames; ++i) {
      const std::string time = std::to_string((i + 1) * frame_us / 1000) + " ms";
      album_.add_small(sheet, column_, time, frames[static_cast<size_t>(i)]);
    }
    return settle();
  }

  Status settle() {
    kiosk_.advance(kSettleUs);
    return kiosk_.still_picture().status();
  }

  Kiosk& kiosk_;
  Album& album_;
  const std::string& column_;
};

}  // namespace

Status film_journey(Kiosk& kiosk, Album& album, const std::string& column) {
  return Film(kiosk, album, column).run();
}

}  // namespace vitrine
