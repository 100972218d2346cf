// SPDX-License-Identifier: MIT
// What every store promises, asked of each of them.
#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include "server/store/memory_store.h"
#include "server/store/sqlite_store.h"
#include "tests/server/group_builder.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using vitrine::test::GroupBuilder;
using vitrine::test::incarnation;

namespace {

constexpr int64_t kDayMs = 24 * 60 * 60 * 1000;

struct Fixture {
  explicit Fixture(const std::string& kind) {
    if (kind == "memory") {
      store = make_memory_store();
    } else {
      Result<std::unique_ptr<Store>> opened = open_sqlite_store({directory.path(), {}, 4000, {}});
      REQUIRE(opened.ok());
      store = std::move(opened).value();
    }
    Result<std::unique_ptr<StoreReader>> opened = store->open_reader();
    INFO(opened.status().to_string());
    REQUIRE(opened.ok());
    reader = std::move(opened).value();
  }

  std::vector<StoredRow> all(const ReadFilter& filter = {}, size_t step = 3) {
    std::vector<StoredRow> rows, page;
    for (uint64_t after = 0;;) {
      const Result<uint64_t> next = reader->read_rows(after, step, filter, page);
      REQUIRE(next.ok());
      rows.insert(rows.end(), page.begin(), page.end());
      if (next.value() == after) return rows;
      after = next.value();
    }
  }

  uint64_t mark(std::string_view device, const Id128& id) {
    const Result<std::optional<StreamState>> state = store->find_stream(device, id);
    REQUIRE(state.ok());
    return state.value() ? state.value()->mark : 0;
  }

  test::TemporaryDirectory directory;
  std::unique_ptr<Store> store;
  std::unique_ptr<StoreReader> reader;
};

#define FOR_EVERY_STORE() Fixture fixture(GENERATE(as<std::string>{}, "memory", "sqlite"))

}  // namespace

TEST_CASE("a new store is empty and knows no stream") {
  FOR_EVERY_STORE();
  CHECK(fixture.all().empty());
  CHECK(fixture.mark("kiosk-1", incarnation(1)) == 0);
  CHECK_FALSE(fixture.store->find_stream("kiosk-1", incarnation(1)).value().has_value());
  CHECK(fixture.reader->counters().value().rows == 0);
}

TEST_CASE("a row comes back as it was appended") {
  FOR_EVERY_STORE();
  GroupBuilder builder;
  const std::string data = "{\"text\":\"口红 '; DROP TABLE name; -- =cmd|x\"}";
  builder.stream("kiosk-1", incarnation(1), 0).row(data);
  builder.group().rows[0].mode = protocol::Mode::Rehearsal;
  REQUIRE(fixture.store->append(builder.group()).ok());
  const std::vector<StoredRow> rows = fixture.all();
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].device == "kiosk-1");
  CHECK(rows[0].incarnation == incarnation(1));
  CHECK(rows[0].sequence == 1);
  CHECK(rows[0].session == incarnation(9));
  CHECK(rows[0].device_time == builder.time - 49);
  CHECK(rows[0].sent_time == builder.time);
  CHECK(rows[0].received_time == builder.time + 7);
  CHECK(rows[0].mode == protocol::Mode::Rehearsal);
  CHECK(rows[0].type == "screen_touched");
  CHECK(rows[0].campaign == "lip-popup");
  CHECK(rows[0].brand == "house");
  CHECK(rows[0].scene == "wall");
  CHECK(rows[0].data == data);
}

TEST_CASE("rows, refused rows and losses of several streams settle in one group") {
  FOR_EVERY_STORE();
  GroupBuilder builder;
  builder.stream("kiosk-1", incarnation(1), 0)
      .rows(2)
      .refused("unknown_type", "{\"type\":\"x\"}")
      .rows(1);
  builder.stream("kiosk-2", incarnation(2), 0).lost(10, "outbox_full").rows(2);
  REQUIRE(fixture.store->append(builder.group()).ok());
  CHECK(builder.group().streams[0].stream != 0);
  CHECK(builder.group().streams[0].stream != builder.group().streams[1].stream);
  CHECK(fixture.mark("kiosk-1", incarnation(1)) == 4);
  CHECK(fixture.mark("kiosk-2", incarnation(2)) == 12);
  CHECK(fixture.all().size() == 5);
  const StoreCounters counters = fixture.reader->counters().value();
  CHECK(counters.rows == 5);
  CHECK(counters.rows_by_type.at("screen_touched") == 5);
  CHECK(counters.quarantined_by_reason.at("unknown_type") == 1);
  CHECK(counters.lost == 10);
  CHECK(counters.lost_by_reason.at("outbox_full") == 10);
  CHECK(counters.streams == 2);
  std::vector<StoredQuarantine> quarantine;
  REQUIRE(fixture.reader->read_quarantine(0, 10, quarantine).ok());
  REQUIRE(quarantine.size() == 1);
  CHECK(quarantine[0].sequence == 3);
  CHECK(quarantine[0].row == "{\"type\":\"x\"}");
  std::vector<StoredLoss> losses;
  REQUIRE(fixture.reader->read_losses(0, 10, losses).ok());
  REQUIRE(losses.size() == 1);
  CHECK(losses[0].first == 1);
  CHECK(losses[0].last == 10);
}

