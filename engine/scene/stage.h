// SPDX-License-Identifier: MIT
// One campaign being played: its scenes, the shopper's session, the language, and what of all that
// is recorded. In scene units; times by the App's clock. One thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/audio/sounds.h"
#include "engine/base/clock.h"
#include "engine/base/random.h"
#include "engine/campaign/campaign.h"
#include "engine/claim/claim_service.h"
#include "engine/platform/platform.h"
#include "engine/scene/line_sign.h"
#include "engine/scene/read_aloud.h"
#include "engine/scene/scene_stack.h"
#include "engine/scene/session.h"

namespace vitrine::scene {

// All outlive the stage.
struct StageParts {
  const Clock& clock;
  RandomBytes& random_bytes;  // session ids
  telemetry::Recorder& recorder;
  gfx::Canvas& canvas;
  gfx::Images& images;
  audio::Sounds& sounds;
  Speech& speech;
  SceneKinds kinds;
  protocol::Mode mode = protocol::Mode::Live;
  uint64_t seed = 1;
  ui::Preferences preferences = {};  // what the screen is like for everybody
  bool whole = true;                 // false: see Stage::set_whole
  claim::Service* claims = nullptr;  // null: nothing is handed out here
};

// What every device can do.
inline constexpr ui::Preferences kAlwaysOffered = ui::Preferences()
                                                      .with(ui::Preference::LargeText, true)
                                                      .with(ui::Preference::HighContrast, true)
                                                      .with(ui::Preference::ReducedMotion, true);

class Stage : private Director, private OverlayHost {
 public:
  static constexpr int64_t kCleaningUs = 30'000'000;

  explicit Stage(const StageParts& parts);
  ~Stage() override;

  // Plays `campaign` from its start scene; the session of whoever was there ends. `language`: "" or
  // what the shell asked for. Expects: every scene's kind exists (parse_campaign checked it), and
  // can_play().
  void play(campaign::Campaign campaign, std::string_view language);
  // Whether the scene it begins with is there.
  bool can_play(const campaign::Campaign& campaign) const {
    return is_there(campaign.start_scene());
  }
  // What arrives later (SceneKind::arrival) and every overlay is there now. Until then nothing of
  // it is made: the newest wish for any of it waits and comes true in the next update(), time alone
  // ends no session, and nobody is asked whether they are still there.
  void set_whole() { parts_.whole = true; }
  // Whether somebody wished for something of it.
  bool wish_waits() const {
    return !parts_.whole && (!requested_scene_.empty() || requested_overlay_.has_value());
  }
  bool playing() const { return campaign_ != nullptr; }
  const campaign::Campaign* campaign() const { return campaign_.get(); }
  std::string_view language() const { return language_; }
  std::string_view scene_id() const;
  const Session& session() const { return session_; }

  void resize(const ui::Metrics& metrics);
  // How the shopper wants the screen to be; the device's own choice while nobody is engaged. Large
  // text and reach are the caller's to follow, by another resize().
  ui::Preferences preferences() const override { return preferences_; }
  // The device's own choice changed: a person set it for everything they use.
  void set_default_preferences(const ui::Preferences& preferences);
  // Which of them would change anything here.
  void set_offered(const ui::Preferences& offered) { offered_ = offered; }
  // `slot` is the pointer's place in the touch table.
  input::Handled handle(const input::PointerEvent& event, uint8_t slot);
  void set_language(std::string_view language);
  bool activate(uint32_t id, Entry entry);
  void move_focus(int direction);
  // The same by time alone, as switches scan: nobody is there for that.
  void scan_focus();
  void set_focus(uint32_t id, bool visible);
  void activate_focused();
  void step(int direction);
  // Into the text field `id`; 0: the one that has the focus or the caret.
  void write(uint32_t id, const ui::TextInput& input);
  void back();
  // Louder (+1) or lower (-1) by a step until the session ends, sounds and speech alike.
  void change_volume(int direction);
  void toggle_mute();
  void release() { stack_.release(); }
  // Staff wipe the glass: for kCleaningUs nothing that is touched or pressed does anything or is
  // recorded, and the screen says so. Whoever was engaged has their session ended as if they had
  // finished it. Without a campaign, or before the program is whole, nothing happens.
  void begin_cleaning();
  void end_cleaning();
  // Of the place's own time; none where nobody has set the clock.
  std::optional<int> minute_of_day() const;
  bool is_cleaning() const { return cleaning_ends_us_ != 0; }
  // Whether, since the last call, a session ended and the last of it left the screen: what only
  // pictures and caches hold of it may go now.
  bool take_wiped();

