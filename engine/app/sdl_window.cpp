// SPDX-License-Identifier: MIT
#include "engine/app/sdl_window.h"

#include <SDL.h>

#include <optional>

#include "engine/input/pointer_table.h"

namespace vitrine::app {
namespace {

using input::PointerEvent;
using input::PointerPhase;

constexpr uint64_t kMousePointer = 1;
// No touch panel has this number; its events carry no age, so that scripts repeat exactly.
constexpr SDL_TouchID kInjectedDevice = 0x766974;

// Finger ids are unique only within their device; the top bit keeps fingers and mouse apart.
uint64_t finger_pointer(SDL_TouchID device, SDL_FingerID finger) {
  const uint64_t mixed =
      static_cast<uint64_t>(device) * 0x9E3779B97F4A7C15u + static_cast<uint64_t>(finger);
  return mixed | (uint64_t{1} << 63);
}

std::optional<Key> key_of(const SDL_Keysym& key) {
  switch (key.sym) {
    case SDLK_TAB:
      return (key.mod & KMOD_SHIFT) != 0 ? Key::ShiftTab : Key::Tab;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
      return Key::Enter;
    case SDLK_SPACE:
      return Key::Space;
    case SDLK_ESCAPE:
      return Key::Escape;
    case SDLK_LEFT:
      return Key::Left;
    case SDLK_RIGHT:
      return Key::Right;
    case SDLK_UP:
      return Key::Up;
    case SDLK_DOWN:
      return Key::Down;
    case SDLK_BACKSPACE:
      return Key::Backspace;
    case SDLK_DELETE:
      return Key::Delete;
    case SDLK_VOLUMEUP:
      return Key::VolumeUp;
    case SDLK_VOLUMEDOWN:
      return Key::VolumeDown;
    case SDLK_MUTE:
    case SDLK_AUDIOMUTE:
      return Key::Mute;
    default:
      return std::nullopt;
  }
}

std::optional<PointerPhase> finger_phase(uint32_t type) {
  switch (type) {
    case SDL_FINGERDOWN:
      return PointerPhase::Down;
    case SDL_FINGERMOTION:
      return PointerPhase::Move;
    case SDL_FINGERUP:
      return PointerPhase::Up;
    default:
      return std::nullopt;
  }
}

// SDL must hear of these before SDL_Init. A finger is never also a mouse, nor a mouse a finger; on
// the page the keyboard belongs to the canvas alone, so that text fields above it keep theirs.
void set_hints() {
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "#canvas");
  SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0");
  SDL_SetHint(SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0");
  // SIGTERM and SIGINT belong to the shell, which has an outbox to close.
  SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
}

void set_context_attributes() {
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
  SDL_GL_SetAttribute(SDL_GL_DOUBLEBUFFER, 1);
  SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0);
  SDL_GL_SetAttribute(SDL_GL_STENCIL_SIZE, 0);
}

uint32_t window_flags(WindowMode mode) {
  const uint32_t flags = SDL_WINDOW_OPENGL | SDL_WINDOW_ALLOW_HIGHDPI;
  if (mode == WindowMode::FullScreen) return flags | SDL_WINDOW_FULLSCREEN_DESKTOP;
  if (mode == WindowMode::Windowed) return flags | SDL_WINDOW_RESIZABLE;
  return flags;
}

// Without a display SDL quietly takes a driver that nobody can see; a screen in service must not.
bool is_invisible_by_accident(WindowMode mode) {
  if (mode == WindowMode::Offscreen || SDL_getenv("SDL_VIDEODRIVER") != nullptr) return false;
  const std::string driver = SDL_GetCurrentVideoDriver();
  return driver == "offscreen" || driver == "dummy" || driver == "evdev";
}

Status sdl_failure(const char* what, const char* cure) {
  return {StatusCode::Unavailable, std::string(what) + ": " + SDL_GetError() + ". " + cure};
}

class SdlWindowImpl final : public SdlWindow {
 public:
  SdlWindowImpl(const WindowOptions& options, const Clock& clock)
      : clock_(clock), forced_ratio_(options.pixel_ratio) {}

  ~SdlWindowImpl() override {
    if (context_ != nullptr) SDL_GL_DeleteContext(context_);
    if (window_ != nullptr) SDL_DestroyWindow(window_);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
  }

