// SPDX-License-Identifier: MIT
#include "native/looks/fitting_room.h"

#include <utility>

#include "engine/app/sdl_window.h"
#include "engine/audio/sounds.h"
#include "engine/gfx/renderer.h"
#include "engine/platform/silence.h"
#include "engine/scene/stage.h"
#include "native/font_files.h"
#include "native/image_files.h"
#include "native/kiosk/campaign_assets.h"
#include "native/rsvg_rasterizer.h"
#include "native/system_clock.h"
#include "scenes/scenes.h"

namespace vitrine::looks {
namespace {

// Letters of a phone's small print still have strokes of a whole pixel at this.
constexpr float kShortSidePixels = 480;
constexpr int kWindowPixels = 1280;
constexpr int kSettleLimit = 60;
constexpr Color kClear{1, 1, 1, 1};

class FittingRoomImpl final : public FittingRoom {
 public:
  FittingRoomImpl(const FittingRoomOptions& options, std::unique_ptr<gfx::StbGlyphSource> fonts)
      : fonts_(std::move(fonts)),
        renderer_(gfx::Renderer::create({*fonts_, assets_, decoder_, rasterizer_},
                                        {.glyphs_per_frame = 0})),
        probe_(renderer_->canvas()),
        recorder_(clock_),
        stage_({clock_, random_, recorder_, probe_, renderer_->images(), sounds_, mute_,
                scenes::all_kinds(), protocol::Mode::Test}) {
    assets_.set_source(options.campaign, "");
    if (options.with_gl) open_window();
    if (!options.with_gl) obstacle_ = "no GL: not wanted";
  }

  bool paints() const override { return window_ != nullptr; }
  const std::string& obstacle() const override { return obstacle_; }
  void play(const campaign::Campaign& campaign) { stage_.play(campaign, ""); }

  void set_screen(Size points, ui::TextSize text) override {
    metrics_ = ui::metrics_for(points, {}, text);
    const Size units = metrics_.size;
    ratio_ = kShortSidePixels / (units.width < units.height ? units.width : units.height);
    const float longest = units.width < units.height ? units.height : units.width;
    if (longest * ratio_ > kWindowPixels) ratio_ = kWindowPixels / longest;
    renderer_->resize(units, ratio_);
    stage_.resize(metrics_);
  }
  const ui::Metrics& metrics() const override { return metrics_; }
  float pixel_ratio() const override { return ratio_; }

  bool show(std::string_view scene_id, std::string_view state, std::string_view language) override {
    stage_.set_language(language);
    return stage_.show_state(scene_id, state);
  }

  bool show_overlay(std::string_view name) override { return stage_.show_overlay(name); }
  bool at_rest() const override { return stage_.at_rest(); }

  std::vector<std::string_view> states(const campaign::Scene& scene) const override {
    const scene::SceneKind* kind = scene::find_kind(scenes::all_kinds(), scene.kind);
    if (kind == nullptr) return {};
    const auto specimen = kind->make();
    const auto names = specimen->states();
    return {names.begin(), names.end()};
  }

  void lay_out() override {
    probe_.begin(ProbeCanvas::Ink::None, std::nullopt, false);
    stage_.draw();
  }

  // First a drawing's text comes, then its pixels.
  Image paint(ProbeCanvas::Ink ink, std::optional<float> silk_time) override {
    for (int i = 0; i < kSettleLimit; ++i) {
      draw(ink, silk_time);
      if (counters_.pending_images == 0 && counters_.glyphs_waiting == 0) break;
      for (int step = 0; step < 2; ++step) poll();
    }
    Result<Image> picture = renderer_->read_pixels();
    return picture.ok() ? std::move(picture).value() : Image{};
  }

  const std::vector<DrawnText>& texts() const override { return probe_.texts(); }
  size_t texts_under_sheet() override {
    const ui::SemanticTree& tree = stage_.describe();
    const ui::SemanticNode* const sheet = tree.modal() ? tree.find(tree.modal()) : nullptr;
    return sheet ? probe_.texts_under(sheet->bounds) : 0;
  }
  const ui::SemanticTree& semantics() override { return stage_.describe(); }
  gfx::Canvas& canvas() override { return renderer_->canvas(); }

 private:
  void open_window() {
    app::WindowOptions options;
    options.mode = app::WindowMode::Offscreen;
    options.width = options.height = kWindowPixels;
    options.pixel_ratio = 1;
    Result<std::unique_ptr<app::SdlWindow>> window = app::SdlWindow::open(options, clock_);
    Status status = window.ok() ? renderer_->context_created() : window.status();
    if (status.ok()) window_ = std::move(window).value();
    obstacle_ = status.ok() ? "" : "no GL: " + status.message();
  }

  void draw(ProbeCanvas::Ink ink, std::optional<float> silk_time) {
    renderer_->begin_frame(kClear);
    probe_.begin(ink, silk_time, true);
    stage_.draw();
    counters_ = renderer_->end_frame();
  }

  void poll() {
    assets_.drain();
    assets_.poll();
    decoder_.drain();
    decoder_.poll();
    rasterizer_.drain();
    rasterizer_.poll();
  }

  VirtualClock clock_;
  SodiumRandom random_;
  CampaignAssets assets_{nullptr};
  StbImageDecoder decoder_;
  RsvgRasterizer rasterizer_;
  std::unique_ptr<gfx::StbGlyphSource> fonts_;
  std::unique_ptr<app::SdlWindow> window_;  // null: nothing is painted; outlives the renderer
  std::unique_ptr<gfx::Renderer> renderer_;
  ProbeCanvas probe_;
  telemetry::Recorder recorder_;
  SilentAudio silence_;
  audio::Sounds sounds_{silence_};
  SilentSpeech mute_;
  scene::Stage stage_;
  ui::Metrics metrics_;
  float ratio_ = 1;
  std::string obstacle_;
  gfx::FrameCounters counters_;
};

}  // namespace

Result<std::unique_ptr<FittingRoom>> FittingRoom::open(const FittingRoomOptions& options,
                                                       const campaign::Campaign& campaign) {
  Result<std::unique_ptr<gfx::StbGlyphSource>> fonts =
      load_fonts(options.fonts.empty() ? default_font_folder() : options.fonts);
  if (!fonts.ok()) return fonts.status();
  auto room = std::make_unique<FittingRoomImpl>(options, std::move(fonts).value());
  room->play(campaign);
  return std::unique_ptr<FittingRoom>(std::move(room));
}

}  // namespace vitrine::looks
