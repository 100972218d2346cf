# Everything Vitrine uses that others wrote: what, which version, from where.
#
# Debian 12 binary packages, as tools/dev/common.sh installs them (tests/dev compares the two):
#   g++, cmake, ninja-build, pkg-config, python3   the native build
#   libsdl2-dev                 2.26.5: window, input, GL context
#   libgles-dev, libegl-dev     GLES 3 headers and loader
#   libegl1, libgl1-mesa-dri    the loader and a driver, where no other is there
#   libwebsockets-dev, libwebsockets-evlib-ev, libev-dev   4.1.6: WebSocket and HTTP
#   libssl-dev                  3.0: certificates and keys for the TLS that libwebsockets does with it
#   libcurl4-openssl-dev        7.88: webhooks and providers outside the server
#   libsqlite3-dev              3.40: outbox and store
#   libsodium-dev               1.0.18: signatures, random bytes, hashes of secrets
#   libgoogle-perftools-dev     2.10: the server's allocator, tcmalloc_minimal
#   libspeechd-dev              0.11: speech by Speech Dispatcher (its client library is LGPL 2.1)
#   espeak-ng                   1.51: speech without a daemon; GPL 3, so run as a program, not linked
#   libavformat-dev, libavcodec-dev, libavdevice-dev, libswscale-dev   5.1: cameras and films; Debian's
#                               build of FFmpeg is under the GPL, and so is a program linked with it
#   librsvg2-dev                2.54: vector art, natively
#   rapidjson-dev               1.1: JSON as a SAX reader (engine/base/json alone)
#   libstb-dev                  fonts and pictures, natively
#   xz-utils                    unpacks ImGui's sources
#   node-typescript             4.8: compiles the staff console and the tracker lab
#   fonts-noto-cjk, python3-fonttools   letters: tools/fonts cuts the campaigns' characters out
#   emscripten                  3.1.6: the page's compiler; brings LLVM 14
#   dpkg-dev                    fetches and unpacks source packages; finds what the packages depend on
#   nginx-light                 1.22: the proxy of packaging/nginx, in a test
#   openssl                     makes the certificates of ./dev demo --lan and of a test
#   file                        tells that programs are programs, for the same
#   mmdebstrap                  the clean Debian that the packages are tried in
#   librsvg2-bin                2.54: the page's icons, from their drawing
#   brotli                      the page's weight, and the form servers send
#   nodejs, npm                 18: runs the compiler's scripts, closure and the browser tests
#   catch2                      2.13: tests
#   chromium-headless-shell     browser tests: the page without a browser around it
#   chromium                    the one test about the browser itself, and what is measured in one
#   python3-jsonschema          4.10: tests hold the published schemas to the sample campaign and to
#                               the protocol's examples
#   python3-yaml                6.0: reads docs/asyncapi.yaml and docs/openapi.yaml for that
#   cage, xwayland              the compositor of packaging/cage, without a screen
#   strace                      6.1: a test watches the face tracker's programs from outside
#   zbar-tools                  0.23: tests read the QR codes that are drawn
#   python3-torch, python3-numpy   1.13, 1.24: training of the face tracker's networks, in `./dev test all`
#   clang, libclang-rt-14-dev   fuzzing
#   redis-server, libhiredis-dev   what a benchmark is measured beside, and its client
#   postgresql, libpq-dev       15: the same for claims
#   clang-format                ./dev format
# npm packages, by tests/bench/peer/package-lock.json, for `./dev bench` alone:
#   pixi.js 8.22, esbuild 0.28  what the page is measured beside, and its bundler
#   @mediapipe/face_mesh 0.4.1633559619   what the face tracker is measured beside, never shipped
# Debian 12 source packages (`./dev` fetches them, see tools/fetch-source-package.sh):
#   libsdl2 2.26.5              for the page, cmake/SdlForWasm.cmake
#   imgui 1.86                  for the kiosk's service panel, cmake/ImGui.cmake
#   qr-code-generator 1.8.0     QR codes, natively and for the page, cmake/QrCodeGenerator.cmake
#   libsodium 1.0.18            the proof of a voucher, for the page, cmake/SodiumForWasm.cmake

