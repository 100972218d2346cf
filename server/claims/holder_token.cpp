// SPDX-License-Identifier: MIT
#include "server/claims/holder_token.h"

#include "server/crypto.h"

namespace vitrine {

std::string HolderTokens::issue(std::string_view campaign, const Id128& holder) const {
  std::string token = "2.";
  token.append(campaign).append(".").append(holder.to_hex());
  const std::string mac = keyed_hash(key_, "holder " + token);
  return token.append(".").append(mac);
}

std::optional<Id128> HolderTokens::verify(std::string_view token, std::string_view campaign) const {
  std::string begin = "2.";
  begin.append(campaign).append(".");
  if (token.substr(0, begin.size()) != begin) return std::nullopt;
  const std::string_view rest = token.substr(begin.size());
  const std::optional<Id128> holder = Id128::from_hex(rest.substr(0, rest.find('.')));
  if (!holder || !equal_in_constant_time(token, issue(campaign, *holder))) return std::nullopt;
  return holder;
}

Id128 HolderTokens::queue_code(std::string_view campaign, std::string_view screen) const {
  std::string text = "queue ";
  text.append(campaign).append(" ").append(screen);
  return Id128::from_hex(keyed_hash(key_, text).substr(0, 32)).value_or(Id128());
}

// A provider's name has no colon.
std::string HolderTokens::member_hash(std::string_view provider, std::string_view member) const {
  std::string text = "member ";
  return keyed_hash(key_, text.append(provider).append(":").append(member));
}

}  // namespace vitrine
