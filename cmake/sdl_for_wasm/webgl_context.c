/* SPDX-License-Identifier: MIT
 * SDL's GL context on a canvas, straight by emscripten's WebGL calls: in place of SDL_egl.c and
 * SDL_emscriptenopengles.c, which go through an EGL written in JavaScript. And SDL's error, which
 * in the page can only be that there is no such context: in place of SDL_error.c. */
#include "SDL_internal.h"

#include <emscripten/html5.h>

#include "SDL.h"
#include "video/emscripten/SDL_emscriptenopengles.h"
#include "video/emscripten/SDL_emscriptenvideo.h"

static const char* last_error = "";

int SDL_SetError(const char* format, ...) { return -1; }
int SDL_Error(SDL_errorcode code) { return -1; }
const char* SDL_GetError(void) { return last_error; }
void SDL_ClearError(void) { last_error = ""; }

int Emscripten_GLES_LoadLibrary(_THIS, const char* path) { return 0; }
void SDL_EGL_UnloadLibrary(_THIS) {}
/* GL is linked directly; there is nothing to look up. */
void* SDL_EGL_GetProcAddress(_THIS, const char* name) { return NULL; }

/* The canvas is its only surface. Anything but EGL_NO_SURFACE. */
EGLSurface* SDL_EGL_CreateSurface(_THIS, NativeWindowType window) { return (EGLSurface*)1; }
void SDL_EGL_DestroySurface(_THIS, EGLSurface surface) {}

SDL_GLContext Emscripten_GLES_CreateContext(_THIS, SDL_Window* window) {
  const SDL_WindowData* data = (const SDL_WindowData*)window->driverdata;
  EmscriptenWebGLContextAttributes wanted;
  EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context;
  emscripten_webgl_init_context_attributes(&wanted);
  wanted.majorVersion = _this->gl_config.major_version - 1; /* GLES 3 is WebGL 2 */
  wanted.alpha = _this->gl_config.alpha_size > 0;
  wanted.depth = _this->gl_config.depth_size > 0;
  wanted.stencil = _this->gl_config.stencil_size > 0;
  wanted.antialias = _this->gl_config.multisamplebuffers > 0;
  wanted.enableExtensionsByDefault = EM_FALSE;
  context = emscripten_webgl_create_context(data->canvas_id, &wanted);
  if (context <= 0 || emscripten_webgl_make_context_current(context) < 0) {
    last_error = "the browser gives no WebGL context of that version";
    return NULL;
  }
  return (SDL_GLContext)context;
}

void SDL_EGL_DeleteContext(_THIS, SDL_GLContext context) {
  emscripten_webgl_destroy_context((EMSCRIPTEN_WEBGL_CONTEXT_HANDLE)context);
}

int Emscripten_GLES_MakeCurrent(_THIS, SDL_Window* window, SDL_GLContext context) {
  return emscripten_webgl_make_context_current((EMSCRIPTEN_WEBGL_CONTEXT_HANDLE)context) < 0 ? -1
                                                                                             : 0;
}

/* The browser shows a frame by itself, at the end of each. */
int Emscripten_GLES_SwapWindow(_THIS, SDL_Window* window) { return 0; }
int SDL_EGL_SetSwapInterval(_THIS, int interval) { return 0; }
int SDL_EGL_GetSwapInterval(_THIS) { return 1; }
