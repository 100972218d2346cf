// SPDX-License-Identifier: MIT
// The shopper's part of the stage: what they touch, when their session begins, asks and ends.
#include <utility>

#include "engine/base/assert.h"
#include "engine/campaign/format.h"
#include "engine/scene/accessibility_sheet.h"
#include "engine/scene/cleaning_notice.h"
#include "engine/scene/language_sheet.h"
#include "engine/scene/number_call.h"
#include "engine/scene/stage.h"
#include "engine/scene/still_there.h"

namespace vitrine::scene {
namespace {

using input::Handled;
using input::PointerPhase;

constexpr int64_t kDayMs = 86'400'000;
constexpr float kSecondsInPictures = 11;

interactions::SessionStarted::Entry recorded_entry(Entry entry) {
  using Recorded = interactions::SessionStarted::Entry;
  switch (entry) {
    case Entry::Pointer:
      return Recorded::Pointer;
    case Entry::Keyboard:
      return Recorded::Keyboard;
    case Entry::Semantic:
      break;
  }
  return Recorded::Semantic;
}

// In the order of OverlayKind. By pointers alone: the page has none of them at first.
constexpr std::unique_ptr<Overlay> (*kMakeOverlay[])() = {make_accessibility_sheet,
                                                          make_language_sheet, make_still_there,
                                                          make_cleaning_notice, make_number_call};

}  // namespace

void Stage::read_time_limits() {
  if (!campaign_) return;
  // A phone is its owner's: nobody else comes and nothing needs to be wiped.
  if (metrics_.phone()) return session_.set_limits(0, 0);
  const campaign::Scene& start = campaign_->start_scene();
  const double idle = start.number("idle_seconds", campaign::kIdleSeconds);
  const double warning = start.number("warning_seconds", campaign::kWarningSeconds);
  session_.set_limits(static_cast<int64_t>(idle * 1e6), static_cast<int64_t>(warning * 1e6));
}

void Stage::record_touch(const input::PointerEvent& event, uint8_t slot) {
  using Phase = interactions::ScreenTouched::Phase;
  if (event.phase == PointerPhase::Move) return;
  const Phase phase = event.phase == PointerPhase::Down ? Phase::Down
                      : event.phase == PointerPhase::Up ? Phase::Up
                                                        : Phase::Cancel;
  parts_.recorder.record(interactions::ScreenTouched{.x = static_cast<double>(event.position.x),
                                                     .y = static_cast<double>(event.position.y),
                                                     .pointer = slot,
                                                     .phase = phase});
}

Handled Stage::handle(const input::PointerEvent& event, uint8_t slot) {
  if (!listens()) return Handled::No;
  // What is touched while the screen asks is an answer, or none: the question decides.
  const bool down = event.phase == PointerPhase::Down;
  // Whoever waits may point at it: that is no touch of who is at the screen.
  if (down && !still_ && is_on_sign(event.position)) return Handled::Yes;
  if (down && !asks() && !calls()) engage(Entry::Pointer);
  record_touch(event, slot);
  if (still_) return Handled::No;
  const Handled handled = stack_.handle(event);
  // Whatever answers a finger says so at once, so that no widget needs to.
  if (event.phase == PointerPhase::Down && handled == Handled::Yes) {
    parts_.sounds.play(audio::Sound::Tick);
    reader_.touch(stack_.tree(), event.position, language_);
  }
  return handled;
}

void Stage::engage(Entry entry) {
  const int64_t now_us = parts_.clock.monotonic_us();
  const Id128 fresh = session_.engaged() ? session_.id() : random_id(parts_.random_bytes);
  if (!session_.touch(now_us, fresh)) return;
  const Id128 borrowed = std::exchange(borrowed_session_, {});
  refresh_recording();
  parts_.recorder.record(interactions::SessionStarted{.entry = recorded_entry(entry)});
  record_under(borrowed);
}

void Stage::wipe(bool idle) {
  using Reason = interactions::SessionEnded::Reason;
  stack_.leave();  // what it says of being left belongs to the session
  record_under({});
  const int64_t lasted_ms = session_.end(parts_.clock.monotonic_us()) / 1000;
  // Still recorded under the session that ends.
  parts_.recorder.record(
      interactions::SessionEnded{.reason = idle ? Reason::Idle : Reason::Finished,
                                 .duration_ms = lasted_ms < kDayMs ? lasted_ms : kDayMs});
  stack_.release();
  stack_.overlays().close_all();
  parts_.sounds.reset();
  reader_.hush();
  preferences_chosen_ = false;
  apply_preferences(parts_.preferences);
  language_ = campaign_->nearest_language(shell_language_);
  drop_requests();
  random_ = Random(parts_.seed + ++sessions_);  // no matter how often the last shopper's was asked
  wiping_ = true;
  refresh_recording();
}

void Stage::drop_requests() {
  std::string().swap(requested_scene_);
  requested_anew_ = false;
  wished_language_ = {};
  end_requested_ = stay_requested_ = false;
  requested_overlay_.reset();
  close_requested_.reset();
}

bool Stage::activate(uint32_t id, Entry entry) {
  if (!listens() || still_) return false;
  hear(entry);
  return stack_.activate(id, entry);
}

// Somebody works with keys or a screen reader. While the screen asks they get its whole time again
// to find the answer.
void Stage::hear(Entry entry) {
  if (asks()) return session_.warn_anew(parts_.clock.monotonic_us());
  if (!calls()) engage(entry);
}

void Stage::move_focus(int direction) {
  if (!listens()) return;
  hear(Entry::Keyboard);
  stack_.move_focus(direction);
}

void Stage::scan_focus() {
  if (listens()) stack_.move_focus(+1);
}

void Stage::set_focus(uint32_t id, bool visible) {
  if (!listens()) return;
  if (asks()) hear(Entry::Semantic);
  stack_.set_focus(id, visible);
}

void Stage::activate_focused() {
  if (!listens()) return;
  hear(Entry::Keyboard);
  const bool activated = stack_.activate_focused();
  if (activated) parts_.sounds.play(audio::Sound::Tick);
  // A key pressed into the question without looking is somebody, too.
  if (!activated && asks()) stay();
}

void Stage::step(int direction) {
  if (!listens()) return;
  hear(Entry::Keyboard);
  stack_.step_focused(direction);
}

void Stage::write(uint32_t id, const ui::TextInput& input) {
  if (!listens()) return;
  hear(Entry::Keyboard);
  stack_.write(id, input);
}

void Stage::back() {
  if (!listens()) return;
  hear(Entry::Keyboard);
  stack_.back();
}

bool Stage::asks() const {
  return stack_.overlays().is_open(OverlayKind::StillThere);
}

Session::Phase Stage::follow_session(bool held) {
  const int64_t now_us = parts_.clock.monotonic_us();
  if (stay_requested_ && asks() && !end_requested_) {
    session_.touch(now_us, session_.id());
    parts_.recorder.record(interactions::SessionExtended{});
  }
  stay_requested_ = false;
  // What cannot be asked yet must not be decided by silence.
  return session_.phase(now_us, held || !parts_.whole || stack_.current().is_awaited());
}

void Stage::ask(Session::Phase phase) {
  const bool warned = phase == Session::Phase::Warned;
  if (!warned && asks()) stack_.overlays().close(OverlayKind::StillThere);
  if (!warned || asks()) return;
  const int64_t left_us = session_.left_us(parts_.clock.monotonic_us());
  parts_.recorder.record(interactions::IdleWarned{.seconds_left = left_us / 1'000'000});
  open(OverlayKind::StillThere);
  parts_.sounds.play(audio::Sound::Soft);
}

bool Stage::open(OverlayKind kind) {
  std::unique_ptr<Overlay> overlay = kMakeOverlay[static_cast<size_t>(kind)]();
  if (!overlay) return false;
  auto context = std::make_unique<OverlayContext>(
      OverlayContext{*campaign_, theme_, parts_.canvas, parts_.recorder, *this, language_, metrics_,
                     preferences_.has(ui::Preference::ReducedMotion)});
  stack_.open(kind, std::move(overlay), std::move(context));
  return true;
}

float Stage::seconds_left(OverlayKind kind) const {
  if (still_) return kSecondsInPictures;
  const int64_t now_us = parts_.clock.monotonic_us();
  if (kind == OverlayKind::NumberCall) return line().seconds_left;
  const int64_t left_us =
      kind == OverlayKind::Cleaning ? cleaning_ends_us_ - now_us : session_.left_us(now_us);
  return left_us > 0 ? static_cast<float>(left_us) * 1e-6f : 0;
}

float Stage::seconds_of(OverlayKind kind) const {
  if (kind == OverlayKind::NumberCall) return line().seconds_whole;
  const int64_t us = kind == OverlayKind::Cleaning ? kCleaningUs : session_.warning_us();
  return static_cast<float>(us) * 1e-6f;
}

bool Stage::show_overlay(std::string_view name) {
  if (!playing() || !still_ || !parts_.whole) return false;
  const auto kind = find_overlay(name);
  if (!kind) return false;
  if (!stack_.overlays().is_open(*kind) && !open(*kind)) return false;
  stack_.overlays().settle();
  return true;
}

void Stage::start_over(Session::Phase phase) {
  end_requested_ = false;
  if (session_.engaged()) wipe(phase == Session::Phase::Over);
  // The start scene is made anew even when it is the one shown: nothing of the shopper stays in it.
  enter(campaign_->start_scene(), SceneStack::Change::Travel);
  parts_.recorder.record(
      interactions::ScreenAttracted{.after = interactions::ScreenAttracted::After::Session});
}

}  // namespace vitrine::scene
