// SPDX-License-Identifier: MIT
// `vitrine erase` and `vitrine export-person`, as a shell sees them, beside a server that writes.
#include <atomic>
#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/json/json.h"
#include "native/tools/command.h"
#include "server/claims/claim_keys.h"
#include "server/claims/holder_token.h"
#include "server/claims/sqlite_claim_store.h"
#include "server/crypto.h"
#include "server/store/sqlite_store.h"
#include "tests/server/claim_commands.h"
#include "tests/server/group_builder.h"
#include "tests/server/temporary_directory.h"
#include "tests/tools/vitrine_program.h"

using namespace vitrine;
using namespace vitrine::test;
using namespace vitrine::tools;

namespace {

// Two people: li with a voucher that was paid for and a thing that is held, wang with one. li's
// claims began in session 9.
struct Shop {
  Shop() {
    REQUIRE(init_crypto());
    std::vector<std::string> notes;
    key = open_claim_keys(data(), notes).value().holder;
    SqliteClaimStoreOptions options;
    options.directory = data();
    claims = open_sqlite_claim_store(options).value();
    rows = open_sqlite_store({data(), {}, 4000, {}}).value();
    GroupBuilder builder;
    builder.stream("kiosk-1", incarnation(1), 0).rows(3);
    REQUIRE(rows->append(builder.group()).ok());
    done(set_pool(9, kPrice));
    done(set_pool(9, {}, "lip-popup/coral"));
    ClaimCommand first = hold(1, "phone-1", "key-1");
    first.session = incarnation(9);
    first.consents = {{"terms", "2026-11", "zh", true, kNow}};
    done(first);
    done(follow_as(1, "member-of-li"));
    done(begin_payment(1, "pay-1"));
    done(pay("pay-1", 1));
    ClaimCommand second = hold(2, "phone-1", "key-2");
    second.pool = "lip-popup/coral";
    done(second);
    done(follow_as(2, "member-of-li"));
    done(hold(3, "phone-3", "key-3"));
    done(follow_as(3, "member-of-wang"));
  }

  const std::string& data() const { return directory.path(); }
  ClaimCommand follow_as(uint64_t claim, const std::string& member,
                         const std::string& provider = "sandbox") const {
    ClaimCommand made = follow(claim, member);
    made.provider = provider;
    made.member_hash = HolderTokens(key).member_hash(provider, member);
    return made;
  }
  void done(const ClaimCommand& command) {
    std::vector<ClaimOutcome> outcomes;
    REQUIRE(claims->apply({&command, 1}, outcomes).ok());
    REQUIRE(outcomes[0].answer == ClaimAnswer::Done);
  }
  Claim claim(uint64_t number) {
    return *open_sqlite_claim_reader(data()).value()->find_claim(claim_id(number)).value();
  }
  std::vector<MemberLink> links(const std::string& member,
                                const std::string& provider = "sandbox") {
    std::vector<MemberLink> links;
    auto reader = open_sqlite_claim_reader(data()).value();
    REQUIRE(reader->read_member(provider, member, links).ok());
    return links;
  }
  // However young.
  void retire_links() {
    ClaimCommand retire = command(ClaimVerb::RetireLinks);
    retire.until = kNow + 1;
    retire.count = 100;
    done(retire);
  }
  Run about(const std::string& verb, std::vector<std::string> words) const {
    words.insert(words.begin(), {verb, "--data", data()});
    return vitrine_program(words);
  }
  // Whether any file of the store of claims has these bytes.
  bool has_bytes(const std::string& bytes) const {
    for (const auto& entry : std::filesystem::directory_iterator(data())) {
      if (entry.path().filename().string().rfind("claims", 0) != 0) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string text((std::istreambuf_iterator<char>(file)), {});
      if (text.find(bytes) != std::string::npos) return true;
    }
    return false;
  }

