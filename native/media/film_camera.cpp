// SPDX-License-Identifier: MIT
#include "native/media/film_camera.h"

#include <filesystem>
#include <optional>

#include "native/media/media_origin.h"
#include "native/media/media_reader.h"

namespace vitrine::media {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kMostDamaged = 100;                       // one after another; then it is no film
constexpr auto kLongestGap = std::chrono::seconds(10);  // between two pictures

std::chrono::microseconds seconds(double s) {
  return std::chrono::microseconds(static_cast<int64_t>(s * 1e6));
}

class FilmOrigin final : public MediaOrigin {
 public:
  explicit FilmOrigin(FilmOptions options)
      : options_(std::move(options)),
        device_{"film:" + std::filesystem::path(options_.path).filename().string(),
                std::filesystem::path(options_.path).filename().string()} {}

  std::vector<CameraDevice> list() override { return {device_}; }
  void run(CameraRun& run) override;

 private:
  // One time from its first picture to its last; whether another may follow.
  bool play(CameraRun& run);
  bool play_pictures(CameraRun& run, MediaReader& reader);
  bool deliver(CameraRun& run, MediaReader& reader, AVFrame& decoded);
  bool wait_for_turn(CameraRun& run, double time_seconds, double interval_seconds);

  const FilmOptions options_;
  const CameraDevice device_;
  PictureConverter converter_{LumaPlane::HandedOn};
  Clock::time_point last_arrival_;
  Clock::time_point begun_;                // when the picture of time 0 was or would have been due
  std::optional<Clock::time_point> over_;  // when the last picture's time is over
  bool first_ = true;                      // no picture of this round was due yet
};

void fail(CameraRun& run, const Status& problem) {
  const bool denied = problem.code() == StatusCode::PermissionDenied;
  run.show(denied ? CameraState::Denied : CameraState::Failed, problem);
}

void FilmOrigin::run(CameraRun& run) {
  const std::string& wanted = run.request().device_id;
  if (!wanted.empty() && wanted != device_.id) {
    fail(run, {StatusCode::NotFound,
               "there is no camera \"" + wanted + "\", only the film " + device_.id});
    return;
  }
  run.show_device(device_.id);
  over_.reset();
  while (play(run) && options_.repeat == FilmRepeat::Loop && run.go_on()) {
  }
}

bool FilmOrigin::play(CameraRun& run) {
  last_arrival_ = Clock::now();
  const auto stall = seconds(run.request().stall_seconds);
  const auto keep_waiting = [this, &run, stall] {
    // Only a pipe lets us wait. It may go on at any time, so it is not given up.
    if (Clock::now() - last_arrival_ > stall) {
      run.show(CameraState::Stalled,
               {StatusCode::Unavailable, device_.name + ": no picture comes"});
    }
    return run.go_on();
  };
  MediaPlace place;
  place.path = options_.path;
  place.frames_per_second = run.request().frames_per_second;
  const auto reader = MediaReader::open(place, keep_waiting);
  if (!reader.ok()) {
    fail(run, reader.status());
    return false;
  }
  first_ = true;
  return play_pictures(run, *reader.value());
}

bool FilmOrigin::play_pictures(CameraRun& run, MediaReader& reader) {
  AvOwned<AVFrame> decoded(allocated(av_frame_alloc()));
  for (int damaged = 0; damaged < kMostDamaged;) {
    switch (reader.read(*decoded)) {
      case ReadOutcome::Picture:
        damaged = 0;
        if (!deliver(run, reader, *decoded)) return false;
        break;
      case ReadOutcome::Damaged:
        ++damaged;
        run.count_damaged();
        break;
      case ReadOutcome::End:
        if (first_) {
          fail(run, {StatusCode::DataLoss, device_.name + ": has no whole picture in it"});
        } else if (options_.repeat == FilmRepeat::Once) {
          run.show(CameraState::Ended);
        }
        return !first_;
      case ReadOutcome::GaveUp:
        return false;
      case ReadOutcome::Failed:
        fail(run, reader.problem());
        return false;
    }
  }
  fail(run, {StatusCode::DataLoss, device_.name + ": " + std::to_string(kMostDamaged) +
                                       " pictures one after another are damaged"});
  return false;
}

bool FilmOrigin::deliver(CameraRun& run, MediaReader& reader, AVFrame& decoded) {
  auto picture = converter_.convert(decoded, run.request().format);
  if (!picture.ok()) {
    fail(run, picture.status());
    return false;
  }
  picture.value().view.time_seconds = reader.time_seconds();
  picture.value().view.turns = reader.turns();
  if (!wait_for_turn(run, reader.time_seconds(), reader.interval_seconds())) return false;
  run.deliver(std::move(picture).value(), reader.interval_seconds());
  last_arrival_ = Clock::now();
  return true;
}

bool FilmOrigin::wait_for_turn(CameraRun& run, double time_seconds, double interval_seconds) {
  if (options_.pace == FilmPace::AsWanted) {
    first_ = false;
    return run.rest_until_taken();
  }
  const auto now = Clock::now();
  // A further round begins when the last picture of the one before has had its time.
  if (first_) begun_ = over_.value_or(now) - seconds(time_seconds);
  first_ = false;
  const auto due = begun_ + seconds(time_seconds);
  // Late by more than a second (the machine slept, a pipe paused): go on from here, do not rush.
  // Far ahead, too: a damaged time would hold the film for years.
  const bool is_off = now > due + std::chrono::seconds(1) || due > now + kLongestGap;
  if (is_off) begun_ = now - seconds(time_seconds);
  over_ = begun_ + seconds(time_seconds + interval_seconds);
  if (is_off || due <= now) return run.go_on();
  return run.rest(std::chrono::duration_cast<std::chrono::microseconds>(due - now));
}

}  // namespace

std::unique_ptr<MediaCamera> make_film_camera(FilmOptions options) {
  return std::make_unique<MediaCamera>(std::make_unique<FilmOrigin>(std::move(options)));
}

}  // namespace vitrine::media
