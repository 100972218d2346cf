// SPDX-License-Identifier: MIT
// The kiosk's turns: what comes in, what is drawn, what is told.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <utility>

#include "engine/base/json/json.h"
#include "native/kiosk/kiosk.h"
#include "native/kiosk/kiosk_words.h"
#include "native/kiosk/touch_device.h"

namespace vitrine {
namespace {

constexpr int64_t kLongestStepUs = 200'000;
constexpr int64_t kHiddenFrameUs = 100'000;
constexpr int64_t kTouchAgeUs = 2'000;  // while waiting: how old a touch may be when it is stamped
constexpr int kSettleLimit = 60;
constexpr int64_t kFinishLimitUs = 4'000'000;

bool has_field(const ui::SemanticTree& tree) {
  for (size_t i = 0; i < tree.size(); ++i) {
    if (tree[i].role == ui::Role::TextField && tree[i].can_focus()) return true;
  }
  return false;
}

std::string percent(double share) {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f %%", share * 100);
  return text;
}

}  // namespace

void Kiosk::on_pointer(const input::PointerEvent& event) {
  if (calibration_) return calibration_->handle(event);
  const input::PointerEvent touch = panel_.to_picture(event);
  if (touch.phase == input::PointerPhase::Down) frames_.touched(touch.time_us);
  if (!staff_ || !staff_->takes(touch)) app_->handle(touch);
}

void Kiosk::on_key(app::Key key) {
  const bool is_through = panel_.lets_key_through(system_clock_.monotonic_us());
  if (is_through && is_shoppers()) app_->handle(key);
}

void Kiosk::on_text(std::string_view utf8) {
  const bool is_through = panel_.lets_key_through(system_clock_.monotonic_us());
  if (is_through && is_shoppers()) app_->type(utf8);
}

bool Kiosk::is_shoppers() const {
  return !calibration_ && !is_panel_open();
}

void Kiosk::on_resize(const app::Viewport& viewport) {
  picture_ = panel_.resize(viewport);
  app_->resize(picture_);
  if (staff_) staff_->resize(picture_);
  if (calibration_) calibration_->resize(picture_, panel_.mapping());
}

// Nobody closes a shop's screen by a key; the service manager has its signals.
void Kiosk::on_quit() {
  if (options_.windowed || options_.is_batch()) quit_ = true;
}

void Kiosk::touch(uint32_t finger, input::PointerPhase phase, Vec2 position) {
  window_->inject_touch(finger, phase, panel_.mapping().to_window(position));
}

std::optional<Rect> Kiosk::find_on_panel(const ScriptTarget& target) const {
  return target.name.empty() ? staff_->find_text(target.label) : staff_->find(target.name);
}

void Kiosk::on_hidden(bool hidden) {
  hidden_ = hidden;
  if (hidden) app_->pause();
  frames_.pause();
  if (!hidden) app_->resume();
}

void Kiosk::show_new_campaign() {
  if (!feed_) return;
  feed_->poll(clock_.monotonic_us());
  if (const std::string problem = feed_->take_problem(); !problem.empty()) say(problem);
  // Nobody is thrown out for a new price; staff who stand at the panel see it at once.
  if (app_->session_id() != Id128() && !is_panel_open()) return;
  const std::optional<CampaignText> campaign = feed_->take();
  if (!campaign) return;
  seams_.assets().set_source(campaign->root, campaign->url_prefix);
  const Status shown = app_->show_campaign(campaign->json, campaign->file_name);
  feed_->set_verdict(*campaign, shown.ok());
  if (shown.ok()) campaign_json_ = campaign->json;
  campaign_problem_ = shown.message();
  if (shown.ok()) return;
  std::fprintf(stderr, "%s\n", campaign_problem_.c_str());
}

// With fixed steps every result that a thread owes is awaited, so that it arrives in the same frame
// on every machine.
void Kiosk::advance_clock() {
  if (has_system_clock()) return;
  seams_.drain();
  virtual_clock_.advance(step_us_);
}

void Kiosk::watch_clock() {
  if (!has_system_clock()) return;
  const std::optional<int64_t> jump = clock_watch_.take_jump(line_clock_.jump_ms());
  if (!jump) return;
  say("the clock was set: " + std::to_string(*jump) + " ms from the times of this start");
  app_->recorder().record(interactions::ClockSet{.shift_ms = *jump});
}

void Kiosk::draw_frame() {
  show_new_campaign();
  advance_clock();
  watch_clock();
  if (const std::string problem = seams_.take_sound_problem(); !problem.empty()) say(problem);
  if (const std::string news = seams_.store().take_news(); !news.empty()) say(news);
  window_->pump(*this);
  app_->poll();
  if (!hidden_) draw_picture();
}

void Kiosk::draw_picture() {
  const uint32_t screen = panel_.screen();
  if (!calibration_) {
    app_->set_screen(screen);
    report_ = app_->frame();
    panel_.let_text_in(has_field(app_->semantics()));
    if (staff_) staff_->draw(screen, clock_.monotonic_us());
    return;
  }
  calibration_->frame(screen, clock_.monotonic_us());
  if (calibration_->flow().state() != CalibrationFlow::State::Tapping) end_calibration();
}

KioskActions Kiosk::staff_actions() {
  KioskActions actions;
  actions.rotation = [this] { return panel_.mapping().quarter_turns; };
  actions.rotate = [this](uint8_t quarter_turns) { rotate(quarter_turns); };
  actions.set_volume = [this](float level) { set_volume(level); };
  actions.brightness = [this] { return backlight_.level(); };
  actions.set_brightness = [this](float level) {
    const Status status = backlight_.set_level(level);
    if (!status.ok()) say(status.message());
  };
  actions.calibrate = [this] { begin_calibration(); };
  actions.reload = [this] {
    if (feed_) feed_->start_over();
  };
  actions.restart = [this] { quit_ = true; };
  actions.next_language = [this] {
    const std::string text = app_->statistics_json();
    JsonDocument statistics;
    statistics.parse(text);
    const bool is_english = statistics.root().find("language").string() == "en";
    app_->set_language(is_english ? "zh" : "en");
  };
  return actions;
}

Status Kiosk::keep(const PanelSettings& settings) {
  panel_.set_settings(settings);
  return options_.data.empty() ? Status() : save_panel_settings(options_.data, settings);
}

void Kiosk::keep_or_say(const PanelSettings& settings) {
  const Status saved = keep(settings);
  if (!saved.ok()) say(saved.message());
}

void Kiosk::rotate(uint8_t quarter_turns) {
  PanelSettings settings = panel_.settings();
  settings.quarter_turns = quarter_turns;
  keep_or_say(settings);
  on_resize(window_->viewport());
}

void Kiosk::set_volume(float level) {
  PanelSettings settings = panel_.settings();
  settings.volume = static_cast<double>(nearest_int(level * 100)) / 100;
  keep_or_say(settings);
  app_->set_volume(nearest_int(level * 100));
}

// For how long calibrations have been on screen; the scenes stand still meanwhile.
int64_t Kiosk::calibrated_us() const {
  const int64_t now_us = clock_.monotonic_us();
  return calibrated_us_ + (calibration_ ? now_us - calibration_since_us_ : 0);
}

void Kiosk::begin_calibration() {
  app_->pause();
  calibration_since_us_ = clock_.monotonic_us();
  calibration_.emplace(gfx::RendererSeams::of(*platform_), clock_.monotonic_us());
  calibration_->resize(picture_, panel_.mapping());
}

void Kiosk::end_calibration() {
  const CalibrationFlow& flow = calibration_->flow();
  Status status(StatusCode::Unavailable,
                "nobody tapped the targets for a minute: the calibration before stays");
  if (flow.state() == CalibrationFlow::State::Done) {
    PanelSettings settings = panel_.settings();
    const std::string device = touch_device_name(flow.device());
    settings.set_matrix(device, flow.calibration().matrix);
    status = keep(settings);
    if (status.ok()) say(device + " is calibrated, misses " + percent(flow.calibration().error));
  }
  if (!status.ok()) say(status.message());
  calibrated_us_ = calibrated_us();
  calibration_.reset();
  if (!options_.calibrates()) return app_->resume();
  quit_ = true;
  if (!status.ok()) end_.code = KioskExit::Failed;
}

Status Kiosk::turn(const std::string& screenshot) {
  draw_frame();
  if (hidden_) return {};
  Status status;
  if (!screenshot.empty()) {
    const Result<Image> picture = app_->read_pixels();
    status = picture.ok() ? write_png(picture.value(), screenshot) : picture.status();
  }
  panel_.present(clock_.monotonic_us());
  window_->swap();
  frame_is_shown();
  return status;
}

// By the system's clock, whatever clock the scenes have: a service manager's patience is real, and
// so is the time a start has lived.
void Kiosk::frame_is_shown() {
  const int64_t now_us = system_clock_.monotonic_us();
  if (starts_) starts_->frame_shown(now_us);
  if (feed_) feed_->frame_shown(now_us);
  frames_.frame_shown(clock_.monotonic_us());
  service_->frame_shown(report_.scenes_us + calibrated_us(), now_us);
  if (service_->wants_text(now_us)) service_->set_text(service_text(*app_), now_us);
}

// Frames are dear without a GPU, so what one asked for is awaited before the next is drawn: first
// the drawing's text comes, then its pixels.
Result<Image> Kiosk::still_picture() {
  for (int i = 0; i < kSettleLimit; ++i) {
    draw_frame();
    if (report_.pending_images == 0 && report_.pending_glyphs == 0) {
      Result<Image> picture = app_->read_pixels();
      window_->swap();
      return picture;
    }
    window_->swap();
    for (int step = 0; step < 2; ++step) {
      seams_.drain();
      app_->poll();
    }
  }
  return Status(StatusCode::Unavailable,
                std::to_string(report_.pending_images) + " pictures of the campaign did not come");
}

void Kiosk::advance(int64_t microseconds) {
  const int64_t usual_us = step_us_;
  for (int64_t left = microseconds; left > 0; left -= kLongestStepUs) {
    step_us_ = std::min(left, kLongestStepUs);
    draw_frame();
    window_->swap();
  }
  step_us_ = usual_us;
}

void Kiosk::touch(input::PointerPhase phase, Vec2 position) {
  window_->inject_touch(1, phase, position);
}

// By the clock, never by the display: an off-screen or broken one does not wait at all.
void Kiosk::wait_for_next_frame() {
  if (!has_system_clock()) return;
  const int64_t now = clock_.monotonic_us();
  const int64_t step = hidden_ ? kHiddenFrameUs : options_.frame_us();
  next_frame_us_ = std::max(next_frame_us_ + step, now);
  for (int64_t left = next_frame_us_ - now; left > 0;
       left = next_frame_us_ - clock_.monotonic_us()) {
    std::this_thread::sleep_for(std::chrono::microseconds(std::min(left, kTouchAgeUs)));
    window_->collect();
  }
}

KioskEnd Kiosk::run(const std::atomic<bool>& stop) {
  uint32_t frames = 0;
  KioskEnd& end = end_;
  while (!stop && !quit_) {
    if (runner_) {
      const ScriptState state = runner_->step(*app_, *this, report_);
      if (state == ScriptState::Failed) end = {KioskExit::ScriptFailed, runner_->failure()};
      if (state != ScriptState::Running) quit_ = true;
    }
    ++frames;
    if (options_.frames != 0 && frames >= options_.frames) quit_ = true;
    std::string picture = runner_ ? runner_->take_screenshot_request() : "";
    if (quit_ && picture.empty()) picture = options_.screenshot;
    const Status status = turn(picture);
    if (!status.ok()) end = KioskEnd::of(KioskExit::Failed, status);
    if (end.code != KioskExit::Ok) break;
    if (!quit_) wait_for_next_frame();
  }
  if (end.code == KioskExit::Ok && options_.is_batch() && !campaign_problem_.empty()) {
    end = {KioskExit::BadCampaign, "the campaign is broken"};
  }
  finish();
  if (options_.is_batch()) print_statistics();
  return end;
}

// How smooth it was and how soon it answered, as the service panel shows it; then the App's.
void Kiosk::print_statistics() const {
  std::printf("%s\n", frames_json(frames_).c_str());
  std::printf("%s\n", app_->statistics_json().c_str());
}

void Kiosk::finish() {
  service_->stopping();
  app_->pause();
  const int64_t end = system_clock_.monotonic_us() + kFinishLimitUs;
  JsonDocument statistics;
  while (system_clock_.monotonic_us() < end) {
    seams_.store().drain();
    app_->poll();
    const std::string text = app_->statistics_json();
    statistics.parse(text);
    if (statistics.root().find("outbox_unstored").integer().value_or(0) == 0) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  if (starts_) starts_->end_well();
}

}  // namespace vitrine
