// SPDX-License-Identifier: MIT
#include "native/tools/track/track.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <optional>
#include <vector>

#include "native/media/device_camera.h"
#include "native/media/film_camera.h"
#include "native/tools/command.h"
#include "native/tools/track/model_files.h"
#include "native/tools/track/results.h"

namespace vitrine::track {
namespace {

using Clock = std::chrono::steady_clock;
std::atomic<bool> stopped{false};

int complain(std::FILE* err, const Status& problem, int code) {
  std::fprintf(err, "vitrine track: %s\n", problem.message().c_str());
  return code;
}

// A film that is broken is a finding; one that is not there, or may not be read, a circumstance.
int code_of(const Status& problem) {
  switch (problem.code()) {
    case StatusCode::InvalidArgument:
    case StatusCode::DataLoss:
    case StatusCode::ResourceExhausted:
      return tools::kProblems;
    default:
      return tools::kEnvironment;
  }
}

// The middle and the slowest of the tracker's times, however many there are: they are counted by
// hundredths of a millisecond.
class Timings {
 public:
  void add(double milliseconds) {
    const double step = std::clamp(milliseconds * 100 + 0.5, 0.0, kSteps - 1.0);
    ++steps_[static_cast<size_t>(step)];
    ++count_;
    slowest_ = std::max(slowest_, milliseconds);
  }
  void print(std::FILE* err, uint64_t replaced, uint64_t damaged) const {
    if (count_ == 0) return;
    std::fprintf(err,
                 "vitrine track: %llu pictures, median %.2f ms, slowest %.2f ms; %llu replaced by "
                 "newer ones, %llu damaged\n",
                 static_cast<unsigned long long>(count_), median(), slowest_,
                 static_cast<unsigned long long>(replaced),
                 static_cast<unsigned long long>(damaged));
  }

 private:
  static constexpr size_t kSteps = 100'000;  // what takes longer than a second counts as one

  double median() const {
    size_t step = 0;
    for (uint64_t below = steps_[0]; below <= count_ / 2; below += steps_[++step]) {
    }
    return static_cast<double>(step) / 100;
  }

  std::vector<uint64_t> steps_ = std::vector<uint64_t>(kSteps);
  uint64_t count_ = 0;
  double slowest_ = 0;
};

class Session {
 public:
  Session(const TrackOptions& options, FaceTracker tracker, std::FILE* err)
      : options_(options), tracker_(std::move(tracker)), results_(options), err_(err) {}

  int run(std::FILE* out) {
    if (Status problem = results_.begin(out, err_); !problem.ok()) {
      return complain(err_, problem, tools::kEnvironment);
    }
    camera_ = make_camera();
    CameraRequest request;
    request.device_id = options_.camera == "first" ? "" : options_.camera;
    request.format = options_.luma ? PixelFormat::Luma8 : PixelFormat::Rgb8;
    if (Status problem = camera_->open(request); !problem.ok()) {
      return complain(err_, problem, tools::kUsage);
    }
    const int code = follow();
    const CameraStatistics counts = camera_->statistics();
    timings_.print(err_, counts.replaced, counts.damaged);
    const Status written = results_.finish();
    return written.ok() ? code : complain(err_, written, tools::kEnvironment);
  }

 private:
  std::unique_ptr<media::MediaCamera> make_camera() const {
    if (options_.film.empty()) return media::make_device_camera();
    return media::make_film_camera(
        {options_.film, media::FilmRepeat::Once, media::FilmPace::AsWanted});
  }

  // Until nothing more comes.
  int follow() {
    while (!stopped && !enough()) {
      camera_->poll();
      if (const CameraFrame* frame = camera_->newest_frame()) {
        if (Status problem = track(*frame); !problem.ok()) {
          return complain(err_, problem, tools::kEnvironment);
        }
        continue;
      }
      if (const std::optional<int> code = look_at_state()) return *code;
      camera_->wait_for_news(std::chrono::milliseconds(100));
    }
    return tools::kOk;
  }

  bool enough() const { return options_.frames > 0 && frames_ >= options_.frames; }

  Status track(const CameraFrame& frame) {
    const PictureView view = view_of(frame);
    const auto begun = Clock::now();
    const TrackerResult& result = tracker_.track(view, frame.time_seconds);
    const std::chrono::duration<double, std::milli> took = Clock::now() - begun;
    timings_.add(took.count());
    ++frames_;
    return results_.add(view, {frame.number, frame.time_seconds, took.count()}, result);
  }

  // The exit code when it is over. A camera's troubles are told and waited out.
  std::optional<int> look_at_state() {
    const CameraState state = camera_->state();
    const Status problem = camera_->problem();
    if (state == CameraState::Ended) return tools::kOk;
    const bool film = !options_.film.empty();
    if (state == CameraState::Denied || (film && state == CameraState::Failed)) {
      return complain(err_, problem, code_of(problem));
    }
    const std::string told = problem.ok() ? "" : problem.message();
    if (!told.empty() && told != told_) {
      std::fprintf(err_, "vitrine track: %s: %s\n", std::string(camera_state_name(state)).c_str(),
                   told.c_str());
    }
    told_ = told;
    return std::nullopt;
  }

  const TrackOptions& options_;
  FaceTracker tracker_;
  Results results_;
  std::FILE* const err_;
  std::unique_ptr<media::MediaCamera> camera_;
  Timings timings_;
  std::string told_;
  int64_t frames_ = 0;
};

int list_cameras(std::FILE* out, std::FILE* err) {
  const std::vector<media::VideoDevice> devices = media::list_video_devices({});
  if (devices.empty()) std::fputs("vitrine track: no camera is there; plug one in\n", err);
  for (const media::VideoDevice& device : devices) {
    std::fprintf(out, "%s\t%s\n", device.camera.id.c_str(), device.camera.name.c_str());
  }
  if (std::fflush(out) == 0 && !std::ferror(out)) return tools::kOk;
  return complain(err, {StatusCode::Unavailable, "the output could not be written"},
                  tools::kEnvironment);
}

}  // namespace

int track_source(const TrackOptions& options, std::unique_ptr<FaceModels> models, std::FILE* out,
                 std::FILE* err) {
  if (Status bad = options.check_places(); !bad.ok()) return complain(err, bad, tools::kUsage);
  auto tracker = FaceTracker::create(std::move(models));
  if (!tracker.ok()) return complain(err, tracker.status(), tools::kEnvironment);
  Session session(options, std::move(tracker).value(), err);
  return session.run(out);
}

int run_track(std::span<const std::string_view> arguments, std::FILE* out, std::FILE* err) {
  stopped = false;
  const auto options = parse_track_options(arguments);
  if (!options.ok()) {
    std::fprintf(err, "vitrine track: %s\nTry `vitrine track --help`.\n",
                 options.status().message().c_str());
    return tools::kUsage;
  }
  if (options.value().list) return list_cameras(out, err);
  auto models = read_models(options.value().models);
  if (!models.ok()) return complain(err, models.status(), tools::kEnvironment);
  return track_source(options.value(), std::move(models).value(), out, err);
}

void stop() {
  stopped = true;
}

}  // namespace vitrine::track