TEST_CASE("an incarnation is a stream of its own, and so is another device's") {
  FOR_EVERY_STORE();
  GroupBuilder builder;
  builder.stream("kiosk-1", incarnation(1), 0).rows(1);
  builder.stream("kiosk-1", incarnation(2), 0).rows(2);
  builder.stream("kiosk-2", incarnation(1), 0).rows(3);
  REQUIRE(fixture.store->append(builder.group()).ok());
  CHECK(fixture.mark("kiosk-1", incarnation(1)) == 1);
  CHECK(fixture.mark("kiosk-1", incarnation(2)) == 2);
  CHECK(fixture.mark("kiosk-2", incarnation(1)) == 3);
}

TEST_CASE("a stream is appended to by its number as well as by its name") {
  FOR_EVERY_STORE();
  GroupBuilder first, second;
  first.stream("kiosk-1", incarnation(1), 0).rows(2);
  REQUIRE(fixture.store->append(first.group()).ok());
  second.stream("kiosk-1", incarnation(1), 2).rows(2);
  second.group().streams[0].stream = first.group().streams[0].stream;
  REQUIRE(fixture.store->append(second.group()).ok());
  CHECK(fixture.mark("kiosk-1", incarnation(1)) == 4);
}

TEST_CASE("a group whose mark is not the stored one is refused whole") {
  FOR_EVERY_STORE();
  GroupBuilder first, second;
  first.stream("kiosk-1", incarnation(1), 0).rows(5);
  REQUIRE(fixture.store->append(first.group()).ok());
  second.stream("kiosk-2", incarnation(2), 0).rows(1);
  second.stream("kiosk-1", incarnation(1), 3).rows(2);
  CHECK(fixture.store->append(second.group()).code() == StatusCode::Unavailable);
  CHECK(fixture.all().size() == 5);
  CHECK(fixture.mark("kiosk-1", incarnation(1)) == 5);
  CHECK(fixture.mark("kiosk-2", incarnation(2)) == 0);
  CHECK(fixture.reader->counters().value().rows == 5);
  SECTION("and the store goes on, with the same stream new again") {
    GroupBuilder third;
    third.stream("kiosk-2", incarnation(2), 0).rows(1);
    CHECK(fixture.store->append(third.group()).ok());
    CHECK(fixture.mark("kiosk-2", incarnation(2)) == 1);
  }
}

TEST_CASE("what no store may accept is refused before anything is written") {
  FOR_EVERY_STORE();
  GroupBuilder builder;
  builder.stream("kiosk-1", incarnation(1), 0).rows(3);
  SECTION("a sequence behind the new mark") {
    builder.group().streams[0].mark_after = 2;
  }
  SECTION("a sequence at the old mark") {
    builder.group().rows[0].sequence = 0;
  }
  SECTION("a row of a stream that is not in the group") {
    builder.group().rows[1].update = 1;
  }
  SECTION("a mark that falls") {
    builder.group().streams[0].mark_before = 9;
  }
  SECTION("a loss that ends before it begins") {
    builder.group().losses.push_back({0, 3, 2, 0, "outbox_full", "{}"});
  }
  CHECK(fixture.store->append(builder.group()).code() == StatusCode::InvalidArgument);
  CHECK(fixture.all().empty());
  CHECK(fixture.mark("kiosk-1", incarnation(1)) == 0);
}

TEST_CASE("a cursor goes through the durable order in steps and finds what comes later") {
  FOR_EVERY_STORE();
  GroupBuilder first, second;
  first.stream("kiosk-1", incarnation(1), 0).rows(4);
  first.stream("kiosk-2", incarnation(2), 0).rows(3);
  REQUIRE(fixture.store->append(first.group()).ok());
  std::vector<StoredRow> page;
  uint64_t after = 0;
  std::vector<uint64_t> sizes;
  for (int i = 0; i < 4; ++i) {
    after = fixture.reader->read_rows(after, 2, {}, page).value();
    sizes.push_back(page.size());
  }
  CHECK(sizes == std::vector<uint64_t>{2, 2, 2, 1});
  CHECK(fixture.reader->read_rows(after, 2, {}, page).value() == after);
  second.stream("kiosk-1", incarnation(1), 4).rows(1);
  REQUIRE(fixture.store->append(second.group()).ok());
  CHECK(fixture.reader->read_rows(after, 2, {}, page).value() > after);
  REQUIRE(page.size() == 1);
  CHECK(page[0].sequence == 5);
}

