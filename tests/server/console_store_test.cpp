// SPDX-License-Identifier: MIT
// Versions of campaigns and what staff did, as they are kept.
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "engine/campaign/parse.h"
#include "server/staff/campaign_edit.h"
#include "server/staff/console_store.h"
#include "tests/fakes/power_loss_vfs.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

std::string sample() {
  std::ifstream file("assets/campaigns/lip-popup/campaign.json");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

CampaignVersion version(int64_t number, const std::string& json = "{}") {
  CampaignVersion made;
  made.campaign = "lip-popup";
  made.version = number;
  made.time = 1000 + number;
  made.actor = "staff";
  made.how = "edit";
  made.changes = "[]";
  made.file_etag = "\"x\"";
  made.json = json;
  return made;
}

const AuditLine kLine{0, 1000, "staff", "publish", "lip-popup", "version"};

Status publish(ConsoleStore& store, int64_t number, const std::string& json = "{}") {
  const CampaignVersion made = version(number, json);
  return store.publish({&made, 1}, kLine);
}

}  // namespace

TEST_CASE("an edit changes its numbers and no other byte") {
  const std::string before = sample();
  const std::vector<ProductEdit> edits = {{"true-red", "180", "", ""}, {"jujube", "", "9900", ""}};
  const std::string after = edit_campaign(before, edits, 2);
  CHECK(campaign::parse_campaign(after, "x").ok());
  CHECK(campaign_changes(before, after) ==
        std::vector<CampaignChange>{{"true-red", "stock", "200", "180"},
                                    {"jujube", "amount", "6800", "9900", "CNY"}});
  const std::vector<ProductEdit> back = {{"true-red", "200", "", ""}, {"jujube", "", "6800", ""}};
  CHECK(edit_campaign(after, back, 1) == before);
}

TEST_CASE("an offer goes and comes, a stock that was never set comes") {
  const std::vector<ProductEdit> without = {{"true-red", "", "", "null"}};
  const std::string gone = edit_campaign(sample(), without, 2);
  CHECK(campaign_changes(sample(), gone) ==
        std::vector<CampaignChange>{{"true-red", "offer", "500", "", "CNY"}});
  const std::vector<ProductEdit> again = {{"true-red", "", "", "400"}};
  CHECK(campaign_changes(gone, edit_campaign(gone, again, 3)) ==
        std::vector<CampaignChange>{{"true-red", "offer", "", "400", "CNY"}});
  std::string never = sample();
  never.erase(never.find("\"stock\": 200,"), 13);
  const std::vector<ProductEdit> stocked = {{"cherry-night", "7", "", ""}};
  const std::string set = edit_campaign(never, stocked, 2);
  CHECK(campaign_changes(never, set) ==
        std::vector<CampaignChange>{{"cherry-night", "stock", "", "7"}});
  CHECK(campaign::parse_campaign(set, "x").ok());
}

TEST_CASE("a price in another currency is told with both") {
  std::string yen = sample();
  const std::string price = "\"amount\": 6800, \"offer\": 500, \"currency\": \"CNY\"";
  REQUIRE(yen.find(price) != std::string::npos);
  yen.replace(yen.find(price), price.size(),
              "\"amount\": 1280, \"offer\": 500, \"currency\": \"JPY\"");
  const std::vector<CampaignChange> changes = campaign_changes(sample(), yen);
  CHECK(changes ==
        std::vector<CampaignChange>{{"cherry-night", "amount", "6800", "1280", "JPY"},
                                    {"cherry-night", "currency", "\"CNY\"", "\"JPY\"", "JPY"}});
  CHECK(changes_json(changes).find(R"("after":"1280","currency":"JPY"})") != std::string::npos);
}

TEST_CASE("another text, another product and a product that is gone are told as what they are") {
  std::string other = sample();
  other.replace(other.find("SAMPLE ROUGE"), 12, "SAMPLE BLANC");
  CHECK(campaign_changes(sample(), other) == std::vector<CampaignChange>{{"", "other", "", ""}});
  std::string renamed = sample();
  renamed.replace(renamed.find("\"id\": \"jujube\""), 14, "\"id\": \"jujubes\"");
  CHECK(campaign_changes(sample(), renamed) ==
        std::vector<CampaignChange>{{"jujube", "product", "\"jujube\"", ""},
                                    {"jujubes", "product", "", "\"jujubes\""}});
  CHECK(changes_json({}) == "[]");
}

TEST_CASE("versions, the audit log and a stop are there after a restart") {
  const TemporaryDirectory directory;
  {
    const auto store = ConsoleStore::open(directory.path()).value();
    REQUIRE(publish(*store, 1, "one").ok());
    REQUIRE(publish(*store, 2, "two").ok());
    REQUIRE(store->set_stopped(true, {0, 5, "anna", "stop", "", ""}).ok());
  }
  const auto store = ConsoleStore::open(directory.path()).value();
  const auto newest = store->newest();
  REQUIRE(newest.ok());
  REQUIRE(newest.value().size() == 1);
  CHECK(newest.value()[0].json == "two");
  CHECK(store->find("lip-popup", 1).value()->json == "one");
  CHECK_FALSE(store->find("lip-popup", 3).value());
  CHECK(store->versions("lip-popup", 1).value().at(0).version == 2);
  CHECK(store->stopped().value()->actor == "anna");
  CHECK(store->audit(10).value().size() == 3);
  CHECK(store->audit(10).value()[0].act == "stop");
}

