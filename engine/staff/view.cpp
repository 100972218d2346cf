// SPDX-License-Identifier: MIT
#include <algorithm>
#include <string>

#include "engine/staff/view_internal.h"

namespace vitrine::staff {
namespace {

constexpr float kCardRadius = 20;
constexpr float kCardPadding = 28;
constexpr float kTitleHeight = 64;

struct KeyColors {
  ImU32 fill, down, ink;
};

KeyColors colors_of(KeyLook how) {
  switch (how) {
    case KeyLook::Chosen:
    case KeyLook::Main:
      return {look::kAccent, IM_COL32(150, 220, 252, 255), look::kAccentInk};
    case KeyLook::Warning:
      return {look::kWarning, look::kWarning, IM_COL32(48, 30, 4, 255)};
    case KeyLook::Off:
      return {look::kWell, look::kWell, IM_COL32(92, 102, 116, 255)};
    case KeyLook::Plain:
      break;
  }
  return {look::kKey, look::kKeyDown, look::kInk};
}

}  // namespace

Size View::size() const {
  const float unit = surface_.px(1);
  return {surface_.size().width / unit, surface_.size().height / unit};
}

Rect View::px(const Rect& units) const {
  const Vec2 from = px(Vec2{units.x, units.y});
  return {from.x, from.y, px(units.width), px(units.height)};
}

void View::begin(ImU32 background) {
  shown_.clear();
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({surface_.size().width, surface_.size().height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0f);
  ImGui::Begin("panel", nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoSavedSettings |
                   ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoScrollWithMouse);
  const Size all = size();
  fill({0, 0, all.width, all.height}, background);
}

void View::end() {
  ImGui::End();
  ImGui::PopStyleVar(2);
}

void View::fill(const Rect& rect, ImU32 color, float radius) {
  const Rect area = px(rect);
  canvas().AddRectFilled({area.x, area.y}, {area.right(), area.bottom()}, color, px(radius));
}

Rect View::card(const Rect& rect, const char* title) {
  fill(rect, look::kCard, kCardRadius);
  text({rect.x + kCardPadding, rect.y + 16}, Type::Text, look::kMute, title);
  return {rect.x + kCardPadding, rect.y + kTitleHeight, rect.width - 2 * kCardPadding,
          rect.height - kTitleHeight - 20};
}

float View::text(Vec2 at, Type type, ImU32 color, std::string_view text, Align align) {
  ImFont* font = surface_.font(type);
  const char* begin = text.data();
  const char* end = begin + text.size();
  const ImVec2 room = font->CalcTextSizeA(font->FontSize, 1e6f, 0, begin, end);
  ImVec2 place = im(px(at));
  if (align == Align::Center) place.x -= room.x / 2;
  if (align == Align::Right) place.x -= room.x;
  // Letters stay on pixels.
  place = {static_cast<float>(static_cast<int>(place.x)),
           static_cast<float>(static_cast<int>(place.y))};
  canvas().AddText(font, font->FontSize, place, color, begin, end);
  shown_.texts.push_back({std::string(text), {place.x, place.y, room.x, room.y}});
  return room.x / px(1);
}

void View::figure(Vec2 at, std::string_view number, std::string_view unit, const char* label,
                  ImU32 color) {
  const float width = text(at, Type::Figure, color, number);
  text({at.x + width + 8, at.y + 26}, Type::Small, look::kMute, unit);
  text({at.x, at.y + 66}, Type::Small, look::kMute, label);
}

bool View::key(std::string_view key_name, const Rect& rect, std::string_view label, KeyLook how) {
  const Rect area = px(rect);
  name(key_name, rect);
  ImGui::SetCursorScreenPos({area.x, area.y});
  const std::string id(key_name);
  const bool is_activated = ImGui::InvisibleButton(id.c_str(), {area.width, area.height});
  const bool is_off = how == KeyLook::Off;
  const bool is_pressed = ImGui::IsItemActive() && ImGui::IsItemHovered() && !is_off;
  const KeyColors colors = colors_of(how);
  fill(rect, is_pressed ? colors.down : colors.fill, std::min(18.0f, rect.height / 4));
  const float line = surface_.font(Type::Text)->FontSize / px(1);
  text({rect.center().x, rect.center().y - line / 2}, Type::Text, colors.ink, label, Align::Center);
  return is_activated && !is_off;
}

bool View::slider(std::string_view slider_name, const Rect& rect, float& value) {
  constexpr float kTrack = 12;
  constexpr float kKnob = 26;
  const Rect area = px(rect);
  name(slider_name, rect);
  ImGui::SetCursorScreenPos({area.x, area.y});
  const std::string id(slider_name);
  ImGui::InvisibleButton(id.c_str(), {area.width, area.height});
  const float from = rect.x + kKnob;
  const float length = rect.width - 2 * kKnob;
  const bool is_moved = ImGui::IsItemActive();
  if (is_moved) value = clamp((ImGui::GetIO().MousePos.x / px(1) - from) / length, 0, 1);
  const float y = rect.center().y;
  fill({from, y - kTrack / 2, length, kTrack}, look::kWell, kTrack / 2);
  fill({from, y - kTrack / 2, length * value, kTrack}, look::kAccent, kTrack / 2);
  const Vec2 knob = px(Vec2{from + length * value, y});
  canvas().AddCircleFilled(im(knob), px(is_moved ? kKnob + 4 : kKnob), look::kInk, 40);
  return ImGui::IsItemDeactivated();
}

}  // namespace vitrine::staff
