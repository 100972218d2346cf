// SPDX-License-Identifier: MIT
#include "wasm/page_shell.h"

#include <string>
#include <utility>

#include "scenes/scenes.h"
#include "wasm/js_calls.h"

namespace vitrine::wasm {
namespace {

constexpr const char* kCampaignFile = "campaign.json";
constexpr int64_t kRetryUs = 3'000'000;
constexpr int64_t kReportUs = 250'000;
// Of a heap of 32 MiB that does not grow; the outbox of a tab that ended is held beside its own.
constexpr size_t kOutboxBytes = 4 * 1024 * 1024;

// As the browser says; the shopper's own choice is the App's.
ui::Preferences system_preferences() {
  const auto asked = [](const char* option) { return page_option(option) == "1"; };
  return ui::Preferences()
      .with(ui::Preference::ReducedMotion, asked("reducedMotion"))
      .with(ui::Preference::HighContrast, asked("highContrast"))
      .with(ui::Preference::LargeText, asked("largeText"));
}

app::AppOptions app_options() {
  app::AppOptions options;
  options.language = page_option("language");
  options.build = page_option("build");
  if (const std::string mode = page_option("mode"); !mode.empty()) options.mode = mode;
  options.preferences = system_preferences();
  const std::string switches = page_option("switches");
  if (switches == "one") options.switches.mode = input::SwitchMode::One;
  if (switches == "two") options.switches.mode = input::SwitchMode::Two;
  options.outbox_bytes = kOutboxBytes;
  options.claim_role = claim::Role::Phone;
  options.statistics_refused = page_option("refuses") == "1";
  options.whole = false;
  return options;
}

telemetry::OutboxOptions orphan_options() {
  telemetry::OutboxOptions options;
  options.build = page_option("build");
  options.max_bytes = kOutboxBytes;
  return options;
}

}  // namespace

PageShell::PageShell() = default;
PageShell::~PageShell() = default;

bool PageShell::start() {
  app_ = app::App::create(platform_, app_options(), scenes::all_kinds());
  auto window = app::SdlWindow::open({}, clock_);
  if (!window.ok()) {
    vitrine_js_page_give_up("webgl2", "");  // the rest is for who runs a kiosk
    return false;
  }
  window_ = std::move(window.value());
  orphans_ = std::make_unique<OrphanSender>(platform_, orphan_options());
  app_->context_created();
  vitrine_js_page_watch();
  on_resize(window_->viewport());  // laid out for another size, a campaign asks for fonts in vain
  request_campaign();
  return true;
}

void PageShell::request_campaign() {
  retry_at_us_ = 0;
  assets_.request(kCampaignFile, [this](Result<std::string> json) {
    if (!whole_ && json.ok()) first_shown_ = json.value();
    show_campaign(json);
  });
}

// The network may come back; a campaign that is wrong stays wrong, and the App says so.
void PageShell::show_campaign(const Result<std::string>& json) {
  if (!json.ok()) {
    if (json.status().code() == StatusCode::Unavailable) {
      retry_at_us_ = clock_.monotonic_us() + kRetryUs;
      return;
    }
    return vitrine_js_page_give_up("campaign", json.status().to_string().c_str());
  }
  // Shown either way: what is wrong with a campaign the App draws itself.
  const Status shown = app_->show_campaign(json.value(), kCampaignFile);
  campaign_came_ = shown.code() != StatusCode::Unavailable;
  waiting_campaign_ = campaign_came_ ? std::string() : json.value();
}

// The engine's last part (wasm/cut_engine.py) fills its places of the function table by itself, at
// any moment between two frames. While it is lost (page/parts.js) the first screen goes on; only
// who waits for more, or for a picture at all, is told.
void PageShell::follow_arrival() {
  if (!late_) late_ = page_option("late") == "1";
  if (whole_) return;
  const std::string rest = page_option("whole");
  if (rest == "lost" && (!campaign_came_ || app_->wish_waits())) {
    vitrine_js_page_give_up("network", "");
  }
  if (rest != "1") return;
  whole_ = true;
  app_->set_whole();
  if (!waiting_campaign_.empty()) show_campaign(std::exchange(waiting_campaign_, {}));
  if (page_option("builtIn") == "1") compare_campaign();
}

// What is built into the page was shown without asking anybody; its host may have changed it since,
// or taken it away. Nobody is thrown out for that.
void PageShell::compare_campaign() {
  assets_.request(kCampaignFile, [this](Result<std::string> json) {
    is_stale_ =
        json.ok() ? json.value() != first_shown_ : json.status().code() == StatusCode::NotFound;
    first_shown_ = {};
  });
}

void PageShell::frame() {
  if (hidden_ || !context_) return poll();
  // Until there is a campaign the page's own words stand there: nothing is drawn over them, and the
  // first frame has the processor for itself.
  if (!campaign_came_) {
    poll();
    if (!campaign_came_) return;
  }
  follow_arrival();
  if (is_stale_ && app_->session_id() == Id128()) {
    is_stale_ = false;
    request_campaign();
  }
  window_->pump(*this);
  poll_seams();
  const app::FrameReport report_of_frame = app_->frame();
  dom_.sync(app_->semantics(), clock_.monotonic_us());
  tell_words();
  ++frames_;
  if (!ready_) {
    ready_ = true;
    vitrine_js_page_ready();
  }
  if (retry_at_us_ != 0 && clock_.monotonic_us() >= retry_at_us_) request_campaign();
  if (late_) report(report_of_frame);
}

void PageShell::tell_words() {
  const std::string_view language = app_->language();
  if (language == language_) return;
  language_ = language;
  const std::string_view title = app_->title();
  vitrine_js_page_words(language.data(), language.size(), title.data(), title.size());
}

// Before the engine's late part is there it only waits for a campaign: the rest would call that
// part, and keep the first picture back.
void PageShell::poll_seams() {
  if (late_) {
    look_for_invitation();
    app_->poll();
    orphans_->poll();
  } else if (!campaign_came_) {
    assets_.poll();
  }
}

void PageShell::poll() {
  follow_arrival();
  poll_seams();
  if (retry_at_us_ != 0 && clock_.monotonic_us() >= retry_at_us_) request_campaign();
  if (late_) report({});
}

void PageShell::look_for_invitation() {
  if (const std::string invitation = take_invitation(); !invitation.empty()) {
    app_->invite(invitation);
  }
}

// What tests, panels and curious people read as vitrine.statistics.
void PageShell::report(const app::FrameReport& frame) {
  const int64_t now = clock_.monotonic_us();
  if (reported_us_ != 0 && now - reported_us_ < kReportUs) return;
  reported_us_ = now;
  std::string text = "{\"page\":{\"frames\":" + std::to_string(frames_) +
                     ",\"touches\":" + std::to_string(touches_) +
                     ",\"frame_us\":" + std::to_string(frame.frame_us) +
                     ",\"draw_calls\":" + std::to_string(frame.draw_calls) +
                     ",\"pending_images\":" + std::to_string(frame.pending_images) +
                     ",\"heap_bytes\":" + std::to_string(vitrine_js_heap_bytes()) +
                     "},\"app\":" + app_->statistics_json() + "}";
  vitrine_js_page_statistics(text.data(), text.size());
}

void PageShell::on_pointer(const input::PointerEvent& event) {
  if (event.phase == input::PointerPhase::Down) ++touches_;
  app_->handle(event);
}

void PageShell::on_resize(const app::Viewport& viewport) {
  float insets[4] = {};
  vitrine_js_page_insets(insets);
  app::Viewport whole = viewport;
  whole.inset_top = insets[0];
  whole.inset_right = insets[1];
  whole.inset_bottom = insets[2];
  whole.inset_left = insets[3];
  app_->resize(whole);
}

// Once more when a hidden page is left: what it recorded since is stored too.
void PageShell::hide() {
  hidden_ = true;
  window_->pump(*this);
  window_->cancel_pointers(*this);
  look_for_invitation();  // it decides what of the first picture may be kept
  app_->pause();
  orphans_->flush();
  reported_us_ = 0;  // the last word before the rest
  poll();
}

void PageShell::show() {
  if (!hidden_) return;
  hidden_ = false;
  app_->resume();
}

void PageShell::page_event(PageEvent event, int value) {
  switch (event) {
    case PageEvent::Hidden:
      return hide();
    case PageEvent::Visible:
      return show();
    case PageEvent::ContextLost:
      context_ = false;
      window_->cancel_pointers(*this);
      return app_->context_lost();
    case PageEvent::ContextRestored:
      context_ = true;
      return app_->context_created();
    case PageEvent::PointersCancelled:
      // What SDL has queued came first.
      window_->pump(*this);
      return window_->cancel_pointers(*this);
    case PageEvent::Activate:
      app_->activate(static_cast<uint32_t>(value));
      return;
    case PageEvent::Key:
      return app_->handle(static_cast<app::Key>(value));
    case PageEvent::KeyUp:
      return app_->key_up(static_cast<app::Key>(value));
    case PageEvent::Preferences:
      return app_->set_preferences(system_preferences());
    case PageEvent::Focus:
    case PageEvent::FocusUnseen:
      return app_->set_focus(static_cast<uint32_t>(value), event == PageEvent::Focus);
  }
}

}  // namespace vitrine::wasm
