// SPDX-License-Identifier: MIT
#include "native/kiosk/shots.h"

#include <filesystem>
#include <utility>

#include "engine/campaign/parse.h"
#include "engine/scene/overlay.h"
#include "engine/scene/scene.h"
#include "native/font_files.h"
#include "native/kiosk/album.h"
#include "native/kiosk/film.h"
#include "scenes/scenes.h"

namespace vitrine {
namespace {

struct Screen {
  int width, height;
  float pixel_ratio;
  bool is_filmed;  // films are dear without a graphics card
};

// A kiosk standing, a wall lying, a phone, the smallest phone, a tablet. A panel of 2160 x 3840 is
// the first drawn twice as large.
constexpr Screen kScreens[] = {{1080, 1920, 1, true},
                               {1920, 1080, 1, true},
                               {390, 844, 2, true},
                               {320, 568, 1, false},
                               {768, 1024, 1, false}};

// Takes every picture of one screen after another.
class Shots {
 public:
  explicit Shots(std::string folder) : album_(std::move(folder)) {}

  KioskEnd take_screen(const KioskOptions& options, bool is_filmed);
  Status finish(const KioskOptions& options);

 private:
  Status take_languages(Kiosk& kiosk, const KioskOptions& options, bool is_filmed);
  Status take_states(Kiosk& kiosk, const campaign::Scene& scene, const std::string& column);
  Status take_overlays(Kiosk& kiosk, const campaign::Scene& under, const std::string& column);
  Status take(Kiosk& kiosk, const std::string& sheet, std::string_view row,
              const std::string& column);

  Album album_;
};

Status Shots::take(Kiosk& kiosk, const std::string& sheet, std::string_view row,
                   const std::string& column) {
  Result<Image> picture = kiosk.still_picture();
  if (!picture.ok()) return picture.status();
  album_.add(sheet, row, column, std::move(picture).value());
  return {};
}

Status Shots::take_states(Kiosk& kiosk, const campaign::Scene& scene, const std::string& column) {
  const scene::SceneKind* kind = scene::find_kind(scenes::all_kinds(), scene.kind);
  if (kind == nullptr) return {};
  const auto specimen = kind->make();
  for (const std::string_view state : specimen->states()) {
    if (!kiosk.app().show_state(scene.id, state)) {
      return {StatusCode::Internal, scene.id + " does not show " + std::string(state)};
    }
    const Status status = take(kiosk, scene.id, state, column);
    if (!status.ok()) return status;
  }
  return {};
}

// What lies over any scene, over this one's first state.
Status Shots::take_overlays(Kiosk& kiosk, const campaign::Scene& under, const std::string& column) {
  const scene::SceneKind* kind = scene::find_kind(scenes::all_kinds(), under.kind);
  if (kind == nullptr) return {};
  for (const std::string_view overlay : scene::overlay_names()) {
    if (!kiosk.app().show_state(under.id, kind->make()->states().front()) ||
        !kiosk.app().show_overlay(overlay)) {
      return {StatusCode::Internal, under.id + " does not show " + std::string(overlay)};
    }
    const Status status = take(kiosk, "overlay", overlay, column);
    if (!status.ok()) return status;
  }
  return {};
}

Status Shots::take_languages(Kiosk& kiosk, const KioskOptions& options, bool is_filmed) {
  const Status shown = kiosk.turn("");
  if (!shown.ok()) return shown;
  const auto parsed = campaign::parse_campaign(kiosk.campaign_json(), "campaign.json");
  if (!parsed.ok()) return {StatusCode::InvalidArgument, parsed.to_string()};
  const campaign::Campaign& campaign = *parsed.campaign;
  const std::string screen = std::to_string(options.width) + "x" + std::to_string(options.height);
  for (const std::string& language : campaign.languages()) {
    kiosk.app().set_language(language);
    const std::string column = screen + " " + language;
    for (const campaign::Scene& scene : campaign.scenes()) {
      const Status status = take_states(kiosk, scene, column);
      if (!status.ok()) return status;
    }
    Status status = take_overlays(kiosk, campaign.scenes().back(), column);
    if (status.ok() && is_filmed && language == campaign.default_language()) {
      status = film_journey(kiosk, album_, column);
    }
    if (!status.ok()) return status;
  }
  return {};
}

KioskEnd Shots::take_screen(const KioskOptions& options, bool is_filmed) {
  Kiosk kiosk(options);
  const KioskEnd end = kiosk.start();
  if (end.code != KioskExit::Ok) return end;
  const Status status = take_languages(kiosk, options, is_filmed);
  if (!status.ok()) return {KioskExit::BadCampaign, status.message()};
  return {};
}

Status Shots::finish(const KioskOptions& options) {
  const auto folder =
      options.fonts.empty() ? default_font_folder() : std::filesystem::path(options.fonts);
  Result<std::unique_ptr<gfx::StbGlyphSource>> fonts = load_fonts(folder);
  if (!fonts.ok()) return fonts.status();
  return album_.finish(Lettering(*fonts.value()));
}

KioskOptions options_for(const KioskOptions& asked, const Screen& screen) {
  KioskOptions options = asked;
  options.mode = "test";
  if (options.seed == 0) options.seed = 1;
  if (asked.sized) return options;
  options.width = screen.width;
  options.height = screen.height;
  options.pixel_ratio = screen.pixel_ratio;
  return options;
}

}  // namespace

KioskEnd take_shots(const KioskOptions& options) {
  std::error_code error;
  std::filesystem::create_directories(options.shots, error);
  if (error) return {KioskExit::Usage, "--shots " + options.shots + ": " + error.message()};
  Shots shots(options.shots);
  for (const Screen& screen : kScreens) {
    const KioskEnd end = shots.take_screen(options_for(options, screen), screen.is_filmed);
    if (end.code != KioskExit::Ok) return end;
    if (options.sized) break;
  }
  const Status written = shots.finish(options);
  if (!written.ok()) return {KioskExit::Failed, written.message()};
  return {};
}

}  // namespace vitrine
