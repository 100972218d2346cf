# SDL for the page, from Debian's source package.
#
# SDL's own CMake project takes minutes to configure through emcc and brings blitters, joysticks and
# audio along. Here the files a window, its events and a GL context need are compiled by name, in a
# twentieth of the time and for less than half of the bytes. VITRINE_SDL_STOCK=ON takes the ordinary
# way instead, to show that both draw the same.
#
# Gives the targets vitrine_sdl and vitrine_gles (nothing to link: emscripten has GL built in).

vitrine_source_package(VITRINE_SDL libsdl2 src/SDL.c gz)

add_library(vitrine_gles INTERFACE)

if(VITRINE_SDL_STOCK)
  foreach(option SDL_SHARED SDL_TEST SDL2_DISABLE_INSTALL SDL2_DISABLE_SDL2MAIN)
    set(${option} OFF CACHE BOOL "" FORCE)
  endforeach()
  set(SDL_STATIC ON CACHE BOOL "" FORCE)
  add_subdirectory(${VITRINE_SDL_SOURCE} ${PROJECT_BINARY_DIR}/third_party/sdl-stock EXCLUDE_FROM_ALL)
  add_library(vitrine_sdl INTERFACE)
  target_link_libraries(vitrine_sdl INTERFACE SDL2-static)
  return()
endif()

# A copy of the headers with our SDL_config.h in place of SDL's: SDL includes it by quotes, so an
# earlier folder on the include path would not do.
set(sdl_include ${PROJECT_BINARY_DIR}/third_party/sdl/include)
file(COPY ${VITRINE_SDL_SOURCE}/include/ DESTINATION ${sdl_include} FILES_MATCHING PATTERN "*.h"
     PATTERN "SDL_config.h" EXCLUDE)
configure_file(${CMAKE_CURRENT_LIST_DIR}/sdl_for_wasm/SDL_config.h ${sdl_include}/SDL_config.h COPYONLY)

# What is not listed and still called is answered in sdl_for_wasm/left_out.c and webgl_context.c.
set(sdl_sources
  SDL.c SDL_dataqueue.c SDL_hints.c SDL_list.c SDL_utils.c
  atomic/SDL_atomic.c atomic/SDL_spinlock.c
  cpuinfo/SDL_cpuinfo.c
  events/SDL_clipboardevents.c events/SDL_displayevents.c events/SDL_dropevents.c
  events/SDL_events.c events/SDL_quit.c events/SDL_touch.c events/SDL_windowevents.c
  libm/e_fmod.c libm/e_sqrt.c libm/s_copysign.c libm/s_fabs.c libm/s_floor.c libm/s_scalbn.c
  loadso/dummy/SDL_sysloadso.c
  stdlib/SDL_crc32.c stdlib/SDL_iconv.c stdlib/SDL_malloc.c
  stdlib/SDL_qsort.c stdlib/SDL_stdlib.c stdlib/SDL_string.c stdlib/SDL_strtokr.c
  thread/SDL_thread.c thread/generic/SDL_syscond.c thread/generic/SDL_sysmutex.c
  thread/generic/SDL_syssem.c thread/generic/SDL_systhread.c thread/generic/SDL_systls.c
  timer/SDL_timer.c timer/unix/SDL_systimer.c
  video/emscripten/SDL_emscriptenevents.c video/emscripten/SDL_emscriptenvideo.c)
list(TRANSFORM sdl_sources PREPEND ${VITRINE_SDL_SOURCE}/src/)
list(APPEND sdl_sources
  ${CMAKE_CURRENT_LIST_DIR}/sdl_for_wasm/left_out.c
  ${CMAKE_CURRENT_LIST_DIR}/sdl_for_wasm/one_mouse.c
  ${CMAKE_CURRENT_LIST_DIR}/sdl_for_wasm/one_window.c
  ${CMAKE_CURRENT_LIST_DIR}/sdl_for_wasm/webgl_context.c)

add_library(vitrine_sdl STATIC ${sdl_sources})
# Not SYSTEM: emscripten puts its own headers of SDL 1 before those.
target_include_directories(vitrine_sdl PUBLIC ${sdl_include})
target_compile_options(vitrine_sdl PRIVATE -w -Oz)
target_include_directories(vitrine_sdl PRIVATE ${VITRINE_SDL_SOURCE}/src)
# Its hints are not heard: they only switch on a log of every event, which is larger than the queue.
set_source_files_properties(${VITRINE_SDL_SOURCE}/src/events/SDL_events.c PROPERTIES
  COMPILE_DEFINITIONS "SDL_AddHintCallback=vitrine_sdl_no_hint;SDL_DelHintCallback=vitrine_sdl_no_hint")
