// SPDX-License-Identifier: MIT
// The life of one face: where it is expected, what a look at it changes, when it is forgotten.
#pragma once

#include <cstdint>

#include "engine/vision/face_look.h"
#include "engine/vision/landmark_filter.h"
#include "engine/vision/scale_keeper.h"
#include "engine/vision/tracked_face.h"

namespace vitrine {

// Logits of presence. Whom the detector finds, new or lost, must convince both networks: the
// landmark network more where the detector's score is below kScoreSure. A lost one that is where it
// was expected must convince the landmark network; one that is followed may leave doubt.
constexpr float kScoreSure = 2;
constexpr float kPresenceToEnter = 1;
constexpr float kPresenceInDoubt = 4;
constexpr float kPresenceToReturn = 1.5f;
constexpr float kPresenceToStay = -0.5f;
// From here on the landmark network needs no second opinion.
constexpr float kPresenceSure = 3;
// Below it, what is found further than this (apart()) from where the face was expected may be of
// the square rather than of the face: it is looked at turned or, where the detector looks
// everywhere in any case, left to it.
constexpr float kAstray = 0.1f;

// Looks at a face that is not in the middle of the square in which it was expected.
constexpr int kMostLooksAgain = 2;

// Of whom the detector doubts, the landmarks must also be where they were when their own square is
// looked at turned, one way and the other: mean distance in sides of it. Of what is no face they
// mostly are not; docs/vision/tracker.md has what was measured.
constexpr float kTurnToCompare = 0.4f;  // radians
constexpr float kMostApart = 0.03f;

// Frames with a look of the detector in a row that show nothing where a face is followed, after
// which that is a mistake: a pattern that the landmark network alone takes for a face would be
// followed for ever.
constexpr int kLooksToDoubt = 3;

// A face that was not seen for this long is gone; if it comes back it has a new id.
constexpr float kLostSeconds = 0.5f;

// When a frame was taken, and how long after the one before (> 0).
struct FrameTime {
  double at = 0;      // seconds, the frames' own clock; never falls
  float seconds = 0;  // > 0
};

class FaceTrack {
 public:
  bool in_use() const { return face_.id != 0; }
  bool is_seen() const { return in_use() && face_.state == FaceState::Tracked; }
  bool is_lost() const { return in_use() && !is_seen(); }
  const TrackedFace& face() const { return face_; }
  // The face's own square with its slack at rest or, when lost, where it would be now.
  const FaceRegion& region() const { return region_; }

  // Somebody new, lost until the look that found them is seen.
  void start(uint32_t id, const FrameTime& time);
  void end() { face_.id = 0; }

  // Where the face is expected after `seconds` more. It keeps still for a face at rest, so that the
  // network sees the same pixels and says the same.
  FaceRegion expected(float seconds) const;

  // It was seen: `look` is a look at or near expected() or, of one who was lost, where it was
  // found.
  void see(const FaceLook& look, const FrameTime& time, const Lens& lens);
  // What the detector says of a face that is followed, once a frame, where a view shows all of it.
  void hear_detector(bool sees_it);
  // Lost because the detector does not see it; only the detector can bring it back.
  bool is_doubted() const { return unseen_by_detector_ >= kLooksToDoubt; }
  // It was not seen. Goes on as it moved, slower and slower; after kLostSeconds it ends.
  void miss(const FrameTime& time);

 private:
  void follow(const FaceLook& look, float seconds);
  void move(Vec2 shift);
  void measure(const FaceLook& look, const FrameTime& time, const Lens& lens);

  TrackedFace face_;  // id 0: not in use
  FaceRegion region_;
  Vec2 last_middle_;  // of the region that belonged to the last look's landmarks
  Vec2 velocity_;     // pixels a second
  float lost_seconds_ = 0;
  float presence_ = 0;  // of the last look
  int unseen_by_detector_ = 0;
  LandmarkFilter filter_;
  ScaleKeeper scale_;
};

// Whether `found` lies so far from the square that was looked at that a second look there is worth
// its time: the network is at its best when the face fills the square as in training.
bool is_far_off(const FaceRegion& seen, const FaceRegion& found);

// Whether a face found lies where the detector said, more or less: what is no face seldom does.
bool fits(const FaceRegion& candidate, const FaceRegion& found);

// How far two regions are apart in place and size: 0 the same, 1 a side away or 2.7 times as large.
float apart(const FaceRegion& from, const FaceRegion& to);

// How far the middle of `to` is from that of `from`, in sides of `from`.
float distance_of(const FaceRegion& from, const FaceRegion& to);

// Mean distance of the landmarks of two usable looks, in sides of the first one's region.
float distance_of(const FaceLook& from, const FaceLook& to);

// Whether a face of region `found` may be the lost one that was expected at `expected`.
bool may_be_same(const FaceRegion& expected, const FaceRegion& found);

}  // namespace vitrine
