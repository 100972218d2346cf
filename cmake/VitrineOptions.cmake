# Build options and the compile flags that every target of ours shares.

option(VITRINE_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(VITRINE_SANITIZE_THREAD "Build with ThreadSanitizer; not together with VITRINE_SANITIZE" OFF)
option(VITRINE_TESTS "Build the tests" ON)
option(VITRINE_STAFF "Build the service panel into the kiosk; pages never have it" ON)
option(VITRINE_MEDIA "Build cameras and films by FFmpeg: native/media and `vitrine track`" ON)
option(VITRINE_FUZZ "Build the libFuzzer targets of tests/fuzz; needs clang" OFF)
option(VITRINE_SDL_STOCK "Build SDL for the page by its own CMake project, not by our source list" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
if(EMSCRIPTEN)
  # Bytes on the wire before speed: what must be fast here is the GPU.
  string(REPLACE "-Os" "-Oz" CMAKE_CXX_FLAGS_MINSIZEREL "${CMAKE_CXX_FLAGS_MINSIZEREL}")
  string(REPLACE "-Os" "-Oz" CMAKE_C_FLAGS_MINSIZEREL "${CMAKE_C_FLAGS_MINSIZEREL}")
  # One program, seen whole by the optimiser: SDL too. Nobody constructs statics from two threads.
  add_compile_options(-flto -fvisibility=hidden)
  # Most seams have one implementation here: their calls become plain ones, what nobody calls goes.
  add_compile_options(
    "$<$<COMPILE_LANGUAGE:CXX>:-fwhole-program-vtables;-fvirtual-function-elimination>")
  # Small functions pack better than the same put into their one caller: the bodies of large ones
  # share less. What is `inline` is still inlined here, what is tiny by wasm-opt (wasm/CMakeLists.txt).
  add_compile_options(-finline-hint-functions)
  # Every browser with WebGL 2 that still gets updates has these (Chrome 75, Firefox 79, Safari 15).
  add_compile_options(-mnontrapping-fptoint -msign-ext -mbulk-memory)
  add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fno-threadsafe-statics>)
  add_link_options(-flto)
endif()
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

find_program(VITRINE_CCACHE ccache)
if(VITRINE_CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${VITRINE_CCACHE})
  # What ccache asks for where headers are precompiled, as the tests' are.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${VITRINE_CCACHE})
endif()

# Flags for our own code; third-party code is built without them.
add_library(vitrine_flags INTERFACE)
target_include_directories(vitrine_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(vitrine_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Werror)

# g++ 12 sees an overlapping copy in every "literal" + std::string (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(vitrine_flags INTERFACE -Wno-restrict)
endif()

# The engine neither throws nor asks for types at run time; the page pays for both in bytes.
add_library(vitrine_engine_flags INTERFACE)
target_compile_options(vitrine_engine_flags INTERFACE -fno-exceptions)
if(EMSCRIPTEN)
  target_compile_options(vitrine_engine_flags INTERFACE -fno-rtti)
  target_compile_definitions(vitrine_engine_flags INTERFACE VITRINE_ASSERT_TEXT=0)
endif()

if(VITRINE_SANITIZE)
  # What is tested is optimised a little: sanitized, the tests run in half the time. The tests
  # themselves are not (vitrine_test): their code runs once and would take twice as long to compile.
  add_compile_options(-O1)
  # A sanitizer's report needs lines, not every variable: the rest costs up to half of a compile.
  add_compile_options(-g1)
  # With sanitizers g++ sees uninitialised values where there are none (its manual says so).
  target_compile_options(vitrine_flags INTERFACE -Wno-maybe-uninitialized)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

if(VITRINE_SANITIZE_THREAD)
  if(VITRINE_SANITIZE)
    message(FATAL_ERROR "ThreadSanitizer and AddressSanitizer cannot share a program")
  endif()
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()

if(VITRINE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "VITRINE_FUZZ needs clang: -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++")
  endif()
  # RapidJSON 1.1 adds to the null pointer of its empty stack before it compares (stack.h:117).
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=pointer-overflow
                      -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
