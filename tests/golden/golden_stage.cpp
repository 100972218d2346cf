// SPDX-License-Identifier: MIT
#include "tests/golden/golden_stage.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "engine/app/app.h"
#include "engine/gfx/stb/stb_glyph_source.h"
#include "engine/platform/silence.h"
#include "scenes/scenes.h"
#include "tests/fakes/fake_claims.h"
#include "tests/fakes/without_pixels.h"

namespace vitrine::golden {
namespace {

// Frames until everything is there; after that the picture stands still.
constexpr int kMostFrames = 240;
constexpr int kLongStep = 15;  // sixtieths of a second: no longer a step is played through
constexpr int kSteadyFrames = 3;
constexpr int kUntilThere = 120;  // a scene that was gone to

class SteppedClock final : public Clock {
 public:
  int64_t monotonic_us() const override { return now_us_; }
  int64_t wall_ms() const override { return 1767225600000 + now_us_ / 1000; }
  void step(int frames) { now_us_ += frames * 16667; }

 private:
  int64_t now_us_ = 1000000;
};

class CountingBytes final : public RandomBytes {
 public:
  void fill(std::span<uint8_t> out) override {
    for (uint8_t& byte : out) byte = ++next_;
  }

 private:
  uint8_t next_ = 0;
};

class BundleAssets final : public Assets {
 public:
  explicit BundleAssets(const Bundle& bundle) : bundle_(bundle) {}
  void request(std::string_view path, Done done) override {
    waiting_.emplace_back(path, std::move(done));
  }
  void poll() override {
    for (auto& [path, done] : std::exchange(waiting_, {})) {
      const auto found = bundle_.find(path);
      if (found == bundle_.end()) {
        done(Status(StatusCode::NotFound, path));
      } else {
        done(std::string(found->second));
      }
    }
  }

 private:
  const Bundle& bundle_;
  std::vector<std::pair<std::string, Done>> waiting_;
};

class BundleRasterizer final : public VectorRasterizer {
 public:
  BundleRasterizer(const Bundle& bundle, bool shift)
      : bundle_(bundle), shifted_(shift ? bundle.find("art/lipstick.svg")->second : "") {}
  void rasterize(const VectorRequest& request, Done done) override {
    waiting_.emplace_back(load(request), std::move(done));
  }
  void poll() override {
    for (auto& [result, done] : std::exchange(waiting_, {})) done(std::move(result));
  }

 private:
  Result<VectorImage> load(const VectorRequest& request) const {
    const auto found = bundle_.find(drawing_name(request));
    VectorImage image;
    if (found == bundle_.end() || !decode_image(found->second, image)) {
      return Status(StatusCode::NotFound, drawing_name(request));
    }
    // Two pixels, whatever the view box's unit is.
    if (!shifted_.empty() && request.document == shifted_) {
      image.bounds.x += 2 * image.bounds.width / static_cast<float>(image.image.width);
    }
    return image;
  }

  const Bundle& bundle_;
  const std::string shifted_;  // the document that is drawn out of place, "" for none
  std::vector<std::pair<Result<VectorImage>, Done>> waiting_;
};

class NoPictures final : public ImageDecoder {
 public:
  void decode(std::span<const uint8_t>, Done done) override { waiting_.push_back(std::move(done)); }
  void poll() override {
    for (Done& done : std::exchange(waiting_, {})) {
      done(Status(StatusCode::InvalidArgument, "goldens use drawings only"));
    }
  }

 private:
  std::vector<Done> waiting_;
};

class NoServer final : public Transport {
 public:
  void set_listener(TransportListener*) override {}
  void connect() override {}
  bool send(std::string_view) override { return false; }
  void close(uint16_t, std::string_view) override {}
  void poll() override {}
};

class NothingKept final : public OutboxStore {
 public:
  void load(Loaded loaded) override { loaded_ = std::move(loaded); }
  void commit(OutboxChange, Committed committed) override {
    committed_.push_back(std::move(committed));
  }
  OutboxDurability durability() const override { return OutboxDurability::MemoryOnly; }
  void poll() override {
    if (Loaded loaded = std::exchange(loaded_, nullptr)) loaded(OutboxContents{});
    for (Committed& done : std::exchange(committed_, {})) done({});
  }

