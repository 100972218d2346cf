// SPDX-License-Identifier: MIT
// Live pictures of one camera, or of a film in its place: FFmpeg natively (native/media),
// getUserMedia in the browser, a fake in tests. Written for who implements it.
//
// Pictures stay in memory: an implementation writes none to disk, sends none, logs none, and lets
// go of all of them when it is closed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/status.h"
#include "engine/platform/pixel_format.h"

namespace vitrine {

enum class CameraState : uint8_t {
  Closed,     // nothing is open: before open() and after close()
  Asking,     // a person is being asked whether the camera may be used; may last for ever
  Starting,   // allowed; no picture has come yet
  Streaming,  // pictures come
  Stalled,    // open, but no picture for `stall_seconds`; the implementation tries again by itself
  Denied,     // a person or the system forbids it. Ends by another open() only
  Unplugged,  // the camera is gone; its return resumes by itself
  Failed,     // problem() says why. Devices are tried again by themselves; a film is not
  Ended,      // a film that plays once has come to its end; its last picture can still be taken
};

std::string_view camera_state_name(CameraState state);  // "streaming"

struct CameraDevice {
  // The same for the same camera in the same place: after a replug, a restart, and when another
  // camera is plugged in beside it. Opaque, UTF-8, at most 512 bytes. Browsers give one to a page
  // only once a person has allowed the camera; it is "" before.
  std::string id;
  std::string name;  // for people, "Integrated Camera"; "" where the browser keeps it secret
};

// A picture on loan. Rows go from the top, the camera's own way round: never mirrored.
struct CameraFrame {
  const uint8_t* pixels = nullptr;
  int width = 0;  // pixels, 1..kMostSide
  int height = 0;
  int stride_bytes = 0;  // from one row to the next; at least width * bytes_per_pixel
  PixelFormat format = PixelFormat::Luma8;
  // What makes it upright, where the source knows: a phone's film that was taken on its side.
  QuarterTurns turns = QuarterTurns::None;
  // When it was taken, seconds: the camera's clock, or the time within the film (which goes on
  // where a loop begins again). Strictly rises from picture to picture until close(). Its zero
  // means nothing.
  double time_seconds = 0;
  // From 1 for each open(): counts every picture that came, also those nobody took.
  uint64_t number = 0;
};

struct CameraRequest {
  std::string device_id = {};  // "": whichever the platform holds to be the usual one
  PixelFormat format = PixelFormat::Luma8;
  // What is wished for, not what comes: the nearest that the camera can do. Films keep their own.
  int width = 640;
  int height = 480;
  double frames_per_second = 30;
  double stall_seconds = 2;  // so long without a picture is a stall; 0.05..60
};

struct CameraStatistics {
  uint64_t frames = 0;    // came since open()
  uint64_t replaced = 0;  // of these, a newer one came before anybody took them
  uint64_t damaged = 0;   // could not be decoded and were left out
  uint32_t reopened = 0;  // times the camera was opened again by itself
};

// One camera at a time. Everything is called on the App's thread and returns at once: opening,
// decoding and waiting happen elsewhere. What happened elsewhere shows after poll() and stays as it
// is until the next one. At most three pictures are held, whatever the camera does.
class CameraSource {
 public:
  static constexpr int kMostSide = 4096;      // pixels; a larger picture is Failed
  static constexpr size_t kMostDevices = 16;  // further ones are not listed

  // Closes.
  virtual ~CameraSource() = default;

  // Begins to look for cameras; devices() shows them after a later poll(), and follows what is
  // plugged and unplugged from then on where the platform tells.
  virtual void refresh_devices() = 0;
  // Valid until the next poll(). In a steady order.
  virtual std::span<const CameraDevice> devices() const = 0;

  // Begins to open; what was open is closed first. In a browser it must be called where a person
  // acted and after the page's own consent step. State is Asking or Starting when it returns.
  // InvalidArgument, and nothing changed: sides outside 1..kMostSide, frames_per_second outside
  // 1..240, stall_seconds outside its range. All else shows in state() and problem().
  virtual Status open(const CameraRequest& request) = 0;

  // Lets go of the camera (its light goes out) and of every picture; may end in the background, and
  // an open() after it waits for that there. Does nothing when closed.
  virtual void close() = 0;

  virtual CameraState state() const = 0;

  // Why state() is Stalled, Denied, Unplugged or Failed, and what to do; ok in every other state.
  // PermissionDenied (not allowed), NotFound (no such camera or film), Unavailable (another program
  // has it, it delivers nothing), InvalidArgument (no film, no picture in it, of an unknown kind),
  // ResourceExhausted (too large), DataLoss (cut off or damaged).
  virtual Status problem() const = 0;

  // The camera that is open or being opened: which one "" has become. Empty when not known.
  virtual std::string device_id() const = 0;

  // Takes over what happened since the last call. Once a frame, before the others.
  virtual void poll() = 0;

  // The newest picture, once: null when none came since the last call, as is usual when the screen
  // is faster than the camera. Valid until the next poll(), open() or close().
  virtual const CameraFrame* newest_frame() = 0;

  virtual CameraStatistics statistics() const = 0;
};

// What open() refuses, for every implementation alike.
Status check_camera_request(const CameraRequest& request);

}  // namespace vitrine
