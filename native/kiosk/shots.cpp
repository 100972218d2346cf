// SPDX-License-Identifier: MIT
#include "native/kiosk/shots.h"

#include <cstdio>
#include <filesystem>
#include <map>
#include <utility>

#include "engine/campaign/parse.h"
#include "engine/scene/overlay.h"
#include "engine/scene/scene.h"
#include "native/kiosk/contact_sheet.h"
#include "scenes/scenes.h"

namespace vitrine {
namespace {

struct Screen {
  int width, height;
  float pixel_ratio;
};

// A kiosk standing, a wall lying, a phone.
constexpr Screen kScreens[] = {{1080, 1920, 1}, {1920, 1080, 1}, {390, 844, 2}};
constexpr uint32_t kSmallSide = 480;

Image small(const Image& image) {
  const bool wide = image.width > image.height;
  return made_smaller(image, wide ? kSmallSide * image.height / image.width : kSmallSide);
}

// Takes pictures screen after screen; they are compressed while the next ones are drawn.
class Shots {
 public:
  explicit Shots(std::string folder) : folder_(std::move(folder)) {}

  KioskEnd take_screen(const KioskOptions& options);
  // Writes the sheets and waits until all is on the disk.
  Status finish();

 private:
  Status take_languages(Kiosk& kiosk, const KioskOptions& options);
  Status take_scene(Kiosk& kiosk, const campaign::Scene& scene, const std::string& name_end);
  Status take_overlays(Kiosk& kiosk, const campaign::Scene& under, const std::string& name_end);
  Status take(Kiosk& kiosk, const std::string& sheet, const std::string& name);
  void save(const std::string& file, Image picture);

  std::string folder_;
  std::map<std::string, ContactSheet> sheets_;  // by scene
  size_t row_ = 0;                              // of the sheets: a screen in a language
  Status written_;                              // the writer's, until it is drained
  Worker writer_{Worker::AtEnd::FinishJobs};
};

void Shots::save(const std::string& file, Image picture) {
  std::printf("%s\n", file.c_str());
  writer_.post([this, file, image = std::make_shared<Image>(std::move(picture))]() {
    const Status status = write_png(*image, file);
    if (!status.ok()) written_ = status;
    return Worker::Report();
  });
}

Status Shots::take_scene(Kiosk& kiosk, const campaign::Scene& scene, const std::string& name_end) {
  const scene::SceneKind* kind = scene::find_kind(scenes::all_kinds(), scene.kind);
  if (kind == nullptr) return {};
  const auto specimen = kind->make();
  for (const std::string_view state : specimen->states()) {
    if (!kiosk.app().show_state(scene.id, state)) {
      return {StatusCode::Internal, scene.id + " does not show " + std::string(state)};
    }
    const Status status = take(kiosk, scene.id, scene.id + "-" + std::string(state) + name_end);
    if (!status.ok()) return status;
  }
  return {};
}

// What lies over any scene, over this one's first state.
Status Shots::take_overlays(Kiosk& kiosk, const campaign::Scene& under,
                            const std::string& name_end) {
  const scene::SceneKind* kind = scene::find_kind(scenes::all_kinds(), under.kind);
  if (kind == nullptr) return {};
  for (const std::string_view overlay : scene::overlay_names()) {
    if (!kiosk.app().show_state(under.id, kind->make()->states().front()) ||
        !kiosk.app().show_overlay(overlay)) {
      return {StatusCode::Internal, under.id + " does not show " + std::string(overlay)};
    }
    const Status status = take(kiosk, "overlay", "overlay-" + std::string(overlay) + name_end);
    if (!status.ok()) return status;
  }
  return {};
}

Status Shots::take(Kiosk& kiosk, const std::string& sheet, const std::string& name) {
  Result<Image> picture = kiosk.still_picture();
  if (!picture.ok()) return picture.status();
  sheets_[sheet].add(row_, small(picture.value()));
  save(folder_ + "/" + name, std::move(picture).value());
  return {};
}

Status Shots::take_languages(Kiosk& kiosk, const KioskOptions& options) {
  const Status shown = kiosk.turn("");
  if (!shown.ok()) return shown;
  const auto parsed = campaign::parse_campaign(kiosk.campaign_json(), "campaign.json");
  if (!parsed.ok()) return {StatusCode::InvalidArgument, parsed.to_string()};
  for (const std::string& language : parsed.campaign->languages()) {
    kiosk.app().set_language(language);
    const std::string name_end = "-" + std::to_string(options.width) + "x" +
                                 std::to_string(options.height) + "-" + language + ".png";
    for (const campaign::Scene& scene : parsed.campaign->scenes()) {
      const Status status = take_scene(kiosk, scene, name_end);
      if (!status.ok()) return status;
    }
    const Status status = take_overlays(kiosk, parsed.campaign->scenes().back(), name_end);
    if (!status.ok()) return status;
    ++row_;
  }
  return {};
}

KioskEnd Shots::take_screen(const KioskOptions& options) {
  Kiosk kiosk(options);
  const KioskEnd end = kiosk.start();
  if (end.code != KioskExit::Ok) return end;
  const Status status = take_languages(kiosk, options);
  if (!status.ok()) return {KioskExit::BadCampaign, status.message()};
  return {};
}

Status Shots::finish() {
  for (const auto& [scene, sheet] : sheets_) save(folder_ + "/" + scene + ".png", sheet.compose());
  writer_.drain();
  return written_;
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
    const KioskEnd end = shots.take_screen(options_for(options, screen));
    if (end.code != KioskExit::Ok) return end;
    if (options.sized) break;
  }
  const Status written = shots.finish();
  if (!written.ok()) return {KioskExit::Failed, written.message()};
  return {};
}

}  // namespace vitrine