# RapidJSON and stb are header-only and needed for the page too, where /usr/include itself must
# never be on the include path (it would shadow emscripten's own headers): copy what is used.
set(VITRINE_STAGED_INCLUDE ${PROJECT_BINARY_DIR}/third_party/include)
file(COPY /usr/include/rapidjson DESTINATION ${VITRINE_STAGED_INCLUDE})
add_library(vitrine_rapidjson INTERFACE)
target_include_directories(vitrine_rapidjson SYSTEM INTERFACE ${VITRINE_STAGED_INCLUDE})
target_compile_definitions(vitrine_rapidjson INTERFACE RAPIDJSON_HAS_STDSTRING=0)
file(COPY /usr/include/stb DESTINATION ${VITRINE_STAGED_INCLUDE})
add_library(vitrine_stb INTERFACE)
target_include_directories(vitrine_stb SYSTEM INTERFACE ${VITRINE_STAGED_INCLUDE}/stb)

# Source packages: the upstream version and the SHA-256 of its tarball. A newer Debian revision of the
# same upstream version changes neither.
include(SourcePackage)
set(VITRINE_QR_VERSION 1.8.0)
set(VITRINE_QR_SHA256 2ec0a4d33d6f521c942eeaf473d42d5fe139abcfa57d2beffe10c5cf7d34ae60)
include(QrCodeGenerator)

if(EMSCRIPTEN)
  set(VITRINE_SDL_VERSION 2.26.5+dfsg)
  set(VITRINE_SDL_SHA256 b3f2c822151804125d08db94c65852f711c2e5df2145a59da120748dc32eb9c3)
  include(SdlForWasm)
  set(VITRINE_SODIUM_VERSION 1.0.18)
  set(VITRINE_SODIUM_SHA256 d59323c6b712a1519a5daf710b68f5e7fde57040845ffec53850911f10a5d4f4)
  include(SodiumForWasm)
else()
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(SDL2 REQUIRED IMPORTED_TARGET sdl2)
  pkg_check_modules(GLES REQUIRED IMPORTED_TARGET glesv2)
  pkg_check_modules(WEBSOCKETS REQUIRED IMPORTED_TARGET libwebsockets)
  pkg_check_modules(OPENSSL REQUIRED IMPORTED_TARGET openssl)
  pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
  pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
  pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
  pkg_check_modules(TCMALLOC REQUIRED IMPORTED_TARGET libtcmalloc_minimal)
  pkg_check_modules(SPEECHD REQUIRED IMPORTED_TARGET speech-dispatcher)
  pkg_check_modules(RSVG REQUIRED IMPORTED_TARGET librsvg-2.0)
  if(VITRINE_MEDIA)
    pkg_check_modules(FFMPEG REQUIRED IMPORTED_TARGET
      libavformat libavcodec libavdevice libavutil libswscale)
  endif()
  find_package(Threads REQUIRED)
  # Targets the modules name, the same on both platforms.
  add_library(vitrine_sodium INTERFACE)
  target_link_libraries(vitrine_sodium INTERFACE PkgConfig::SODIUM)
  add_library(vitrine_gles INTERFACE)
  target_link_libraries(vitrine_gles INTERFACE PkgConfig::GLES)
  add_library(vitrine_sdl INTERFACE)
  target_link_libraries(vitrine_sdl INTERFACE PkgConfig::SDL2)
  if(VITRINE_STAFF)
    set(VITRINE_IMGUI_VERSION 1.86+ds)
    set(VITRINE_IMGUI_SHA256 0dace0e8e57d298eb6e93af12dc19420cb96330832f6495c733b90aeeef11f64)
    include(ImGui)
  endif()
endif()
