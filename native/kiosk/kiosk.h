// SPDX-License-Identifier: MIT
// One screen: the seams, the window, the App and the loop between them.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/app/app.h"
#include "engine/app/frame_statistics.h"
#include "engine/app/sdl_window.h"
#include "native/kiosk/backlight.h"
#include "native/kiosk/calibration_screen.h"
#include "native/kiosk/campaign_feed.h"
#include "native/kiosk/clock_watch.h"
#include "native/kiosk/kiosk_panel.h"
#include "native/kiosk/kiosk_seams.h"
#include "native/kiosk/kiosk_staff.h"
#include "native/kiosk/options.h"
#include "native/kiosk/script_runner.h"
#include "native/kiosk/service_life.h"
#include "native/kiosk/start_history.h"
#include "native/system_clock.h"

namespace vitrine {

// Why it ended, and what to print.
struct KioskEnd {
  KioskExit code = KioskExit::Ok;
  std::string message;

  static KioskEnd of(KioskExit code, const Status& status) { return {code, status.message()}; }
};

class Kiosk : private app::WindowSink, private ScriptFingers {
 public:
  explicit Kiosk(const KioskOptions& options);
  ~Kiosk() override;

  // Opens everything, in the order in which it can fail cheaply. Main thread.
  KioskEnd start();
  // Runs until script, frame count, window or `stop` ends it; then commits the outbox.
  KioskEnd run(const std::atomic<bool>& stop);

  app::App& app() { return *app_; }
  // The campaign shown; "" before there is one.
  const std::string& campaign_json() const { return campaign_json_; }
  // One turn of the loop. The picture goes to `screenshot` unless that is "".
  Status turn(const std::string& screenshot);
  // Turns until nothing is missing from the frame and gives its pixels. Unavailable when pictures
  // do not come. Expects: a clock of fixed steps (--shots).
  Result<Image> still_picture();
  // Moves the clock on by so much, in turns of at most a fifth of a second. Expects: as above.
  void advance(int64_t microseconds);
  // A finger on the screen, delivered by the next turn.
  void touch(input::PointerPhase phase, Vec2 position);
  // Commits what was recorded; waits for the disk, at most a few seconds.
  void finish();

 private:
  void on_pointer(const input::PointerEvent& event) override;
  void on_key(app::Key key) override;
  void on_key_up(app::Key key) override { app_->key_up(key); }
  void on_text(std::string_view utf8) override;
  void on_resize(const app::Viewport& viewport) override;
  void on_hidden(bool hidden) override;
  void on_quit() override;
  void touch(uint32_t finger, input::PointerPhase phase, Vec2 position) override;
  bool is_panel_open() const override { return staff_ && staff_->is_on_screen(); }
  std::optional<Rect> find_on_panel(const ScriptTarget& target) const override;

  Status open_data();
  KioskEnd open_network();
  KioskEnd open_campaign();
  KioskEnd open_window();
  void open_sound();
  void create_app();
  void tell_of_clock();
  void tell_of_fallback();
  Status load_script();
  void show_new_campaign();
  void draw_frame();
  // Whether keys are for the scenes: nothing of the staff is over them.
  bool is_shoppers() const;
  void draw_picture();
  // False where frames are exact steps.
  bool has_system_clock() const { return &clock_ != &virtual_clock_; }
  void advance_clock();
  void watch_clock();
  void frame_is_shown();
  void print_statistics() const;
  KioskActions staff_actions();
  // In force and, with a data folder, on the disk.
  Status keep(const PanelSettings& settings);
  void keep_or_say(const PanelSettings& settings);
  void set_volume(float level);
  void rotate(uint8_t quarter_turns);
  int64_t calibrated_us() const;
  void begin_calibration();
  void end_calibration();
  void wait_for_next_frame();

  const KioskOptions options_;
  SystemClock system_clock_;
  LineClock line_clock_;
  VirtualClock virtual_clock_;
  Clock& clock_;
  ClockWatch clock_watch_;
  KioskSeams seams_;
  KioskPanel panel_;
  const Backlight backlight_;
  std::optional<ServiceLife> service_;  // once the store is open
  std::optional<StartHistory> starts_;  // where starts are counted
  StartStep step_ = StartStep::Usual;
  std::unique_ptr<CampaignFeed> feed_;  // null while nothing but the panel is looked after
  std::unique_ptr<app::SdlWindow> window_;
  std::optional<Platform> platform_;  // what the App was made of
  std::unique_ptr<app::App> app_;
  app::FrameStatistics frames_{options_.frame_us()};
  std::optional<KioskStaff> staff_;
  std::optional<CalibrationScreen> calibration_;  // over the App while it is there
  int64_t calibration_since_us_ = 0;
  int64_t calibrated_us_ = 0;  // of those before
  app::Viewport picture_;      // the App's
  Script script_;
  std::optional<ScriptRunner> runner_;
  app::FrameReport report_;
  std::string campaign_json_;
  std::string campaign_problem_;
  KioskEnd end_;
  int64_t next_frame_us_ = 0;
  int64_t step_us_ = 16'667;  // of the clock of fixed steps, a turn
  bool hidden_ = false;
  bool quit_ = false;
};

}  // namespace vitrine
