/* SPDX-License-Identifier: MIT
 * What the page's SDL does without, answered in a line each, so that the linker drops what stands
 * behind it: drawing in memory, cursors, gestures, its log and the texts of its errors; of the
 * browser, what needs fullscreen, a locked pointer, text input and a wheel, and what the page hears
 * of by itself (js/library_page.js). Stands in for the files that SdlForWasm.cmake does not list;
 * functions of emscripten's defined here are not taken from its JavaScript. */
#include "SDL_internal.h"

#include <emscripten/html5.h>

#include "SDL.h"
#include "events/SDL_gesture_c.h"
#include "video/SDL_sysvideo.h"
#include "video/emscripten/SDL_emscriptenframebuffer.h"
#include "video/emscripten/SDL_emscriptenmouse.h"

/* SDL_surface.c, SDL_emscriptenframebuffer.c: nothing draws but GL. */
void SDL_FreeSurface(SDL_Surface* surface) { (void)surface; }
int Emscripten_CreateWindowFramebuffer(_THIS, SDL_Window* window, Uint32* format, void** pixels,
                                       int* pitch) {
  return SDL_Unsupported();
}
int Emscripten_UpdateWindowFramebuffer(_THIS, SDL_Window* window, const SDL_Rect* rects,
                                       int count) {
  return SDL_Unsupported();
}
void Emscripten_DestroyWindowFramebuffer(_THIS, SDL_Window* window) {}

/* SDL_emscriptenmouse.c: the cursor is the style sheet's. */
void Emscripten_InitMouse() {}
void Emscripten_FiniMouse() {}

/* SDL_gesture.c: recognisers are the engine's. */
int SDL_GestureAddTouch(SDL_TouchID touch) { return 0; }
int SDL_GestureDelTouch(SDL_TouchID touch) { return 0; }
void SDL_GestureProcessEvent(SDL_Event* event) {}
void SDL_GestureQuit(void) {}

/* SDL_log.c, SDL_assert.c */
void SDL_LogInit(void) {}
void SDL_LogQuit(void) {}
void SDL_Log(const char* format, ...) {}
void SDL_AssertionsQuit(void) {}

/* Under this name SDL_events.c asks to hear of hints (SdlForWasm.cmake). */
void vitrine_sdl_no_hint(const char* name, SDL_HintCallback callback, void* user) {}

/* html5.h */
#define NOT_HEARD(event, target, function)                                                   \
  EMSCRIPTEN_RESULT emscripten_set_##event##_callback_on_thread(target void* user, EM_BOOL c, \
                                                                function call, pthread_t t) { \
    return EMSCRIPTEN_RESULT_NOT_SUPPORTED;                                                  \
  }
#define AT const char *element,
NOT_HEARD(keydown, AT, em_key_callback_func)
NOT_HEARD(keyup, AT, em_key_callback_func)
NOT_HEARD(keypress, AT, em_key_callback_func)
NOT_HEARD(mouseenter, AT, em_mouse_callback_func)
NOT_HEARD(mouseleave, AT, em_mouse_callback_func)
NOT_HEARD(wheel, AT, em_wheel_callback_func)
NOT_HEARD(fullscreenchange, AT, em_fullscreenchange_callback_func)
NOT_HEARD(pointerlockchange, AT, em_pointerlockchange_callback_func)
NOT_HEARD(visibilitychange, , em_visibilitychange_callback_func)

/* A page that asks to be told before it goes is kept out of the back/forward cache. */
EMSCRIPTEN_RESULT emscripten_set_beforeunload_callback_on_thread(void* user,
                                                                 em_beforeunload_callback call,
                                                                 pthread_t t) {
  return EMSCRIPTEN_RESULT_NOT_SUPPORTED;
}

EMSCRIPTEN_RESULT emscripten_request_fullscreen_strategy(
    const char* target, EM_BOOL defer, const EmscriptenFullscreenStrategy* strategy) {
  return EMSCRIPTEN_RESULT_NOT_SUPPORTED;
}
EMSCRIPTEN_RESULT emscripten_exit_fullscreen(void) { return EMSCRIPTEN_RESULT_NOT_SUPPORTED; }
EMSCRIPTEN_RESULT emscripten_request_pointerlock(const char* target, EM_BOOL defer) {
  return EMSCRIPTEN_RESULT_NOT_SUPPORTED;
}
EMSCRIPTEN_RESULT emscripten_exit_pointerlock(void) { return EMSCRIPTEN_RESULT_NOT_SUPPORTED; }

/* The window is the canvas, however large the screen is. */
void emscripten_get_screen_size(int* width, int* height) { *width = *height = 16384; }

/* SDL_getenv.c: a page has no environment. */
char* SDL_getenv(const char* name) { return NULL; }

/* The page has a title of its own; nothing waits in a page. */
void emscripten_set_window_title(const char* title) {}
void emscripten_sleep(unsigned int milliseconds) {}
