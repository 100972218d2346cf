// SPDX-License-Identifier: MIT
// What only the store on disk has: starting again, its files, other processes.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

#include "server/store/sqlite_db.h"
#include "server/store/sqlite_files.h"
#include "server/store/sqlite_store.h"
#include "tests/server/group_builder.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using vitrine::test::GroupBuilder;
using vitrine::test::incarnation;
using vitrine::test::TemporaryDirectory;

namespace {

std::unique_ptr<Store> open(const std::string& directory, int checkpoint_pages = 4000) {
  Result<std::unique_ptr<Store>> store = open_sqlite_store({directory, {}, checkpoint_pages, {}});
  INFO(store.status().to_string());
  REQUIRE(store.ok());
  return std::move(store).value();
}

Status append_rows(Store& store, uint64_t mark, uint64_t count) {
  GroupBuilder builder;
  builder.stream("kiosk-1", incarnation(1), mark).rows(count);
  return store.append(builder.group());
}

size_t count_rows(const std::string& directory) {
  std::unique_ptr<StoreReader> reader = open_sqlite_reader(directory).value();
  std::vector<StoredRow> rows;
  REQUIRE(reader->read_rows(0, 100000, {}, rows).ok());
  return rows.size();
}

}  // namespace

TEST_CASE("a store that is opened again goes on where it was") {
  const TemporaryDirectory directory;
  REQUIRE(append_rows(*open(directory.path()), 0, 7).ok());
  std::unique_ptr<Store> store = open(directory.path());
  CHECK(store->find_stream("kiosk-1", incarnation(1)).value()->mark == 7);
  REQUIRE(append_rows(*store, 7, 3).ok());
  CHECK(count_rows(directory.path()) == 10);
}

TEST_CASE("the data directory is made for its owner alone") {
  const TemporaryDirectory directory;
  const std::string data = directory.path() + "/a/data";
  open(data);
  CHECK(std::filesystem::status(data).permissions() == std::filesystem::perms::owner_all);
}

TEST_CASE("refused rows are kept up to a day's bytes, then counted only, and marks go on") {
  const TemporaryDirectory directory;
  SqliteStoreOptions options;
  options.directory = directory.path();
  options.quarantine_day_bytes = 3000;
  std::unique_ptr<Store> store = open_sqlite_store(options).value();
  GroupBuilder builder;
  builder.stream("kiosk-1", incarnation(1), 0);
  for (int i = 0; i < 8; ++i) builder.refused("unknown_type", std::string(900, 'x'));
  builder.rows(1);
  REQUIRE(store->append(builder.group()).ok());
  const std::unique_ptr<StoreReader> reader = store->open_reader().value();
  std::vector<StoredQuarantine> kept;
  REQUIRE(reader->read_quarantine(0, 100, kept).ok());
  CHECK(kept.size() == 3);
  CHECK(reader->counters().value().quarantined == 8);
  CHECK(reader->counters().value().quarantined_by_reason.at("unknown_type") == 8);
  CHECK(store->find_stream("kiosk-1", incarnation(1)).value()->mark == 9);
  GroupBuilder later;
  later.time = builder.time + int64_t{86'400'000};
  later.stream("kiosk-1", incarnation(1), 9).refused("unknown_type", "y");
  REQUIRE(store->append(later.group()).ok());
  kept.clear();
  REQUIRE(reader->read_quarantine(0, 100, kept).ok());
  CHECK(kept.size() == 4);
}

TEST_CASE("what a disk has left at last is not for interactions") {
  const TemporaryDirectory directory;
  uint64_t free = 64u << 20;
  SqliteStoreOptions options;
  options.directory = directory.path();
  options.free_bytes = [&free](const std::string&) { return free; };
  std::unique_ptr<Store> store = open_sqlite_store(options).value();
  CHECK(append_rows(*store, 0, 3).ok());
  --free;
  const Status refused = append_rows(*store, 3, 3);
  CHECK(refused.code() == StatusCode::ResourceExhausted);
  CHECK(refused.message().find("less than 64 MiB left") != std::string::npos);
  ++free;
  CHECK(append_rows(*store, 3, 3).ok());
  CHECK(count_rows(directory.path()) == 6);
}

