// SPDX-License-Identifier: MIT
// The engine as a shell sees it. The shell owns the loop, the window and the GL context; the App
// owns everything that happens in a frame. One thread.
//
//   shell: window events → App::handle / resize / pause ; App::poll ; App::frame ; swap
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/app/key.h"
#include "engine/base/geometry.h"
#include "engine/base/id128.h"
#include "engine/base/status.h"
#include "engine/claim/claim_service.h"
#include "engine/gfx/quality.h"
#include "engine/input/pointer_event.h"
#include "engine/input/switch_scan.h"
#include "engine/platform/platform.h"
#include "engine/scene/scene.h"
#include "engine/telemetry/outbox.h"
#include "engine/telemetry/recorder.h"
#include "engine/ui/preferences.h"
#include "engine/ui/reach.h"
#include "engine/ui/semantics.h"

namespace vitrine::app {

// Which of the three designed families the screen belongs to; decided from the size.
struct Viewport {
  Size size;              // logical points
  float pixel_ratio = 1;  // device pixels a point
  // Parts of the screen that notches and system bars cover, logical points.
  float inset_top = 0, inset_right = 0, inset_bottom = 0, inset_left = 0;
  friend bool operator==(const Viewport&, const Viewport&) = default;
};

struct AppOptions {
  std::string language;       // "zh", "en"; "" = the campaign's default
  std::string mode = "live";  // live, rehearsal, test
  std::string build;          // build id, named at hello
  uint64_t seed = 0;          // of everything random on screen; 0 = from Platform::random
  bool online = true;         // false: records and never connects (--offline)
  bool whole = true;          // false: a part of the program is still on its way, until set_whole()
  uint32_t frame_rate = 60;   // frames a second that the shell asks for; slower ones cost effects
  bool fixed_quality = false;        // all effects, however long a frame takes: for pictures
  ui::Panel panel;                   // how the screen hangs, for reach mode
  std::optional<int> volume;         // per cent; none: the campaign's
  ui::Preferences preferences;       // of everybody, until a shopper chooses otherwise
  claim::Service* claims = nullptr;  // outlives the App; null: its own, as claim_role says
  // Which end of a claim this is, over the second connection; none: nothing is handed out.
  std::optional<claim::Role> claim_role;
  // Phone: the browser says no to statistics for its person (Global Privacy Control): nothing is
  // recorded but what a claim needs.
  bool statistics_refused = false;
  std::string page_root;  // "https://vitrine.example/", where phones open campaigns; "": not known
  input::SwitchSettings switches;  // operation by switches: Space moves the focus on, Enter takes
  // What waits for the server at most; beyond either the oldest rows go, counted and declared lost.
  size_t outbox_rows = 100000;
  size_t outbox_bytes = 32 * 1024 * 1024;
};

// What a frame did; for pacing, panels and tests.
struct FrameReport {
  int64_t frame_us = 0;   // time spent inside frame()
  int64_t scenes_us = 0;  // how long scenes have moved since start; stands with the clock
  uint32_t draw_calls = 0;
  uint32_t pending_images = 0;  // pictures not yet there
  uint32_t pending_glyphs = 0;  // letters not yet as they will be
  bool animating = true;        // false: nothing will change until input or network
};

class App {
 public:
  // References in `platform` and the table `kinds` (scenes::all_kinds()) outlive the App. No GL
  // context is needed yet.
  static std::unique_ptr<App> create(const Platform& platform, AppOptions options,
                                     scene::SceneKinds kinds);
  virtual ~App() = default;

  // Shows the campaign whose JSON is `campaign_json` (validated here, all problems in the status,
  // one a line). On failure what is on screen stays, the reason is recorded as campaign_rejected
  // and shown to staff; before any campaign was accepted a plain named screen shows it.
  // StatusCode::Unavailable: it begins with a scene that is still on its way (AppOptions::whole);
  // nothing has changed, ask again after set_whole().
  virtual Status show_campaign(std::string_view campaign_json, std::string_view file_name) = 0;

  // Phone: somebody came by a screen's code; what stood behind "#claim=" of the address. Its
  // campaign's scene for a claim is shown, where there is one.
  virtual void invite(std::string_view invitation) = 0;