  TemporaryDirectory directory;
  HolderKey key{};
  std::unique_ptr<ClaimStore> claims;
  std::unique_ptr<Store> rows;
};

const std::vector<std::string> kLi = {"--provider", "sandbox", "--member", "member-of-li"};

void check_li_is_erased(Shop& shop) {
  CHECK(shop.links("member-of-li").empty());
  CHECK(shop.claim(1).member_hash.empty());
  CHECK(shop.claim(2).member_hash.empty());
  CHECK(shop.claim(1).state == rules::ClaimState::Issued);
  CHECK(shop.claim(1).payment == rules::PaymentState::Paid);
  CHECK(shop.links("member-of-wang").size() == 1);
  CHECK_FALSE(shop.claim(3).member_hash.empty());
  CHECK_FALSE(shop.has_bytes("member-of-li"));
  CHECK(shop.has_bytes("member-of-wang"));
}

JsonValue parse(JsonDocument& document, const std::string& text) {
  REQUIRE(document.parse(text));
  return document.root();
}

}  // namespace

TEST_CASE("erasing a person removes who they were while the server has its store open") {
  Shop shop;
  const std::string hash = shop.claim(1).member_hash;
  REQUIRE(shop.has_bytes("member-of-li"));
  std::vector<std::string> which;
  SECTION("by their name at the provider") {
    which = kLi;
  }
  SECTION("by the code of a voucher on their phone, as they read it out") {
    which = {"--code", rules::group_voucher_code(code_of(1))};
  }
  SECTION("by a claim") {
    which = {"--claim", claim_id(2).to_hex()};
  }
  const Run erased = shop.about("erase", which);
  INFO(erased.err);
  CHECK(erased.code == kOk);
  CHECK(erased.out == "erased 2 links, 2 claims that said whose they are\n");
  CHECK(erased.err.empty());
  check_li_is_erased(shop);
  CHECK_FALSE(shop.has_bytes(hash));
  CHECK(shop.about("erase", which).code == kProblems);
}

TEST_CASE("a person whose links were retired is erased by the hash that is left") {
  Shop shop;
  shop.retire_links();
  std::vector<std::string> which = kLi;
  SECTION("by their name") {}
  SECTION("by a claim, where nobody remembers the name") {
    which = {"--claim", claim_id(1).to_hex()};
  }
  CHECK(shop.about("erase", which).out == "erased 0 links, 2 claims that said whose they are\n");
  CHECK(shop.claim(1).member_hash.empty());
  CHECK(shop.claim(2).member_hash.empty());
  CHECK_FALSE(shop.claim(3).member_hash.empty());
}

TEST_CASE("two providers' people of one name are two, with links and without") {
  Shop shop;
  shop.done(hold(4, "phone-4", "key-4"));
  shop.done(shop.follow_as(4, "member-of-li", "acme"));
  const std::vector<std::string> acme = {"--provider", "acme", "--member", "member-of-li"};
  const bool retired = GENERATE(false, true);
  if (retired) shop.retire_links();
  const Run told = shop.about("export-person", acme);
  INFO(told.err);
  CHECK(told.err == (retired ? "0 links, 1 claims\n" : "1 links, 1 claims\n"));
  CHECK(told.out.find(claim_id(4).to_hex()) != std::string::npos);
  CHECK(told.out.find(claim_id(1).to_hex()) == std::string::npos);
  CHECK(told.out.find(code_of(1)) == std::string::npos);
  CHECK(shop.about("erase", acme).code == kOk);
  CHECK(shop.links("member-of-li", "acme").empty());
  CHECK(shop.claim(4).member_hash.empty());
  CHECK_FALSE(shop.claim(1).member_hash.empty());
  CHECK_FALSE(shop.claim(2).member_hash.empty());
  CHECK(shop.links("member-of-li").size() == (retired ? 0u : 2u));
  CHECK(shop.about("export-person", kLi).code == kOk);
}

TEST_CASE("a dry run says the same and changes nothing") {
  Shop shop;
  std::vector<std::string> words = kLi;
  words.push_back("--dry-run");
  const Run dry = shop.about("erase", words);
  CHECK(dry.code == kOk);
  CHECK(dry.out == "would erase 2 links, 2 claims that said whose they are\n");
  CHECK(shop.links("member-of-li").size() == 2);
  CHECK_FALSE(shop.claim(1).member_hash.empty());
}