TEST_CASE("a damaged file is named, with what to do") {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/vitrine.sqlite3";
  SECTION("from its first byte on") {
    std::ofstream(file) << std::string(16384, 'x');
  }
  SECTION("behind its first page") {
    open(directory.path());
    std::fstream pages(file, std::ios::in | std::ios::out | std::ios::binary);
    pages.seekp(100);
    pages << std::string(8000, 'x');
  }
  const Status refused = open_sqlite_store({directory.path(), {}, 4000, {}}).status();
  CHECK(refused.code() == StatusCode::DataLoss);
  INFO(refused.message());
  CHECK(refused.message().find(file + ": damaged; stop who uses it, put it back from a backup") !=
        std::string::npos);
}

TEST_CASE("a second writer on the same directory is refused and says why") {
  const TemporaryDirectory directory;
  const std::unique_ptr<Store> store = open(directory.path());
  const Result<std::unique_ptr<Store>> second = open_sqlite_store({directory.path(), {}, 4000, {}});
  REQUIRE_FALSE(second.ok());
  CHECK(second.status().code() == StatusCode::AlreadyExists);
  CHECK(second.status().message().find(directory.path()) != std::string::npos);
}

TEST_CASE("a reader works while the server runs and after it") {
  const TemporaryDirectory directory;
  {
    const std::unique_ptr<Store> store = open(directory.path());
    REQUIRE(append_rows(*store, 0, 2).ok());
    CHECK(count_rows(directory.path()) == 2);
    REQUIRE(append_rows(*store, 2, 2).ok());
    CHECK(count_rows(directory.path()) == 4);
  }
  CHECK(count_rows(directory.path()) == 4);
}

TEST_CASE("reading where there is no store says so and makes none") {
  const TemporaryDirectory directory;
  CHECK(open_sqlite_reader(directory.path()).status().code() == StatusCode::NotFound);
  CHECK(open_sqlite_reader(directory.path() + "/none").status().code() == StatusCode::NotFound);
  CHECK(std::filesystem::is_empty(directory.path()));
}

TEST_CASE("what is stored where nobody finds it is not acknowledged, and the process is to stop") {
  const TemporaryDirectory directory;
  const std::string data = directory.path() + "/data";
  std::string told;
  SqliteStoreOptions options;
  options.directory = data;
  options.on_disk_error = [&](const Status& error) { told = error.message(); };
  std::unique_ptr<Store> store = open_sqlite_store(options).value();
  REQUIRE(append_rows(*store, 0, 2).ok());
  SECTION("deleted") {
    std::filesystem::remove_all(data);
  }
  SECTION("moved") {
    std::filesystem::rename(data, directory.path() + "/elsewhere");
  }
  CHECK(append_rows(*store, 2, 3).code() == StatusCode::DataLoss);
  CHECK(told == "the store's file was moved or deleted while it was open");
  CHECK_FALSE(append_rows(*store, 5, 1).ok());
}

TEST_CASE("another program's file is refused and left as it is") {
  const TemporaryDirectory directory;
  const std::string file = directory.path() + "/vitrine.sqlite3";
  std::ofstream(file) << std::string(4096, 'x');
  const Result<std::unique_ptr<Store>> store = open_sqlite_store({directory.path(), {}, 4000, {}});
  REQUIRE_FALSE(store.ok());
  CHECK(std::filesystem::file_size(file) == 4096);
}

TEST_CASE("the log stays bounded under a load without pauses") {
  const TemporaryDirectory directory;
  const std::unique_ptr<Store> store = open(directory.path(), 50);
  for (uint64_t round = 0; round < 600; ++round) {
    REQUIRE(append_rows(*store, round * 4, 4).ok());
  }
  const std::string log = directory.path() + "/vitrine.sqlite3-wal";
  CHECK(std::filesystem::file_size(log) < 1000 * 4096);
  CHECK(count_rows(directory.path()) == 2400);
}

