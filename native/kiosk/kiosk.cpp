// SPDX-License-Identifier: MIT
#include "native/kiosk/kiosk.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>
#include <utility>

#include "engine/base/json/json.h"
#include "native/font_files.h"
#include "scenes/scenes.h"

namespace vitrine {
namespace {

constexpr int64_t kFrameUs = 16'667;
constexpr int64_t kHiddenFrameUs = 100'000;
constexpr int kSettleLimit = 60;
constexpr int64_t kFinishLimitUs = 4'000'000;

// Neither an X server nor Wayland nor a screen of its own to draw on.
bool has_display() {
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return true;
  }
  std::error_code error;
  return std::filesystem::exists("/dev/dri/card0", error);
}

app::WindowMode window_mode(const KioskOptions& options) {
  const bool asked = !options.shots.empty();
  if (asked || (options.is_batch() && !has_display())) return app::WindowMode::Offscreen;
  return options.windowed || options.is_batch() ? app::WindowMode::Windowed
                                                : app::WindowMode::FullScreen;
}

void say(const std::string& words) {
  std::fprintf(stderr, "vitrine-kiosk: %s\n", words.c_str());
}

KioskEnd failed(KioskExit code, const Status& status) {
  return {code, status.message()};
}

Result<std::string> read_text(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return Status{StatusCode::NotFound, file + ": cannot be read"};
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

// What `systemctl status` shows.
std::string service_text(const app::App& app) {
  const std::string text = app.statistics_json();
  JsonDocument statistics;
  statistics.parse(text);
  const auto words = [&](const char* key) {
    return std::string(statistics.root().find(key).string().value_or(""));
  };
  const std::string campaign = words("campaign");
  std::string line = campaign.empty() ? "no campaign" : "shows " + campaign;
  if (const std::string problem = words("campaign_problem"); !problem.empty()) {
    line += " (a newer one is refused: " + problem + ")";
  }
  line += ", network " + words("network") + ", " +
          std::to_string(statistics.root().find("outbox_rows").integer().value_or(0)) +
          " rows wait";
  if (statistics.root().find("outbox_memory_only").boolean().value_or(false)) {
    line += " in memory only: the disk takes nothing";
  }
  return line;
}

}  // namespace

Kiosk::Kiosk(const KioskOptions& options)
    : options_(options),
      clock_(options.frames != 0 || !options.shots.empty() ? static_cast<Clock&>(virtual_clock_)
                                                           : system_clock_) {}

Kiosk::~Kiosk() = default;

KioskEnd Kiosk::start() {
  ServiceNotifier notifier = ServiceNotifier::from_environment();  // before there are threads
  const Status script = load_script();
  if (!script.ok()) return failed(KioskExit::Usage, script);
  const Status data = open_data();
  if (!data.ok()) return failed(KioskExit::DataDir, data);
  service_.emplace(std::move(notifier), seams_.store());
  KioskEnd end = open_network();
  if (end.code == KioskExit::Ok) end = open_window();
  if (end.code != KioskExit::Ok && starts_) starts_->take_back();
  if (end.code != KioskExit::Ok) return end;
  create_app();
  return {};
}

Status Kiosk::open_data() {
  const Status opened = seams_.open_data(options_.data);
  if (!opened.ok() || !options_.counts_starts()) return opened;
  starts_.emplace(seams_.data_dir()->path(), options_.good_after_us());
  const Status counted = starts_->begin();
  if (!counted.ok()) say("this start is not counted: " + counted.message());
  step_ = step_after(starts_->short_starts());
  return {};
}

Status Kiosk::load_script() {
  if (options_.script.empty()) return {};
  const Result<std::string> text = read_text(options_.script);
  if (!text.ok()) return text.status();
  Result<Script> script = parse_script(text.value(), options_.script);
  if (!script.ok()) return script.status();
  script_ = std::move(script).value();
  runner_.emplace(script_, options_.script, clock_);
  return {};
}

KioskEnd Kiosk::open_network() {
  if (!options_.offline) {
    const Status opened = seams_.open_network(options_.server, options_.ca);
    if (!opened.ok()) return failed(KioskExit::Failed, opened);
  }
  if (!options_.enrol.empty()) {
    const Status enrolled = seams_.enrol_with(options_.enrol);
    if (!enrolled.ok()) return failed(KioskExit::NotEnrolled, enrolled);
  }
  const Status identity = seams_.load_identity();
  if (!identity.ok() && !options_.offline) say(identity.message());
  return {};
}

KioskEnd Kiosk::open_window() {
  const auto folder =
      options_.fonts.empty() ? default_font_folder() : std::filesystem::path(options_.fonts);
  const Status fonts = seams_.open_fonts(folder);
  if (!fonts.ok()) return failed(KioskExit::Failed, fonts);

  Result<std::unique_ptr<CampaignFeed>> feed = CampaignFeed::open(
      {options_.campaign, options_.data, step_, options_.good_after_us()}, seams_.client());
  if (!feed.ok()) return failed(KioskExit::Usage, feed.status());
  feed_ = std::move(feed).value();

  app::WindowOptions window;
  window.mode = window_mode(options_);
  window.width = options_.width;
  window.height = options_.height;
  window.pixel_ratio = options_.pixel_ratio;
  window.show_cursor = options_.windowed;
  Result<std::unique_ptr<app::SdlWindow>> opened = app::SdlWindow::open(window, clock_);
  if (!opened.ok()) return failed(KioskExit::Failed, opened.status());
  window_ = std::move(opened).value();
  return {};
}

void Kiosk::create_app() {
  app::AppOptions app;
  app.device = seams_.identity().device();
  app.language = options_.language;
  app.mode = options_.mode;
  app.build = VITRINE_VERSION;
  app.seed = options_.seed;
  app.online = !options_.offline;
  if (options_.outbox_rows != 0) app.outbox_rows = options_.outbox_rows;
  app.reduced_motion = options_.reduced_motion;
  app.fixed_quality = options_.is_batch();
  app_ = app::App::create(seams_.platform(clock_), app, scenes::all_kinds());
  record_unclean_end();
  app_->context_created();
  app_->resize(window_->viewport());
  tell_of_fallback();
}

void Kiosk::record_unclean_end() {
  if (seams_.data_dir() == nullptr) return;
  session_file_ = std::make_unique<SessionFile>(seams_.data_dir()->path());
  const std::optional<app::OpenSession> left = session_file_->load();
  if (left) app_->record_unclean_end(*left);
}

void Kiosk::tell_of_fallback() {
  if (step_ == StartStep::Usual) return;
  using Step = interactions::StartFellBack::Step;
  const bool plain = step_ == StartStep::Plain;
  const uint32_t count = starts_->short_starts();
  app_->recorder().record(
      interactions::StartFellBack{.step = plain ? Step::Plain : Step::LastGood,
                                  .short_starts = std::min<int64_t>(count, 1'000'000)});
  std::string words = "The last " + std::to_string(count) + " starts ended within " +
                      std::to_string(options_.good_after_us() / 1'000'000) + " s. ";
  words += plain
               ? "No campaign is shown until another one is published. Staff: restart this screen "
                 "to try again, or publish a campaign that is mended."
               : "The campaign that last stayed on screen is shown.";
  say(words);
  if (plain) app_->show_problem("restart_loop", words);
}

void Kiosk::on_hidden(bool hidden) {
  hidden_ = hidden;
  if (hidden) app_->pause();
  if (!hidden) app_->resume();
}

void Kiosk::show_new_campaign() {
  feed_->poll(clock_.monotonic_us());
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
  if (&clock_ != &virtual_clock_) return;
  seams_.drain();
  virtual_clock_.advance(kFrameUs);
}

void Kiosk::draw_frame() {
  show_new_campaign();
  if (session_file_ != nullptr) session_file_->follow(*app_);
  advance_clock();
  window_->pump(*this);
  if (hidden_) {
    app_->poll();
  } else {
    report_ = app_->frame();
  }
}

Status Kiosk::turn(const std::string& screenshot) {
  draw_frame();
  if (hidden_) return {};
  Status status;
  if (!screenshot.empty()) {
    const Result<Image> picture = app_->read_pixels();
    status = picture.ok() ? write_png(picture.value(), screenshot) : picture.status();
  }
  window_->swap();
  frame_is_shown();
  return status;
}

// By the system's clock, whatever clock the scenes have: a service manager's patience is real, and
// so is the time a start has lived.
void Kiosk::frame_is_shown() {
  const int64_t now_us = system_clock_.monotonic_us();
  if (starts_) starts_->frame_shown(now_us);
  feed_->frame_shown(now_us);
  service_->frame_shown(report_.scenes_us, now_us);
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

// By the clock, never by the display: an off-screen or broken one does not wait at all.
void Kiosk::wait_for_next_frame() {
  if (&clock_ == &virtual_clock_) return;
  const int64_t now = clock_.monotonic_us();
  const int64_t step = hidden_ ? kHiddenFrameUs : kFrameUs;
  next_frame_us_ = std::max(next_frame_us_ + step, now);
  if (next_frame_us_ > now) {
    std::this_thread::sleep_for(std::chrono::microseconds(next_frame_us_ - now));
  }
}

KioskEnd Kiosk::run(const volatile bool& stop) {
  uint32_t frames = 0;
  KioskEnd end;
  while (!stop && !quit_) {
    if (runner_) {
      const ScriptState state = runner_->step(*app_, *window_, report_);
      if (state == ScriptState::Failed) end = {KioskExit::ScriptFailed, runner_->failure()};
      if (state != ScriptState::Running) quit_ = true;
    }
    ++frames;
    if (options_.frames != 0 && frames >= options_.frames) quit_ = true;
    std::string picture = runner_ ? runner_->take_screenshot_request() : "";
    if (quit_ && picture.empty()) picture = options_.screenshot;
    const Status status = turn(picture);
    if (!status.ok()) end = failed(KioskExit::Failed, status);
    if (end.code != KioskExit::Ok) break;
    if (!quit_) wait_for_next_frame();
  }
  if (end.code == KioskExit::Ok && options_.is_batch() && !campaign_problem_.empty()) {
    end = {KioskExit::BadCampaign, "the campaign is broken"};
  }
  finish();
  if (options_.is_batch()) std::printf("%s\n", app_->statistics_json().c_str());
  return end;
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
