// SPDX-License-Identifier: MIT
#include <GLES3/gl3.h>
#include <SDL.h>
#include <emscripten.h>

namespace {

int touches = 0;

void frame() {
  SDL_Event event;
  while (SDL_PollEvent(&event)) {
    if (event.type == SDL_FINGERDOWN || event.type == SDL_MOUSEBUTTONDOWN) ++touches;
  }
  glClearColor(0.48f, 0.03f, touches % 2 ? 0.6f : 0.17f, 1);
  glClear(GL_COLOR_BUFFER_BIT);
}

}  // namespace

int main() {
  SDL_SetHint(SDL_HINT_EMSCRIPTEN_KEYBOARD_ELEMENT, "#canvas");
  SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
  SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
  SDL_Init(SDL_INIT_VIDEO);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
  SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 3);
  SDL_Window* window = SDL_CreateWindow("Vitrine", 0, 0, 390, 844, SDL_WINDOW_OPENGL | SDL_WINDOW_RESIZABLE);
  SDL_GL_CreateContext(window);
  emscripten_set_main_loop(frame, 0, true);
}
