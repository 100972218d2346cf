// SPDX-License-Identifier: MIT
// Everything a golden picture is drawn from, in one file, so that the kiosk's build and the page's
// draw from the same bytes: the campaign, the fonts, every drawing as librsvg rasterised it once,
// and the pictures to compare with. Made by golden_bundle at build time, never committed.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/platform/vector_rasterizer.h"

namespace vitrine::golden {

// Name → bytes: "campaign.json", "font/...", "drawing/KEY", "golden/CASE".
using Bundle = std::map<std::string, std::string, std::less<>>;

// Repeated: name length (4 bytes), size (4 bytes), name, bytes; little-endian.
std::string encode_bundle(const Bundle& bundle);
// False when `bytes` is cut short.
bool decode_bundle(std::string_view bytes, Bundle& bundle);

// Width and height (4 bytes each), bounds and view box (4 floats each), then pixels.
std::string encode_image(const VectorImage& image);
bool decode_image(std::string_view bytes, VectorImage& image);

// The name under which a request's result lies in the bundle.
std::string drawing_name(const VectorRequest& request);

}  // namespace vitrine::golden
