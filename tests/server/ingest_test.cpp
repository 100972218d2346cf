// SPDX-License-Identifier: MIT
// Frames on their way to the store, and what becomes of every row.
#include <catch2/catch.hpp>
#include <string>

#include "engine/protocol/cloudevent.h"
#include "server/ingest/ingest.h"
#include "server/ingest/settle.h"
#include "tests/server/group_builder.h"

using namespace vitrine;
using protocol::FrameError;
using vitrine::test::incarnation;

namespace {

constexpr int64_t kNow = 1'700'000'000'000;
const char* const kTouch =
    R"({"type":"screen_touched","time":1700000000000,"data":{"x":1,"y":2,"pointer":0,"phase":"down"}})";

std::string batch(uint64_t first, const std::string& rows,
                  const std::string& campaign = "lip-popup", const std::string& mode = "live") {
  return R"({"kind":"batch","incarnation":")" + incarnation(1).to_hex() + R"(","first":)" +
         std::to_string(first) + R"(,"sent":1700000000100,"common":{"session":"","campaign":")" +
         campaign + R"(","brand":"","scene":"wall","mode":")" + mode + R"("},"rows":[)" + rows +
         "]}";
}

struct Fixture {
  Fixture() {
    rules["lip-popup"] = {};
    rules["over"].ends = kNow - 2 * kCampaignGraceMs;
    rules["rehearsal-only"].allows[0] = false;
  }

  std::optional<FrameError> accept(const std::string& text) {
    return ingest.accept(text, sender, kNow + 500, out);
  }

  CampaignRules rules;
  Ingest ingest{rules};
  IngestSender sender{"kiosk-1", incarnation(1)};
  IngestBatch out;
};

// Batches without frames, for settling.
IngestBatch rows_from(uint64_t first, uint64_t count, uint64_t hash = 100) {
  IngestBatch batch;
  batch.device = "kiosk-1";
  batch.incarnation = incarnation(1);
  batch.first = first;
  batch.last = first + count - 1;
  for (uint64_t s = first; s <= batch.last; ++s) {
    IngestRow row;
    row.sequence = s;
    row.hash = hash + s;
    batch.rows.push_back(row);
  }
  return batch;
}

IngestBatch loss_of(uint64_t first, uint64_t last) {
  IngestBatch batch;
  batch.device = "kiosk-1";
  batch.incarnation = incarnation(1);
  batch.first = first;
  batch.last = last;
  batch.losses.push_back({first, last, "outbox_full", "{}"});
  return batch;
}

}  // namespace

TEST_CASE("a good batch comes out whole, with its three times") {
  Fixture fixture;
  const auto refused = fixture.accept(batch(5, std::string(kTouch) + "," + kTouch));
  INFO((refused ? protocol::frame_error_name(*refused) : "")
       << " " << fixture.ingest.error_field());
  REQUIRE_FALSE(refused);
  CHECK(fixture.out.device == "kiosk-1");
  CHECK(fixture.out.first == 5);
  CHECK(fixture.out.last == 6);
  REQUIRE(fixture.out.rows.size() == 2);
  CHECK(fixture.out.rows[1].sequence == 6);
  CHECK(fixture.out.rows[1].type == "screen_touched");
  CHECK(fixture.out.rows[1].campaign == "lip-popup");
  CHECK(fixture.out.rows[1].data == R"({"x":1,"y":2,"pointer":0,"phase":"down"})");
  CHECK(fixture.out.rows[1].device_time == kNow);
  CHECK(fixture.out.sent_time == kNow + 100);
  CHECK(fixture.out.received_time == kNow + 500);
  CHECK(fixture.out.rows[0].hash != 0);
}

TEST_CASE("what came out does not depend on the frame any more") {
  Fixture fixture;
  std::string text = batch(1, kTouch);
  REQUIRE_FALSE(fixture.accept(text));
  IngestBatch kept = std::move(fixture.out);
  text.assign(text.size(), 'x');
  REQUIRE_FALSE(fixture.accept(batch(2, kTouch, "rehearsal-only", "test")));
  CHECK(kept.rows[0].campaign == "lip-popup");
  CHECK(kept.rows[0].data.substr(0, 6) == R"({"x":1)");
}

TEST_CASE("a queued batch is counted with the memory that it takes") {
  Fixture fixture;
  REQUIRE_FALSE(fixture.accept(batch(1, kTouch)));
  CHECK(fixture.out.bytes() < 400);
  CHECK(fixture.out.bytes() >= sizeof(IngestRow) + std::string_view(kTouch).size() - 60);
  TextArena grown;
  std::string_view first = grown.keep("first");
  for (int i = 0; i < 1000; ++i) grown.keep("0123456789");
  CHECK(grown.bytes() >= 10005);
  CHECK(grown.bytes() < 2 * 10005 + 256);
  TextArena moved = std::move(grown);
  CHECK(grown.bytes() == 0);
  CHECK(grown.keep("again") == "again");
  CHECK(first == "first");
}

