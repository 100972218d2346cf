// SPDX-License-Identifier: MIT
#include "engine/vision/face_tracker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/vision/detection.h"
#include "engine/vision/face_order.h"
#include "engine/vision/face_track.h"
#include "engine/vision/frame_clock.h"
#include "engine/vision/tracker_checks_internal.h"

namespace vitrine {
namespace {

// From frames this far apart on the detector looks at all views of one frame instead of one: there
// is time, and a face should not wait for seconds.
constexpr float kSlowFrames = 0.1f;

bool contains(const CandidateList& candidates, const FaceRegion& region) {
  const auto all = candidates.all();
  return std::any_of(all.begin(), all.end(), [&](const Candidate& candidate) {
    return same_face(candidate.region, region);
  });
}

// What the detector says of a face that is followed, in all views of one frame together.
enum class Verdict : uint8_t { None, NoFace, Face };
using Verdicts = std::array<Verdict, TrackerOptions::kMostFaces>;

// What the landmark network must say of whom the detector has found, new or lost.
struct Belief {
  float presence = 0;   // at least
  bool turned = false;  // also of the square when it is turned
};

Belief belief_for(const Candidate& candidate) {
  return candidate.score < kScoreSure ? Belief{kPresenceInDoubt, true}
                                      : Belief{kPresenceToEnter, false};
}

int side_for(const FaceModels& models) {
  return std::max({models.detector_side(), models.landmark_side(), models.part_side(FacePart::Lips),
                   models.part_side(FacePart::Eye)});
}

Lens lens_of(const PictureView& picture, const TrackerOptions& options) {
  Lens lens{upright_width(picture), upright_height(picture), options.focal_length, false};
  if (lens.focal_length > 0) return lens;
  const float longer = static_cast<float>(std::max(lens.width, lens.height));
  lens.focal_length = longer / 2 / std::tan(options.field_of_view / 2);
  lens.assumed = true;
  return lens;
}

}  // namespace

struct FaceTracker::Parts {
  Parts(std::unique_ptr<FaceModels> given, const TrackerOptions& chosen)
      : models(std::move(given)),
        options(chosen),
        sampler(side_for(*models)),
        reader(*models, sampler),
        rgb(static_cast<size_t>(models->detector_side() * models->detector_side()) * 3) {}

  std::span<FaceTrack> all() {
    return std::span(tracks).first(static_cast<size_t>(options.most_faces));
  }
  // The order holds the tracks in use, nearest first.
  std::span<size_t> in_order() { return std::span(order).first(ordered); }

  void look_at(const PictureView& picture, const FrameTime& time);
  void see_nobody(const FrameTime& time);
  void forget_faces();
  void wipe();

  bool is_face(const FaceLook& seen, float presence) const;
  bool see_again(FaceTrack& track, float presence);
  void follow(FaceTrack& track);
  bool must_detect();
  void detect();
  void detect_in(const FaceRegion& view, Verdicts& verdicts);
  void take(const Candidate& candidate);
  bool is_known(const FaceRegion& region) const;
  bool is_of_another(const FaceTrack& track, const FaceRegion& region) const;
  FaceTrack* lost_near(const FaceRegion& region);
  FaceTrack* free_track();
  bool convinces(const Candidate& candidate);
  bool stays_when_turned(const FaceLook& seen, FaceLook& turned);
  void drop_doubles();

  void leave_out_gone();
  void put_in_order();
  void publish();

  std::unique_ptr<FaceModels> models;
  TrackerOptions options;
  RegionSampler sampler;
  FaceReader reader;
  std::vector<float> rgb;  // what the detector sees
  FrameClock clock;
  FaceLook look, second_look;

  std::array<FaceTrack, TrackerOptions::kMostFaces> tracks;
  std::array<size_t, TrackerOptions::kMostFaces> order{};
  size_t ordered = 0;
  uint32_t next_id = 1;
  size_t next_view = 0;
  float since_detection = 0;  // seconds

  // Of the frame at hand.
  PictureView picture;
  FrameTime time;
  Lens lens;

