// SPDX-License-Identifier: MIT
// The cards that only show.
#include <algorithm>
#include <cstdio>
#include <string>

#include "engine/protocol/limits.h"
#include "engine/staff/view_internal.h"

namespace vitrine::staff {
namespace {

using Text = char[48];

void write_ms(Text& out, int64_t microseconds) {
  const int decimals = microseconds < 100'000 ? 1 : 0;
  std::snprintf(out, sizeof out, "%.*f", decimals, static_cast<double>(microseconds) / 1000);
}

// 42 s, 17 m, 3 h, 5 d: as much as fits.
std::string age(int64_t microseconds, Language language) {
  const bool chinese = language == Language::Chinese;
  const int64_t seconds = microseconds / 1'000'000;
  const auto with = [](int64_t number, const char* unit) { return std::to_string(number) + unit; };
  if (seconds < 120) return with(seconds, chinese ? "秒" : " s");
  if (seconds < 2 * 3600) return with(seconds / 60, chinese ? "分" : " min");
  if (seconds < 2 * 86400) return with(seconds / 3600, chinese ? "小时" : " h");
  return with(seconds / 86400, chinese ? "天" : " d");
}

// A bar a frame, the newest at the right; up to three missed refreshes.
void draw_graph(View& view, const Rect& rect, const app::FrameStatistics& frames) {
  constexpr float kBar = 4;
  const float most_us = 4 * static_cast<float>(frames.asked_us());
  view.fill(rect, look::kWell, 12);
  const auto height_of = [&](int64_t us) {
    return rect.height * std::min(1.0f, static_cast<float>(us) / most_us);
  };
  for (int refresh = 1; refresh <= 3; ++refresh) {
    const float y = rect.bottom() - height_of(refresh * frames.asked_us());
    view.fill({rect.x, y, rect.width, 1.5f}, refresh == 1 ? look::kKeyDown : look::kKey);
  }
  const auto& recent = frames.recent_frames();
  const auto room = static_cast<size_t>(rect.width / kBar);
  for (size_t i = 0; i < std::min(room, recent.size()); ++i) {
    const int64_t us = recent.recent(i);
    const float height = height_of(us);
    const float x = rect.right() - static_cast<float>(i + 1) * kBar;
    view.fill({x, rect.bottom() - height, kBar - 1.5f, height},
              us > frames.late_us() ? look::kWarning : look::kAccent);
  }
}

void draw_row(View& view, const Rect& row, const char* label, std::string_view value,
              ImU32 color = look::kInk) {
  view.text({row.x, row.y}, Type::Small, look::kMute, label);
  view.text({row.right(), row.y}, Type::Small, color, value, Align::Right);
}

}  // namespace

void draw_frames_card(View& view, const Rect& rect, const StaffFacts& facts) {
  const Rect room = view.card(rect, view.word(Word::Frames));
  if (!facts.quality.empty()) {
    view.text({room.right(), rect.y + 20}, Type::Small, look::kWarning,
              std::string(view.word(Word::Quality)) + " " + std::string(facts.quality),
              Align::Right);
  }
  draw_graph(view, {room.x, room.y, room.width, room.height - 144}, facts.frames);
  const app::Spread frame = facts.frames.frame_times();
  const app::Spread touch = facts.frames.touch_latency();
  const float y = room.bottom() - 128;
  const float step = room.width / 6;
  Text number;
  const auto put = [&](int place, int64_t us, Word label, ImU32 color) {
    write_ms(number, us);
    view.figure({room.x + static_cast<float>(place) * step, y}, number, "", view.word(label),
                color);
  };
  const bool is_late = frame.p95_us > facts.frames.late_us();
  put(0, frame.p50_us, Word::Median, look::kInk);
  put(1, frame.p95_us, Word::Percentile95, is_late ? look::kWarning : look::kInk);
  put(2, frame.worst_us, Word::Worst, look::kInk);
  std::snprintf(number, sizeof number, "%llu",
                static_cast<unsigned long long>(facts.frames.late_frames()));
  view.figure({room.x + 3 * step, y}, number, "", view.word(Word::Late));
  put(4, touch.p50_us, Word::Median, look::kAccent);
  put(5, touch.p95_us, Word::Percentile95, look::kAccent);
  const std::string unit = " ms";
  view.text({room.x, room.bottom() - 24}, Type::Small, look::kMute,
            view.word(Word::FrameTime) + unit);
  view.text({room.x + 4 * step, room.bottom() - 24}, Type::Small, look::kMute,
            view.word(Word::TouchLatency) + unit);
}

void draw_records_card(View& view, const Rect& rect, const StaffFacts& facts) {
  const Rect room = view.card(rect, view.word(Word::Records));
  const bool is_open = facts.network == "open";
  view.text({room.right(), rect.y + 16}, Type::Text, is_open ? look::kGood : look::kWarning,
            network_words(facts.network, view.language()), Align::Right);
  const float step = room.width / 4;
  const auto put = [&](int place, const std::string& number, Word label, bool warns) {
    view.figure({room.x + static_cast<float>(place) * step, room.y}, number, "", view.word(label),
                warns ? look::kWarning : look::kInk);
  };
  put(0, std::to_string(facts.rows_waiting), Word::Waiting, false);
  const int64_t since_us = facts.rows_waiting > 0 ? facts.waiting_us : 0;
  put(1, age(since_us, view.language()), Word::WaitingFor, since_us > 600'000'000);
  put(2, std::to_string(facts.rows_lost), Word::Lost, facts.rows_lost > 0);
  put(3, std::to_string(facts.rows_refused), Word::Refused, facts.rows_refused > 0);
  const std::string_view warning =
      facts.memory_only ? std::string_view(view.word(Word::DiskFull)) : facts.problem;
  view.text({room.x, room.y + 108}, Type::Small, look::kWarning, warning);
}

void draw_versions_card(View& view, const Rect& rect, const StaffFacts& facts) {
  const Rect room = view.card(rect, view.word(Word::Versions));
  const float gap = 48;
  const float half = (room.width - gap) / 2;
  const std::string_view campaign =
      facts.campaign.empty() ? std::string_view(view.word(Word::NoCampaign)) : facts.campaign;
  draw_row(view, {room.x, room.y, half, 40}, view.word(Word::Build), facts.build);
  draw_row(view, {room.x + half + gap, room.y, half, 40}, view.word(Word::Protocol),
           protocol::kSubprotocol);
  draw_row(view, {room.x, room.y + 48, half, 40}, view.word(Word::Campaign), campaign);
  draw_row(view, {room.x + half + gap, room.y + 48, half, 40}, view.word(Word::Device),
           facts.device.empty() ? std::string_view(view.word(Word::NotEnrolled)) : facts.device);
}

void draw_touch_card(View& view, const Rect& rect, PanelMemory& memory) {
  const Rect room = view.card(rect, view.word(Word::TouchTest));
  view.fill(room, look::kWell, 12);
  view.name("touch-test", room);
  memory.test_area = view.px(room);
  if (memory.fingers.empty()) {
    view.text({room.center().x, room.center().y - 20}, Type::Text, look::kKeyDown,
              view.word(Word::TouchHere), Align::Center);
  }
  ImDrawList& canvas = view.canvas();
  const Rect area = memory.test_area;
  canvas.PushClipRect({area.x, area.y}, {area.right(), area.bottom()}, true);
  for (size_t i = 0; i < memory.fingers.size(); ++i) {
    const Finger& finger = memory.fingers[i];
    static_assert(sizeof(Vec2) == sizeof(ImVec2));
    canvas.AddPolyline(reinterpret_cast<const ImVec2*>(finger.trail.data()),
                       static_cast<int>(finger.trail.size()),
                       finger.is_down ? look::kAccent : look::kKeyDown, 0, view.px(4));
    if (!finger.is_down) continue;
    const Vec2 at = finger.trail.back();
    canvas.AddCircle(im(at), view.px(54), look::kAccent, 48, view.px(4));
    canvas.AddLine({area.x, at.y}, {area.right(), at.y}, IM_COL32(95, 201, 248, 60), view.px(2));
    canvas.AddLine({at.x, area.y}, {at.x, area.bottom()}, IM_COL32(95, 201, 248, 60), view.px(2));
    Text number;
    std::snprintf(number, sizeof number, "%d", static_cast<int>(i + 1));
    view.text(Vec2{at.x / view.px(1), at.y / view.px(1) - 100}, Type::Text, look::kInk, number,
              Align::Center);
  }
  canvas.PopClipRect();
}

}  // namespace vitrine::staff
