// SPDX-License-Identifier: MIT
#include "tests/fakes/offscreen_context.h"

#include <SDL.h>

namespace vitrine::test {
namespace {

class SdlOffscreen final : public OffscreenContext {
 public:
  explicit SdlOffscreen(SDL_Window* window) : window_(window) {
    context_ = SDL_GL_CreateContext(window_);
  }
  ~SdlOffscreen() override {
    SDL_GL_DeleteContext(context_);
    SDL_DestroyWindow(window_);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
  }
  bool ok() const { return context_ != nullptr; }
  void replace() override {
    SDL_GL_DeleteContext(context_);
    context_ = SDL_GL_CreateContext(window_);
  }
  void swap() override { SDL_GL_SwapWindow(window_); }

 private:
  SDL_Window* window_;
  SDL_GLContext context_ = nullptr;
};

}  // namespace

std::unique_ptr<OffscreenContext> OffscreenContext::create(int width, int height) {
  SDL_SetHint(SDL_HINT_VIDEODRIVER, "offscreen");
  SDL_SetMainReady();
  if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0) return nullptr;
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
  SDL_GL_SetAttribute(SDL_GL_ALPHA_SIZE, 8);
  SDL_Window* window = SDL_CreateWindow("test", 0, 0, width, height, SDL_WINDOW_OPENGL);
  if (window == nullptr) return nullptr;
  auto context = std::make_unique<SdlOffscreen>(window);
  if (!context->ok()) return nullptr;
  return context;
}

}  // namespace vitrine::test
