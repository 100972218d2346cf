// SPDX-License-Identifier: MIT
// The page's service worker as this server sends it: what a campaign's page fetches, put into the
// build's worker (wasm/page/worker.js). Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vitrine {

// A file of a campaign, as its page asks for it.
struct CampaignPart {
  std::string path;  // below the campaign's address: "art/ribbon.svg"
  std::string etag;  // of its bytes
};

// `worker_template`: worker.template of the page's build. The same parts give the same bytes; other
// bytes are a worker that browsers take up as a new one.
std::string fill_worker(std::string_view worker_template, const std::vector<CampaignPart>& parts);

}  // namespace vitrine
