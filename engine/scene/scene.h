// SPDX-License-Identifier: MIT
// What a scene is. One folder of scenes/ a kind, one class without a header, one line in
// scenes/scene_list.inc. A scene draws and answers fingers; it never sees JSON, a socket, a file or
// a GL call, and never asks for the time: it is told how much passed. One thread.
//
//   make → enter → layout → { handle · update → backdrop → draw → describe } … → leave
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "engine/audio/sounds.h"
#include "engine/base/random.h"
#include "engine/campaign/campaign.h"
#include "engine/claim/claim_service.h"
#include "engine/gfx/canvas.h"
#include "engine/gfx/images.h"
#include "engine/input/handled.h"
#include "engine/input/pointer_event.h"
#include "engine/scene/engine_texts.h"
#include "engine/telemetry/recorder.h"
#include "engine/ui/button.h"
#include "engine/ui/metrics.h"
#include "engine/ui/painter.h"
#include "engine/ui/semantics.h"
#include "engine/ui/theme.h"

namespace vitrine::scene {

// How a scene asks for what is not its own. Carried out between frames, never inside the call.
class Director {
 public:
  virtual ~Director() = default;
  // Shows the scene of the campaign with this id. Unknown ids stay where they are.
  virtual void go_to(std::string_view scene_id) = 0;
  // Whether it has still to be carried out: the scene may be on its way.
  virtual bool is_going() const = 0;
  // The next of the campaign's languages.
  virtual void next_language() = 0;
  // Lets the shopper choose one of them, where there are more than two.
  virtual void open_languages() = 0;
  // Lets the shopper say how they want the screen to be.
  virtual void open_accessibility() = 0;
  // The shopper is done: everything of theirs is wiped and the start scene comes back.
  virtual void end_session() = 0;
};

// How an input came in.
enum class Entry : uint8_t { Pointer, Keyboard, Semantic };

// What a scene works with; belongs to the stack and outlives the scene. `language`, `metrics` and
// `canvas` sizes change before layout() is called again.
struct SceneContext {
  const campaign::Campaign& campaign;
  const campaign::Scene& scene;  // its own entry: id and parameters
  const ui::Theme& theme;
  gfx::Canvas& canvas;  // for measuring text in layout(); draw only in draw()
  telemetry::Recorder& recorder;
  Director& director;
  audio::Sounds& sounds;
  Random& random;  // of everything random on screen
  std::string_view language;
  std::string_view next_language;  // what the language button would change to
  ui::Metrics metrics;
  bool reduced_motion = false;
  // By the clock on the shop's wall, followed every frame; none while nobody has set it.
  std::optional<int> minute_of_day = {};
  bool by_keyboard = false;      // a focus ring is shown: nobody is about to touch
  Entry entry = Entry::Pointer;  // of the newest input that was no finger's
  // Null where a program hands nothing out.
  claim::Service* claims = nullptr;

  // The campaign's words, or the engine's own (engine_texts.h).
  std::string_view text(std::string_view key) const { return text_of(campaign, key, language); }
};

// The moving background a scene wants. The stack draws it, so that it never stops or jumps between
// scenes. `wipe` 0..1: a fold runs across and leaves `next` behind.
struct Backdrop {
  ui::SilkRamp ramp = ui::Theme{}.silk_calm;
  ui::SilkRamp next = ramp;
  float wipe = 0;
  float speed = 0.5f;
  float night = 0;  // 0..1: how far the background of that name lies over the scene's own
};

// A thing that travels from one scene to the next: the product that was touched becomes the hero.
struct SharedElement {
  std::string_view product_id;           // of the campaign
  Vec2 stand;                            // where its foot stands, scene units
  float height = 0;                      // scene units
  float turn = 0;                        // radians it was turned about its axis
  float twist = 0;                       // how far its moving part was in, 0..1
  Rect figure = {};                      // a painted price that goes with it; empty: none
  std::string_view figure_drawing = {};  // of the campaign: what it was painted as
};

// Only enter() and draw() have to be written; the rest rests.
class Scene {
 public:
  virtual ~Scene() = default;

  // Once, before everything else. `arrived` is what the scene before handed over.
  virtual void enter(SceneContext& context, const std::optional<SharedElement>& arrived) = 0;
  // Places everything for context.metrics and context.language. After enter and on each change.
  virtual void layout() {}
  // Whether it comes by its own motion; else it is drawn paler and lower until it is there.
  virtual bool animates_entrance() const { return false; }
  // It is being left: drawn paler for a moment longer, but touched no more. What it returns travels
  // on and is no longer drawn here.
  virtual std::optional<SharedElement> leave() { return std::nullopt; }

  virtual input::Handled handle(const input::PointerEvent& /*event*/) { return input::Handled::No; }
  virtual void update(float /*dt*/) {}
  virtual Backdrop backdrop() const { return {}; }
  virtual void draw(ui::Painter& painter) = 0;
  // What is still travelling from the scene before: drawn last and never pale.
  virtual void draw_shared(ui::Painter& /*painter*/) {}
  virtual void describe(ui::SemanticTree& /*tree*/) const {}

  // The node of describe() with this id, as by a tap; false when there is none.
  virtual bool activate(uint32_t /*id*/) { return false; }
  // As ui::Widget::step.
  virtual uint32_t step(uint32_t /*id*/, int /*direction*/) { return 0; }
  // Typed into node `id`; 0: into the text field that has the caret.
  virtual bool write(uint32_t /*id*/, const ui::TextInput& /*input*/) { return false; }
  // The focus is on node `id` now (0: nowhere): what scrolls brings its own node into sight.
  virtual void focus_moved(uint32_t /*id*/) {}
  // Escape; false when there is nothing to go back from here.
  virtual bool back() { return false; }
  // Every finger is let go; nothing is activated.
  virtual void release() {}

  // Names of what it can look like, for pictures and goldens; the first is how it rests.
  virtual std::span<const std::string_view> states() const;
  // Takes that look at once, everything at rest, and keeps still. Expects: one of states().
  virtual void show_state(std::string_view /*state*/) {}
  // Whether the shopper is busy for it elsewhere, on their phone: as long as they are, nobody is
  // asked whether they are still there. It comes to an end by itself.
  virtual bool is_awaited() const { return false; }
  // Whether what is to be read and touched stands where it stays: false while it comes. A check
  // looks at colours at rest.
  virtual bool at_rest() const { return true; }
};

// Whether a program has it from its first moment, or in its last part where it comes in several
// (Stage::set_whole): a page's does.
enum class Arrival : uint8_t { AtOnce, Later };

// A kind of scene: its folder's name and how to make one.
struct SceneKind {
  std::string_view name;
  std::unique_ptr<Scene> (*make)() = nullptr;  // what arrives later is reached by this alone
  Arrival arrival = Arrival::AtOnce;
};

// Every kind a program has; a static table, handed to App by the shell.
using SceneKinds = std::span<const SceneKind>;

// Records that a button did what it is there for, and how it was activated.
void record_activation(telemetry::Recorder& recorder, std::string_view button, Entry by);
void record_activation(const SceneContext& context, std::string_view button, Entry by);
void record_activation(const SceneContext& context, const ui::Button& button);

const SceneKind* find_kind(SceneKinds kinds, std::string_view name);

}  // namespace vitrine::scene
