// SPDX-License-Identifier: MIT
#include "engine/staff/staff_panel.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/staff/surface_internal.h"
#include "engine/staff/view_internal.h"

namespace vitrine::staff {
namespace {

using input::PointerEvent;
using input::PointerPhase;
using State = StaffSession::State;

constexpr float kShortSide = 1080;
constexpr size_t kTrail = 160;
constexpr size_t kFingers = 20;

class StaffPanelImpl final : public StaffPanel {
 public:
  StaffPanelImpl(GlyphSource& glyphs, Language language) : surface_(glyphs), language_(language) {}

  void resize(Size points, float pixel_ratio) override {
    ratio_ = pixel_ratio;
    const Size pixels{points.width * ratio_, points.height * ratio_};
    surface_.resize(pixels, std::min(pixels.width, pixels.height) / kShortSide);
  }

  void open(Guard guard, int64_t now_us) override {
    session_.ask(guard, now_us);
    memory_ = {};
    last_us_ = now_us;
  }
  void pin_checked(bool is_right, int64_t now_us) override {
    session_.pin_checked(is_right, now_us);
  }
  bool is_on_screen() const override { return session_.is_on_screen(); }
  State state() const override { return session_.state(); }

  void handle(const PointerEvent& event) override;
  void frame(const StaffFacts& facts, int64_t now_us) override;
  void draw(gfx::TriangleRenderer& renderer, uint32_t framebuffer) override {
    surface_.draw(renderer, framebuffer);
  }
  std::optional<StaffRequest> take_request() override;
  std::optional<Rect> find(std::string_view name) const override {
    return find_in(shown_.names, name);
  }
  std::optional<Rect> find_text(std::string_view words) const override {
    return find_in(shown_.texts, words);
  }

 private:
  std::optional<Rect> find_in(const std::vector<NamedRect>& list, std::string_view name) const;
  void handle_test(const PointerEvent& event, Vec2 position);
  void act(const KeypadResult& result, int64_t now_us);
  void act(PanelAction action);
  void close();

  Surface surface_;
  Language language_;
  StaffSession session_;
  PanelMemory memory_;
  Shown shown_;
  std::vector<StaffRequest> requests_;
  std::optional<uint64_t> pointer_;  // the finger that is ImGui's mouse
  float ratio_ = 1;
  int64_t last_us_ = 0;
};

void StaffPanelImpl::handle(const PointerEvent& event) {
  session_.touched(event.time_us);
  const Vec2 position = event.position * ratio_;
  const bool is_down = event.phase == PointerPhase::Down;
  const bool is_tested = std::any_of(
      memory_.fingers.begin(), memory_.fingers.end(),
      [&](const Finger& finger) { return finger.is_down && finger.pointer == event.pointer; });
  if (is_tested || (is_down && memory_.test_area.contains(position))) {
    return handle_test(event, position);
  }
  if (is_down && !pointer_) pointer_ = event.pointer;
  if (pointer_ != event.pointer) return;
  surface_.touch(event.phase, position);
  if (event.phase == PointerPhase::Up || event.phase == PointerPhase::Cancel) pointer_.reset();
}

// Every finger draws; what was drawn stays until the next first finger.
void StaffPanelImpl::handle_test(const PointerEvent& event, Vec2 position) {
  auto& fingers = memory_.fingers;
  const bool is_down = event.phase == PointerPhase::Down;
  const bool none_down =
      std::none_of(fingers.begin(), fingers.end(), [](const Finger& f) { return f.is_down; });
  if (is_down && none_down) fingers.clear();
  if (is_down && fingers.size() < kFingers) fingers.push_back({event.pointer, {}, true});
  for (Finger& finger : fingers) {
    if (finger.pointer != event.pointer || !finger.is_down) continue;
    if (finger.trail.size() == kTrail) finger.trail.erase(finger.trail.begin());
    finger.trail.push_back(position);
    if (event.phase == PointerPhase::Up || event.phase == PointerPhase::Cancel) {
      finger.is_down = false;
    }
  }
}

void StaffPanelImpl::frame(const StaffFacts& facts, int64_t now_us) {
  session_.update(now_us);
  if (!is_on_screen()) return close();
  const float dt = static_cast<float>(std::max<int64_t>(1, now_us - last_us_)) * 1e-6f;
  last_us_ = now_us;
  surface_.begin_frame(dt);
  View view(surface_, language_, shown_);
  switch (session_.state()) {
    case State::NoPin:
      if (draw_no_pin(view)) session_.close();
      break;
    case State::Keypad:
    case State::Checking:
      act(draw_keypad(view, session_, now_us), now_us);
      break;
    case State::Open:
      act(draw_panel(view, facts, memory_, now_us, requests_));
      break;
    case State::Closed:
      break;
  }
  surface_.end_frame();
  if (!is_on_screen()) close();
}

void StaffPanelImpl::act(const KeypadResult& result, int64_t now_us) {
  switch (result.action) {
    case KeypadAction::Digit:
      return session_.enter(result.digit);
    case KeypadAction::Erase:
      return session_.erase();
    case KeypadAction::Close:
      return session_.close();
    case KeypadAction::Submit:
      if (session_.may_submit(now_us)) {
        requests_.push_back({StaffRequest::Kind::CheckPin, 0, session_.submit()});
      }
      return;
    case KeypadAction::None:
      return;
  }
}

void StaffPanelImpl::act(PanelAction action) {
  switch (action) {
    case PanelAction::Close:
      return session_.close();
    case PanelAction::Clean:
      requests_.push_back({StaffRequest::Kind::Clean});
      return session_.close();
    case PanelAction::OtherLanguage:
      language_ = language_ == Language::Chinese ? Language::English : Language::Chinese;
      return;
    case PanelAction::None:
      return;
  }
}

void StaffPanelImpl::close() {
  memory_ = {};
  shown_.clear();
  pointer_.reset();
  surface_.cancel();
}

std::optional<StaffRequest> StaffPanelImpl::take_request() {
  if (requests_.empty()) return std::nullopt;
  StaffRequest request = std::move(requests_.front());
  requests_.erase(requests_.begin());
  return request;
}

std::optional<Rect> StaffPanelImpl::find_in(const std::vector<NamedRect>& list,
                                            std::string_view name) const {
  for (const NamedRect& named : list) {
    if (named.name != name) continue;
    const Rect& px = named.rect;
    return Rect{px.x / ratio_, px.y / ratio_, px.width / ratio_, px.height / ratio_};
  }
  return std::nullopt;
}

}  // namespace

std::unique_ptr<StaffPanel> StaffPanel::create(GlyphSource& glyphs, Language language) {
  return std::make_unique<StaffPanelImpl>(glyphs, language);
}

}  // namespace vitrine::staff
