// SPDX-License-Identifier: MIT
// Every look a campaign can have, one at a time: its scenes in their named states, on any screen,
// in any language, drawn by the engine through a ProbeCanvas, with the kiosk's own fonts and
// drawings. Without GL it lays everything out and paints nothing. Main thread.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "engine/campaign/campaign.h"
#include "engine/platform/image_decoder.h"
#include "engine/ui/metrics.h"
#include "engine/ui/semantics.h"
#include "native/looks/probe_canvas.h"

namespace vitrine::looks {

struct FittingRoomOptions {
  std::filesystem::path campaign;  // its folder
  std::filesystem::path fonts;     // empty: beside the program
  bool with_gl = true;             // false: as on a machine without GL
};

class FittingRoom {
 public:
  // `campaign` is what the folder's campaign.json says. Errors: NotFound (no fonts). No GL is no
  // error: paints() is false then.
  static Result<std::unique_ptr<FittingRoom>> open(const FittingRoomOptions& options,
                                                   const campaign::Campaign& campaign);
  virtual ~FittingRoom() = default;

  virtual bool paints() const = 0;
  // Why it does not paint, "" when it does.
  virtual const std::string& obstacle() const = 0;

  // A screen of so many logical points.
  virtual void set_screen(Size points, ui::TextSize text) = 0;
  virtual const ui::Metrics& metrics() const = 0;
  // Pixels a scene unit in pictures.
  virtual float pixel_ratio() const = 0;

  // Shows a state at rest; its pictures may be missing still. False when there is no such state.
  virtual bool show(std::string_view scene_id, std::string_view state,
                    std::string_view language) = 0;
  // Over the state shown, an overlay by its name (scene::overlay_names()). False when there is
  // none.
  virtual bool show_overlay(std::string_view name) = 0;
  // Whether what is shown is to be read now (scene::Scene::at_rest).
  virtual bool at_rest() const = 0;
  // The states of a scene's kind, "rest" at least.
  virtual std::vector<std::string_view> states(const campaign::Scene& scene) const = 0;

  // Draws what is shown without painting it: texts() alone are its result.
  virtual void lay_out() = 0;
  // Paints what is shown, with all its pictures; without a time there is no silk. Expects:
  // paints().
  virtual Image paint(ProbeCanvas::Ink ink, std::optional<float> silk_time = std::nullopt) = 0;
  // Of what was drawn last, in scene units.
  virtual const std::vector<DrawnText>& texts() const = 0;
  // How many of them lie under the sheet that the scene itself has open: not to be read now.
  virtual size_t texts_under_sheet() = 0;
  virtual const ui::SemanticTree& semantics() = 0;
  // Measures text; draws nothing.
  virtual gfx::Canvas& canvas() = 0;
};

}  // namespace vitrine::looks
