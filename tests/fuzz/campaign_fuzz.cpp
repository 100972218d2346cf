// SPDX-License-Identifier: MIT
// Any bytes through parse_campaign: it ends, tells every refusal, and what it accepts keeps what
// the Campaign promises to scenes.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "engine/base/assert.h"
#include "engine/campaign/format.h"
#include "engine/campaign/parse.h"

using namespace vitrine;
using namespace vitrine::campaign;

namespace {

void check_accepted(const Campaign& campaign) {
  for (const std::string& language : campaign.languages()) {
    VITRINE_ASSERT(campaign.nearest_language(language) == language);
    VITRINE_ASSERT(!campaign.brand(language).empty());
    for (const Product& product : campaign.products()) {
      VITRINE_ASSERT(!campaign.product_name(product, language).empty());
    }
  }
  for (const Product& product : campaign.products()) {
    VITRINE_ASSERT(campaign.product(product.id) == &product);
    VITRINE_ASSERT(campaign.has_text(product.name_text));
    VITRINE_ASSERT(product.price.offer <= product.price.amount);
    for (const Art& art : product.art) {
      VITRINE_ASSERT(art.path.find("..") == std::string::npos ||
                     art.path.find("/.") == std::string::npos);
      VITRINE_ASSERT(!art.path.empty() && art.path[0] != '/' && art.path[0] != '.');
    }
  }
  for (const Scene& scene : campaign.scenes()) {
    VITRINE_ASSERT(campaign.scene(scene.id) == &scene);
    VITRINE_ASSERT(scene.parameters.size() <= kMaxParameters);
  }
  VITRINE_ASSERT(!campaign.start_scene().kind.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const CampaignResult result = parse_campaign(bytes, "campaign.json");
  bool refused = false;
  for (const Problem& problem : result.problems) {
    refused = refused || problem.severity == Severity::Error;
    VITRINE_ASSERT(!problem.message.empty() && !problem.cure.empty());
    VITRINE_ASSERT(problem.line > 0 && problem.column > 0);
  }
  VITRINE_ASSERT(result.ok() == !refused);
  VITRINE_ASSERT(result.problems.size() <= kMaxProblems + 1);
  if (result.ok()) check_accepted(*result.campaign);
  return 0;
}