  // The whole program is there: what was wished for and had to wait comes in the next frame.
  virtual void set_whole() = 0;
  // Whether a shopper waits for something that is still on its way.
  virtual bool wish_waits() const = 0;

  // What the plain screen tells staff while no campaign plays: a code to be read out on the
  // telephone, and what happened with its cure. A campaign that is refused later replaces it.
  virtual void show_problem(std::string_view code, std::string_view detail) = 0;

  // The GL context exists and is current / is gone. Textures come back by themselves.
  virtual void context_created() = 0;
  virtual void context_lost() = 0;

  virtual void resize(const Viewport& viewport) = 0;
  // Where frames are drawn (gfx::Renderer::set_screen), for a shell that turns the picture itself.
  virtual void set_screen(uint32_t framebuffer) = 0;
  virtual void handle(const input::PointerEvent& event) = 0;
  virtual void handle(Key key) = 0;
  // It was let go. Of Enter and Space alone, which may be switches; others need not be told.
  virtual void key_up(Key key) = 0;
  // Typed on a real keyboard, or by a scanner that types: goes to the field that has the focus or
  // the caret. UTF-8.
  virtual void type(std::string_view text) = 0;
  // The page's own field over the text field with this id holds `text` now, its caret behind so
  // many bytes.
  virtual void replace_text(uint32_t semantic_id, std::string_view text, size_t caret) = 0;
  // Activates the node of the semantic tree with this id, as a screen reader would.
  virtual bool activate(uint32_t semantic_id) = 0;
  // The focus went to the node with this id (0: nowhere) in the page or a screen reader; `visible`:
  // its ring is drawn. What the App makes of it is in semantics(): state.focused.
  virtual void set_focus(uint32_t semantic_id, bool visible) = 0;
  virtual void set_language(std::string_view language) = 0;
  // That the screen speaks now, and what the campaign calls itself in it; "" before any campaign.
  virtual std::string_view language() const = 0;
  virtual std::string_view title() const = 0;
  // As AppOptions::preferences: the device's or, on a page, the system's own choice changed.
  virtual void set_preferences(const ui::Preferences& preferences) = 0;
  // How loud the device is from now on, per cent, whatever campaign plays: as AppOptions::volume.
  // It is heard once.
  virtual void set_volume(int percent) = 0;
  // Staff wipe the glass: for 30 s touches and keys do nothing and are not recorded, and the screen
  // says so; the session of whoever was engaged ends. end_cleaning() ends it early.
  virtual void begin_cleaning() = 0;
  virtual void end_cleaning() = 0;
  virtual bool is_cleaning() const = 0;
  // Shows a scene in one of its named states, still, for pictures and goldens. "" = all as usual
  // again. False when there is no such scene or state.
  virtual bool show_state(std::string_view scene_id, std::string_view state) = 0;
  // Over such a state, an overlay by its name (scene::overlay_names()).
  virtual bool show_overlay(std::string_view name) = 0;

  // Takes what storage, network and pictures brought, before each frame and as often where none is
  // drawn: hidden page, lost context. A first frame that must come soon need not wait for it.
  virtual void poll() = 0;
  // Advances by the clock and draws into the current framebuffer; not called while the context is
  // lost or the page hidden.
  virtual FrameReport frame() = 0;
  // The pixels of the frame just drawn, before the shell swaps; for screenshots (see
  // gfx::Renderer::read_pixels). Unavailable without a context.
  virtual Result<Image> read_pixels() = 0;

  // The page hides or the kiosk sleeps: pointers are cancelled, the outbox is committed at once.
  virtual void pause() = 0;
  virtual void resume() = 0;

  // For what only the shell knows of (a start that fell back, a wrong PIN); it records under the
  // context of the moment.
  virtual telemetry::Recorder& recorder() = 0;
  // The session of whoever is engaged now; none when nobody is.
  virtual Id128 session_id() const = 0;

  // What is on screen, for screen readers, scripts and tests. Valid until the next frame().
  virtual const ui::SemanticTree& semantics() const = 0;

  // Which effects are left out, and why.
  virtual const gfx::QualityLadder& quality() const = 0;

  // A line a thing for panels, metrics and tests: {"outbox_rows": 3, "network": "open", ...}.
  virtual std::string statistics_json() const = 0;
};

}  // namespace vitrine::app
