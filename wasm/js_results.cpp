// SPDX-License-Identifier: MIT
#include "wasm/js_results.h"

#include <emscripten/emmalloc.h>

#include <algorithm>

#include "wasm/js_calls.h"

namespace vitrine::wasm {
namespace {

size_t free_heap_bytes() {
  return emmalloc_unclaimed_heap_memory() + emmalloc_free_dynamic_memory();
}

bool fits(int32_t size) {
  return static_cast<size_t>(size) <= free_heap_bytes() / 2;
}

}  // namespace

bool take_result(Channel channel, JsResult& out, std::vector<uint8_t>* bytes) {
  JsResultHeader header;
  const int queue = static_cast<int>(channel);
  if (vitrine_js_result_peek(queue, &header) == 0) return false;
  std::string text(static_cast<size_t>(header.text_size), '\0');
  const bool room = fits(header.payload_size);
  const size_t size = room ? static_cast<size_t>(header.payload_size) : 0;
  out.ticket = header.ticket;
  out.payload.assign(bytes != nullptr ? 0 : size, '\0');
  if (bytes != nullptr) bytes->resize(size);
  uint8_t* target =
      bytes != nullptr ? bytes->data() : reinterpret_cast<uint8_t*>(out.payload.data());
  vitrine_js_result_take(queue, text.data(), room ? target : nullptr);
  std::copy(std::begin(header.numbers), std::end(header.numbers), std::begin(out.numbers));
  out.status = Status(static_cast<StatusCode>(header.status), std::move(text));
  if (!room) {
    out.status = Status(StatusCode::ResourceExhausted,
                        std::to_string(header.payload_size) + " bytes do not fit into the heap");
  }
  return true;
}

}  // namespace vitrine::wasm
