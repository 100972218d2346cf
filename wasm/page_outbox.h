// SPDX-License-Identifier: MIT
// What of a page stores and sends what was recorded: the outbox of this tab, and what other tabs
// left behind. There from the first frame on: a touch is kept even if nothing else ever arrives.
#pragma once

#include <memory>

#include "engine/platform/platform.h"
#include "engine/telemetry/outbox.h"

namespace vitrine::wasm {

// A telemetry::OutboxMaker over the browser's WebSocket and IndexedDB; the platform's transport and
// outbox store are not used.
std::unique_ptr<telemetry::RecordKeeper> make_page_outbox(const Platform& platform,
                                                          telemetry::OutboxOptions options,
                                                          telemetry::Recorder& recorder);

}  // namespace vitrine::wasm
