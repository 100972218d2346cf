// SPDX-License-Identifier: MIT
// The window, its GLES 3 context and its events: the only place in the engine that knows SDL. Used
// by the kiosk and by the page alike. One window a process; main thread only.
//
//   open → { pump(sink) ; App::poll ; App::frame ; swap } … → destructor
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/app/app.h"
#include "engine/base/clock.h"
#include "engine/base/status.h"
#include "engine/input/pointer_event.h"

namespace vitrine::app {

enum class WindowMode : uint8_t {
  Windowed,
  FullScreen,  // the desktop's own resolution; width and height are ignored
  Offscreen,   // no display and no X server: pictures and tests (natively only)
};

struct WindowOptions {
  std::string title = "Vitrine";
  WindowMode mode = WindowMode::Windowed;
  int width = 1080;  // logical points
  int height = 1920;
  float pixel_ratio = 0;  // device pixels a point; 0: what the system says
  bool show_cursor = true;
};

// What happened, given from inside pump(). Pointer sequences are complete: whatever went down is
// later moved, lifted or cancelled, also when focus is lost or the window is hidden.
class WindowSink {
 public:
  virtual ~WindowSink() = default;
  virtual void on_pointer(const input::PointerEvent& event) = 0;
  virtual void on_key(Key key) = 0;
  virtual void on_key_up(Key /*key*/) {}  // Enter and Space alone
  virtual void on_text(std::string_view /*utf8*/) {}
  virtual void on_resize(const Viewport& viewport) = 0;
  virtual void on_hidden(bool hidden) = 0;  // minimised, covered by the system, or back
  virtual void on_quit() = 0;               // closed by a person or the session manager
};

class SdlWindow {
 public:
  // Opens the window and makes its context current. `clock` stamps events and outlives the window.
  // Errors: Unavailable (no display, no GLES 3), with what SDL says and the cure.
  static Result<std::unique_ptr<SdlWindow>> open(const WindowOptions& options, const Clock& clock);
  virtual ~SdlWindow() = default;

  // Translates everything SDL has queued. Never waits.
  virtual void pump(WindowSink& sink) = 0;
  // Queues what the system has for us, so that it is stamped now and not by the next pump(): SDL
  // stamps a touch when it takes it, not when it was made.
  virtual void collect() = 0;
  // Cancels every pointer that is down, as lost focus does; for what only a shell hears of
  // (touchcancel, lost capture, a lost GL context).
  virtual void cancel_pointers(WindowSink& sink) = 0;

  // Queues a finger's event as if a touch panel had sent it, for scripts and tests; the next pump()
  // delivers it, stamped with the clock's time then. Cancel takes every finger, as a system does.
  virtual void inject_touch(uint32_t finger, input::PointerPhase phase, Vec2 position) = 0;

  // Shows what was drawn. May or may not wait for the display: pace by a clock.
  virtual void swap() = 0;

  // Changes the size, logical points; on_resize follows from the next pump().
  virtual void set_size(int width, int height) = 0;
  virtual Viewport viewport() const = 0;
  virtual int pixel_width() const = 0;
  virtual int pixel_height() const = 0;
};

}  // namespace vitrine::app
