// SPDX-License-Identifier: MIT
#include "native/kiosk/kiosk_staff.h"

#include <optional>
#include <string>
#include <utility>

#include "engine/base/json/json.h"
#include "engine/gfx/triangle_renderer.h"
#include "engine/input/staff_gesture.h"
#include "engine/staff/staff_panel.h"
#include "native/kiosk/kiosk_words.h"
#include "native/kiosk/staff_pin.h"
#include "native/worker.h"

namespace vitrine {
namespace {

constexpr int64_t kFactsUs = 1'000'000;

// The App's statistics, read once a second while somebody looks.
struct Figures {
  std::string campaign, problem, network, quality;
  int64_t waiting = 0, lost = 0, refused = 0;
  bool memory_only = false;
  std::optional<float> volume = {};
};

Figures read_figures(const app::App& app) {
  const std::string text = app.statistics_json();
  JsonDocument document;
  document.parse(text);
  const JsonValue root = document.root();
  const auto words = [&](const char* key) {
    return std::string(root.find(key).string().value_or(""));
  };
  const auto number = [&](const char* key) { return root.find(key).integer().value_or(0); };
  Figures figures{words("campaign"), words("campaign_problem"), words("network"),
                  std::string(app.quality().quality().name)};
  figures.waiting = number("outbox_rows");
  figures.lost = number("lost");
  figures.refused = number("quarantined");
  figures.memory_only = root.find("outbox_memory_only").boolean().value_or(false);
  if (words("audio") != audio_state_name(AudioState::Silent)) {
    figures.volume = static_cast<float>(number("volume")) / 100;
  }
  if (figures.quality == "full") figures.quality.clear();
  return figures;
}

}  // namespace

struct KioskStaff::State {
  State(GlyphSource& glyphs, app::App& the_app, const app::FrameStatistics& the_frames,
        KioskStaffOptions the_options, KioskActions the_actions)
      : app(the_app),
        frames(the_frames),
        options(std::move(the_options)),
        actions(std::move(the_actions)),
        panel(staff::StaffPanel::create(
            glyphs, options.is_chinese ? staff::Language::Chinese : staff::Language::English)) {}

  staff::Guard guard() const {
    if (!options.data.empty() && has_staff_pin(options.data)) return staff::Guard::Pin;
    return options.opens_without_pin ? staff::Guard::Open : staff::Guard::NoPin;
  }
  void open(int64_t now_us);
  void check_pin(std::string pin);
  void act(const staff::StaffRequest& request);
  void refresh(int64_t now_us);
  void look_again() { figures_us = 0; }
  staff::StaffFacts facts(int64_t now_us) const;

