// SPDX-License-Identifier: MIT
// Plays a script against the App: one call a frame, through the window's own events, so that a
// scripted finger takes the way of a real one.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/app/app.h"
#include "engine/base/clock.h"
#include "native/kiosk/script.h"

namespace vitrine {

enum class ScriptState : uint8_t { Running, Done, Failed };

// What a script touches with, and what it finds that is not the App's.
class ScriptFingers {
 public:
  virtual ~ScriptFingers() = default;
  // Queues the event as if a panel had sent it; `position` in logical points of the picture.
  virtual void touch(uint32_t finger, input::PointerPhase phase, Vec2 position) = 0;
  // Whether the service panel is on screen: then every target is the panel's.
  virtual bool is_panel_open() const = 0;
  // Where the panel has it, logical points.
  virtual std::optional<Rect> find_on_panel(const ScriptTarget& target) const = 0;
};

class ScriptRunner {
 public:
  // All outlive the runner.
  ScriptRunner(const Script& script, std::string file_name, const Clock& clock);

  // Before a frame: does what is due. `report` is of the frame before.
  ScriptState step(app::App& app, ScriptFingers& fingers, const app::FrameReport& report);
  // After a frame was drawn and before it is shown: the file that a picture of it goes to, "" for
  // none. Asked once a frame.
  std::string take_screenshot_request();

  // "shop.script:12: start did not come within 10000 ms; on screen: ..."
  const std::string& failure() const { return failure_; }

 private:
  enum class Progress : uint8_t { Next, Stay };

  Progress run(const ScriptCommand& command, app::App& app, ScriptFingers& fingers,
               const app::FrameReport& report);
  Progress run_wait(const ScriptCommand& command, const app::App& app,
                    const ScriptFingers& fingers);
  Progress run_settle(const ScriptCommand& command, const app::FrameReport& report);
  Progress run_delivered(const ScriptCommand& command, app::App& app);
  Progress run_file(const ScriptCommand& command);
  Progress run_tap(const ScriptCommand& command, app::App& app, ScriptFingers& fingers);
  Progress run_two_tap(const ScriptCommand& command, ScriptFingers& fingers);
  Progress run_drag(const ScriptCommand& command, ScriptFingers& fingers);
  Progress run_expect(const ScriptCommand& command, const app::App& app,
                      const ScriptFingers& fingers);
  Progress run_screenshot(const ScriptCommand& command, const app::FrameReport& report);
  Progress fail(const ScriptCommand& command, const std::string& what);
  Progress fail_missing(const ScriptCommand& command, const app::App& app, const std::string& what);
  int64_t elapsed_us() const { return clock_.monotonic_us() - begun_us_; }

  const Script& script_;
  const std::string file_name_;
  const Clock& clock_;
  size_t at_ = 0;
  bool fresh_ = true;     // the command at at_ has not been run yet
  int64_t begun_us_ = 0;  // when it was
  uint32_t still_frames_ = 0;
  Vec2 tapped_;
  std::string screenshot_;
  std::string failure_;
};

}  // namespace vitrine
