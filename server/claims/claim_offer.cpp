// SPDX-License-Identifier: MIT
#include "server/claims/claim_offer.h"

namespace vitrine {

ClaimOffers claim_offers(const campaign::Campaign& campaign) {
  constexpr int64_t kHourMs = 3'600'000;
  const campaign::ClaimTerms& terms = campaign.claim();
  ClaimOffers offers;
  for (const campaign::Product& product : campaign.products()) {
    if (product.stock < 0) continue;
    ClaimOffer offer;
    offer.pool = std::string(campaign.id()) + "/" + product.id;
    const campaign::Price& price = product.price;
    offer.price.minor = price.to_pay();
    if (offer.price.minor > 0) offer.price.currency = price.currency_code();
    offer.stock = product.stock;
    offer.hold_ms = terms.hold_seconds * 1000;
    offer.guardian_asked = terms.guardian_age > 0;
    offer.valid_ms = terms.valid_hours * kHourMs;
    offer.provider = terms.provider;
    offers.emplace(product.id, std::move(offer));
  }
  return offers;
}

std::string_view campaign_of_pool(std::string_view pool) {
  return pool.substr(0, pool.find('/'));
}

}  // namespace vitrine
