// SPDX-License-Identifier: MIT
#include "native/tools/person.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "server/claims/claim_keys.h"
#include "server/claims/holder_token.h"
#include "server/claims/sqlite_claim_store.h"

namespace vitrine::tools {
namespace {

// Where only a claim's hash is left: links name their provider, the hash does not.
constexpr char kUnknownProvider[] = "unknown";

class Search {
 public:
  Search(ClaimReader& reader, std::string directory)
      : reader_(reader), directory_(std::move(directory)) {}

  Result<Person> run(const WhichPerson& which);

 private:
  Status begin(const ByMember& by);
  Status begin(const ByClaim& by);
  Status begin(const ByCode& by);
  Status begin_with(const Result<std::optional<Claim>>& claim);
  Status take_links();
  Status take_claims();
  void add(Claim claim);

  ClaimReader& reader_;
  std::string directory_;
  Person person_;
};

Status Search::begin(const ByMember& by) {
  const Result<HolderKey> key = read_holder_key(directory_);
  if (!key.ok()) return key.status();
  person_.provider = by.provider;
  person_.member = by.member;
  person_.member_hash = HolderTokens(key.value()).member_hash(by.provider, by.member);
  return {};
}

Status Search::begin(const ByClaim& by) {
  return begin_with(reader_.find_claim(by.claim));
}

Status Search::begin(const ByCode& by) {
  return begin_with(reader_.find_code(by.code));
}

Status Search::begin_with(const Result<std::optional<Claim>>& claim) {
  if (!claim.ok()) return claim.status();
  if (!claim.value()) return {StatusCode::NotFound, directory_ + ": no such claim here"};
  person_.member_hash = claim.value()->member_hash;
  add(*claim.value());
  std::vector<MemberLink> links;
  const Status status = reader_.read_links(claim.value()->claim, links);
  if (!status.ok()) return status;
  person_.provider = links.empty() ? kUnknownProvider : links[0].provider;
  if (!links.empty()) person_.member = links[0].member;
  return {};
}

Status Search::take_links() {
  if (person_.member.empty()) return {};
  return reader_.read_member(person_.provider, person_.member, person_.links);
}

Status Search::take_claims() {
  for (const MemberLink& link : person_.links) {
    const Result<std::optional<Claim>> claim = reader_.find_claim(link.claim);
    if (!claim.ok()) return claim.status();
    if (claim.value()) add(*claim.value());
  }
  if (person_.member_hash.empty()) return {};
  std::vector<Claim> claims;
  const Status status = reader_.read_member_claims(person_.member_hash, claims);
  for (Claim& claim : claims) add(std::move(claim));
  return status;
}

void Search::add(Claim claim) {
  const auto same = [&](const Claim& known) { return known.claim == claim.claim; };
  if (std::none_of(person_.claims.begin(), person_.claims.end(), same)) {
    person_.claims.push_back(std::move(claim));
  }
}

Result<Person> Search::run(const WhichPerson& which) {
  Status status = std::visit([this](const auto& by) { return begin(by); }, which);
  if (status.ok()) status = take_links();
  if (status.ok()) status = take_claims();
  if (!status.ok()) return status;
  if (person_.claims.empty() && person_.links.empty()) {
    return Status(StatusCode::NotFound,
                  directory_ +
                      ": nobody of that name is known here: they never followed, their "
                      "links were retired, or they were erased");
  }
  return std::move(person_);
}

}  // namespace

Result<Person> find_person(const std::string& directory, const WhichPerson& which) {
  const Result<std::unique_ptr<ClaimReader>> reader = open_sqlite_claim_reader(directory);
  if (!reader.ok()) return reader.status();
  return Search(*reader.value(), directory).run(which);
}

bool is_known(const Person& person) {
  const auto has_hash = [](const Claim& claim) { return !claim.member_hash.empty(); };
  return !person.links.empty() || std::any_of(person.claims.begin(), person.claims.end(), has_hash);
}

}  // namespace vitrine::tools
