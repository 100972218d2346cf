// SPDX-License-Identifier: MIT
// A person as a server's data directory has them: found by their name at a provider, or by one of
// their claims.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "engine/base/id128.h"
#include "engine/base/status.h"
#include "server/claims/claim_store.h"

namespace vitrine::tools {

struct ByMember {
  std::string provider, member;
};
struct ByClaim {
  Id128 claim;
};
struct ByCode {
  std::string code;  // as voucher_code() writes it
};
using WhichPerson = std::variant<ByMember, ByClaim, ByCode>;

struct Person {
  // Their name; the provider's name for them is "" where links have been retired or erased.
  std::string provider, member;
  std::string member_hash;  // "": no claim has it
  std::vector<MemberLink> links;
  std::vector<Claim> claims;  // each once
};

// Looks into `directory`, beside a running server or without one. NotFound: no such directory, no
// claims in it, or nobody: the message says which. Of a claim that nobody is known of the person
// is that claim alone.
Result<Person> find_person(const std::string& directory, const WhichPerson& which);

// Whether anything says who they are.
bool is_known(const Person& person);

}  // namespace vitrine::tools