  Status start(const WindowOptions& options) {
    const float scale = forced_ratio_ > 0 ? forced_ratio_ : 1.0f;
    window_ = SDL_CreateWindow(options.title.c_str(), SDL_WINDOWPOS_CENTERED,
                               SDL_WINDOWPOS_CENTERED, scaled(options.width, scale),
                               scaled(options.height, scale), window_flags(options.mode));
    if (window_ == nullptr) {
      return sdl_failure("cannot open a window",
                         "Start it inside a graphical session, or use SDL_VIDEODRIVER=offscreen");
    }
    context_ = SDL_GL_CreateContext(window_);
    if (context_ == nullptr) {
      return sdl_failure("cannot get an OpenGL ES 3 context", "Install libegl1 and libgles2");
    }
    SDL_GL_SetSwapInterval(1);
    SDL_ShowCursor(options.show_cursor ? SDL_ENABLE : SDL_DISABLE);
    SDL_DisableScreenSaver();
    return {};
  }

  void pump(WindowSink& sink) override {
    SDL_Event event;
    while (SDL_PollEvent(&event) != 0) translate(event, sink);
    announce_size(sink);
  }

  void collect() override { SDL_PumpEvents(); }

  void cancel_pointers(WindowSink& sink) override {
    while (const auto cancel = pointers_.cancel_next(clock_.monotonic_us()).event) {
      sink.on_pointer(*cancel);
    }
  }

  void inject_touch(uint32_t finger, PointerPhase phase, Vec2 position) override {
    if (phase == PointerPhase::Cancel) return inject_cancel();
    const Size size = viewport().size;
    SDL_Event event{};
    event.tfinger.type = phase == PointerPhase::Down   ? SDL_FINGERDOWN
                         : phase == PointerPhase::Move ? SDL_FINGERMOTION
                                                       : SDL_FINGERUP;
    event.tfinger.touchId = kInjectedDevice;
    event.tfinger.fingerId = finger;
    event.tfinger.x = position.x / size.width;
    event.tfinger.y = position.y / size.height;
    SDL_PushEvent(&event);
  }

  void swap() override { SDL_GL_SwapWindow(window_); }

  void set_size(int width, int height) override {
    const float scale = forced_ratio_ > 0 ? forced_ratio_ : 1.0f;
    SDL_SetWindowSize(window_, scaled(width, scale), scaled(height, scale));
  }

  Viewport viewport() const override {
    const float ratio = pixel_ratio();
    Viewport view;
    view.size = {static_cast<float>(pixel_width()) / ratio,
                 static_cast<float>(pixel_height()) / ratio};
    view.pixel_ratio = ratio;
    return view;
  }

  int pixel_width() const override { return drawable_size().w; }
  int pixel_height() const override { return drawable_size().h; }

 private:
  static int scaled(int length, float scale) {
    return nearest_int(static_cast<float>(length) * scale);
  }

  SDL_Rect drawable_size() const {
    SDL_Rect size{};
    SDL_GL_GetDrawableSize(window_, &size.w, &size.h);
    return size;
  }

  float pixel_ratio() const {
    if (forced_ratio_ > 0) return forced_ratio_;
    int width = 0;
    SDL_GetWindowSize(window_, &width, nullptr);
    return width > 0 ? static_cast<float>(pixel_width()) / static_cast<float>(width) : 1.0f;
  }

  // SDL has no cancelled finger; what a system does to all of them is to take the focus.
  static void inject_cancel() {
    SDL_Event event{};
    event.window.type = SDL_WINDOWEVENT;
    event.window.event = SDL_WINDOWEVENT_FOCUS_LOST;
    SDL_PushEvent(&event);
  }

  // SDL stamps events in milliseconds of its own clock; ours may be a test's.
  int64_t time_of(uint32_t timestamp) const {
    const auto age_ms = static_cast<int32_t>(SDL_GetTicks() - timestamp);
    return clock_.monotonic_us() - (age_ms > 0 ? int64_t{age_ms} * 1000 : 0);
  }

  void translate(const SDL_Event& event, WindowSink& sink) {
    switch (event.type) {
      case SDL_FINGERDOWN:
      case SDL_FINGERMOTION:
      case SDL_FINGERUP:
        return finger(event.tfinger, sink);
      case SDL_MOUSEBUTTONDOWN:
      case SDL_MOUSEBUTTONUP:
        return mouse_button(event.button, sink);
      case SDL_MOUSEMOTION:
        return mouse_motion(event.motion, sink);
      case SDL_KEYDOWN:
        return key(event.key, sink);
      case SDL_KEYUP:
        return key_up(event.key, sink);
      case SDL_TEXTINPUT:
        return sink.on_text(event.text.text);
      case SDL_WINDOWEVENT:
        return window_event(event.window, sink);
      case SDL_QUIT:
        return sink.on_quit();
      default:
        return;
    }
  }

  void pointer(const PointerEvent& event, WindowSink& sink) {
    const auto filtered = pointers_.filter(event);
    if (filtered.cancel_first) sink.on_pointer(*filtered.cancel_first);
    if (filtered.event) sink.on_pointer(*filtered.event);
  }