TEST_CASE("what is held about a person is one JSON object, and nobody else's is in it") {
  Shop shop;
  const Run told = shop.about("export-person", kLi);
  INFO(told.err);
  REQUIRE(told.code == kOk);
  CHECK(told.err == "2 links, 2 claims\n");
  JsonDocument document;
  const JsonValue root = parse(document, told.out);
  CHECK(root.find("links").size() == 2);
  CHECK(root.find("links").first().find("member").string() == "member-of-li");
  CHECK(root.find("interactions").size() == 3);
  REQUIRE(root.find("claims").size() == 2);
  const JsonValue claim = root.find("claims").first();
  CHECK(claim.find("state").string() == "issued");
  CHECK(claim.find("consents").first().find("text_version").string() == "2026-11");
  CHECK(claim.find("payments").first().find("amount").find("minor").integer() == 9900);
  CHECK(told.out.find("member-of-wang") == std::string::npos);
  CHECK(told.out.find("phone-3") == std::string::npos);
  SECTION("who was erased is nobody, and a claim of theirs tells only of itself") {
    CHECK(shop.about("erase", kLi).code == kOk);
    CHECK(shop.about("export-person", kLi).code == kProblems);
    const Run claim_alone = shop.about("export-person", {"--code", code_of(1)});
    CHECK(claim_alone.code == kOk);
    CHECK(claim_alone.err == "0 links, 1 claims\n");
  }
}

TEST_CASE("who is asked for wrongly, or nowhere, is told what was expected") {
  Shop shop;
  std::string mistyped = code_of(1);
  mistyped.back() = mistyped.back() == '0' ? '1' : '0';
  for (const std::string verb : {"erase", "export-person"}) {
    CHECK(vitrine_program({verb}).code == kUsage);
    CHECK(shop.about(verb, {}).code == kUsage);
    CHECK(shop.about(verb, {"--provider", "sandbox"}).code == kUsage);
    CHECK(shop.about(verb, {"--code", mistyped}).code == kUsage);
    CHECK(shop.about(verb, {"--claim", "7"}).code == kUsage);
    CHECK(shop.about(verb, {"--claim", std::string(32, '0')}).err.find("of zeros alone") !=
          std::string::npos);
    CHECK(shop.about(verb, {"--claim", claim_id(1).to_hex(), "--code", code_of(1)}).code == kUsage);
    const Run nobody = shop.about(verb, {"--provider", "sandbox", "--member", "nobody-here"});
    CHECK(nobody.code == kProblems);
    CHECK(nobody.err.find("nobody of that name is known here") != std::string::npos);
    CHECK(nobody.err.find("nobody-here") == std::string::npos);  // terminals are logged, too
    CHECK(shop.about(verb, {"--claim", claim_id(77).to_hex()}).code == kProblems);
    const Run nowhere =
        vitrine_program({verb, "--data", "/nowhere/at-all", "--claim", claim_id(1).to_hex()});
    CHECK(nowhere.code == kProblems);
    CHECK(nowhere.err.find("/nowhere/at-all: no such data directory") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists("/nowhere/at-all"));
  }
}

TEST_CASE("erasing while the server writes without a pause loses nothing of either") {
  Shop shop;
  shop.done(set_pool(100'000, {}, "lip-popup/rush"));
  std::atomic<bool> stop = false;
  std::atomic<uint64_t> held = 0, refused = 0;
  std::thread server([&] {
    for (uint64_t next = 100; !stop; ++next) {
      ClaimCommand made = hold(next, "phone-" + std::to_string(next), "key");
      made.pool = "lip-popup/rush";
      std::vector<ClaimOutcome> outcomes;
      const Status status = shop.claims->apply({&made, 1}, outcomes);
      status.ok() && outcomes[0].answer == ClaimAnswer::Done ? ++held : ++refused;
    }
  });
  while (held < 5) std::this_thread::yield();
  const Run erased = shop.about("erase", kLi);
  const uint64_t before = held;
  while (held < before + 5) std::this_thread::yield();
  stop = true;
  server.join();
  INFO(erased.err);
  CHECK(erased.code == kOk);
  CHECK(refused == 0);
  CHECK(empty_sqlite_claims_log(shop.data()).value());
  check_li_is_erased(shop);
  std::vector<Pool> pools;
  REQUIRE(open_sqlite_claim_reader(shop.data()).value()->read_pools(pools).ok());
  for (const Pool& pool : pools) {
    if (pool.pool == "lip-popup/rush") CHECK(pool.taken == static_cast<int64_t>(held.load()));
  }
}
