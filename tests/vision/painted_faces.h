// SPDX-License-Identifier: MIT
// Faces of two spots each, a green and a blue one for the eyes, and models that read them: all the
// rest follows from the two. Faces must not lean by more than a quarter turn. With these every rule
// of the tracker is tested on real pixels and without any network.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "engine/vision/face_models.h"
#include "engine/vision/landmarks.h"
#include "engine/vision/picture_view.h"

namespace vitrine::test {

// A plain grey picture to paint on, upright.
class Painting {
 public:
  Painting(int width, int height, uint8_t grey = 96);

  int width() const { return width_; }
  int height() const { return height_; }
  uint8_t* at(int x, int y) { return &rgb_[static_cast<size_t>(3 * (y * width_ + x))]; }
  const uint8_t* at(int x, int y) const { return &rgb_[static_cast<size_t>(3 * (y * width_ + x))]; }
  // Nothing but a background that is lighter towards the right: a picture that is not plain.
  void clear_to_room();
  PictureView view() const;

 private:
  int width_, height_;
  std::vector<uint8_t> rgb_;
};

// Landmarks of the face that is painted, in eye distances from between the eyes; upright, looking
// ahead, eyes half open, mouth shut.
const Landmarks& plain_face();

// A face on a painting: where it is between its eyes' outer corners, pixels from one to the other,
// and its roll (radians, anticlockwise).
struct PaintedFace {
  Vec2 middle;
  float eye_distance = 0;
  float roll = 0;

  Landmarks landmarks() const;
};
void paint(Painting& painting, const PaintedFace& face);

// Calls are counted; what is said can be bent.
class SpotModels final : public FaceModels {
 public:
  explicit SpotModels(int landmark_side = 64);

  int detector_side() const override { return 128; }
  int landmark_side() const override { return landmark_side_; }
  const DetectorOutput& detect(std::span<const float> rgb) override;
  const LandmarkOutput& landmarks(std::span<const float> rgb) override;
  int part_side(FacePart) const override { return 0; }
  const PartOutput& part(FacePart, std::span<const float>) override { return nothing_; }
  const FaceCorrection& correct(std::span<const float> values) override {
    std::copy(values.begin(), values.end(), correction_inputs.begin());
    return correction;
  }

  void forget() override { ++forgotten; }

  int detections = 0;
  int looks = 0;
  int forgotten = 0;
  float presence = 6;        // logit where both spots are seen
  float presence_none = -6;  // where they are not
  float lean_costs = 0;      // logits of presence a radian that the head leans in the square
  float yaw = 0, pitch = 0;
  FaceCorrection correction;  // its landmarks are their owner's
  std::array<float, LandmarkNetwork::kCorrectionInputs> correction_inputs{};  // of the last one
  float shake = 0;  // eye distances: how far each landmark is off, by chance
  float stray = 0;  // half sides: how far to the right of the truth all landmarks are claimed
  // The same, where the head leans to that side in the square.
  float stray_leaning_left = 0, stray_leaning_right = 0;
  float log_spread = -4;
  float log_spread_rises = 0;  // from group to group
  float candidate_score = 4;
  float candidate_scale = 1;  // how much too large the detector says that faces are
  int seeing_detections =
      std::numeric_limits<int>::max();  // in later ones the detector sees nothing
  float far_jaw = 0;  // half sides: how far off the jaw's first landmark is claimed
  float spoilt = 0;   // added to each number; NaN spoils all
  // A candidate of this score is claimed in the middle of every view.
  float false_candidate = -std::numeric_limits<float>::infinity();

 private:
  int landmark_side_;
  std::vector<float> points_, spreads_, mask_, cells_;
  DetectorOutput detector_output_;
  LandmarkOutput landmark_output_;
  PartOutput nothing_;
  uint32_t chance_ = 1;
};

// The same picture as a camera would store it that is turned and mirrored so: what is upright in
// `painting` is upright in the view. `padding`: bytes after each row; `bottom_up`: rows from below.
struct StoredPicture {
  StoredPicture(const Painting& painting, PixelFormat format, QuarterTurns turns, bool mirrored,
                int padding = 0, bool bottom_up = false);
  std::vector<uint8_t> bytes;
  PictureView view;
};

}  // namespace vitrine::test