TEST_CASE("a filter chooses by campaign and by time of arrival") {
  FOR_EVERY_STORE();
  GroupBuilder builder;
  builder.stream("kiosk-1", incarnation(1), 0).rows(3);
  builder.campaign = "spring";
  builder.time += 1000;
  builder.rows(2);
  REQUIRE(fixture.store->append(builder.group()).ok());
  CHECK(fixture.all({"spring", {}, {}}, 1).size() == 2);
  CHECK(fixture.all({"none", {}, {}}, 1).empty());
  CHECK(fixture.all({{}, builder.time, {}}).size() == 2);
  CHECK(fixture.all({{}, {}, builder.time}).size() == 3);
}

TEST_CASE("the newest rows come newest first") {
  FOR_EVERY_STORE();
  GroupBuilder builder;
  builder.stream("kiosk-1", incarnation(1), 0).rows(5);
  REQUIRE(fixture.store->append(builder.group()).ok());
  std::vector<StoredRow> rows;
  REQUIRE(fixture.reader->read_newest(2, rows).ok());
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].sequence == 5);
  CHECK(rows[1].sequence == 4);
}

TEST_CASE("a stream's tail is found among the rows of others") {
  FOR_EVERY_STORE();
  StreamNumber stream = 0;
  for (uint64_t round = 0; round < 4; ++round) {
    GroupBuilder builder;
    builder.stream("other", incarnation(2), round * 3).rows(1);
    builder.stream("kiosk-1", incarnation(1), round * 2).rows(2);
    GroupBuilder rest;
    REQUIRE(fixture.store->append(builder.group()).ok());
    stream = builder.group().streams[1].stream;
    rest.stream("other", incarnation(2), round * 3 + 1).rows(2);
    REQUIRE(fixture.store->append(rest.group()).ok());
  }
  std::vector<StoredRow> rows;
  REQUIRE(fixture.store->read_stream_tail(stream, 5, rows).ok());
  std::vector<uint64_t> sequences;
  for (const StoredRow& row : rows) sequences.push_back(row.sequence);
  CHECK(sequences == std::vector<uint64_t>{8, 7, 6, 5, 4});
  REQUIRE(fixture.store->read_stream_tail(stream, 100, rows).ok());
  CHECK(rows.size() == 8);
  REQUIRE(fixture.store->read_stream_tail(12345, 100, rows).ok());
  CHECK(rows.empty());
}

TEST_CASE("retention removes what is older than its campaign allows, in small steps") {
  FOR_EVERY_STORE();
  GroupBuilder builder;
  const int64_t now = builder.time;
  builder.stream("kiosk-1", incarnation(1), 0);
  builder.time = now - 200 * kDayMs;
  builder.rows(10).refused("unknown_type", "old");
  builder.time = now - 40 * kDayMs;
  builder.rows(5);
  builder.campaign = "short";
  builder.rows(5);
  builder.time = now;
  builder.rows(3);
  REQUIRE(fixture.store->append(builder.group()).ok());
  RetentionPolicy policy;
  policy.days_by_campaign["short"] = 30;
  size_t steps = 0;
  while (fixture.store->retire(policy, now, 4).value() > 0) {
    REQUIRE(++steps < 100);
  }
  CHECK(steps > 3);
  CHECK(fixture.all().size() == 8);
  CHECK(fixture.all({"short", {}, {}}).size() == 3);
  CHECK(fixture.mark("kiosk-1", incarnation(1)) == 24);
  CHECK(fixture.reader->counters().value().rows == 23);
  CHECK(fixture.reader->counters().value().retired == 15);
  std::vector<StoredQuarantine> quarantine;
  REQUIRE(fixture.reader->read_quarantine(0, 10, quarantine).ok());
  CHECK(quarantine.empty());
  SECTION("a shorter policy later reaches what an earlier one passed over") {
    policy.days_by_campaign["lip-popup"] = 10;
    while (fixture.store->retire(policy, now, 4).value() > 0) {
    }
    CHECK(fixture.all().size() == 3);
  }
  SECTION("positions are not used again") {
    while (fixture.store->retire(policy, now + 400 * kDayMs, 4).value() > 0) {
    }
    CHECK(fixture.all().empty());
    GroupBuilder later;
    later.stream("kiosk-1", incarnation(1), 24).rows(1);
    REQUIRE(fixture.store->append(later.group()).ok());
    REQUIRE(fixture.all().size() == 1);
    CHECK(fixture.all()[0].position == 24);
  }
}

TEST_CASE("a store refuses by failing only what it was told to fail") {
  int appends = 0;
  std::unique_ptr<Store> store = make_memory_store({[&](const Group&) {
    return ++appends == 1 ? Status(StatusCode::ResourceExhausted, "full") : Status();
  }});
  GroupBuilder builder;
  builder.stream("kiosk-1", incarnation(1), 0).rows(1);
  CHECK(store->append(builder.group()).code() == StatusCode::ResourceExhausted);
  CHECK(store->append(builder.group()).ok());
}