 private:
  Loaded loaded_;
  std::vector<Committed> committed_;
};

class Nobody final : public DeviceIdentity {
 public:
  std::string device() const override { return {}; }
  std::string token() const override { return {}; }
  bool sign(std::string_view, std::span<uint8_t, 64>) override { return false; }
};

Status add_fonts(const Bundle& bundle, gfx::StbGlyphSource& glyphs) {
  const std::pair<const char*, std::pair<FontFamily, FontWeight>> faces[] = {
      {"font/text-regular.otf", {FontFamily::Text, FontWeight::Regular}},
      {"font/text-bold.otf", {FontFamily::Text, FontWeight::Bold}},
      {"font/display-bold.otf", {FontFamily::Display, FontWeight::Bold}}};
  for (const auto& [name, face] : faces) {
    const auto found = bundle.find(name);
    if (found == bundle.end()) return {StatusCode::NotFound, name};
    const std::string& bytes = found->second;
    // The bundle outlives the glyphs: nothing to own.
    const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
    gfx::FontBytes font{{std::shared_ptr<const uint8_t>(), data}, bytes.size()};
    const Status status = glyphs.add_face(face.first, face.second, std::move(font), "");
    if (!status.ok()) return status;
  }
  return {};
}

// Where every preference is offered: a panel that was measured, a device with a voice.
constexpr ui::Panel kPanel{941, 529, 400, 90};

class Voice final : public SilentSpeech {
 public:
  bool available(std::string_view) const override { return true; }
};

// Whoever waits may take a number by the tag.
claim::QueueView open_line() {
  claim::QueueView line;
  line.link = "https://shop.example/c/lip-popup#q=7Q2K5MXN8RDT4WYB";
  return line;
}

app::AppOptions options_of(const Case& what) {
  app::AppOptions options;
  options.language = what.language;
  options.mode = "test";
  options.seed = 1;
  options.online = false;
  options.panel = kPanel;
  options.preferences = what.preferences;
  return options;
}

void play(app::App& app, SteppedClock& clock, int frames) {
  const test::WithoutPixels unseen;
  for (int i = 0; i < frames; ++i) {
    clock.step(1);
    app.poll();
    app.frame();
  }
}

Status touch(app::App& app, SteppedClock& clock) {
  play(app, clock, kUntilThere);
  const ui::SemanticNode* start = app.semantics().find("start");
  if (!start) return {StatusCode::Internal, "the campaign does not begin with a \"start\""};
  const Vec2 at = start->bounds.center();
  for (const auto phase : {input::PointerPhase::Down, input::PointerPhase::Up}) {
    app.handle({1, phase, at, clock.monotonic_us()});
    play(app, clock, kUntilThere);
  }
  return {};
}

Status show(app::App& app, SteppedClock& clock, const Bundle& bundle, const Case& what) {
  if (what.scene.empty()) {
    app.show_problem("no_campaign", "the campaign's folder is empty; copy a campaign into it");
    return {};
  }
  const Status status = app.show_campaign(bundle.find("campaign.json")->second, "campaign.json");
  if (!status.ok()) return status;
  if (what.tagged) return touch(app, clock);
  if (app.show_state(what.scene, what.state) &&
      (what.overlay.empty() || app.show_overlay(what.overlay))) {
    return {};
  }
  return {StatusCode::Internal, "nothing to show for " + what.name()};
}

Status come_to_rest(app::App& app, SteppedClock& clock) {
  int steady = 0;
  for (int frame = 0; frame < kMostFrames; ++frame) {
    // Half a second after the drawings are there everything rests. Long steps: software needs
    // longer to draw a frame than the scenes to think it.
    clock.step(steady == 0 ? 1 : kLongStep);
    // Only what may be the last frame is worth its pixels.
    std::optional<test::WithoutPixels> unseen;
    if (steady < kSteadyFrames - 1) unseen.emplace();
    app.poll();
    const app::FrameReport report = app.frame();
    // A drawing that became ready is in the picture one frame later.
    steady = report.pending_images == 0 ? std::min(steady + 1, kSteadyFrames) : 0;
    if (steady == kSteadyFrames && report.pending_glyphs == 0) return {};
  }
  return {StatusCode::Internal, "drawings or letters were still missing after 240 frames"};
}

}  // namespace

Result<Image> draw_case(const Bundle& bundle, const Case& what, const StageOptions& options) {
  SteppedClock clock;
  CountingBytes random;
  BundleAssets assets(bundle);
  BundleRasterizer drawings(bundle, options.shift_one_drawing);
  NoPictures pictures;
  NoServer transport, claim_transport;
  NoKeepsakes keepsakes;
  NoLinks links;
  NoHomeScreen home_screen;
  NothingKept store;
  Nobody identity;
  SilentAudio audio;
  Voice speech;
  const auto glyphs = gfx::StbGlyphSource::create();
  Status status = add_fonts(bundle, *glyphs);
  if (!status.ok()) return status;
  const Platform platform{clock,     random,   assets,
                          transport, store,    identity,
                          *glyphs,   pictures, options.rasterizer ? *options.rasterizer : drawings,
                          audio,     speech,   claim_transport,
                          keepsakes, links,    home_screen};
  fakes::FakeClaims claims;
  claims.queue(open_line());
  app::AppOptions asked = options_of(what);
  if (what.tagged) asked.claims = &claims;
  const auto app = app::App::create(platform, asked, scenes::all_kinds());
  app->context_created();
  app->resize({.size = what.size, .pixel_ratio = what.pixel_ratio});
  status = show(*app, clock, bundle, what);
  if (!status.ok()) return status;
  status = come_to_rest(*app, clock);
  if (!status.ok()) return status;
  return app->read_pixels();
}

}  // namespace vitrine::golden