  TrackerResult result;
  std::array<TrackedFace, TrackerOptions::kMostFaces> published;
};

Result<FaceTracker> FaceTracker::create(std::unique_ptr<FaceModels> models,
                                        const TrackerOptions& options) {
  if (models == nullptr)
    return Status(StatusCode::InvalidArgument, "the face tracker needs models; load them first");
  if (Status status = check(options); !status.ok()) return status;
  if (Status status = check(*models); !status.ok()) return status;
  return FaceTracker(std::make_unique<Parts>(std::move(models), options));
}

FaceTracker::FaceTracker(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
FaceTracker::FaceTracker(FaceTracker&&) noexcept = default;
FaceTracker& FaceTracker::operator=(FaceTracker&&) noexcept = default;
FaceTracker::~FaceTracker() = default;

const TrackerResult& FaceTracker::track(const PictureView& picture, double time_seconds) {
  TrackerResult& result = parts_->result;
  result.restarted = false;
  if (!std::isfinite(time_seconds)) {
    result.fault = FrameFault::TimeNotFinite;
    return result;
  }
  const FrameClock::Step step = parts_->clock.advance(time_seconds);
  if (step.jumped) parts_->forget_faces();
  result.restarted = step.jumped;
  result.fault = picture_fault(picture);
  if (result.fault == FrameFault::None) {
    parts_->look_at(picture, {step.at, step.seconds});
  } else {
    parts_->see_nobody({step.at, step.seconds});
  }
  parts_->publish();
  return result;
}

void FaceTracker::reset() {
  parts_->wipe();
  parts_->clock.reset();
}

void FaceTracker::Parts::look_at(const PictureView& frame, const FrameTime& frame_time) {
  picture = frame;
  time = frame_time;
  lens = lens_of(picture, options);
  result.width = lens.width;
  result.height = lens.height;
  for (FaceTrack& track : all()) {
    if (track.in_use()) follow(track);
  }
  drop_doubles();
  leave_out_gone();
  since_detection += time.seconds;
  if (must_detect()) detect();
  // The picture is the caller's.
  picture = {};
}

void FaceTracker::Parts::see_nobody(const FrameTime& frame_time) {
  for (FaceTrack& track : all()) {
    if (track.in_use()) track.miss(frame_time);
  }
  since_detection += frame_time.seconds;
}

void FaceTracker::Parts::forget_faces() {
  for (FaceTrack& track : tracks) track.end();
  ordered = 0;
  next_view = 0;
}

// All but the next id: until the next frame nobody can be found in this memory, in pixels or in
// numbers.
void FaceTracker::Parts::wipe() {
  models->forget();
  sampler.forget();
  reader.forget();
  std::fill(rgb.begin(), rgb.end(), 0.0f);
  look = second_look = {};
  tracks = {};
  order = {};
  ordered = next_view = 0;
  since_detection = 0;
  time = {};
  lens = {};
  result = {};
  published = {};
}

// What has its middle outside the picture cannot be judged: there the border's pixels repeat.
bool FaceTracker::Parts::is_face(const FaceLook& seen, float presence) const {
  const Vec2 middle = seen.region.middle;
  return seen.usable && seen.presence >= presence && middle.x >= 0 && middle.y >= 0 &&
         middle.x < static_cast<float>(lens.width) && middle.y < static_cast<float>(lens.height);
}

// Looks where the face is expected and, where it is elsewhere in that square, once more there.
// Nobody becomes somebody else who is seen.
bool FaceTracker::Parts::see_again(FaceTrack& track, float presence) {
  reader.look(picture, track.expected(time.seconds), look);
  if (!is_face(look, kPresenceToStay)) return false;
  if (is_far_off(look.seen, look.region)) {
    reader.look(picture, look.region, second_look);
    std::swap(look, second_look);
  }
  if (!is_face(look, presence) || is_of_another(track, look.region)) return false;
  reader.look_closer(picture, look);
  track.see(look, time, lens);
  return true;
}

void FaceTracker::Parts::follow(FaceTrack& track) {
  const float presence = track.is_seen() ? kPresenceToStay : kPresenceToReturn;
  if (track.is_doubted() || !see_again(track, presence)) track.miss(time);
}

// Also with all places taken: what is followed by mistake must not keep its place.
bool FaceTracker::Parts::must_detect() {
  int used = 0, seen = 0;
  for (const FaceTrack& track : all()) {
    used += track.in_use();
    seen += track.is_seen();
  }
  return seen == 0 || seen < used || since_detection >= options.newcomer_interval;
}

void FaceTracker::Parts::detect() {
  const DetectionViews views = detection_views(lens.width, lens.height);
  const size_t looks = time.seconds >= kSlowFrames ? views.count : 1;
  Verdicts verdicts{};
  for (size_t i = 0; i < looks; ++i) {
    detect_in(views.items[next_view % views.count], verdicts);
    ++next_view;
  }
  for (size_t i = 0; i < tracks.size(); ++i) {
    if (verdicts[i] != Verdict::None) tracks[i].hear_detector(verdicts[i] == Verdict::Face);
  }
  since_detection = 0;
}

void FaceTracker::Parts::detect_in(const FaceRegion& view, Verdicts& verdicts) {
  const int side = models->detector_side();
  if (sampler.sample(picture, view, side, rgb).is_flat()) return;
  const CandidateList candidates = candidates_of(models->detect(rgb), view, side, kBackingScore);
  for (size_t i = 0; i < tracks.size(); ++i) {
    const FaceTrack& track = tracks[i];
    if (!track.is_seen() || !shows_well(view, track.region())) continue;
    const bool sees_it = contains(candidates, track.region());
    verdicts[i] = std::max(verdicts[i], sees_it ? Verdict::Face : Verdict::NoFace);
  }
  for (const Candidate& candidate : candidates.all()) {
    if (candidate.score > kCandidateScore) take(candidate);
  }
}

// Who is lost near there has come back; anybody else is new. What they must pass is the same: what
// is not enough for the one would else become the other.
void FaceTracker::Parts::take(const Candidate& candidate) {
  if (is_known(candidate.region)) return;
  FaceTrack* lost = lost_near(candidate.region);
  FaceTrack* track = lost != nullptr ? lost : free_track();
  if (track == nullptr || !convinces(candidate)) return;
  reader.look_closer(picture, look);
  if (track == lost) {
    track->see(look, time, lens);
  } else {
    track->start(next_id++, look, time, lens);
    order[ordered++] = static_cast<size_t>(track - tracks.data());
  }
}

bool FaceTracker::Parts::is_known(const FaceRegion& region) const {
  return std::any_of(tracks.begin(), tracks.end(), [&](const FaceTrack& track) {
    return track.is_seen() && same_face(track.region(), region);
  });
}

bool FaceTracker::Parts::is_of_another(const FaceTrack& track, const FaceRegion& region) const {
  return std::any_of(tracks.begin(), tracks.end(), [&](const FaceTrack& other) {
    return &other != &track && other.is_seen() && same_face(other.region(), region);
  });
}

FaceTrack* FaceTracker::Parts::lost_near(const FaceRegion& region) {
  FaceTrack* nearest = nullptr;
  for (FaceTrack& track : all()) {
    if (!track.in_use() || track.is_seen() || !may_be_same(track.region(), region)) continue;
    if (nearest == nullptr ||
        distance_of(track.region(), region) < distance_of(nearest->region(), region))
      nearest = &track;
  }
  return nearest;
}

FaceTrack* FaceTracker::Parts::free_track() {
  for (FaceTrack& track : all()) {
    if (!track.in_use()) return &track;
  }
  return nullptr;
}

// Two looks: the first from the detector's rough square, the second, which is left in `look`, from
// the face's own.
bool FaceTracker::Parts::convinces(const Candidate& candidate) {
  reader.look(picture, candidate.region, look);
  if (!is_face(look, kPresenceToStay)) return false;
  reader.look(picture, look.region, second_look);
  std::swap(look, second_look);
  const Belief enough = belief_for(candidate);
  return is_face(look, enough.presence) && fits(candidate.region, look.region) &&
         !is_known(look.region) && (!enough.turned || stays_when_turned(look, second_look));
}

// Whether landmarks are of what is in the picture rather than of the square that was looked at.
bool FaceTracker::Parts::stays_when_turned(const FaceLook& seen, FaceLook& turned) {
  FaceRegion region = seen.region;
  region.turn += kTurnToCompare;
  reader.look(picture, region, turned);
  return turned.usable && distance_of(seen, turned) < kMostApart;
}

// Two that came to follow one face: the older stays, and one that is seen before one that is lost.
void FaceTracker::Parts::drop_doubles() {
  for (FaceTrack& a : all()) {
    for (FaceTrack& b : all()) {
      if (&a == &b || !a.is_seen() || !b.in_use() || !same_face(a.region(), b.region())) continue;
      if (!b.is_seen() || a.face().id < b.face().id) b.end();
    }
  }
}

void FaceTracker::Parts::leave_out_gone() {
  const auto begin = order.begin();
  const auto end = std::remove_if(begin, begin + static_cast<ptrdiff_t>(ordered),
                                  [this](size_t index) { return !tracks[index].in_use(); });
  ordered = static_cast<size_t>(end - begin);
}

void FaceTracker::Parts::put_in_order() {
  leave_out_gone();
  std::array<float, TrackerOptions::kMostFaces> sizes{};
  for (size_t i = 0; i < tracks.size(); ++i) sizes[i] = tracks[i].face().eye_distance;
  order_by_nearness(in_order(), sizes);
}

void FaceTracker::Parts::publish() {
  put_in_order();
  bool seen = false;
  for (size_t i = 0; i < ordered; ++i) {
    published[i] = tracks[order[i]].face();
    seen |= tracks[order[i]].is_seen();
  }
  result.faces = std::span(published).first(ordered);
  result.state = seen           ? TrackerState::Tracking
                 : ordered != 0 ? TrackerState::Lost
                                : TrackerState::Searching;
}

}  // namespace vitrine
