// SPDX-License-Identifier: MIT
// The page's JavaScript (wasm/js/library_*.js) as C++ sees it. Lengths are bytes of UTF-8 without a
// terminator; text is copied before a call returns.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" {

// library_results.js. `header` points to a JsResultHeader (js_results.h).
int vitrine_js_result_peek(int channel, void* header);
void vitrine_js_result_take(int channel, char* text, uint8_t* payload);

// library_system.js
double vitrine_js_monotonic_ms(void);
double vitrine_js_wall_ms(void);
int vitrine_js_utc_offset_minutes(void);
void vitrine_js_random(uint8_t* out, size_t size);
void vitrine_js_option(const char* name, char* out, size_t capacity);
size_t vitrine_js_heap_bytes(void);

// library_transport.js. `header`: int32 {kind, code, text length}.
void vitrine_js_socket_connect(int id, const char* subprotocol);
int vitrine_js_socket_send(int id, const char* text, size_t size);
void vitrine_js_socket_close(int id, int code, const char* reason, size_t size);
void vitrine_js_socket_drop(int id);
int vitrine_js_socket_peek(int id, int32_t* header);
void vitrine_js_socket_take(int id, char* text);

// library_assets.js
void vitrine_js_asset_request(int channel, int ticket, const char* path, size_t size, size_t limit);

// library_audio.js. `out` of state: int32 {AudioState, voices, clips, failed}.
void vitrine_js_audio_load(int clip, const char* name, size_t size);
uint32_t vitrine_js_audio_play(int clip, int bus, float gain, float pan, float rate, int loop);
void vitrine_js_audio_stop(uint32_t voice);
int vitrine_js_audio_playing(uint32_t voice);
void vitrine_js_audio_bus_gain(int bus, float gain);
void vitrine_js_audio_suspend(int suspended);
void vitrine_js_audio_state(int32_t* out);

// library_glyphs.js. `out` of metrics: float {ascent, descent}; of draw: a JsGlyph;
// of take: four bytes a pixel.
void vitrine_js_font_metrics(int family, int weight, int pixels, float* out);
float vitrine_js_glyph_advance(int family, int weight, int pixels, const char* text, size_t size);
int vitrine_js_glyph_draw(int family, int weight, int pixels, const char* text, size_t size,
                          void* out);
void vitrine_js_glyph_take(uint8_t* out);

// library_pictures.js
void vitrine_js_picture_decode(int channel, int ticket, const uint8_t* bytes, size_t size);
void vitrine_js_drawing_rasterize(int channel, int ticket, const char* text, size_t text_size,
                                  const char* group, size_t group_size, int width, int height,
                                  int red, int green, int blue);

// library_outbox.js
void vitrine_js_outbox_load(int handle, int channel, int ticket, int orphans_only);
void vitrine_js_outbox_commit(int handle, int channel, int ticket, const char* text, size_t size);
int vitrine_js_outbox_durable(int handle);
void vitrine_js_outbox_discard(int handle);

// library_page.js. `out` of insets: float {top, right, bottom, left}.
void vitrine_js_page_watch(void);
void vitrine_js_page_run(void);
void vitrine_js_page_insets(float* out);
void vitrine_js_page_ready(void);
void vitrine_js_page_words(const char* language, size_t size, const char* title, size_t title_size);
void vitrine_js_page_give_up(const char* reason, const char* detail);
void vitrine_js_page_statistics(const char* text, size_t size);

// library_claim.js. What is written has a terminator; lengths are without it.
int vitrine_js_keepsake_get(const char* name, size_t size, char* out, size_t capacity);
int vitrine_js_keepsake_set(const char* name, size_t size, const char* value, size_t value_size);
void vitrine_js_link_open(const char* address, size_t size);
void vitrine_js_home_add(void);
int vitrine_js_invitation_take(char* out, size_t capacity);

// library_speech.js
int vitrine_js_speech_available(const char* language, size_t size);
void vitrine_js_speech_say(const char* text, size_t size, const char* language,
                           size_t language_size);
void vitrine_js_speech_stop(void);
int vitrine_js_speech_speaking(void);
void vitrine_js_speech_volume(float volume);

// library_semantics.js. `node`: a JsSemanticNode (semantic_dom.cpp).
void vitrine_js_semantics_begin(void);
void vitrine_js_semantics_node(const void* node);
void vitrine_js_semantics_end(void);

}  // extern "C"