TEST_CASE("what was done cannot be done again as something else, nor taken out") {
  const TemporaryDirectory directory;
  const auto store = ConsoleStore::open(directory.path()).value();
  REQUIRE(publish(*store, 1, "one").ok());
  CHECK(publish(*store, 1, "other").code() == StatusCode::AlreadyExists);
  CHECK(store->find("lip-popup", 1).value()->json == "one");
  CHECK(store->audit(10).value().size() == 1);
  SqliteDb db;
  REQUIRE(db.open(directory.path() + "/console.sqlite3", SqliteOpen::ReadWrite, 1000).ok());
  for (const char* hostile : {"DELETE FROM version", "UPDATE version SET json = ''",
                              "DELETE FROM audit", "UPDATE audit SET actor = 'nobody'"}) {
    INFO(hostile);
    CHECK_FALSE(db.execute(hostile).ok());
  }
}

TEST_CASE("what was asked for and has no end in the log is found, for each who asked") {
  const auto store = ConsoleStore::open("").value();
  const auto note = [&](const char* actor, const char* act, const char* target) {
    REQUIRE(store->note({0, 5, actor, act, target, ""}).ok());
  };
  CHECK(store->unsettled().value().empty());
  note("anna", "void", "before-1");  // of a build that wrote one line
  note("anna", "void_asked", "c-1");
  note("ben", "void_joined", "c-1");
  note("anna", "void_asked", "c-2");
  note("anna", "void_failed", "c-2");
  note("anna", "void", "c-1");
  const auto open = store->unsettled().value();
  REQUIRE(open.size() == 1);
  CHECK(open[0].asked.actor == "ben");
  CHECK(open[0].asked.target == "c-1");
  CHECK_FALSE(open[0].came_to_nothing);
  note("anna", "void_asked", "c-2");  // once more
  CHECK(store->unsettled().value().size() == 2);
}

TEST_CASE("whoever asks anew is not taken for whose asking came to nothing") {
  const auto store = ConsoleStore::open("").value();
  for (const char* actor : {"anna", "ben", "cleo"}) {
    const char* act = actor == std::string_view("ben") ? "void_joined" : "void_asked";
    REQUIRE(store->note({0, 5, actor, act, "c-1", ""}).ok());
  }
  REQUIRE(store->note({0, 5, "anna", "void_asked", "c-2", ""}).ok());
  REQUIRE(store->note({0, 5, "cleo", "void", "c-1", ""}).ok());
  const auto open = store->unsettled().value();
  std::map<std::string, bool> came_to_nothing;
  for (const UnsettledAct& act : open) {
    came_to_nothing[act.asked.actor + " " + act.asked.target] = act.came_to_nothing;
  }
  const std::map<std::string, bool> expected = {
      {"anna c-1", true}, {"ben c-1", true}, {"anna c-2", false}};
  CHECK(came_to_nothing == expected);
}

TEST_CASE("stopped twice is stopped once") {
  const auto store = ConsoleStore::open("").value();
  REQUIRE(store->set_stopped(true, {0, 5, "anna", "stop", "", ""}).ok());
  REQUIRE(store->set_stopped(true, {0, 6, "ben", "stop", "", ""}).ok());
  CHECK(store->stopped().value()->time == 5);
  CHECK(store->audit(10).value().size() == 1);
  REQUIRE(store->set_stopped(false, {0, 7, "ben", "start", "", ""}).ok());
  CHECK_FALSE(store->stopped().value());
}

TEST_CASE("a full disk refuses a version whole and takes it when there is room") {
  const TemporaryDirectory directory;
  PowerLossDisk disk;
  const auto store = ConsoleStore::open(directory.path()).value();
  const std::string large(60'000, 'x');
  REQUIRE(publish(*store, 1, large).ok());
  disk.set_capacity(disk.used_bytes() + 20'000);
  CHECK(publish(*store, 2, large).code() == StatusCode::ResourceExhausted);
  CHECK(store->newest().value().at(0).version == 1);
  CHECK(store->audit(10).value().size() == 1);
  disk.set_capacity(0);
  CHECK(publish(*store, 2, large).ok());
  CHECK(store->newest().value().at(0).version == 2);
}

TEST_CASE("whenever the power fails, a version that was told is there, and the one before else") {
  const TemporaryDirectory directory;
  int64_t told = 0;
  const auto workload = [&](PowerLossDisk&) {
    told = 0;
    Result<std::unique_ptr<ConsoleStore>> store =
        ConsoleStore::open(directory.path(), [](auto&) {});
    for (int64_t number = 1; store.ok() && number <= 3; ++number) {
      if (!publish(*store.value(), number, std::string(9000, char('a' + number))).ok()) return;
      told = number;
    }
  };
  const auto check = [&](PowerLossDisk&) -> std::string {
    Result<std::unique_ptr<ConsoleStore>> store =
        ConsoleStore::open(directory.path(), [](auto&) {});
    if (!store.ok()) return store.status().message();
    const auto newest = store.value()->newest();
    if (!newest.ok()) return newest.status().message();
    const int64_t kept = newest.value().empty() ? 0 : newest.value()[0].version;
    if (kept < told || kept > told + 1)
      return "told " + std::to_string(told) + ", kept " + std::to_string(kept);
    if (kept > 0 && newest.value()[0].json != std::string(9000, char('a' + kept))) return "torn";
    const size_t lines = store.value()->audit(10).value().size();
    return lines == size_t(kept) ? "" : "an audit log of " + std::to_string(lines);
  };
  const CrashReport report = enumerate_crashes(workload, check);
  INFO(report.first_failure);
  CHECK(report.failures == 0);
  CHECK(report.crashes > 20);
}