TEST_CASE("a row the server will not have is named and does not stop the others") {
  Fixture fixture;
  struct {
    std::string row, campaign, mode, reason;
  } const cases[] = {
      {R"({"type":"no_such_type","time":1,"data":{}})", "lip-popup", "live", "unknown_type"},
      {R"({"type":"screen_touched","time":1,"data":{}})", "lip-popup", "live", "missing_property"},
      {"7", "lip-popup", "live", "not_an_object"},
      {kTouch, "unheard-of", "live", "wrong_campaign"},
      {kTouch, "over", "live", "campaign_ended"},
      {kTouch, "rehearsal-only", "live", "mode_not_allowed"},
  };
  for (const auto& c : cases) {
    INFO(c.reason);
    REQUIRE_FALSE(fixture.accept(batch(1, c.row, c.campaign, c.mode)));
    CHECK(fixture.out.rows.empty());
    REQUIRE(fixture.out.refused.size() == 1);
    CHECK(fixture.out.refused[0].reason == c.reason);
    CHECK(fixture.out.refused[0].sequence == 1);
    CHECK(fixture.out.last == 1);
  }
  const std::string mixed = std::string(kTouch) + ",7," + kTouch;
  REQUIRE_FALSE(fixture.accept(batch(1, mixed)));
  CHECK(fixture.out.rows.size() == 2);
  CHECK(fixture.out.refused[0].sequence == 2);
}

TEST_CASE("a token records for its own campaign and for none, a device for every one there is") {
  Fixture fixture;
  fixture.rules["other"] = {};
  REQUIRE_FALSE(fixture.accept(batch(1, kTouch, "other")));
  CHECK(fixture.out.rows.size() == 1);
  fixture.sender.campaign = "lip-popup";
  REQUIRE_FALSE(fixture.accept(batch(1, kTouch)));
  CHECK(fixture.out.rows.size() == 1);
  REQUIRE_FALSE(fixture.accept(batch(1, kTouch, "none")));
  CHECK(fixture.out.rows.size() == 1);
  REQUIRE_FALSE(fixture.accept(batch(1, kTouch, "other")));
  CHECK(fixture.out.rows.empty());
  REQUIRE(fixture.out.refused.size() == 1);
  CHECK(fixture.out.refused[0].reason == "wrong_campaign");
}

TEST_CASE("a clock that is a year behind does no harm: all three times and the true one") {
  Fixture fixture;
  constexpr int64_t kYear = 365LL * 24 * 3600 * 1000;
  constexpr int64_t kAge = 90'000;  // it waited so long for the network
  std::string text = batch(1, kTouch);
  const auto put = [&text](const std::string& from, int64_t time) {
    text.replace(text.find(from), from.size(), std::to_string(time));
  };
  put("1700000000100", kNow - kYear);
  put("1700000000000", kNow - kYear - kAge);
  REQUIRE_FALSE(fixture.accept(text));
  REQUIRE(fixture.out.rows.size() == 1);
  CHECK(fixture.out.rows[0].device_time == kNow - kYear - kAge);
  CHECK(fixture.out.sent_time == kNow - kYear);
  CHECK(fixture.out.received_time == kNow + 500);
  CHECK(protocol::corrected_time_ms(fixture.out.rows[0].device_time, fixture.out.sent_time,
                                    fixture.out.received_time) == kNow + 500 - kAge);
}

TEST_CASE("a rehearsal may come before and after a campaign's days") {
  Fixture fixture;
  REQUIRE_FALSE(fixture.accept(batch(1, kTouch, "over", "rehearsal")));
  CHECK(fixture.out.rows.size() == 1);
}

TEST_CASE("a frame that is refused whole says why") {
  Fixture fixture;
  CHECK(fixture.accept("") == FrameError::NotJson);
  CHECK(fixture.accept(std::string(70000, ' ')) == FrameError::TooLarge);
  CHECK(fixture.accept("[]") == FrameError::NotAnObject);
  CHECK(fixture.accept(R"({"kind":"nonsense"})") == FrameError::UnknownKind);
  CHECK(fixture.accept(batch(0, kTouch)) == FrameError::BadSequence);
  CHECK(fixture.accept(batch(1, "")) == FrameError::EmptyBatch);
  const std::string ack = R"({"kind":"ack","incarnation":")" + incarnation(1).to_hex() +
                          R"(","mark":1,"quarantined":0})";
  CHECK(fixture.accept(ack) == FrameError::Unexpected);
  fixture.sender.incarnation = incarnation(2);
  CHECK(fixture.accept(batch(1, kTouch)) == FrameError::WrongIncarnation);
}

