/* SPDX-License-Identifier: MIT
 * The one window of a page, in place of SDL_video.c with its displays, their modes, full screen,
 * surfaces, grabs and window lists. SDL's driver for emscripten makes it of the canvas, SDL_events.c
 * carries what happens to it. */
#include "SDL_internal.h"

#include "SDL.h"
#include "events/SDL_events_c.h"
#include "events/SDL_keyboard_c.h"
#include "events/SDL_mouse_c.h"
#include "events/SDL_touch_c.h"
#include "video/SDL_sysvideo.h"
#include "video/emscripten/SDL_emscriptenvideo.h"

static SDL_VideoDevice* device;
static SDL_Window window;

int SDL_VideoInit(const char* driver_name) {
  device = Emscripten_bootstrap.create();
  if (device == NULL || SDL_TouchInit() < 0) return -1;
  device->name = Emscripten_bootstrap.name;
  return device->VideoInit(device);
}
void SDL_VideoQuit(void) {
  if (device == NULL) return;
  SDL_TouchQuit();
  device->VideoQuit(device);
  device->free(device);
  device = NULL;
}
SDL_VideoDevice* SDL_GetVideoDevice(void) { return device; }
const char* SDL_GetCurrentVideoDriver(void) { return device->name; }
void SDL_DisableScreenSaver(void) {}

/* The canvas is the display. */
void SDL_ToggleDragAndDropSupport(void) {}
int SDL_AddBasicVideoDisplay(const SDL_DisplayMode* desktop_mode) { return 0; }
SDL_bool SDL_AddDisplayMode(SDL_VideoDisplay* display, const SDL_DisplayMode* mode) {
  return SDL_TRUE;
}

SDL_Window* SDL_CreateWindow(const char* title, int x, int y, int w, int h, Uint32 flags) {
  SDL_zero(window);
  window.id = 1;
  window.w = SDL_max(w, 1);
  window.h = SDL_max(h, 1);
  window.flags = flags | SDL_WINDOW_HIDDEN;
  if (device->CreateSDLWindow(device, &window) < 0) return NULL;
  SDL_SendWindowEvent(&window, SDL_WINDOWEVENT_SHOWN, 0, 0);
  return &window;
}
void SDL_DestroyWindow(SDL_Window* which) { device->DestroyWindow(device, which); }
SDL_Window* SDL_GetWindowFromID(Uint32 id) { return &window; }
Uint32 SDL_GetWindowID(SDL_Window* which) { return which->id; }
void SDL_GetWindowSize(SDL_Window* which, int* w, int* h) {
  if (w != NULL) *w = which->w;
  if (h != NULL) *h = which->h;
}
void SDL_SetWindowSize(SDL_Window* which, int w, int h) {
  which->w = SDL_max(w, 1);
  which->h = SDL_max(h, 1);
  device->SetWindowSize(device, which);
  SDL_OnWindowResized(which);
}

/* What SDL_windowevents.c tells of. */
void SDL_OnWindowResized(SDL_Window* which) {
  SDL_SendWindowEvent(which, SDL_WINDOWEVENT_SIZE_CHANGED, which->w, which->h);
}
void SDL_OnWindowShown(SDL_Window* which) {}
void SDL_OnWindowHidden(SDL_Window* which) {}
void SDL_OnWindowMoved(SDL_Window* which) {}
void SDL_OnWindowMinimized(SDL_Window* which) {}
void SDL_OnWindowRestored(SDL_Window* which) {}
void SDL_OnWindowEnter(SDL_Window* which) {}
void SDL_OnWindowLeave(SDL_Window* which) {}
void SDL_OnWindowFocusGained(SDL_Window* which) {}
void SDL_OnWindowFocusLost(SDL_Window* which) {}

/* GL. What is not named here WebGL answers itself. */
int SDL_GL_SetAttribute(SDL_GLattr attribute, int value) {
  switch (attribute) {
    case SDL_GL_CONTEXT_MAJOR_VERSION: device->gl_config.major_version = value; break;
    case SDL_GL_ALPHA_SIZE: device->gl_config.alpha_size = value; break;
    case SDL_GL_DEPTH_SIZE: device->gl_config.depth_size = value; break;
    case SDL_GL_STENCIL_SIZE: device->gl_config.stencil_size = value; break;
    default: break;
  }
  return 0;
}
int SDL_GL_LoadLibrary(const char* path) { return 0; }
SDL_GLContext SDL_GL_CreateContext(SDL_Window* which) {
  return device->GL_CreateContext(device, which);
}
void SDL_GL_DeleteContext(SDL_GLContext context) { device->GL_DeleteContext(device, context); }
int SDL_GL_SetSwapInterval(int interval) { return 0; }
void SDL_GL_SwapWindow(SDL_Window* which) {}
void SDL_GL_GetDrawableSize(SDL_Window* which, int* w, int* h) {
  device->GetWindowSizeInPixels(device, which, w, h);
}
