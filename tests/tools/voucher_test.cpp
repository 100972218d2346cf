// SPDX-License-Identifier: MIT
// `vitrine voucher` as a till calls it.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <vector>

#include "engine/base/hex.h"
#include "engine/rules/voucher_proof.h"
#include "native/tools/command.h"
#include "server/claims/sqlite_claim_store.h"
#include "server/claims/voucher_key.h"
#include "server/crypto.h"
#include "tests/tools/vitrine_program.h"

using namespace vitrine;
using namespace vitrine::test;
using namespace vitrine::tools;
namespace fs = std::filesystem;

namespace {

constexpr int64_t kTime = 1795286760000;  // 2026-11-21T18:46:00Z
constexpr int64_t kDay = 24 * 3'600'000;
const std::string kCode = "7MNFGMB0V7N75S";

Run voucher(std::initializer_list<std::string_view> arguments) {
  std::vector<std::string> words = {"voucher"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return vitrine_program(words);
}

// A server's data folder with its key.
struct Data {
  fs::path path = fs::temp_directory_path() / ("vitrine-till-" + std::to_string(::getpid()));
  rules::VoucherKey key{};
  Data() {
    fs::remove_all(path);
    fs::create_directories(path);
    REQUIRE(init_crypto());
    key = open_voucher_key(path).value();
  }
  ~Data() { fs::remove_all(path); }
  std::string text() const {
    return rules::voucher_proof(kCode, rules::voucher_secret(key, kCode), kTime);
  }
  // One of a free thing, as the server issues it; then what else happens to it.
  void issue(std::initializer_list<ClaimVerb> more = {}) const {
    const auto store = open_sqlite_claim_store({path.string()}).value();
    for (const ClaimVerb verb : {ClaimVerb::SetPool, ClaimVerb::Hold, ClaimVerb::Issue}) {
      apply(*store, verb);
    }
    for (const ClaimVerb verb : more) apply(*store, verb);
  }

 private:
  static void apply(ClaimStore& store, ClaimVerb verb) {
    ClaimCommand command;
    command.verb = verb;
    command.now = kTime;
    command.request_key = command.holder = command.actor = "sample";
    command.claim.bytes[0] = 1;
    command.pool = "sample/red";
    command.product = "red";
    command.stock = 1;
    command.needs_follow = false;
    command.until = kTime + kDay;
    command.code = kCode;
    std::vector<ClaimOutcome> outcomes;
    REQUIRE(store.apply({&command, 1}, outcomes).ok());
    REQUIRE(outcomes[0].answer == ClaimAnswer::Done);
  }
};

}  // namespace

TEST_CASE("a till verifies a voucher by the server's folder or by the key alone") {
  const Data data;
  data.issue();
  const std::string folder = data.path.string(), text = data.text();
  const Run key = voucher({"key", "--data", folder});
  CHECK(key.code == kOk);
  CHECK(key.out == to_hex(data.key) + "\n");
  CHECK_FALSE(key.err.empty());
  const Run valid = voucher({"verify", "--data", folder, "--at", "2026-11-21T18:46:50Z", text});
  CHECK(valid.code == kOk);
  CHECK(valid.out == "valid\t7MNFG-MB0V7-N75S\t2026-11-21T18:46:00.000Z\tissued\n");
  const std::string hex = to_hex(data.key);
  const Run by_key = voucher({"verify", "--key", hex, "--at", "2026-11-21T18:46:50Z", text});
  CHECK(by_key.code == kOk);
  CHECK(by_key.out == "valid\t7MNFG-MB0V7-N75S\t2026-11-21T18:46:00.000Z\n");
}

TEST_CASE(
    "a genuine QR of a voucher that was taken, taken back or is over is no good at the till") {
  for (const auto& [verb, state] : {std::pair(ClaimVerb::Redeem, std::string("redeemed")),
                                    std::pair(ClaimVerb::Void, std::string("voided"))}) {
    const Data data;
    data.issue({verb});
    const Run run = voucher(
        {"verify", "--data", data.path.string(), "--at", "2026-11-21T18:46:05Z", data.text()});
    CHECK(run.code == kProblems);
    CHECK(run.out == "valid\t7MNFG-MB0V7-N75S\t2026-11-21T18:46:00.000Z\t" + state + "\n");
  }
  const Data data;
  data.issue();
  const std::string late =
      rules::voucher_proof(kCode, rules::voucher_secret(data.key, kCode), kTime + kDay);
  const Run over =
      voucher({"verify", "--data", data.path.string(), "--at", "2026-11-22T18:46:05Z", late});
  CHECK(over.code == kProblems);
  CHECK(over.out.find("valid\t") == 0);
  CHECK(over.out.find("\tover\n") != std::string::npos);
  // Whoever has the key can make the QR of a voucher that nobody issued.
  const std::string made_up = "FZZZZZZZZZZZZB";
  const std::string text =
      rules::voucher_proof(made_up, rules::voucher_secret(data.key, made_up), kTime);
  const Run unknown =
      voucher({"verify", "--data", data.path.string(), "--at", "2026-11-21T18:46:05Z", text});
  CHECK(unknown.code == kProblems);
  CHECK(unknown.out.find("\tunknown\n") != std::string::npos);
}

TEST_CASE("a folder without claims cannot tell what has become of a voucher, and says so") {
  const Data data;
  const Run run = voucher({"verify", "--data", data.path.string(), data.text()});
  CHECK(run.code == kProblems);
  CHECK(run.out.empty());
  CHECK(run.err.find("claims.sqlite3") != std::string::npos);
}

TEST_CASE("every other verdict is a problem, and a forged code is not repeated") {
  const Data data;
  data.issue();
  const std::string folder = data.path.string(), text = data.text();
  const Run over = voucher({"verify", "--data", folder, "--at", "2026-11-21T18:47:00Z", text});
  CHECK(over.code == kProblems);
  CHECK(over.out.substr(0, 5) == "over\t");
  const Run early = voucher({"verify", "--data", folder, "--at", "2026-11-21T18:45:29Z", text});
  CHECK(early.code == kProblems);
  CHECK(early.out.substr(0, 8) == "not yet\t");
  const std::string forged = text.substr(0, text.size() - 16) + std::string(16, '0');
  CHECK(voucher({"verify", "--data", folder, forged}).out == "forged\t-\t-\t-\n");
  CHECK(voucher({"verify", "--data", folder, "hello"}).out == "unreadable\t-\t-\t-\n");
  CHECK(voucher({"verify", "--data", folder, "hello"}).err.empty());
  const Run typed = voucher({"verify", "--data", folder, "7MNFG-MB0V7-N75S"});
  CHECK(typed.code == kProblems);
  CHECK(typed.out == "unreadable\t-\t-\t-\n");
  CHECK(typed.err.find("a code and no QR; find it in the console") != std::string::npos);
  CHECK(voucher({"verify", "--data", folder, "hello"}).code == kProblems);
}

TEST_CASE("a wrong call of voucher says what was expected") {
  const Data data;
  const std::string folder = data.path.string(), text = data.text();
  CHECK(voucher({}).code == kUsage);
  CHECK(voucher({"verify"}).code == kUsage);
  CHECK(voucher({"verify", text}).code == kUsage);
  CHECK(voucher({"verify", text, "--key", "00"}).code == kUsage);
  CHECK(voucher({"verify", text, "--data", folder, "--key", "00"}).code == kUsage);
  CHECK(voucher({"verify", text, "--data", folder, "--at", "noon"}).code == kUsage);
  CHECK(voucher({"key", "--key", "00"}).code == kUsage);
  CHECK(voucher({"key", "--data", folder, "--at", "noon"}).code == kUsage);
  const Run nowhere = voucher({"key", "--data", "/nowhere/at-all"});
  CHECK(nowhere.code == kProblems);
  CHECK(nowhere.err.find("voucher.key: no such file") != std::string::npos);
}
