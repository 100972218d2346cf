/* SPDX-License-Identifier: MIT
 * A mouse that points and presses, in place of SDL_mouse.c with its cursors, relative motion, speeds
 * and capture; and no keyboard, in place of SDL_keyboard.c with its tables: the page hears keys
 * through its elements (js/library_semantics.js). */
#include "SDL_internal.h"

#include "SDL.h"
#include "events/SDL_events_c.h"
#include "events/SDL_keyboard_c.h"
#include "events/SDL_mouse_c.h"
#include "video/SDL_sysvideo.h"

static SDL_Mouse mouse;
static Uint32 buttons;

SDL_Mouse* SDL_GetMouse(void) { return &mouse; }
int SDL_MouseInit(void) { return 0; }
void SDL_MouseQuit(void) {}
SDL_Window* SDL_GetMouseFocus(void) { return mouse.focus; }
void SDL_SetMouseFocus(SDL_Window* window) { mouse.focus = window; }
Uint32 SDL_GetMouseState(int* x, int* y) {
  if (x != NULL) *x = mouse.x;
  if (y != NULL) *y = mouse.y;
  return buttons;
}
int SDL_UpdateMouseCapture(SDL_bool force_release) { return 0; }
int SDL_CaptureMouse(SDL_bool enabled) { return SDL_Unsupported(); }
SDL_bool SDL_GetRelativeMouseMode(void) { return SDL_FALSE; }
int SDL_SetRelativeMouseMode(SDL_bool enabled) { return SDL_Unsupported(); }
void SDL_PerformWarpMouseInWindow(SDL_Window* window, int x, int y, SDL_bool ignore_relative) {}
void SDL_WarpMouseInWindow(SDL_Window* window, int x, int y) {}
void SDL_SetCursor(SDL_Cursor* cursor) {}
/* The style sheet hides it. */
int SDL_ShowCursor(int toggle) { return SDL_DISABLE; }

int SDL_SendMouseMotion(SDL_Window* window, SDL_MouseID id, int relative, int x, int y) {
  SDL_Event event;
  SDL_zero(event);
  event.type = SDL_MOUSEMOTION;
  event.motion.windowID = window->id;
  event.motion.which = id;
  event.motion.state = buttons;
  event.motion.x = x;
  event.motion.y = y;
  event.motion.xrel = x - mouse.x;
  event.motion.yrel = y - mouse.y;
  mouse.x = x;
  mouse.y = y;
  return SDL_PushEvent(&event) > 0;
}

/* A button that is down already, or up, says nothing new. */
int SDL_SendMouseButton(SDL_Window* window, SDL_MouseID id, Uint8 state, Uint8 button) {
  SDL_Event event;
  if (((buttons & SDL_BUTTON(button)) != 0) == (state == SDL_PRESSED)) return 0;
  buttons ^= SDL_BUTTON(button);
  SDL_zero(event);
  event.type = state == SDL_PRESSED ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP;
  event.button.windowID = window->id;
  event.button.which = id;
  event.button.button = button;
  event.button.state = state;
  event.button.clicks = 1;
  event.button.x = mouse.x;
  event.button.y = mouse.y;
  return SDL_PushEvent(&event) > 0;
}

int SDL_KeyboardInit(void) { return 0; }
void SDL_KeyboardQuit(void) {}
void SDL_ResetKeyboard(void) {}
void SDL_ReleaseAutoReleaseKeys(void) {}
void SDL_SetKeyboardFocus(SDL_Window* window) {}
SDL_Window* SDL_GetKeyboardFocus(void) { return NULL; }
