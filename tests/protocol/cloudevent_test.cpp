// SPDX-License-Identifier: MIT
#include "engine/protocol/cloudevent.h"

#include "engine/base/rfc3339.h"

#include <catch2/catch.hpp>
#include <string>

#include "engine/protocol/messages.h"

using namespace vitrine;
using namespace vitrine::protocol;

namespace {

std::string rfc3339(int64_t time_ms) {
  std::string text;
  append_rfc3339(text, time_ms);
  return text;
}

const char* const kEvent =
    R"({"specversion":"1.0","id":"00112233445566778899aabbccddeeff:7","source":"sensor-1",)"
    R"("type":"card_selected","time":"2026-11-21T18:46:05.120Z","senttime":"2026-11-21T18:46:06Z",)"
    R"("campaign":"lip-popup","mode":"live","data":{"product_id":"p1","position":2}})";

std::string changed(const std::string& from, const std::string& to) {
  std::string text = kEvent;
  text.replace(text.find(from), from.size(), to);
  return text;
}

}  // namespace

TEST_CASE("times are written and read as RFC 3339") {
  CHECK(rfc3339(0) == "1970-01-01T00:00:00.000Z");
  CHECK(rfc3339(1795286765120) == "2026-11-21T18:46:05.120Z");
  CHECK(rfc3339(951782400000) == "2000-02-29T00:00:00.000Z");
  CHECK(rfc3339(kMaxTimeMs) == "9999-12-31T23:59:59.999Z");
  for (int64_t time : {int64_t{0}, int64_t{951868799999}, int64_t{4107542400000}, kMaxTimeMs}) {
    CHECK(parse_rfc3339(rfc3339(time)) == time);
  }
  CHECK(parse_rfc3339("2026-11-21T18:46:05Z") == 1795286765000);
  CHECK(parse_rfc3339("2026-11-22T02:46:05.1+08:00") == 1795286765100);
  CHECK(parse_rfc3339("2026-11-21t18:46:05.123456789z") == 1795286765123);
}

TEST_CASE("times that are none are refused") {
  for (const char* text : {"", "2026", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
                           "2026-11-21 18:46:05Z", "2026-11-21T24:00:00Z", "2026-11-21T18:46:05",
                           "2026-11-21T18:46:05.Z", "2026-11-21T18:46:05Zx", "1969-12-31T23:59:59Z",
                           "2026-11-21T18:46:05+8:00", "1970-01-01T00:00:00+00:01"}) {
    INFO(text);
    CHECK_FALSE(parse_rfc3339(text));
  }
}

TEST_CASE("a device clock that is years off is corrected by when it sent") {
  CHECK(corrected_time_ms(1000, 1500, 2000000) == 1999500);
  // A device clock set back between recording and sending: never later than it arrived.
  CHECK(corrected_time_ms(5000, 1000, 2000000) == 2000000);
  CHECK(corrected_time_ms(0, kMaxTimeMs, 5) == 0);
}

TEST_CASE("a CloudEvent is decoded to a batch of one row") {
  MessageDecoder decoder;
  const Message* message = decoder.decode_cloudevent(kEvent);
  REQUIRE(message != nullptr);
  CHECK(decoder.cloudevent_source() == "sensor-1");
  REQUIRE(message->batch.rows.size() == 1);
  CHECK(message->batch.first == 7);
  CHECK(message->batch.count == 1);
  CHECK(message->batch.sent_ms == 1795286766000);
  CHECK(message->batch.rows[0].time_ms == 1795286765120);
  CHECK(message->batch.rows[0].type == TypeId::CardSelected);
}

TEST_CASE("a CloudEvent that cannot be placed is refused whole, one that is wrong is quarantined") {
  MessageDecoder decoder;
  const auto error = [&](const std::string& text) {
    REQUIRE(decoder.decode_cloudevent(text) == nullptr);
    return decoder.frame_error();
  };
  CHECK(error(changed("\"1.0\"", "\"0.3\"")) == FrameError::BadEvent);
  CHECK(error(changed("eeff:7", "eeff")) == FrameError::BadEvent);
  CHECK(error(changed("eeff:7", "eeff:0")) == FrameError::BadSequence);
  CHECK(error(changed("eeff:7", "eeff:07")) == FrameError::BadSequence);
  CHECK(error(changed("eeff:7", "eeff:9007199254740993")) == FrameError::BadSequence);
  CHECK(error(changed("eeff:7", "eeff:7x")) == FrameError::BadSequence);
  CHECK(error(changed("sensor-1", "a b")) == FrameError::BadIdentifier);
  const auto refusal = [&](const std::string& text) {
    const Message* message = decoder.decode_cloudevent(text);
    REQUIRE(message != nullptr);
    REQUIRE(message->batch.refused.size() == 1);
    return message->batch.refused[0].reason;
  };
  CHECK(refusal(changed("card_selected", "card_eaten")) == RowRefusal::UnknownType);
  CHECK(refusal(changed("2026-11-21T18:46:05.120Z", "yesterday")) == RowRefusal::BadTime);
  CHECK(refusal(changed("\"position\":2", "\"position\":\"2\"")) == RowRefusal::PropertyType);
}

TEST_CASE("what is exported is a CloudEvent that is accepted again") {
  MessageDecoder decoder;
  const Message* message = decoder.decode_cloudevent(kEvent);
  REQUIRE(message != nullptr);
  StoredEvent event;
  event.device = "sensor-1";
  event.incarnation = message->batch.incarnation;
  event.interaction = message->batch.rows[0];
  event.sent_ms = message->batch.sent_ms;
  event.received_ms = event.sent_ms + 60000;
  std::string out;
  append_cloudevent(out, event);
  CHECK(out.find(R"("time":"2026-11-21T18:47:05.120Z")") != std::string::npos);
  CHECK(out.find(R"("devicetime":"2026-11-21T18:46:05.120Z")") != std::string::npos);
  CHECK(out.find(R"("senttime":"2026-11-21T18:46:06.000Z")") != std::string::npos);
  CHECK(out.find(R"("receivedtime":"2026-11-21T18:47:06.000Z")") != std::string::npos);
  MessageDecoder second;
  const Message* again = second.decode_cloudevent(out);
  REQUIRE(again != nullptr);
  CHECK(again->batch.rows.size() == 1);
  CHECK(again->batch.first == 7);
}
