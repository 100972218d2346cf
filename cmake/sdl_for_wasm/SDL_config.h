/* SPDX-License-Identifier: MIT
 * Stands in for SDL_config.h in the page's build of SDL: emscripten's own configuration without
 * what a window, its events and a GL context do not need. See cmake/SdlForWasm.cmake. */
#ifndef SDL_config_h_
#define SDL_config_h_

#include "SDL_config_emscripten.h"

/* Without it, 187 KB of software blitters. */
#define SDL_LEAN_AND_MEAN 1

#define SDL_AUDIO_DISABLED 1
#define SDL_JOYSTICK_DISABLED 1
#define SDL_SENSOR_DISABLED 1
#define SDL_POWER_DISABLED 1
#define SDL_RENDER_DISABLED 1
#define SDL_LOCALE_DISABLED 1
#define SDL_MISC_DISABLED 1
#define SDL_FILESYSTEM_DISABLED 1
#define SDL_LOADSO_DISABLED 1
#define SDL_LOADSO_DUMMY 1

#undef SDL_AUDIO_DRIVER_DISK
#undef SDL_AUDIO_DRIVER_DUMMY
#undef SDL_AUDIO_DRIVER_EMSCRIPTEN
#undef SDL_JOYSTICK_EMSCRIPTEN
#undef SDL_SENSOR_DUMMY
#undef SDL_POWER_EMSCRIPTEN
#undef SDL_FILESYSTEM_EMSCRIPTEN
#undef SDL_LOADSO_DLOPEN
#undef SDL_VIDEO_RENDER_OGL_ES2
#undef HAVE_DLOPEN
#undef HAVE_ICONV
#undef HAVE_ICONV_H

/* SDL's own small ones instead of the C library's, which bring 128-bit floating point along. */
#undef HAVE_ATOF
#undef HAVE_STRTOD
#undef HAVE_SSCANF
#undef HAVE_VSSCANF
#undef HAVE_VSNPRINTF

#endif
