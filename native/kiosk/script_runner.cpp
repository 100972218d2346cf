// SPDX-License-Identifier: MIT
#include "native/kiosk/script_runner.h"

#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "engine/base/json/json.h"

namespace vitrine {
namespace {

using input::PointerPhase;

constexpr int64_t kTapUs = 60'000;  // a quick finger
constexpr int64_t kPictureUs = 20'000'000;
constexpr uint32_t kStillFrames = 3;

const ui::SemanticNode* find(const ui::SemanticTree& tree, const ScriptTarget& target) {
  if (!target.name.empty()) return tree.find(target.name);
  for (size_t i = 0; i < tree.size(); ++i) {
    if (tree[i].label == target.label) return &tree[i];
  }
  return nullptr;
}

std::optional<Rect> place_of(const ScriptTarget& target, const app::App& app,
                             const ScriptFingers& fingers) {
  if (fingers.is_panel_open()) return fingers.find_on_panel(target);
  const ui::SemanticNode* node = find(app.semantics(), target);
  return node != nullptr ? std::optional(node->bounds) : std::nullopt;
}

std::string words(const ScriptTarget& target) {
  return target.name.empty() ? '"' + target.label + '"' : target.name;
}

std::string on_screen(const ui::SemanticTree& tree) {
  std::string list;
  for (size_t i = 0; i < tree.size(); ++i) {
    if (!list.empty()) list += ", ";
    list += tree[i].name.empty() ? '"' + tree[i].label + '"' : tree[i].name;
  }
  return list.empty() ? "nothing" : list;
}

void press(app::App& app, app::Key key) {
  app.handle(key);
  app.key_up(key);
}

}  // namespace

ScriptRunner::ScriptRunner(const Script& script, std::string file_name, const Clock& clock)
    : script_(script), file_name_(std::move(file_name)), clock_(clock) {}

ScriptState ScriptRunner::step(app::App& app, ScriptFingers& fingers,
                               const app::FrameReport& report) {
  while (failure_.empty() && at_ < script_.size()) {
    if (fresh_) {
      begun_us_ = clock_.monotonic_us();
      still_frames_ = 0;
    }
    const ScriptCommand& command = script_[at_];
    if (command.verb == ScriptVerb::Quit) at_ = script_.size() - 1;
    const Progress progress = run(command, app, fingers, report);
    fresh_ = progress == Progress::Next;
    if (progress == Progress::Stay) break;
    ++at_;
  }
  if (!failure_.empty()) return ScriptState::Failed;
  return at_ < script_.size() ? ScriptState::Running : ScriptState::Done;
}

std::string ScriptRunner::take_screenshot_request() {
  return std::exchange(screenshot_, {});
}

ScriptRunner::Progress ScriptRunner::run(const ScriptCommand& command, app::App& app,
                                         ScriptFingers& fingers, const app::FrameReport& report) {
  switch (command.verb) {
    case ScriptVerb::Wait:
    case ScriptVerb::WaitGone:
      return run_wait(command, app, fingers);
    case ScriptVerb::Tap:
      return run_tap(command, app, fingers);
    case ScriptVerb::TwoTap:
      return run_two_tap(command, fingers);
    case ScriptVerb::Drag:
      return run_drag(command, fingers);
    case ScriptVerb::Down:
      fingers.touch(command.finger, PointerPhase::Down, command.points[0]);
      return Progress::Next;
    case ScriptVerb::Move:
      fingers.touch(command.finger, PointerPhase::Move, command.points[0]);
      return Progress::Next;
    case ScriptVerb::Up:
      fingers.touch(command.finger, PointerPhase::Up, command.points[0]);
      return Progress::Next;
    case ScriptVerb::Cancel:
      fingers.touch(command.finger, PointerPhase::Cancel, {});
      return Progress::Next;
    case ScriptVerb::Key:
      press(app, command.key);
      return Progress::Next;
    case ScriptVerb::Sleep:
      return elapsed_us() >= command.duration_us ? Progress::Next : Progress::Stay;
    case ScriptVerb::Settle:
      return run_settle(command, report);
    case ScriptVerb::Delivered:
      return run_delivered(command, app);
    case ScriptVerb::File:
      return run_file(command);
    case ScriptVerb::Language:
      app.set_language(command.text);
      return Progress::Next;
    case ScriptVerb::Screenshot:
      return run_screenshot(command, report);
    case ScriptVerb::Expect:
    case ScriptVerb::ExpectNot:
      return run_expect(command, app, fingers);
    case ScriptVerb::Activate: {
      const ui::SemanticNode* node = find(app.semantics(), command.target);
      if (node != nullptr && app.activate(node->id)) return Progress::Next;
      return fail_missing(command, app, words(command.target) + " cannot be activated");
    }
    case ScriptVerb::Pause:
      app.pause();
      return Progress::Next;
    case ScriptVerb::Resume:
      app.resume();
      return Progress::Next;
    case ScriptVerb::Quit:
      return Progress::Next;
  }
  return Progress::Next;
}

ScriptRunner::Progress ScriptRunner::run_wait(const ScriptCommand& command, const app::App& app,
                                              const ScriptFingers& fingers) {
  const bool wanted = command.verb == ScriptVerb::Wait;
  if (place_of(command.target, app, fingers).has_value() == wanted) return Progress::Next;
  if (elapsed_us() < command.duration_us) return Progress::Stay;
  return fail_missing(command, app,
                      words(command.target) + (wanted ? " did not come" : " did not go") +
                          " within " + std::to_string(command.duration_us / 1000) + " ms");
}

// What moves for ever (a background) does not keep a screen from being settled; pictures do.
ScriptRunner::Progress ScriptRunner::run_settle(const ScriptCommand& command,
                                                const app::FrameReport& report) {
  still_frames_ = report.pending_images == 0 ? still_frames_ + 1 : 0;
  if (still_frames_ >= kStillFrames) return Progress::Next;
  if (elapsed_us() < command.duration_us) return Progress::Stay;
  return fail(command, std::to_string(report.pending_images) + " pictures did not come");
}

ScriptRunner::Progress ScriptRunner::run_delivered(const ScriptCommand& command, app::App& app) {
  const std::string statistics = app.statistics_json();
  JsonDocument document;
  document.parse(statistics);
  const auto held = document.root().find("outbox_rows").integer().value_or(-1);
  const auto unstored = document.root().find("outbox_unstored").integer().value_or(-1);
  if (held == 0 && unstored == 0 && !fresh_) return Progress::Next;
  if (fresh_ || elapsed_us() < command.duration_us) return Progress::Stay;
  return fail(command, std::to_string(held) + " rows are not settled: " + statistics);
}

// Whoever drives the kiosk from outside says so when it is ready.
ScriptRunner::Progress ScriptRunner::run_file(const ScriptCommand& command) {
  std::error_code ignored;
  if (std::filesystem::exists(command.text, ignored)) return Progress::Next;
  if (elapsed_us() < command.duration_us) return Progress::Stay;
  return fail(command, command.text + " did not come");
}

ScriptRunner::Progress ScriptRunner::run_tap(const ScriptCommand& command, app::App& app,
                                             ScriptFingers& fingers) {
  if (!fresh_) {
    if (elapsed_us() < kTapUs) return Progress::Stay;
    fingers.touch(command.finger, PointerPhase::Up, tapped_);
    return Progress::Next;
  }
  if (command.points.empty()) {
    const std::optional<Rect> place = place_of(command.target, app, fingers);
    if (!place) return fail_missing(command, app, words(command.target) + " is not on screen");
    tapped_ = place->center();
  } else {
    tapped_ = command.points[0];
  }
  fingers.touch(command.finger, PointerPhase::Down, tapped_);
  return Progress::Stay;
}

ScriptRunner::Progress ScriptRunner::run_two_tap(const ScriptCommand& command,
                                                 ScriptFingers& fingers) {
  if (!fresh_ && elapsed_us() < kTapUs) return Progress::Stay;
  const auto phase = fresh_ ? PointerPhase::Down : PointerPhase::Up;
  for (uint32_t finger = 0; finger < 2; ++finger) {
    fingers.touch(finger + 1, phase, command.points[finger]);
  }
  return fresh_ ? Progress::Stay : Progress::Next;
}

ScriptRunner::Progress ScriptRunner::run_drag(const ScriptCommand& command,
                                              ScriptFingers& fingers) {
  const Vec2 from = command.points[0];
  const Vec2 to = command.points[1];
  if (fresh_) {
    fingers.touch(command.finger, PointerPhase::Down, from);
    return Progress::Stay;
  }
  const float part = command.duration_us > 0 ? static_cast<float>(elapsed_us()) /
                                                   static_cast<float>(command.duration_us)
                                             : 1.0f;
  fingers.touch(command.finger, PointerPhase::Move, lerp(from, to, clamp(part, 0, 1)));
  if (part < 1) return Progress::Stay;
  fingers.touch(command.finger, PointerPhase::Up, to);
  return Progress::Next;
}

ScriptRunner::Progress ScriptRunner::run_expect(const ScriptCommand& command, const app::App& app,
                                                const ScriptFingers& fingers) {
  const bool wanted = command.verb == ScriptVerb::Expect;
  if (place_of(command.target, app, fingers).has_value() == wanted) return Progress::Next;
  return fail_missing(command, app,
                      words(command.target) + (wanted ? " is not on screen" : " is on screen"));
}

// Taken of the frame that follows, once its pictures are there.
ScriptRunner::Progress ScriptRunner::run_screenshot(const ScriptCommand& command,
                                                    const app::FrameReport& report) {
  if (fresh_) return Progress::Stay;
  if (screenshot_.empty() && still_frames_ == kStillFrames) return Progress::Next;
  if (report.pending_images == 0) {
    screenshot_ = command.text;
    still_frames_ = kStillFrames;
    return Progress::Stay;
  }
  if (elapsed_us() < kPictureUs) return Progress::Stay;
  return fail(command, std::to_string(report.pending_images) + " pictures did not come");
}

ScriptRunner::Progress ScriptRunner::fail(const ScriptCommand& command, const std::string& what) {
  failure_ = file_name_ + ":" + std::to_string(command.line) + ": " + what;
  return Progress::Stay;
}

ScriptRunner::Progress ScriptRunner::fail_missing(const ScriptCommand& command, const app::App& app,
                                                  const std::string& what) {
  return fail(command, what + "; on screen: " + on_screen(app.semantics()));
}

}  // namespace vitrine
