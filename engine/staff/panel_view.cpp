// SPDX-License-Identifier: MIT
// The open panel: where the cards lie, and what can be changed.
#include <optional>
#include <string>
#include <utility>

#include "engine/staff/view_internal.h"

namespace vitrine::staff {
namespace {

using Kind = StaffRequest::Kind;

constexpr float kMargin = 40;
constexpr float kGap = 20;
constexpr int64_t kSureUs = 5'000'000;

PanelAction draw_header(View& view, const StaffFacts& facts) {
  PanelAction action = PanelAction::None;
  const float right = view.size().width - kMargin;
  view.text({kMargin, kMargin + 2}, Type::Title, look::kInk, view.word(Word::Title));
  view.text({kMargin, kMargin + 56}, Type::Small, look::kMute, facts.device);
  const Rect close{right - 170, kMargin, 170, kKeyHeight};
  if (view.key("close", close, view.word(Word::Close))) action = PanelAction::Close;
  const Rect other{close.x - kGap - 170, kMargin, 170, kKeyHeight};
  if (view.key("other-language", other, view.word(Word::OtherLanguage))) {
    action = PanelAction::OtherLanguage;
  }
  return action;
}

void draw_rotation(View& view, const Rect& row, const StaffFacts& facts,
                   std::vector<StaffRequest>& requests) {
  constexpr const char* kDegrees[] = {"0°", "90°", "180°", "270°"};
  constexpr const char* kNames[] = {"rotate-0", "rotate-1", "rotate-2", "rotate-3"};
  view.text({row.x, row.y + 18}, Type::Text, look::kInk, view.word(Word::Rotation));
  const float left = row.x + 200;
  const float width = (row.right() - left - 3 * 12) / 4;
  for (size_t i = 0; i < 4; ++i) {
    const Rect rect{left + static_cast<float>(i) * (width + 12), row.y, width, kKeyHeight};
    const bool is_chosen = facts.quarter_turns == i;
    const KeyLook how = is_chosen ? KeyLook::Chosen : KeyLook::Plain;
    if (view.key(kNames[i], rect, kDegrees[i], how) && !is_chosen) {
      requests.push_back({Kind::SetRotation, static_cast<float>(i)});
    }
  }
}

// `held` is what a finger has moved it to; the shell hears of it when the finger lifts.
void draw_level(View& view, const Rect& row, Word label, const char* name, Kind kind,
                std::optional<float> level, Word why_not, float& held,
                std::vector<StaffRequest>& requests) {
  view.text({row.x, row.y + 18}, Type::Text, look::kInk, view.word(label));
  const Rect track{row.x + 200, row.y, row.width - 200, kKeyHeight};
  if (!level) {
    view.text({track.right(), row.y + 22}, Type::Small, look::kMute, view.word(why_not),
              Align::Right);
    return;
  }
  float value = held >= 0 ? held : *level;
  const float before = value;
  const bool is_let_go = view.slider(name, track, value);
  if (value != before) held = value;
  if (!is_let_go) return;
  requests.push_back({kind, value});
  held = -1;
}

void draw_panel_card(View& view, const Rect& rect, const StaffFacts& facts, PanelMemory& memory,
                     std::vector<StaffRequest>& requests) {
  const Rect room = view.card(rect, view.word(Word::Panel));
  const float step = kKeyHeight + 14;
  draw_rotation(view, {room.x, room.y, room.width, kKeyHeight}, facts, requests);
  draw_level(view, {room.x, room.y + step, room.width, kKeyHeight}, Word::Volume, "volume",
             Kind::SetVolume, facts.volume, Word::NoSound, memory.volume, requests);
  draw_level(view, {room.x, room.y + 2 * step, room.width, kKeyHeight}, Word::Brightness,
             "brightness", Kind::SetBrightness, facts.brightness, facts.no_brightness,
             memory.brightness, requests);
  const Rect calibrate{room.x + 200, room.y + 3 * step, room.width - 200, kKeyHeight};
  if (view.key("calibrate", calibrate, view.word(Word::Calibrate))) {
    requests.push_back({Kind::Calibrate});
  }
}

// A restart is asked for twice.
void draw_restart(View& view, const Rect& rect, PanelMemory& memory, int64_t now_us,
                  std::vector<StaffRequest>& requests) {
  const bool is_asked = memory.restart_asked_us != 0 && now_us - memory.restart_asked_us < kSureUs;
  const char* label = view.word(is_asked ? Word::Sure : Word::Restart);
  if (!view.key("restart", rect, label, is_asked ? KeyLook::Warning : KeyLook::Plain)) return;
  if (is_asked) requests.push_back({Kind::Restart});
  memory.restart_asked_us = is_asked ? 0 : now_us;
}

PanelAction draw_keys(View& view, const Rect& rect, PanelMemory& memory, int64_t now_us,
                      std::vector<StaffRequest>& requests) {
  PanelAction action = PanelAction::None;
  const float width = (rect.width - kGap) / 2;
  const float height = 92;
  const auto place = [&](int column, int row) {
    return Rect{rect.x + static_cast<float>(column) * (width + kGap),
                rect.y + static_cast<float>(row) * (height + 16), width, height};
  };
  if (view.key("clean", place(0, 0), view.word(Word::Clean))) action = PanelAction::Clean;
  if (view.key("language", place(1, 0), view.word(Word::ScreenLanguage))) {
    requests.push_back({Kind::NextLanguage});
  }
  if (view.key("reload", place(0, 1), view.word(Word::Reload))) {
    requests.push_back({Kind::ReloadCampaign});
  }
  draw_restart(view, place(1, 1), memory, now_us, requests);
  return action;
}

}  // namespace

PanelAction draw_panel(View& view, const StaffFacts& facts, PanelMemory& memory, int64_t now_us,
                       std::vector<StaffRequest>& requests) {
  view.begin(look::kPaper);
  PanelAction action = draw_header(view, facts);
  const Size all = view.size();
  const bool two = view.is_landscape();
  const float width = two ? (all.width - 2 * kMargin - kGap) / 2 : all.width - 2 * kMargin;
  const float top = kMargin + 110;
  Vec2 at{kMargin, top};
  const auto next = [&](float height) {
    const Rect rect{at.x, at.y, width, height};
    at.y += height + kGap;
    return rect;
  };
  const float graph = two ? 384.0f : 360.0f;
  draw_frames_card(view, next(graph), facts);
  draw_records_card(view, next(236), facts);
  draw_versions_card(view, next(172), facts);
  if (two) at = {kMargin + width + kGap, top};
  draw_touch_card(view, next(two ? 216.0f : 230.0f), memory);
  draw_panel_card(view, next(430), facts, memory, requests);
  const PanelAction pressed = draw_keys(view, next(200), memory, now_us, requests);
  view.end();
  return pressed != PanelAction::None ? pressed : action;
}

}  // namespace vitrine::staff
