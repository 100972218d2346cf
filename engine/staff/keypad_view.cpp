// SPDX-License-Identifier: MIT
// What stands before the panel: the keypad, how to set a PIN; and what comes after it, the wiping.
#include <cstdio>

#include "engine/staff/view_internal.h"

namespace vitrine::staff {
namespace {

constexpr float kWidth = 640;
constexpr float kDigit = 176;
constexpr float kDigitHeight = 120;
constexpr float kGap = 16;

Rect centered(const View& view, float width, float height) {
  const Size all = view.size();
  return {(all.width - width) / 2, (all.height - height) / 2, width, height};
}

// A dot for each digit, never the digit.
void draw_dots(View& view, Vec2 middle, size_t count) {
  constexpr float kStep = 44;
  constexpr float kDot = 22;
  float x = middle.x - kStep * static_cast<float>(count > 4 ? count : 4) / 2;
  for (size_t i = 0; i < (count > 4 ? count : 4); ++i, x += kStep) {
    const Rect dot{x + (kStep - kDot) / 2, middle.y, kDot, kDot};
    view.fill(dot, i < count ? look::kAccent : look::kKey, kDot / 2);
  }
}

void draw_state(View& view, Vec2 at, const StaffSession& session, int64_t now_us) {
  if (session.state() == StaffSession::State::Checking) {
    view.text(at, Type::Text, look::kMute, view.word(Word::Checking), Align::Center);
    return;
  }
  if (session.wrong_attempts() == 0) return;
  const int64_t seconds = (session.wait_us(now_us) + 999'999) / 1'000'000;
  char words[96];
  std::snprintf(words, sizeof words, view.word(Word::WrongPin), static_cast<int>(seconds));
  view.text(at, Type::Text, look::kWarning, seconds > 0 ? words : view.word(Word::TryAgain),
            Align::Center);
}

char draw_digits(View& view, Vec2 at) {
  constexpr char kKeys[] = {'1', '2', '3', '4', '5', '6', '7', '8', '9', '0'};
  char pressed = '\0';
  for (size_t i = 0; i < sizeof kKeys; ++i) {
    const size_t column = i == 9 ? 1 : i % 3;
    const Rect rect{at.x + static_cast<float>(column) * (kDigit + kGap),
                    at.y + static_cast<float>(i / 3) * (kDigitHeight + kGap), kDigit, kDigitHeight};
    const char digit[] = {kKeys[i], '\0'};
    if (view.key(std::string("digit-") + digit, rect, digit)) pressed = kKeys[i];
  }
  return pressed;
}

}  // namespace

KeypadResult draw_keypad(View& view, const StaffSession& session, int64_t now_us) {
  view.begin(look::kScrim);
  const Rect card = centered(view, kWidth, 1000);
  view.fill(card, look::kPaper, 28);
  const float middle = card.center().x;
  view.text({middle, card.y + 40}, Type::Title, look::kInk, view.word(Word::EnterPin),
            Align::Center);
  draw_dots(view, {middle, card.y + 132}, session.entered());
  draw_state(view, {middle, card.y + 180}, session, now_us);
  KeypadResult result;
  const float left = middle - (3 * kDigit + 2 * kGap) / 2;
  const Vec2 digits{left, card.y + 250};
  if (const char digit = draw_digits(view, digits)) result = {KeypadAction::Digit, digit};
  const float last_row = digits.y + 3 * (kDigitHeight + kGap);
  const Rect erase{left, last_row, kDigit, kDigitHeight};
  if (view.key("erase", erase, view.word(Word::Erase))) result.action = KeypadAction::Erase;
  const Rect ok{left + 2 * (kDigit + kGap), last_row, kDigit, kDigitHeight};
  const KeyLook how = session.may_submit(now_us) ? KeyLook::Main : KeyLook::Off;
  if (view.key("ok", ok, view.word(Word::Ok), how)) result.action = KeypadAction::Submit;
  const Rect close{left, last_row + kDigitHeight + 36, 3 * kDigit + 2 * kGap, 84};
  if (view.key("close", close, view.word(Word::Close))) result.action = KeypadAction::Close;
  view.end();
  return result;
}

bool draw_no_pin(View& view) {
  view.begin(look::kScrim);
  const Rect card = centered(view, 900, 460);
  view.fill(card, look::kPaper, 28);
  const float middle = card.center().x;
  view.text({middle, card.y + 48}, Type::Title, look::kInk, view.word(Word::NoPin), Align::Center);
  const std::string_view how = view.word(Word::NoPinHow);
  const size_t cut = how.find('\n');
  view.text({middle, card.y + 140}, Type::Text, look::kMute, how.substr(0, cut), Align::Center);
  view.fill({card.x + 48, card.y + 206, card.width - 96, 76}, look::kWell, 14);
  view.text({middle, card.y + 224}, Type::Small, look::kAccent, how.substr(cut + 1), Align::Center);
  const Rect close{middle - 200, card.bottom() - 128, 400, 84};
  const bool is_closed = view.key("close", close, view.word(Word::Close));
  view.end();
  return is_closed;
}

}  // namespace vitrine::staff