TEST_CASE("rows are settled once, whatever is sent again") {
  StreamMemory memory;
  Group group;
  const IngestBatch first = rows_from(1, 4);
  CHECK(settle_batch(first, memory, group).rows == 4);
  const SettleResult again = settle_batch(first, memory, group);
  CHECK(again.rows == 0);
  CHECK(again.duplicates == 4);
  CHECK(again.conflicts == 0);
  CHECK(again.mark == 4);
  const IngestBatch overlapping = rows_from(3, 5);
  const SettleResult half = settle_batch(overlapping, memory, group);
  CHECK(half.rows == 3);
  CHECK(half.duplicates == 2);
  CHECK(half.mark == 7);
  REQUIRE(group.streams.size() == 1);
  CHECK(group.streams[0].mark_before == 0);
  CHECK(group.streams[0].mark_after == 7);
  CHECK(group.rows.size() == 7);
  CHECK(check_group(group).ok());
}

TEST_CASE("a gap that was not declared adds nothing and names what is expected") {
  StreamMemory memory;
  Group group;
  settle_batch(rows_from(1, 2), memory, group);
  group.clear();
  memory.update = StreamMemory::kNoUpdate;
  const SettleResult result = settle_batch(rows_from(4, 2), memory, group);
  CHECK(result.kind == SettleKind::Gap);
  CHECK(result.mark == 2);
  CHECK(group.empty());
  CHECK(group.rows.empty());
}

TEST_CASE("a loss moves the mark over its hole, and rows go on behind it") {
  StreamMemory memory;
  Group group;
  settle_batch(rows_from(1, 2), memory, group);
  const IngestBatch loss = loss_of(3, 1000);
  CHECK(settle_batch(loss, memory, group).lost == 998);
  const IngestBatch behind = rows_from(1001, 1);
  CHECK(settle_batch(behind, memory, group).rows == 1);
  CHECK(memory.mark == 1001);
  CHECK(settle_batch(loss, memory, group).lost == 0);
  CHECK(group.losses.size() == 1);
  SECTION("one that overlaps what is settled counts only the rest") {
    const IngestBatch overlap = loss_of(990, 1003);
    CHECK(settle_batch(overlap, memory, group).lost == 2);
    CHECK(group.losses[1].first == 1002);
  }
  SECTION("and its counts no more than that") {
    IngestBatch overlap = loss_of(990, 1003);
    overlap.losses[0].count_by_type = R"({"card_selected":3,"screen_touched":11})";
    settle_batch(overlap, memory, group);
    CHECK(group.losses[1].count_by_type == R"({"card_selected":2})");
    IngestBatch whole = loss_of(1004, 1017);
    whole.losses[0].count_by_type = overlap.losses[0].count_by_type;
    settle_batch(whole, memory, group);
    CHECK(group.losses[2].count_by_type == overlap.losses[0].count_by_type);
  }
  CHECK(check_group(group).ok());
}

TEST_CASE("a resend that differs is counted; one that is too old is not compared") {
  StreamMemory memory;
  Group group;
  const IngestBatch rows = rows_from(1, 300);
  settle_batch(rows, memory, group);
  const IngestBatch other = rows_from(290, 11, 555);
  CHECK(settle_batch(other, memory, group).conflicts == 11);
  const IngestBatch old = rows_from(1, 10, 555);
  const SettleResult result = settle_batch(old, memory, group);
  CHECK(result.conflicts == 0);
  CHECK(result.uncompared == 10);
  CHECK(memory.hash_of(44) == 0);
  CHECK(memory.hash_of(45) == 145);
}

TEST_CASE("refused rows are settled like the others") {
  StreamMemory memory;
  Group group;
  IngestBatch batch = rows_from(1, 3);
  batch.rows.erase(batch.rows.begin() + 1);
  batch.refused.push_back({2, "unknown_type", "x"});
  const SettleResult result = settle_batch(batch, memory, group);
  CHECK(result.rows == 2);
  CHECK(result.quarantined == 1);
  CHECK(result.mark == 3);
  CHECK(settle_batch(batch, memory, group).quarantined == 0);
}

TEST_CASE("streams not asked for in a long time are forgotten, the others are not") {
  StreamTable table(2);
  table.add("a", incarnation(1)).mark = 7;
  table.add("b", incarnation(1));
  table.trim();
  REQUIRE(table.find("a", incarnation(1)) != nullptr);
  CHECK(table.find("a", incarnation(1))->mark == 7);
  table.add("c", incarnation(1));
  table.trim();
  CHECK(table.find("b", incarnation(1)) == nullptr);
  CHECK(table.find("a", incarnation(1)) != nullptr);
  CHECK(table.find("a", incarnation(2)) == nullptr);
}
