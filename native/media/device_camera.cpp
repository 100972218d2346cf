// SPDX-License-Identifier: MIT
#include "native/media/device_camera.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "native/media/known_devices.h"
#include "native/media/media_origin.h"
#include "native/media/media_reader.h"

namespace vitrine::media {
namespace {

using Clock = std::chrono::steady_clock;

// What ended a streaming.
struct Trouble {
  CameraState state = CameraState::Failed;
  Status problem;
};

class DeviceOrigin final : public MediaOrigin {
 public:
  explicit DeviceOrigin(DeviceOptions options)
      : options_(std::move(options)), devices_(options_.roots) {}

  std::vector<CameraDevice> list() override;
  void run(CameraRun& run) override;

 private:
  // From opening to the first trouble, or to the run's end.
  Trouble stream(CameraRun& run, const VideoDevice& device);
  Trouble stream_pictures(CameraRun& run, MediaReader& reader);
  Status deliver(CameraRun& run, MediaReader& reader, AVFrame& decoded);
  // Whether `trouble` is a denial that udev may yet lift.
  bool may_pass(const Trouble& trouble);
  MediaPlace place_of(const VideoDevice& device, const CameraRequest& request) const;

  const DeviceOptions options_;
  KnownDevices devices_;
  // Video4Linux's packets, and with some formats the decoder's pictures, lie in what is unmapped
  // with the reader, while the App may still hold the last of them.
  PictureConverter converter_{LumaPlane::Copied};
  Clock::time_point last_arrival_;
  std::chrono::milliseconds wait_{0};
  std::optional<Clock::time_point> denied_since_;
};

std::vector<CameraDevice> DeviceOrigin::list() {
  std::vector<CameraDevice> cameras;
  for (VideoDevice& device : devices_.look()) {
    cameras.push_back(std::move(device.camera));
  }
  return cameras;
}

Status missing(const std::string& id) {
  if (id.empty()) return {StatusCode::NotFound, "no camera is there; plug one in"};
  return {StatusCode::NotFound, "the camera " + id + " is not there; plug it in again"};
}

Trouble stalled() {
  return {CameraState::Stalled,
          {StatusCode::Unavailable, "the camera gives no picture; it is opened again"}};
}

void DeviceOrigin::run(CameraRun& run) {
  std::string id = run.request().device_id;
  wait_ = options_.first_wait;
  denied_since_.reset();
  for (bool opened = false; run.go_on();) {
    const std::optional<VideoDevice> device = devices_.find(id);
    if (!device) {
      run.show(CameraState::Unplugged, missing(id));
      wait_ = options_.first_wait;
      denied_since_.reset();
      run.rest(options_.look_again);
      continue;
    }
    if (id.empty()) id = device->camera.id;
    run.show_device(id);
    // Otherwise what was wrong stays said until a picture comes.
    if (run.shown() == CameraState::Unplugged) run.show(CameraState::Starting);
    if (std::exchange(opened, true) && !denied_since_) run.count_reopened();
    const Trouble trouble = stream(run, *device);
    // One that was pulled ends in many ways; that it is gone is the better reason.
    if (!run.go_on() || !devices_.find(id)) continue;
    if (may_pass(trouble)) {
      run.rest(options_.first_wait);
      continue;
    }
    run.show(trouble.state, trouble.problem);
    if (trouble.state == CameraState::Denied) return;
    run.rest(wait_);
    wait_ = std::min(wait_ * 2, options_.longest_wait);
  }
}

bool DeviceOrigin::may_pass(const Trouble& trouble) {
  if (trouble.state != CameraState::Denied) {
    denied_since_.reset();
    return false;
  }
  const auto now = Clock::now();
  if (!denied_since_) denied_since_ = now;
  return now - *denied_since_ < options_.denied_patience;
}

MediaPlace DeviceOrigin::place_of(const VideoDevice& device, const CameraRequest& request) const {
  return {.path = device.node.string(),
          .is_device = options_.kind == NodeKind::Video4Linux,
          .width = request.width,
          .height = request.height,
          .frames_per_second = request.frames_per_second};
}

Trouble DeviceOrigin::stream(CameraRun& run, const VideoDevice& device) {
  const auto stall = std::chrono::duration<double>(run.request().stall_seconds);
  last_arrival_ = Clock::now();
  const auto keep_waiting = [this, &run, stall] {
    return run.go_on() && Clock::now() - last_arrival_ < stall;
  };
  const auto reader = MediaReader::open(place_of(device, run.request()), keep_waiting);
  if (reader.ok()) return stream_pictures(run, *reader.value());
  if (!keep_waiting()) return stalled();
  const bool denied = reader.status().code() == StatusCode::PermissionDenied;
  return {denied ? CameraState::Denied : CameraState::Failed, reader.status()};
}

Trouble DeviceOrigin::stream_pictures(CameraRun& run, MediaReader& reader) {
  AvOwned<AVFrame> decoded(allocated(av_frame_alloc()));
  for (;;) {
    switch (reader.read(*decoded)) {
      case ReadOutcome::Picture:
        if (Status problem = deliver(run, reader, *decoded); !problem.ok()) {
          return {CameraState::Failed, problem};
        }
        break;
      case ReadOutcome::Damaged:
        // Not an arrival: a camera that sends nothing else has stalled.
        run.count_damaged();
        break;
      case ReadOutcome::GaveUp:
        return stalled();
      case ReadOutcome::End:
        return {CameraState::Failed, {StatusCode::Unavailable, "the camera ended its pictures"}};
      case ReadOutcome::Failed:
        return {CameraState::Failed, reader.problem()};
    }
  }
}

Status DeviceOrigin::deliver(CameraRun& run, MediaReader& reader, AVFrame& decoded) {
  auto picture = converter_.convert(decoded, run.request().format);
  if (!picture.ok()) return picture.status();
  picture.value().view.time_seconds = reader.time_seconds();
  run.deliver(std::move(picture).value(), reader.interval_seconds());
  last_arrival_ = Clock::now();
  wait_ = options_.first_wait;
  return {};
}

}  // namespace

std::unique_ptr<MediaCamera> make_device_camera(DeviceOptions options) {
  return std::make_unique<MediaCamera>(std::make_unique<DeviceOrigin>(std::move(options)));
}

}  // namespace vitrine::media
