// SPDX-License-Identifier: MIT
// The anonymous name of a phone: the millisecond in which it was given and 80 random bits, which only
// this server can have given, bound to a campaign, recognised without being stored. And the keyed
// hash under which a person is kept beside claims, so that one person has one thing and nobody can
// be looked up.
//
//   2.CAMPAIGN.HOLDER.MAC
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/id128.h"

namespace vitrine {

// Of a server, for good: DIR/holder.key (claim_keys.h). It never leaves the server.
using HolderKey = std::array<uint8_t, 32>;

class HolderTokens {
 public:
  explicit HolderTokens(const HolderKey& key) : key_(key) {}

  std::string issue(std::string_view campaign, const Id128& holder) const;
  // Nothing for what this key did not make, or for another campaign.
  std::optional<Id128> verify(std::string_view token, std::string_view campaign) const;

  // Of a screen's line (server/handoff/queue_book.h): the same after every start of the server.
  Id128 queue_code(std::string_view campaign, std::string_view screen) const;

  // 64 hex digits. `provider`: whose programme, an identifier; people of two are never the same.
  std::string member_hash(std::string_view provider, std::string_view member) const;

 private:
  HolderKey key_;
};

}  // namespace vitrine
