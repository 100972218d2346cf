// SPDX-License-Identifier: MIT
// What a campaign hands out, as its file says it.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "engine/campaign/campaign.h"
#include "server/claims/claim_store.h"

namespace vitrine {

struct ClaimOffer {
  std::string pool;
  Money price;
  int64_t stock = 0;         // that its pool begins with
  bool stock_leads = false;  // staff published it: a pool that is there follows it
  std::string published_by;  // who of staff
  int64_t hold_ms = 180'000;
  bool needs_follow = true;     // before it can be paid or issued
  bool guardian_asked = false;  // "14 or older, or with my guardian"
  int64_t valid_ms = 0;         // of a voucher from its issue on; 0: no end
  std::string provider = "sandbox";
};

// By product. Empty: this campaign hands nothing out.
using ClaimOffers = std::map<std::string, ClaimOffer, std::less<>>;

ClaimOffers claim_offers(const campaign::Campaign& campaign);

// Whose pool that is: what stands before its slash.
std::string_view campaign_of_pool(std::string_view pool);

}  // namespace vitrine
