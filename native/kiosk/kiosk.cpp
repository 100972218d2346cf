// SPDX-License-Identifier: MIT
#include "native/kiosk/kiosk.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <utility>

#include "native/font_files.h"
#include "native/kiosk/kiosk_words.h"
#include "scenes/scenes.h"

namespace vitrine {
namespace {

constexpr int64_t kBuiltMs = int64_t{VITRINE_BUILT_S} * 1000;

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

Result<std::string> read_script(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::stringstream text;
  // A folder can be opened, and not read.
  if (stream.peek() != std::ifstream::traits_type::eof()) text << stream.rdbuf();
  if (!stream.is_open() || stream.bad()) {
    return Status{StatusCode::NotFound, "--script " + file +
                                            ": cannot be read; give a file of commands as "
                                            "docs/kiosk.md lists them"};
  }
  return text.str();
}

}  // namespace

Kiosk::Kiosk(const KioskOptions& options)
    : options_(options),
      line_clock_(system_clock_, kBuiltMs),
      clock_(options.frames != 0 || !options.shots.empty() ? static_cast<Clock&>(virtual_clock_)
                                                           : line_clock_),
      clock_watch_(kBuiltMs),
      backlight_(options.backlight.empty() ? Backlight() : Backlight(options.backlight)) {}

Kiosk::~Kiosk() = default;

KioskEnd Kiosk::start() {
  ServiceNotifier notifier = ServiceNotifier::from_environment();  // before there are threads
  const Status script = load_script();
  if (!script.ok()) return KioskEnd::of(KioskExit::Usage, script);
  const Status data = open_data();
  if (!data.ok()) return KioskEnd::of(KioskExit::DataDir, data);
  service_.emplace(std::move(notifier), seams_.store());
  KioskEnd end;
  if (!options_.calibrates()) end = open_network();
  if (end.code == KioskExit::Ok && !options_.calibrates()) end = open_campaign();
  if (end.code == KioskExit::Ok) end = open_window();
  if (end.code != KioskExit::Ok && starts_) starts_->take_back();
  if (end.code != KioskExit::Ok) return end;
  open_sound();
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
  const Result<std::string> text = read_script(options_.script);
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
    if (!opened.ok()) return KioskEnd::of(KioskExit::Failed, opened);
  }
  if (!options_.enrol.empty()) {
    const Status enrolled = seams_.enrol_with(options_.enrol);
    if (!enrolled.ok()) return KioskEnd::of(KioskExit::NotEnrolled, enrolled);
  }
  const Status identity = seams_.load_identity();
  if (!identity.ok() && !options_.offline) say(identity.message());
  return {};
}

KioskEnd Kiosk::open_campaign() {
  Result<std::unique_ptr<CampaignFeed>> feed = CampaignFeed::open(
      {options_.campaign, options_.data, step_, options_.good_after_us()}, seams_.client());
  if (!feed.ok()) return KioskEnd::of(KioskExit::Usage, feed.status());
  feed_ = std::move(feed).value();
  return {};
}

KioskEnd Kiosk::open_window() {
  const auto folder =
      options_.fonts.empty() ? default_font_folder() : std::filesystem::path(options_.fonts);
  const Status fonts = seams_.open_fonts(folder);
  if (!fonts.ok()) return KioskEnd::of(KioskExit::Failed, fonts);
  panel_.load(options_);

  app::WindowOptions window;
  window.mode = window_mode(options_);
  window.width = options_.width;
  window.height = options_.height;
  window.pixel_ratio = options_.pixel_ratio;
  window.show_cursor = options_.windowed;
  Result<std::unique_ptr<app::SdlWindow>> opened = app::SdlWindow::open(window, clock_);
  if (!opened.ok()) return KioskEnd::of(KioskExit::Failed, opened.status());
  window_ = std::move(opened).value();
  const Status panel = panel_.open(window.mode == app::WindowMode::FullScreen);
  return panel.ok() ? KioskEnd{} : KioskEnd::of(KioskExit::Failed, panel);
}

// Nobody listens to a batch run, and its clock is not a loudspeaker's.
void Kiosk::open_sound() {
  const bool is_silent = options_.is_batch() && options_.sounds.empty();
  if (options_.mute || is_silent || options_.calibrates()) return;
  const auto folder =
      options_.sounds.empty() ? program_folder("sounds") : std::filesystem::path(options_.sounds);
  seams_.open_sound(folder, clock_);
}

void Kiosk::create_app() {
  app::AppOptions app;
  app.language = options_.language;
  app.mode = options_.mode;
  app.build = VITRINE_VERSION;
  app.seed = options_.seed;
  app.online = !options_.offline && !options_.calibrates();
  app.claim_role = claim::Role::Screen;
  if (app.online) app.page_root = ServerAddress::parse(options_.server).value().page_root();
  if (options_.outbox_rows != 0) app.outbox_rows = options_.outbox_rows;
  app.panel = panel_.size();
  app.switches = options_.switches;
  app.preferences.set(ui::Preference::ReducedMotion, options_.reduced_motion);
  app.frame_rate = options_.frame_rate;
  app.fixed_quality = options_.is_batch();
  app.volume = options_.volume;
  if (const auto volume = panel_.settings().volume; volume && !app.volume) {
    app.volume = nearest_int(static_cast<float>(*volume) * 100);
  }
  platform_.emplace(seams_.platform(clock_));
  app_ = app::App::create(*platform_, app, scenes::all_kinds());
  if (!options_.calibrates() && options_.shots.empty()) {
    staff_.emplace(platform_->glyphs, *app_, frames_,
                   KioskStaffOptions{options_.data, options_.windowed && options_.dev,
                                     options_.language != "en", seams_.identity().device()},
                   staff_actions());
  }
  app_->context_created();
  on_resize(window_->viewport());
  tell_of_fallback();
  tell_of_clock();
  if (options_.calibrates()) begin_calibration();
}

// A clock that a script moves is nobody's to set.
void Kiosk::tell_of_clock() {
  if (!has_system_clock() || !clock_watch_.is_unknown(clock_.wall_ms())) return;
  say("the clock shows a time before this program was made: set it, or wait for the network's");
  app_->recorder().record(interactions::ClockUnknown{});
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

}  // namespace vitrine