  // Fingers come in 0..1 of the window.
  void finger(const SDL_TouchFingerEvent& event, WindowSink& sink) {
    const auto phase = finger_phase(event.type);
    if (!phase) return;
    const Size size = viewport().size;
    const int64_t time_us =
        event.touchId == kInjectedDevice ? clock_.monotonic_us() : time_of(event.timestamp);
    pointer({finger_pointer(event.touchId, event.fingerId),
             *phase,
             {event.x * size.width, event.y * size.height},
             time_us,
             static_cast<uint64_t>(event.touchId)},
            sink);
  }

  void mouse_button(const SDL_MouseButtonEvent& event, WindowSink& sink) {
    if (event.which == SDL_TOUCH_MOUSEID || event.button != SDL_BUTTON_LEFT) return;
    const auto phase = event.type == SDL_MOUSEBUTTONDOWN ? PointerPhase::Down : PointerPhase::Up;
    pointer({kMousePointer, phase, mouse_position(event.x, event.y), time_of(event.timestamp)},
            sink);
  }

  void mouse_motion(const SDL_MouseMotionEvent& event, WindowSink& sink) {
    if (event.which == SDL_TOUCH_MOUSEID || (event.state & SDL_BUTTON_LMASK) == 0) return;
    pointer({kMousePointer, PointerPhase::Move, mouse_position(event.x, event.y),
             time_of(event.timestamp)},
            sink);
  }

  // Mouse events are in window units, which a forced ratio makes pixels.
  Vec2 mouse_position(int x, int y) const {
    int width = 0;
    SDL_GetWindowSize(window_, &width, nullptr);
    const float scale = width > 0 ? viewport().size.width / static_cast<float>(width) : 1.0f;
    return {static_cast<float>(x) * scale, static_cast<float>(y) * scale};
  }

  static void key(const SDL_KeyboardEvent& event, WindowSink& sink) {
    const auto key = key_of(event.keysym);
    if (!key) return;
    // A held Enter must not press a button again and again; held arrows move on.
    const bool activates =
        *key == Key::Enter || *key == Key::Space || *key == Key::Escape || *key == Key::Mute;
    if (event.repeat != 0 && activates) return;
    sink.on_key(*key);
  }

  static void key_up(const SDL_KeyboardEvent& event, WindowSink& sink) {
    const auto key = key_of(event.keysym);
    if (key == Key::Enter || key == Key::Space) sink.on_key_up(*key);
  }

  void window_event(const SDL_WindowEvent& event, WindowSink& sink) {
    switch (event.event) {
      case SDL_WINDOWEVENT_FOCUS_LOST:
        return cancel_pointers(sink);
      case SDL_WINDOWEVENT_MINIMIZED:
      case SDL_WINDOWEVENT_HIDDEN:
        return set_hidden(true, sink);
      case SDL_WINDOWEVENT_RESTORED:
      case SDL_WINDOWEVENT_SHOWN:
        return set_hidden(false, sink);
      default:
        return;
    }
  }

  void set_hidden(bool hidden, WindowSink& sink) {
    if (hidden == hidden_) return;
    hidden_ = hidden;
    if (hidden) cancel_pointers(sink);
    sink.on_hidden(hidden);
  }

  // Asked every pump, because a change of pixel density alone sends no event.
  void announce_size(WindowSink& sink) {
    const Viewport now = viewport();
    if (now.size == announced_.size && now.pixel_ratio == announced_.pixel_ratio) return;
    announced_ = now;
    sink.on_resize(now);
  }

  const Clock& clock_;
  const float forced_ratio_;
  SDL_Window* window_ = nullptr;
  SDL_GLContext context_ = nullptr;
  input::PointerTable pointers_;
  Viewport announced_;  // a size of nothing: the first pump announces
  bool hidden_ = false;
};

}  // namespace

Result<std::unique_ptr<SdlWindow>> SdlWindow::open(const WindowOptions& options,
                                                   const Clock& clock) {
  set_hints();
  const bool offscreen = options.mode == WindowMode::Offscreen;
  if (offscreen) SDL_SetHint(SDL_HINT_VIDEODRIVER, "offscreen");
  if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) {
    return sdl_failure("cannot start the display",
                       "Start it inside a graphical session, or use SDL_VIDEODRIVER=offscreen");
  }
  if (is_invisible_by_accident(options.mode)) {
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
    return Status{StatusCode::Unavailable,
                  "no display: start it inside a graphical session, or on a machine with a screen"};
  }
  set_context_attributes();
  auto window = std::make_unique<SdlWindowImpl>(options, clock);
  Status status = window->start(options);
  if (!status.ok()) return status;
  return std::unique_ptr<SdlWindow>(std::move(window));
}

}  // namespace vitrine::app
