// SPDX-License-Identifier: MIT
#include "engine/vision/face_tracker.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
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

// So many of those that the detector finds are examined in a frame, in each view the surest first:
// a wall of what is nearly a face must not take the time of all that is.
constexpr int kMostExams = 6;

// Whether the detector sees those who are followed, in all views of one frame together; of whom no
// view shows well it says nothing.
using Verdicts = std::array<std::optional<bool>, TrackerOptions::kMostFaces>;

}  // namespace

struct FaceTracker::Parts {
  Parts(std::unique_ptr<FaceModels> given, const TrackerOptions& chosen)
      : models(std::move(given)),
        options(chosen),
        sampler(models->most_side()),
        reader(*models, sampler),
        rgb(rgb_values(models->detector_side())) {}

  std::span<FaceTrack> all() {
    return std::span(tracks).first(static_cast<size_t>(options.most_faces));
  }
  // The order holds the tracks in use, nearest first.
  std::span<size_t> in_order() { return std::span(order).first(ordered); }

  void look_at(const PictureView& picture, const FrameTime& time);
  void start_picture();
  void see_nobody(const FrameTime& time);
  void start_anew();
  void wipe();

  bool is_slow() const { return time.seconds >= kSlowFrames; }
  bool is_face(const FaceLook& seen, float presence) const;
  void follow();
  bool find(const FaceTrack& track, FaceLook& found);
  void give_way();
  void see(FaceTrack& track, FaceLook& seen);
  bool must_detect();
  void detect();
  void detect_in(const FaceRegion& view, Verdicts& verdicts);
  FaceTrack* take(const Candidate& candidate);
  bool has_room();
  bool is_known(const FaceRegion& region) const;
  bool is_part_of_lost(const FaceRegion& region) const;
  FaceTrack* lost_near(const FaceRegion& region);
  FaceTrack* newcomer();
  bool convinces(const Candidate& candidate);
  bool stays_when_turned(const FaceLook& seen);
  void leave_out_gone();
  void put_in_order();
  void publish();

  std::unique_ptr<FaceModels> models;
  TrackerOptions options;
  RegionSampler sampler;
  FaceReader reader;
  std::vector<float> rgb;  // what the detector sees
  FrameClock clock;
  FaceLook look, second_look;  // the one that counts, and one to compare with
  std::array<FaceLook, TrackerOptions::kMostFaces>
      found;  // by track: where it was found, if usable

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
  int exams = 0;

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
  if (step.jumped) parts_->start_anew();
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
  lens = lens_of(upright_width(picture), upright_height(picture), options.focal_length,
                 options.field_of_view);
  if (lens.width != result.width || lens.height != result.height) start_picture();
  follow();
  leave_out_gone();
  since_detection += time.seconds;
  if (must_detect()) detect();
  // The picture is the caller's.
  picture = {};
}

// Places in a picture of another size mean nothing in this one.
void FaceTracker::Parts::start_picture() {
  result.width = lens.width;
  result.height = lens.height;
  start_anew();
}

void FaceTracker::Parts::see_nobody(const FrameTime& frame_time) {
  for (FaceTrack& track : all()) {
    if (track.in_use()) track.miss(frame_time);
  }
  since_detection += frame_time.seconds;
}

