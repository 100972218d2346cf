// SPDX-License-Identifier: MIT
// A QR code to be read by a phone: dark modules on warm white with the four modules of quiet zone
// that readers need, snapped to whole pixels. A drawing may frame it; a line may run across it
// while somebody is expected to scan.
#pragma once

#include <string>
#include <string_view>

#include "engine/ui/qr_code.h"
#include "engine/ui/widget.h"

namespace vitrine::ui {

class QrPanel : public Widget {
 public:
  static constexpr int kQuietZone = 4;  // modules on each side

  // `name` lives as long as the panel.
  explicit QrPanel(std::string_view name) : name_(name) {}

  // Errors: those of QrCode::encode; the panel is empty then.
  Status set_content(std::string_view text);
  void clear() { code_.clear(); }
  bool is_empty() const { return code_.size() == 0; }
  const QrCode& code() const { return code_; }
  // What it is for and what to do instead, for those who cannot see it.
  void set_label(std::string_view label) { label_ = label; }
  // The square the whole panel takes, with its frame.
  void set_bounds(const Rect& bounds) { bounds_ = bounds; }
  // A drawing whose light field for code and quiet zone is `field` of the drawing's width, in its
  // middle; both strings live as long as the panel. Without one the panel is a sheet of paper.
  void set_frame(std::string_view path, float field);
  // It lies on paper of its owner's: no card of its own, no shadow.
  void set_on_paper(bool on_paper) { on_paper_ = on_paper; }
  // A thin line that runs up and down, its tail a fifth of the accent; never with reduced motion.
  void set_scanning(bool scanning) { scanning_ = scanning; }
  void set_reduced_motion(bool reduced) { reduced_motion_ = reduced; }

  // Where the modules lie, without the quiet zone, in scene units.
  Rect code_area(float pixel_ratio) const;

  void update(float dt) override;
  void draw(Painter& painter) override;
  void describe(SemanticTree& tree) const override;
  bool at_rest() const override { return !scanning_ || reduced_motion_; }

 private:
  Rect field() const;
  void draw_frame(Painter& painter) const;
  void draw_modules(Painter& painter) const;
  void draw_scan_line(Painter& painter) const;

  std::string_view name_;
  std::string label_;
  QrCode code_;
  Rect bounds_;
  std::string_view frame_path_;
  float frame_field_ = 1;
  bool on_paper_ = false;
  bool scanning_ = false;
  bool reduced_motion_ = false;
  float scan_ = 0;  // seconds
};

}  // namespace vitrine::ui