TEST_CASE("readers see whole groups while the writer appends") {
  const TemporaryDirectory directory;
  const std::unique_ptr<Store> store = open(directory.path(), 20);
  std::thread writer([&] {
    for (uint64_t round = 0; round < 200; ++round) {
      if (!append_rows(*store, round * 5, 5).ok()) return;
    }
  });
  std::unique_ptr<StoreReader> reader = open_sqlite_reader(directory.path()).value();
  uint64_t seen = 0;
  bool whole = true;
  while (seen < 1000 && whole) {
    const Result<StoreCounters> counters = reader->counters();
    whole = counters.ok() && counters.value().rows % 5 == 0 && counters.value().rows >= seen;
    if (whole) seen = counters.value().rows;
  }
  writer.join();
  CHECK(whole);
  CHECK(seen == 1000);
}

TEST_CASE("names that no row has any more go with the rows, the others stay") {
  const TemporaryDirectory directory;
  const std::unique_ptr<Store> store = open(directory.path());
  const auto has = [&](const std::string& name) {
    SqliteDb db;
    REQUIRE(db.open(sqlite_store_path(directory.path()), SqliteOpen::ReadOnly, 1000).ok());
    return db.query_integer(("SELECT count(*) FROM name WHERE name = '" + name + "'").c_str())
               .value() == 1;
  };
  const auto retire = [&](int64_t now) {
    int steps = 0;
    while (store->retire({}, now, 3).value() > 0) REQUIRE(++steps < 100);
  };
  constexpr int64_t kDayMs = 24 * 60 * 60 * 1000;
  GroupBuilder builder;
  const int64_t now = builder.time;
  builder.stream("kiosk-1", incarnation(1), 0);
  builder.time = now - 200 * kDayMs;
  builder.campaign = "of-last-year";
  builder.rows(4).refused("unknown_type", "old");
  builder.time = now;
  builder.campaign = "of-now";
  builder.rows(4);
  REQUIRE(store->append(builder.group()).ok());
  REQUIRE(has("of-last-year"));
  retire(now);
  CHECK_FALSE(has("of-last-year"));
  for (const char* name : {"of-now", "screen_touched", "house", "wall", "unknown_type"})
    CHECK(has(name));
  // A name that comes again is a new one, whatever was remembered of it.
  GroupBuilder again;
  again.stream("kiosk-1", incarnation(1), 9);
  again.campaign = "of-last-year";
  again.rows(2);
  REQUIRE(store->append(again.group()).ok());
  std::vector<StoredRow> rows;
  REQUIRE(store->open_reader().value()->read_rows(0, 100, {"of-last-year", {}, {}}, rows).ok());
  CHECK(rows.size() == 2);
  retire(now);
  CHECK(has("of-last-year"));
}

TEST_CASE("names are looked through once a day, however often rows expire") {
  const TemporaryDirectory directory;
  const std::unique_ptr<Store> store = open(directory.path());
  constexpr int64_t kDayMs = 24 * 60 * 60 * 1000;
  GroupBuilder builder;
  const int64_t now = builder.time;
  // Two rows that expire a minute apart, then many that stay: what looks through them takes steps.
  const auto append = [&](const char* campaign, int64_t time, uint64_t before, uint64_t rows) {
    GroupBuilder group;
    group.stream("kiosk-1", incarnation(1), before);
    group.time = time;
    group.campaign = campaign;
    group.rows(rows);
    REQUIRE(store->append(group.group()).ok());
  };
  append("first", now - 181 * kDayMs, 0, 1);
  append("second", now - 180 * kDayMs + 60000, 1, 1);
  append("third", now - 179 * kDayMs, 2, 1);
  append("of-now", now, 3, 40);
  const auto steps = [&](int64_t at) {
    int count = 0;
    while (store->retire({}, at, 3).value() > 0) REQUIRE(++count < 100);
    return count;
  };
  CHECK(steps(now) > 10);
  CHECK(steps(now + 120000) < 5);
  CHECK(steps(now + 2 * kDayMs) > 10);
  CHECK(steps(now + 2 * kDayMs) == 0);
}
