// SPDX-License-Identifier: MIT
// The golden cases drawn by the page's build: golden.test.mjs loads this in Chromium, hands over
// the bundle, and asks for one case after another. The comparison is the native test's own.
#include <emscripten.h>
#include <emscripten/html5.h>

#include <cstdio>
#include <cstdlib>

#include "tests/golden/compare.h"
#include "tests/golden/golden_stage.h"

using namespace vitrine;
using namespace vitrine::golden;

namespace {

Bundle loaded_bundle;
EMSCRIPTEN_WEBGL_CONTEXT_HANDLE context = 0;
char answer[512];

const char* say(const Case& what, const Difference& d, const char* error) {
  std::snprintf(answer, sizeof answer,
                "{\"name\":\"%s\",\"passes\":%s,\"mean\":%g,\"largest\":%u,\"share_over_8\":%g,"
                "\"error\":\"%s\"}",
                what.name().c_str(), cross_driver_passes(d) ? "true" : "false", d.mean, d.largest,
                d.share_over_8, error);
  return answer;
}

bool make_context(const Case& what) {
  EmscriptenWebGLContextAttributes attributes;
  emscripten_webgl_init_context_attributes(&attributes);
  attributes.majorVersion = 2;
  attributes.antialias = EM_FALSE;
  attributes.alpha = EM_FALSE;
  emscripten_set_canvas_element_size("#canvas", what.pixel_width(), what.pixel_height());
  if (context > 0) emscripten_webgl_destroy_context(context);
  context = emscripten_webgl_create_context("#canvas", &attributes);
  return context > 0 && emscripten_webgl_make_context_current(context) == EMSCRIPTEN_RESULT_SUCCESS;
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE int golden_load(const char* bytes, int size) {
  return decode_bundle({bytes, static_cast<size_t>(size)}, loaded_bundle) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE int golden_count() {
  return static_cast<int>(cases_at_rest().size());
}

// Each case is drawn in a context of its own, on the canvas that is there now.
EMSCRIPTEN_KEEPALIVE const char* golden_draw(int index, int shift) {
  const Case what = cases_at_rest()[static_cast<size_t>(index)];
  if (!make_context(what)) return say(what, {}, "no WebGL 2");
  const Result<Image> drawn = draw_case(loaded_bundle, what, {.shift_one_drawing = shift != 0});
  if (!drawn.ok()) return say(what, {}, drawn.status().message().c_str());
  VectorImage stored;
  const auto found = loaded_bundle.find("golden/" + what.name());
  if (found == loaded_bundle.end() || !decode_image(found->second, stored)) {
    return say(what, {}, "no stored picture");
  }
  return say(what, compare(drawn.value(), stored.image), "");
}

}  // extern "C"
