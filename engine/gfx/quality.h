// SPDX-License-Identifier: MIT
// Keeps frames in time where a screen is too weak for all effects: a ladder of rungs, the dearest
// effect left out first, and who decides when to step. Pure: it is told how long frames took.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace vitrine::gfx {

// What is drawn at a rung.
struct Quality {
  std::string_view name = "full";
  uint8_t background_shrink = 2;  // background pixels are so many device pixels wide
  uint8_t background_every = 1;   // drawn anew every so many frames; 0: only for other colours
  bool backdrop_blur = true;      // false: glass is its tint alone
  float particles = 1;            // share of them that is drawn
  bool shadows = true;            // soft ones
};

// From everything to the least; each rung keeps what the one before left out.
std::span<const Quality> quality_ladder();

enum class QualityReason : uint8_t { Start, SlowFrames, SteadyFrames, PacedDisplay };
std::string_view quality_reason_name(QualityReason reason);

// One rung down when a second of frames was too slow; up again after a calm while, which doubles
// each time a step up had to be taken back, so that nothing flickers. Where no rung made frames
// faster the display itself is slow: then everything is drawn, its pace is what is expected, and
// the next way down is begun with more patience.
class QualityLadder {
 public:
  static constexpr float kSixty = 1.0f / 60;

  // `pace`: from frame to frame as the shell asks for them, seconds; no effect is left out for it.
  explicit QualityLadder(float pace = kSixty) : asked_(pace), pace_(pace) {}

  // `interval`: from the last frame to this one, seconds. True when the rung changed.
  // Expects: not told of the first frame after a pause.
  bool add_frame(float interval);
  // Frames until now say nothing about the next (a pause, a lost context, another size).
  void forget_frames();

  uint32_t rung() const { return rung_; }
  const Quality& quality() const { return quality_ladder()[rung_]; }
  QualityReason reason() const { return reason_; }
  // Mean of the newest whole second, seconds; 0 before there was one.
  float interval() const { return interval_; }

 private:
  bool judge();
  bool step_down();
  bool move_to(uint32_t rung, QualityReason reason);

  uint32_t rung_ = 0;
  QualityReason reason_ = QualityReason::Start;
  float interval_ = 0;
  float window_ = 0;     // seconds looked at
  uint32_t frames_ = 0;  // in it
  uint32_t slow_ = 0;
  float rest_ = 3;         // seconds in which a start or a change settles
  float calm_ = 0;         // seconds without a slow window
  float wait_ = 10;        // seconds of calm before a step up
  uint32_t patience_ = 1;  // slow windows in a row before a way down begins
  uint32_t slow_windows_ = 0;
  float since_up_ = 1e9f;   // seconds
  float top_interval_ = 0;  // at the top, when it was too slow
  float asked_;             // seconds from frame to frame, the least
  float pace_;              // seconds a frame may take
};

}  // namespace vitrine::gfx