  // Who hands things out; null: nobody. Known to the scene on screen from now on.
  void set_claims(claim::Service* claims);
  // Takes whoever is there to the scene with this id, made anew even where it is the one shown, as
  // a wish of a scene: it comes true in the next update() that can.
  void visit(std::string_view scene_id);
  // The same, but for the scene shown, which goes on.
  void go_to(std::string_view scene_id) override;
  // What whoever is engaged does is recorded under this session, not their own (a phone at a
  // screen); none: their own again. That their own begins and ends is always its.
  void record_under(const Id128& session);

  // `held`: a finger is down somewhere.
  void update(float dt, bool held);
  void draw();
  const ui::SemanticTree& describe();

  // Named states, for pictures (App::show_state).
  bool show_state(std::string_view scene_id, std::string_view state);
  // Scene::at_rest of the scene on screen. Expects: playing().
  bool at_rest() const { return stack_.current().at_rest(); }
  // Over the state shown, an overlay by its name (overlay_names()). False without a state, or when
  // there is no such overlay.
  bool show_overlay(std::string_view name);

 private:
  bool is_going() const override { return !requested_scene_.empty(); }
  void next_language() override;
  void open_languages() override { request(OverlayKind::Languages); }
  void choose_language(std::string_view language) override;
  void end_session() override { end_requested_ = true; }

  void stay() override { stay_requested_ = true; }
  void finish() override { end_requested_ = true; }
  void close(OverlayKind kind) override { close_requested_ = kind; }
  float seconds_left(OverlayKind kind) const override;
  float seconds_of(OverlayKind kind) const override;
  bool offers(ui::Preference which) const override;
  void prefer(ui::Preference which, bool on) override { wished_.set(which, on); }
  void open_accessibility() override { request(OverlayKind::Accessibility); }

  // stage_line.cpp: who waits for the screen.
  const claim::QueueView& line() const override;
  void come_to_screen(Entry entry) override;
  void wait_for_screen(Entry entry) override;
  bool calls() const;
  bool is_on_sign(Vec2 point) const;
  void follow_line();
  void end_call();
  void update_sign(float dt);
  void name_sign();

  bool is_there(const campaign::Scene& scene) const;
  // False: this program has no such one.
  bool open(OverlayKind kind);
  void request(OverlayKind kind);
  void open_requested();
  void enter_requested();
  // Whether the screen asks if anybody is still there.
  bool asks() const;
  void hear(Entry entry);
  void engage(Entry entry);
  void wipe(bool idle);
  void enter(const campaign::Scene& scene, SceneStack::Change change);
  void apply_requests();
  void refresh_recording();
  void record_touch(const input::PointerEvent& event, uint8_t slot);
  void read_time_limits();
  void tell_volume();
  Session::Phase follow_session(bool held);
  void ask(Session::Phase phase);
  void drop_requests();
  void follow_cleaning();
  // Whether somebody's touches and keys are taken.
  bool listens() const { return playing() && !is_cleaning(); }
  void start_over(Session::Phase phase);
  std::string_view following_language() const;
  void follow_wishes();
  void record_preference(ui::Preference which);
  void apply_preferences(const ui::Preferences& preferences);
  void choose_theme();
  void relayout();

  StageParts parts_;
  Random random_;
  std::unique_ptr<const campaign::Campaign> campaign_;
  ui::Theme theme_;
  ui::Metrics metrics_;
  ui::Preferences preferences_, wished_;
  ui::Preferences offered_ = kAlwaysOffered;
  std::string_view language_;   // one of the campaign's own
  std::string shell_language_;  // what the screen goes back to after a session
  SceneStack stack_;
  ReadAloud reader_;
  Session session_;
  Id128 borrowed_session_;  // of record_under()
  // At most one of the two: who wishes for another thing no longer wishes for the first.
  std::string requested_scene_;  // "": none
  bool requested_anew_ = false;  // even where it is the one shown
  std::optional<OverlayKind> requested_overlay_;
  std::string_view wished_language_;  // "": as it is
  bool end_requested_ = false;
  bool stay_requested_ = false;
  std::optional<OverlayKind> close_requested_;
  bool still_ = false;  // showing a named state
  bool attracted_before_ = false;
  bool preferences_chosen_ = false;        // by the shopper, until they leave
  bool wiping_ = false;                    // a session ended, and what it left is still to be seen
  uint64_t sessions_ = 0;                  // that ended
  int64_t cleaning_ends_us_ = 0;           // 0: nobody wipes the glass
  std::unique_ptr<LineSign> sign_;         // null: here are none
  std::string sign_link_;                  // that it shows
  uint32_t called_ = 0;                    // whose call has been begun; 0: nobody's
  std::optional<Entry> waits_for_screen_;  // somebody without a number does, who came in this way
};

}  // namespace vitrine::scene