void FaceTracker::Parts::start_anew() {
  result.restarted |= ordered > 0;
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
  found = {};
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

// All are looked for before any is seen: whose face it is can be told only when it is known where
// everybody is.
void FaceTracker::Parts::follow() {
  for (size_t i = 0; i < tracks.size(); ++i) found[i].usable = find(tracks[i], found[i]);
  give_way();
  for (size_t i = 0; i < tracks.size(); ++i) {
    if (!tracks[i].in_use()) continue;
    if (found[i].usable) {
      see(tracks[i], found[i]);
    } else {
      tracks[i].miss(time);
    }
  }
}

// Looks where the face is expected and, where it is elsewhere in that square, there, twice at most.
bool FaceTracker::Parts::find(const FaceTrack& track, FaceLook& at) {
  if (!track.in_use() || track.is_doubted()) return false;
  const FaceRegion expected = track.expected(time.seconds);
  reader.look(picture, expected, at);
  for (int again = 0; again < kMostLooksAgain; ++again) {
    if (!is_face(at, kPresenceToStay)) return false;
    if (!is_far_off(at.seen, at.region)) break;
    reader.look(picture, at.region, second_look);
    std::swap(at, second_look);
  }
  return is_face(at, track.is_seen() ? kPresenceToStay : kPresenceToReturn) &&
         may_be_same(expected, at.region) &&
         (at.presence >= kPresenceSure || apart(expected, at.region) < kAstray ||
          (!is_slow() && stays_when_turned(at)));
}

// Of two that found one face it is the one's who was seen last or, both being so, of whom it was
// expected there more. Who passes in front of another takes nothing along.
void FaceTracker::Parts::give_way() {
  const auto is_nearer = [&](size_t a, size_t b) {
    if (tracks[a].is_seen() != tracks[b].is_seen()) return tracks[a].is_seen();
    return apart(tracks[a].expected(time.seconds), found[a].region) <
           apart(tracks[b].expected(time.seconds), found[b].region);
  };
  for (size_t a = 0; a < tracks.size(); ++a) {
    for (size_t b = 0; b < a; ++b) {
      if (!found[a].usable || !found[b].usable || !same_face(found[a].region, found[b].region))
        continue;
      found[is_nearer(a, b) ? b : a].usable = false;
    }
  }
}

void FaceTracker::Parts::see(FaceTrack& track, FaceLook& seen) {
  reader.look_closer(picture, seen);
  track.see(seen, time, lens);
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
  const size_t looks = is_slow() ? views.count : 1;
  Verdicts verdicts{};
  exams = 0;
  for (size_t i = 0; i < looks; ++i) {
    detect_in(views.items[(next_view + i) % views.count], verdicts);
  }
  ++next_view;  // so that each view is the first at some time, when there are still exams left
  for (size_t i = 0; i < tracks.size(); ++i) {
    if (verdicts[i]) tracks[i].hear_detector(*verdicts[i]);
  }
  since_detection = 0;
}

void FaceTracker::Parts::detect_in(const FaceRegion& view, Verdicts& verdicts) {
  const int side = models->detector_side();
  if (sampler.sample(picture, view, side, rgb).is_flat()) return;
  const CandidateList candidates = candidates_of(models->detect(rgb), view, side);
  for (size_t i = 0; i < tracks.size(); ++i) {
    const FaceTrack& track = tracks[i];
    if (!track.is_seen() || !shows_well(view, track.region())) continue;
    verdicts[i] = verdicts[i].value_or(false) || candidates.has(track.region());
  }
  for (const Candidate& candidate : candidates.all()) {
    if (candidate.score <= kCandidateScore) break;
    if (const FaceTrack* track = take(candidate))
      verdicts[static_cast<size_t>(track - tracks.data())] = true;
  }
}

// Whom the detector has found is examined first. Only then is it asked who it is: who is lost near
// there has come back, anybody else is new. Null: nobody, or no place is left.
FaceTrack* FaceTracker::Parts::take(const Candidate& candidate) {
  if (is_known(candidate.region) || !has_room() || exams == kMostExams) return nullptr;
  ++exams;
  if (!convinces(candidate)) return nullptr;
  FaceTrack* track = lost_near(look.region);
  if (track == nullptr && !is_part_of_lost(look.region)) track = newcomer();
  if (track != nullptr) see(*track, look);
  return track;
}

bool FaceTracker::Parts::has_room() {
  return std::any_of(all().begin(), all().end(), [](auto& track) { return !track.is_seen(); });
}

// Whether a face that is seen there is followed already.
bool FaceTracker::Parts::is_known(const FaceRegion& region) const {
  return std::any_of(tracks.begin(), tracks.end(), [&](const FaceTrack& track) {
    return track.is_seen() && same_face(track.region(), region);
  });
}

// Half a face is easily taken for a smaller whole one, and a moment later the whole one is back.
bool FaceTracker::Parts::is_part_of_lost(const FaceRegion& region) const {
  return std::any_of(tracks.begin(), tracks.end(), [&](const FaceTrack& track) {
    return track.is_lost() && !track.is_doubted() && region.side < track.region().side &&
           same_face(track.region(), region);
  });
}

FaceTrack* FaceTracker::Parts::lost_near(const FaceRegion& region) {
  FaceTrack* nearest = nullptr;
  for (FaceTrack& track : all()) {
    if (!track.is_lost() || !may_be_same(track.region(), region)) continue;
    if (nearest == nullptr ||
        distance_of(track.region(), region) < distance_of(nearest->region(), region))
      nearest = &track;
  }
  return nearest;
}

FaceTrack* FaceTracker::Parts::newcomer() {
  for (FaceTrack& track : all()) {
    if (track.in_use()) continue;
    track.start(next_id++, time);
    order[ordered++] = static_cast<size_t>(&track - tracks.data());
    return &track;
  }
  return nullptr;
}

// Two looks: the first from the detector's rough square, the second, which is left in `look`, from
// the face's own. Where the detector doubts, the landmark network must be surer.
bool FaceTracker::Parts::convinces(const Candidate& candidate) {
  reader.look(picture, candidate.region, look);
  if (!is_face(look, kPresenceToStay)) return false;
  reader.look(picture, look.region, second_look);
  std::swap(look, second_look);
  const bool is_sure = candidate.score >= kScoreSure;
  return is_face(look, is_sure ? kPresenceToEnter : kPresenceInDoubt) &&
         fits(candidate.region, look.region) && !is_known(look.region) &&
         (is_sure || stays_when_turned(look));
}

// Whether landmarks are of what is in the picture rather than of the square that was looked at.
bool FaceTracker::Parts::stays_when_turned(const FaceLook& seen) {
  for (const float turn : {kTurnToCompare, -kTurnToCompare}) {
    FaceRegion region = seen.region;
    region.turn += turn;
    reader.look(picture, region, second_look);
    if (!second_look.usable || distance_of(seen, second_look) >= kMostApart) return false;
  }
  return true;
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
