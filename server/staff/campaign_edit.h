// SPDX-License-Identifier: MIT
// A campaign's text with a few numbers changed: everything else stays as its author wrote it, byte
// for byte. Pure; whether the result is a good campaign is the parser's to say.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine {

// What staff changed of one product, each value as JSON; "": not changed.
struct ProductEdit {
  std::string product;
  std::string stock;
  std::string amount;  // of its price
  std::string offer;   // "null": no offer
};

// Expects: parse_campaign() took `json`. Edits of products that it does not have are left out.
std::string edit_campaign(std::string_view json, std::span<const ProductEdit> edits,
                          int64_t version);

// One difference. Values as JSON, "" where there is none.
struct CampaignChange {
  std::string product;  // "": of the campaign, or of several
  std::string field;    // "stock", "amount", "offer", "currency"; "product": came or went; "other"
  std::string before;
  std::string after;
  // Of money: that of the product as it is after, ISO 4217. "" of what is no money.
  std::string currency = {};
  friend bool operator==(const CampaignChange&, const CampaignChange&) = default;
};

// Versions are not compared. Expects of both: parse_campaign() took them.
std::vector<CampaignChange> campaign_changes(std::string_view before, std::string_view after);

// As an array of objects with these members.
std::string changes_json(std::span<const CampaignChange> changes);

}  // namespace vitrine
