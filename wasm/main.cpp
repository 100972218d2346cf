// SPDX-License-Identifier: MIT
// The page's entry. The browser owns the loop; what it calls is here.
#include <emscripten.h>

#include <cstdlib>
#include <string>

#include "engine/base/assert.h"
#include "wasm/js_calls.h"
#include "wasm/page_shell.h"

namespace {

using vitrine::wasm::PageEvent;
using vitrine::wasm::PageShell;

// Never destroyed: a page ends without telling.
PageShell* shell = nullptr;

void give_up_and_abort(const char*, int line, const char*) {
  const std::string detail = "assertion failed, line " + std::to_string(line);
  vitrine_js_page_give_up("engine", detail.c_str());
  std::abort();
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void vitrine_page_event(int event, int value) {
  shell->page_event(static_cast<PageEvent>(event), value);
}

EMSCRIPTEN_KEEPALIVE void vitrine_page_text(int id, const char* text, int caret) {
  shell->page_text(static_cast<uint32_t>(id), text, static_cast<size_t>(caret));
}

EMSCRIPTEN_KEEPALIVE void vitrine_page_frame() {
  shell->frame();
}

EMSCRIPTEN_KEEPALIVE void vitrine_page_poll() {
  shell->poll();
}

}  // extern "C"

int main() {
  vitrine::set_assert_handler(give_up_and_abort);
  shell = new PageShell();
  if (!shell->start()) return 1;
  vitrine_js_page_run();
  return 0;
}
