// SPDX-License-Identifier: MIT
// What a phone's home screen is told of a campaign's page: a web app manifest in its words and
// colours. Any thread.
#pragma once

#include <string>

#include "engine/campaign/campaign.h"

namespace vitrine {

// JSON. Addresses in it are relative to the manifest's own, beside the page; the icons lie there
// too (wasm/page/build_page.py draws them).
std::string page_manifest(const campaign::Campaign& campaign);

}  // namespace vitrine
