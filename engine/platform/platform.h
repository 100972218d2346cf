// SPDX-License-Identifier: MIT
// What a shell hands to the engine: one value of references to its implementations. No globals, no
// link-time substitution. All of them outlive the App. Everything is called on the App's thread
// unless a seam says otherwise, and nothing in the engine blocks: slow work is a request and a
// later result that the seam delivers from its own poll(), on the App's thread.
#pragma once

#include "engine/base/clock.h"
#include "engine/platform/assets.h"
#include "engine/platform/audio_output.h"
#include "engine/platform/device_identity.h"
#include "engine/platform/glyph_source.h"
#include "engine/platform/home_screen.h"
#include "engine/platform/image_decoder.h"
#include "engine/platform/keepsakes.h"
#include "engine/platform/links.h"
#include "engine/platform/outbox_store.h"
#include "engine/platform/random_bytes.h"
#include "engine/platform/speech.h"
#include "engine/platform/transport.h"
#include "engine/platform/vector_rasterizer.h"

namespace vitrine {

struct Platform {
  Clock& clock;
  RandomBytes& random;
  Assets& assets;
  Transport& transport;
  OutboxStore& outbox_store;
  DeviceIdentity& identity;
  GlyphSource& glyphs;
  ImageDecoder& images;
  VectorRasterizer& vectors;
  AudioOutput& audio;
  Speech& speech;
  Transport& claim_transport;  // the second connection, subprotocol vitrine.claim.1
  Keepsakes& keepsakes;
  Links& links;
  HomeScreen& home_screen;
};

}  // namespace vitrine
