// SPDX-License-Identifier: MIT
// The page's entry. The browser owns the loop; what it calls is here.
#include <emscripten.h>

#include "wasm/page_shell.h"

namespace {

using vitrine::wasm::PageEvent;
using vitrine::wasm::PageShell;

// Never destroyed: a page ends without telling.
PageShell* shell = nullptr;

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void vitrine_page_event(int event, int value) {
  shell->page_event(static_cast<PageEvent>(event), value);
}

EMSCRIPTEN_KEEPALIVE void vitrine_page_poll() { shell->poll(); }

}  // extern "C"

int main() {
  shell = new PageShell();
  if (!shell->start()) return 1;
  emscripten_set_main_loop([] { shell->frame(); }, 0, false);
  return 0;
}