  app::App& app;
  const app::FrameStatistics& frames;
  const KioskStaffOptions options;
  const KioskActions actions;
  input::StaffGesture gesture;
  std::unique_ptr<staff::StaffPanel> panel;
  std::unique_ptr<gfx::TriangleRenderer> triangles;  // from the first time it is drawn
  Figures figures;
  Result<float> brightness = Status(StatusCode::NotFound, "");
  int64_t figures_us = 0;
  int64_t waiting_since_us = 0;  // 0: nothing waits
  int64_t now_us = 0;
  Worker worker;  // last: its jobs refer to the rest
};

// The gesture's own touches were a shopper's to the App: what they hold is let go.
void KioskStaff::State::open(int64_t at_us) {
  app.pause();
  app.resume();
  figures_us = 0;
  panel->open(guard(), at_us);
}

void KioskStaff::State::check_pin(std::string pin) {
  worker.post([this, pin = std::move(pin)]() -> Worker::Report {
    const bool is_right = check_staff_pin(options.data, pin);
    return [this, is_right] {
      panel->pin_checked(is_right, now_us);
      using Result = interactions::StaffPinEntered::Result;
      app.recorder().record(
          interactions::StaffPinEntered{.result = is_right ? Result::Right : Result::Wrong});
      if (!is_right) say("a wrong PIN was entered");
    };
  });
}

void KioskStaff::State::act(const staff::StaffRequest& request) {
  using Kind = staff::StaffRequest::Kind;
  switch (request.kind) {
    case Kind::CheckPin:
      return check_pin(request.text);
    case Kind::SetRotation:
      return actions.rotate(static_cast<uint8_t>(request.number));
    case Kind::SetVolume:
      actions.set_volume(request.number);
      return look_again();
    case Kind::SetBrightness:
      actions.set_brightness(request.number);
      return look_again();
    case Kind::Calibrate:
      return actions.calibrate();
    case Kind::Clean:
      return app.begin_cleaning();
    case Kind::ReloadCampaign:
      return actions.reload();
    case Kind::Restart:
      return actions.restart();
    case Kind::NextLanguage:
      return actions.next_language();
  }
}

void KioskStaff::State::refresh(int64_t at_us) {
  if (figures_us != 0 && at_us - figures_us < kFactsUs) return;
  figures_us = at_us;
  figures = read_figures(app);
  brightness = actions.brightness();
  if (figures.waiting == 0) waiting_since_us = 0;
  if (figures.waiting > 0 && waiting_since_us == 0) waiting_since_us = at_us;
}

staff::StaffFacts KioskStaff::State::facts(int64_t at_us) const {
  staff::StaffFacts facts{frames,          VITRINE_VERSION, options.device, figures.campaign,
                          figures.network, figures.problem, figures.quality};
  facts.rows_waiting = figures.waiting;
  facts.waiting_us = waiting_since_us == 0 ? 0 : at_us - waiting_since_us;
  facts.rows_lost = figures.lost;
  facts.rows_refused = figures.refused;
  facts.memory_only = figures.memory_only;
  facts.quarter_turns = actions.rotation();
  facts.volume = figures.volume;
  if (brightness.ok()) facts.brightness = brightness.value();
  if (brightness.status().code() == StatusCode::PermissionDenied) {
    facts.no_brightness = staff::Word::BacklightLocked;
  }
  return facts;
}

KioskStaff::KioskStaff(GlyphSource& glyphs, app::App& app, const app::FrameStatistics& frames,
                       KioskStaffOptions options, KioskActions actions)
    : state_(std::make_unique<State>(glyphs, app, frames, std::move(options), std::move(actions))) {
}

KioskStaff::~KioskStaff() = default;

void KioskStaff::resize(const app::Viewport& picture) {
  state_->gesture.resize(picture.size);
  state_->panel->resize(picture.size, picture.pixel_ratio);
}

bool KioskStaff::takes(const input::PointerEvent& event) {
  if (is_on_screen()) {
    state_->panel->handle(event);
    return true;
  }
  if (!state_->gesture.handle(event)) return false;
  // While the glass is wiped the gesture only says that it is dry.
  state_->app.is_cleaning() ? state_->app.end_cleaning() : state_->open(event.time_us);
  return true;
}

bool KioskStaff::is_on_screen() const {
  return state_->panel->is_on_screen();
}

std::optional<Rect> KioskStaff::find(std::string_view name) const {
  return state_->panel->find(name);
}

std::optional<Rect> KioskStaff::find_text(std::string_view words) const {
  return state_->panel->find_text(words);
}

void KioskStaff::draw(uint32_t framebuffer, int64_t now_us) {
  state_->now_us = now_us;
  state_->worker.poll();
  if (!is_on_screen()) return;
  if (!state_->triangles) {
    auto created = gfx::TriangleRenderer::create();
    if (!created.ok()) return;
    state_->triangles = std::move(created).value();
  }
  state_->refresh(now_us);
  state_->panel->frame(state_->facts(now_us), now_us);
  if (is_on_screen()) state_->panel->draw(*state_->triangles, framebuffer);
  while (const auto request = state_->panel->take_request()) state_->act(*request);
}

}  // namespace vitrine
