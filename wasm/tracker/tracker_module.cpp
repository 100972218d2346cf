// SPDX-License-Identifier: MIT
// The face tracker as a WebAssembly module of its own, without the rest of the engine: what
// JavaScript calls. One tracker a module; one thread. wasm/labs/tracker.ts is the other side.
//
//   tracker_file(kind, bytes)                        where a FileKind's weights go; 0: no memory
//   tracker_create()                                 0, or why not: tracker_message()
//   tracker_frame(slot, bytes)                       where a frame's bytes go; 0: too many
//   tracker_track(slot, width, height, ...)          a ResultRecord, valid until the next call
//   tracker_reset()                                  forgets every face, zeroes what frames left
//   tracker_kernels()                                the name of the kernels it computes with
#include <emscripten/emscripten.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "engine/vision/face_tracker.h"
#include "engine/vision/network_file.h"
#include "wasm/tracker/tracker_record.h"

namespace vitrine::tracker_module {

namespace {

// A block that is only ever replaced by a larger one.
struct Block {
  uint8_t* bytes = nullptr;
  size_t size = 0;

  uint8_t* reserve(size_t wanted) {
    if (wanted <= size) return bytes;
    release();
    bytes = static_cast<uint8_t*>(std::malloc(wanted));
    size = bytes == nullptr ? 0 : wanted;
    return bytes;
  }
  // What was in it is nobody's to find in free memory.
  void release() {
    if (bytes != nullptr) wipe();
    std::free(bytes);
    *this = {};
  }
  void wipe() { std::fill_n(static_cast<volatile uint8_t*>(bytes), size, uint8_t{0}); }
};

// wasm/labs/frame_paths.ts makes larger frames smaller.
constexpr int kMostFrameBytes = 1280 * 720 * 4;
constexpr int kSlots = 2;

// A frame's bytes always lie here, for a browser that is slow may still write to them when nobody
// wants them any more.
struct Slot {
  uint8_t bytes[kMostFrameBytes];
  size_t used;  // at most, since the start

  void wipe() { std::fill_n(static_cast<volatile uint8_t*>(bytes), used, uint8_t{0}); }
};

Slot frames[kSlots];

enum FileKind { kDetectorFile, kLandmarkFile, kLipsFile, kEyeFile, kFileKinds };

struct Module {
  Block files[kFileKinds];
  size_t file_bytes[kFileKinds] = {};
  std::optional<FaceTracker> tracker;
  std::string message;
  ResultRecord record{};
};

Module& module() {
  static Module value;
  return value;
}

std::span<const uint8_t> file(FileKind kind) {
  return {module().files[kind].bytes, module().file_bytes[kind]};
}

// Their sizes too: nothing is left to make another tracker of.
void release_files() {
  for (int kind = 0; kind < kFileKinds; ++kind) {
    module().files[kind].release();
    module().file_bytes[kind] = 0;
  }
}

int refuse(const Status& status) {
  module().message = status.message();
  return static_cast<int>(status.code());
}

// What calls left on the stack: rows of pixels and landmarks are among it. They need a quarter of
// this.
[[gnu::noinline]] void wipe_stack() {
  volatile uint8_t left[size_t{64} << 10];
  for (volatile uint8_t& byte : left) byte = 0;
}

[[gnu::noinline]] void forget() {
  Module& self = module();
  if (self.tracker) self.tracker->reset();
  for (Slot& frame : frames) frame.wipe();
  self.record = {};
}

// A frame that its slot does not hold would be read past its end.
bool fits(const PictureView& picture, size_t held) {
  if (picture_fault(picture) != FrameFault::None) return true;  // not read at all
  return is_held(picture, held);
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE uint8_t* tracker_file(int kind, int bytes) {
  if (kind < 0 || kind >= kFileKinds || bytes < 1 ||
      bytes > static_cast<int>(NetworkFile::kMaxBytes))
    return nullptr;
  uint8_t* const to = module().files[kind].reserve(static_cast<size_t>(bytes));
  module().file_bytes[kind] = to == nullptr ? 0 : static_cast<size_t>(bytes);
  return to;
}

// A StatusCode. The files' memory is free afterwards.
EMSCRIPTEN_KEEPALIVE int tracker_create() {
  if (module().tracker) module().tracker->reset();
  module().tracker.reset();
  Result<std::unique_ptr<FaceModels>> models = load_face_models({.detector = file(kDetectorFile),
                                                                 .landmarks = file(kLandmarkFile),
                                                                 .lips = file(kLipsFile),
                                                                 .eye = file(kEyeFile)});
  release_files();
  if (!models.ok()) return refuse(models.status());
  Result<FaceTracker> tracker = FaceTracker::create(std::move(models).value());
  if (!tracker.ok()) return refuse(tracker.status());
  module().tracker.emplace(std::move(tracker).value());
  return 0;
}

EMSCRIPTEN_KEEPALIVE const char* tracker_message() {
  return module().message.c_str();
}

// What computes: "simd128" or "scalar".
EMSCRIPTEN_KEEPALIVE const char* tracker_kernels() {
  return best_kernels().name;
}

EMSCRIPTEN_KEEPALIVE uint8_t* tracker_frame(int slot, int bytes) {
  if (slot < 0 || slot >= kSlots || bytes < 1 || bytes > kMostFrameBytes) return nullptr;
  Slot& frame = frames[slot];
  frame.used = std::max(frame.used, static_cast<size_t>(bytes));
  return frame.bytes;
}

// `stride` bytes a row; `format` a PixelFormat; `turns` clockwise quarters, 0 to 3. Null: there is
// no tracker, no such slot, format or turn, or the slot holds less than such a frame.
EMSCRIPTEN_KEEPALIVE const ResultRecord* tracker_track(int slot, int width, int height, int stride,
                                                       int format, int turns, int mirrored,
                                                       double time_seconds) {
  Module& self = module();
  if (!self.tracker || slot < 0 || slot >= kSlots) return nullptr;
  // Before the casts: they would make another number's low bits a format.
  if (format < 0 || format > static_cast<int>(PixelFormat::Rgba8)) return nullptr;
  if (turns < 0 || turns > static_cast<int>(QuarterTurns::Three)) return nullptr;
  const PictureView picture = {frames[slot].bytes,
                               width,
                               height,
                               stride,
                               static_cast<PixelFormat>(format),
                               static_cast<QuarterTurns>(turns),
                               mirrored != 0};
  if (!fits(picture, frames[slot].used)) return nullptr;
  fill_record(self.tracker->track(picture, time_seconds), self.record);
  return &self.record;
}

// Forgets everybody, as between two shoppers, and the frames.
EMSCRIPTEN_KEEPALIVE void tracker_reset() {
  forget();
  wipe_stack();
}

}  // extern "C"

}  // namespace vitrine::tracker_module
