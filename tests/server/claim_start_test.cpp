// SPDX-License-Identifier: MIT
// A start where files of claims were lost, changed or are of before there were two keys: nobody is
// made a stranger, nothing is handed out once more, by itself.
#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "server/claims/claim_keys.h"
#include "server/claims/sqlite_claim_store.h"
#include "server/claims/voucher_key.h"
#include "server/crypto.h"
#include "tests/server/claim_commands.h"
#include "tests/server/server_process.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;
namespace fs = std::filesystem;

namespace {

constexpr int kCannotStore = 4;

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A data directory where a person has claimed something.
struct Shop {
  Shop() {
    REQUIRE(init_crypto());
    keys = start().value();
    const auto store = open_sqlite_claim_store({path()}).value();
    ClaimCommand known = follow(1, "li");
    known.member_hash = HolderTokens(keys.holder).member_hash("sandbox", "li");
    for (const ClaimCommand& one : {set_pool(3), hold(1, "phone-1", "key-1"), known}) {
      std::vector<ClaimOutcome> outcomes;
      REQUIRE(store->apply({&one, 1}, outcomes).ok());
    }
  }

  const std::string& path() const { return directory.path(); }
  std::string file(const std::string& name) const { return path() + "/" + name; }
  void remove(const std::string& name) const { fs::remove(file(name)); }
  // As before there were two keys.
  void make_old() { fs::rename(file("holder.key"), file("voucher.key")); }
  Result<ClaimKeys> start() {
    notes.clear();
    return open_claim_keys(path(), notes);
  }
  std::string note() const { return notes.empty() ? "" : notes.front(); }

  TemporaryDirectory directory;
  std::vector<std::string> notes;
  ClaimKeys keys;
};

int exit_status(const std::string& data, const std::vector<std::string>& more = {}) {
  ServerProcess server({data, 0, 0, more});
  if (!server.is_running()) return server.exit_status();
  server.send_signal(SIGTERM);
  return server.wait();
}

}  // namespace

TEST_CASE("both keys are made at the first start, apart, their owner's alone, and stay") {
  Shop shop;
  CHECK(shop.keys.voucher != shop.keys.holder);
  CHECK(shop.notes.empty());
  for (const char* name : {"voucher.key", "holder.key"}) {
    struct stat info {};
    REQUIRE(::stat(shop.file(name).c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
  }
  const ClaimKeys again = shop.start().value();
  CHECK(again.voucher == shop.keys.voucher);
  CHECK(again.holder == shop.keys.holder);
  CHECK(read_holder_key(shop.path()).value() == shop.keys.holder);
  CHECK(shop.notes.empty());
}

TEST_CASE("a changed key of vouchers makes nobody a stranger, and is told") {
  Shop shop;
  shop.remove("voucher.key");
  const ClaimKeys now = shop.start().value();
  CHECK(now.voucher != shop.keys.voucher);
  CHECK(now.holder == shop.keys.holder);
  CHECK(holds(shop.note(), "voucher.key: was missing, a new one is made"));
}

TEST_CASE("where there was one key phones and people keep it") {
  Shop shop;
  shop.make_old();
  const Result<HolderKey> read = read_holder_key(shop.path());
  INFO(read.status().message());
  REQUIRE(read.ok());
  CHECK(read.value() == shop.keys.holder);
  CHECK_FALSE(fs::exists(shop.file("holder.key")));
  const ClaimKeys now = shop.start().value();
  CHECK(now.holder == shop.keys.holder);
  CHECK(holds(shop.note(), "holder.key: made as a copy of voucher.key"));
  struct stat info {};
  REQUIRE(::stat(shop.file("holder.key").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  shop.remove("voucher.key");
  CHECK(shop.start().value().holder == shop.keys.holder);
}

TEST_CASE("a lost key of people is not replaced by another beside their claims") {
  Shop shop;
  shop.remove("holder.key");  // voucher.key was never the key of these people
  Result<ClaimKeys> refused = shop.start();
  CHECK(refused.status().code() == StatusCode::NotFound);
  CHECK(holds(refused.status().message(), "holder.key: missing beside claims; put it back"));
  CHECK_FALSE(read_holder_key(shop.path()).ok());
  shop.remove("voucher.key");
  refused = shop.start();
  CHECK(holds(refused.status().message(), "voucher.key is missing, too"));
  CHECK_FALSE(fs::exists(shop.file("holder.key")));
  CHECK_FALSE(fs::exists(shop.file("voucher.key")));
  CHECK(exit_status(shop.path()) == kCannotStore);
}

TEST_CASE("a damaged key is never replaced by itself, and one that others may read is told") {
  Shop shop;
  ::chmod(shop.file("holder.key").c_str(), 0640);
  CHECK(shop.start().ok());
  CHECK(shop.note() == shop.file("holder.key") + ": others may read this key; chmod 600");
  std::ofstream(shop.file("holder.key")) << "short";
  CHECK(shop.start().status().code() == StatusCode::DataLoss);
  CHECK(fs::file_size(shop.file("holder.key")) == 5);
}

TEST_CASE("lost claims do not begin anew by themselves") {
  Shop shop;
  std::vector<std::string> notes;
  CHECK(check_claims_are_there(shop.path(), false, notes).ok());
  CHECK(exit_status(shop.path()) == 0);
  SECTION("missing") {
    shop.remove("claims.sqlite3");
    const Status status = check_claims_are_there(shop.path(), false, notes);
    CHECK(holds(status.message(), "claims.sqlite3: missing"));
  }
  SECTION("empty") {
    fs::resize_file(shop.file("claims.sqlite3"), 0);
    const Status status = check_claims_are_there(shop.path(), false, notes);
    CHECK(holds(status.message(), "claims.sqlite3: empty"));
  }
  SECTION("missing, with one key alone") {
    shop.remove("claims.sqlite3");
    shop.remove("holder.key");
    CHECK_FALSE(check_claims_are_there(shop.path(), false, notes).ok());
  }
  CHECK(exit_status(shop.path()) == kCannotStore);
  CHECK(exit_status(shop.path(), {"--new-claims"}) == 0);
  CHECK(exit_status(shop.path()) == 0);
  CHECK(notes.empty());
}

TEST_CASE("a leave to begin anew that stays behind is told at each start") {
  Shop shop;
  CHECK(exit_status(shop.path()) == 0);
  std::vector<std::string> notes;
  CHECK(check_claims_are_there(shop.path(), true, notes).ok());
  REQUIRE(notes.size() == 1);
  CHECK(holds(notes[0], "take the option away"));
}

TEST_CASE("a new data directory needs no leave to begin") {
  TemporaryDirectory directory;
  std::vector<std::string> notes;
  CHECK(check_claims_are_there(directory.path(), false, notes).ok());
  CHECK(exit_status(directory.path()) == 0);
  CHECK(check_claims_are_there(directory.path(), false, notes).ok());
}
