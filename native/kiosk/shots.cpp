// SPDX-License-Identifier: MIT
#include "native/kiosk/shots.h"

#include <cstdio>
#include <filesystem>

#include "engine/campaign/parse.h"
#include "engine/scene/scene.h"
#include "scenes/scenes.h"

namespace vitrine {
namespace {

struct Screen {
  int width, height;
  float pixel_ratio;
};

// A kiosk standing, a wall lying, a phone.
constexpr Screen kScreens[] = {{1080, 1920, 1}, {1920, 1080, 1}, {390, 844, 3}};

std::string file_name(const KioskOptions& options, std::string_view scene, std::string_view state,
                      const std::string& language) {
  std::string name = options.shots;
  name.append("/").append(scene).append("-").append(state).append("-");
  name.append(std::to_string(options.width)).append("x").append(std::to_string(options.height));
  return name.append("-").append(language).append(".png");
}

Status shoot_scene(Kiosk& kiosk, const KioskOptions& options, const campaign::Scene& scene,
                   const std::string& language) {
  const scene::SceneKind* kind = scene::find_kind(scenes::all_kinds(), scene.kind);
  if (kind == nullptr) return {};
  const auto specimen = kind->make();
  for (const std::string_view state : specimen->states()) {
    if (!kiosk.app().show_state(scene.id, state)) {
      return {StatusCode::Internal, scene.id + " does not show " + std::string(state)};
    }
    Status status = kiosk.settle();
    const std::string file = file_name(options, scene.id, state, language);
    if (status.ok()) status = kiosk.turn(file);
    if (!status.ok()) return status;
    std::printf("%s\n", file.c_str());
  }
  return {};
}

Status shoot_all(Kiosk& kiosk, const KioskOptions& options) {
  Status status = kiosk.settle();
  if (!status.ok()) return status;
  const auto parsed = campaign::parse_campaign(kiosk.campaign_json(), "campaign.json");
  if (!parsed.ok()) return {StatusCode::InvalidArgument, parsed.to_string()};
  for (const std::string& language : parsed.campaign->languages()) {
    kiosk.app().set_language(language);
    for (const campaign::Scene& scene : parsed.campaign->scenes()) {
      status = shoot_scene(kiosk, options, scene, language);
      if (!status.ok()) return status;
    }
  }
  return {};
}

}  // namespace

KioskEnd take_shots(const KioskOptions& options) {
  std::error_code error;
  std::filesystem::create_directories(options.shots, error);
  if (error) return {KioskExit::Usage, "--shots " + options.shots + ": " + error.message()};
  for (const Screen& screen : kScreens) {
    KioskOptions one = options;
    one.width = screen.width;
    one.height = screen.height;
    one.pixel_ratio = screen.pixel_ratio;
    one.mode = "test";
    if (one.seed == 0) one.seed = 1;
    Kiosk kiosk(one);
    const KioskEnd end = kiosk.start();
    if (end.code != KioskExit::Ok) return end;
    const Status status = shoot_all(kiosk, one);
    if (!status.ok()) return {KioskExit::BadCampaign, status.message()};
  }
  return {};
}

}  // namespace vitrine
