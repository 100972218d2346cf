// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <string>

#include "engine/protocol/messages.h"

using namespace vitrine;
using namespace vitrine::protocol;

namespace {

const std::string kIncarnation = "00112233445566778899aabbccddeeff";

std::string row(const std::string& own) {
  return std::string("{").append(own).append("}");
}

const std::string kTouch =
    R"("type":"screen_touched","time":1700000000000,"data":{"x":1.5,"y":2,"pointer":0,"phase":"down"})";

std::string batch(const std::string& rows, const std::string& first = "1",
                  const std::string& common = R"("campaign":"lip-popup","mode":"live")") {
  return R"({"kind":"batch","incarnation":")" + kIncarnation + R"(","first":)" + first +
         R"(,"sent":1700000000100,"common":{)" + common + R"(},"rows":[)" + rows + "]}";
}

FrameError error_of(const std::string& text) {
  MessageDecoder decoder;
  REQUIRE(decoder.decode(text) == nullptr);
  return decoder.frame_error();
}

RowRefusal refusal_of(const std::string& own,
                      const std::string& common = R"("campaign":"lip-popup","mode":"live")") {
  MessageDecoder decoder;
  const std::string text = batch(row(kTouch) + "," + row(own) + "," + row(kTouch), "7", common);
  const Message* message = decoder.decode(text);
  REQUIRE(message != nullptr);
  REQUIRE(message->batch.refused.size() >= 1);
  // The rows around it are untouched, and it is known which one it was.
  if (message->batch.refused.size() == 1) {
    REQUIRE(message->batch.rows.size() == 2);
    CHECK(message->batch.rows[0].sequence == 7);
    CHECK(message->batch.rows[1].sequence == 9);
    CHECK(message->batch.refused[0].sequence == 8);
    CHECK(message->batch.refused[0].row == row(own).substr(0, kMaxRowBytes));
  }
  return message->batch.refused[0].reason;
}

std::string data_row(const std::string& data) {
  return R"("type":"screen_touched","time":1,"data":)" + data;
}

}  // namespace

TEST_CASE("a batch gives its rows their sequence and context") {
  MessageDecoder decoder;
  const std::string text = batch(
      row(kTouch) + "," +
          row(R"("scene":"wall","session":"0000000000000000000000000000000a",)" + kTouch),
      "5", R"("session":"","campaign":"lip-popup","brand":"b1","scene":"attract","mode":"test")");
  const Message* message = decoder.decode(text);
  REQUIRE(message != nullptr);
  REQUIRE(message->kind == MessageKind::Batch);
  const Batch& out = message->batch;
  CHECK(out.incarnation.to_hex() == kIncarnation);
  CHECK(out.first == 5);
  CHECK(out.count == 2);
  CHECK(out.sent_ms == 1700000000100);
  CHECK_FALSE(out.memory_only);
  REQUIRE(out.rows.size() == 2);
  CHECK(out.rows[0].sequence == 5);
  CHECK(out.rows[0].context.session.is_none());
  CHECK(out.rows[0].context.scene == "attract");
  CHECK(out.rows[0].context.mode == Mode::Test);
  CHECK(out.rows[0].type == TypeId::ScreenTouched);
  CHECK(out.rows[0].data == R"({"x":1.5,"y":2,"pointer":0,"phase":"down"})");
  CHECK(out.rows[1].sequence == 6);
  CHECK(out.rows[1].context.scene == "wall");
  CHECK(out.rows[1].context.brand == "b1");
  CHECK(out.rows[1].context.session.bytes[15] == 10);
}

TEST_CASE("a decoder can be used again and forgets what was before") {
  MessageDecoder decoder;
  const std::string two = batch(row(kTouch) + "," + row("\"type\":\"nonsense\""));
  const std::string one = batch(row(kTouch));
  REQUIRE(decoder.decode(two) != nullptr);
  REQUIRE(decoder.decode("[") == nullptr);
  const Message* message = decoder.decode(one);
  REQUIRE(message != nullptr);
  CHECK(message->batch.rows.size() == 1);
  CHECK(message->batch.refused.empty());
}

TEST_CASE("frames that are not our JSON are refused by name") {
  CHECK(error_of("") == FrameError::NotJson);
  CHECK(error_of("hello") == FrameError::NotJson);
  CHECK(error_of(batch(row(kTouch)).substr(0, 90)) == FrameError::NotJson);
  CHECK(error_of(batch(row(kTouch)) + "{}") == FrameError::NotJson);
  CHECK(error_of(std::string(100, '[') + std::string(100, ']')) == FrameError::TooDeep);
  CHECK(error_of(std::string(10000, '[')) == FrameError::TooDeep);
  CHECK(error_of(R"({"kind":"ack","kind":"ack"})") == FrameError::DuplicateKey);
  CHECK(error_of(R"({"kind":"ack","mark":1e400})") == FrameError::NumberRange);
  CHECK(error_of(R"({"kind":"ack","mark":NaN})") == FrameError::NotJson);
  CHECK(error_of(R"({"kind":"ack","mark":18446744073709551616})") == FrameError::NumberRange);
  CHECK(error_of("{\"kind\":\"a\\u0000\"}") == FrameError::NulInString);
  CHECK(error_of("{\"kind\":\"\\ud800\"}") == FrameError::NotJson);
  CHECK(error_of("{\"kind\":\"\xC3\x28\"}") == FrameError::NotJson);
  CHECK(error_of(std::string(65537, ' ')) == FrameError::TooLarge);
  CHECK(error_of("[]") == FrameError::NotAnObject);
  CHECK(error_of("7") == FrameError::NotAnObject);
  CHECK(error_of("{}") == FrameError::MissingField);
  CHECK(error_of(R"({"kind":7})") == FrameError::WrongType);
  CHECK(error_of(R"({"kind":"BATCH"})") == FrameError::UnknownKind);
}

TEST_CASE("sequences that cannot be are refused with their frame") {
  for (const char* first : {"0", "-1", "\"1\"", "1.0", "null", "true"}) {
    INFO(first);
    CHECK(error_of(batch(row(kTouch), first)) == FrameError::BadSequence);
  }
  CHECK(error_of(batch(row(kTouch), "9007199254740993")) == FrameError::NumberRange);
  CHECK(error_of(batch(row(kTouch), "18446744073709551616")) == FrameError::NumberRange);
  CHECK(error_of(batch(row(kTouch) + "," + row(kTouch), "9007199254740992")) ==
        FrameError::BadSequence);
  MessageDecoder decoder;
  CHECK(decoder.decode(batch(row(kTouch), "9007199254740992")) != nullptr);
}

TEST_CASE("a batch has between 1 and 256 rows") {
  CHECK(error_of(batch("")) == FrameError::EmptyBatch);
  std::string rows = row(kTouch);
  for (int i = 1; i < 256; ++i) rows += "," + row(kTouch);
  MessageDecoder decoder;
  const std::string full = batch(rows);
  REQUIRE(decoder.decode(full) != nullptr);
  CHECK(error_of(batch(rows + "," + row(kTouch))) == FrameError::TooManyRows);
  const std::string text = R"({"kind":"batch","incarnation":")" + kIncarnation +
                           R"(","first":1,"sent":1,"common":{},"rows":{}})";
  CHECK(error_of(text) == FrameError::WrongType);
}

TEST_CASE("a bad row is quarantined by name and never poisons its neighbours") {
  CHECK(refusal_of(R"("time":1,"data":{})") == RowRefusal::UnknownType);
  CHECK(refusal_of(R"("type":7,"time":1,"data":{})") == RowRefusal::UnknownType);
  CHECK(refusal_of(R"("type":"nonsense","time":1,"data":{})") == RowRefusal::UnknownType);
  CHECK(refusal_of(R"("type":"session_extended","data":{})") == RowRefusal::BadTime);
  CHECK(refusal_of(R"("type":"session_extended","time":-1,"data":{})") == RowRefusal::BadTime);
  CHECK(refusal_of(R"("type":"session_extended","time":1.5,"data":{})") == RowRefusal::BadTime);
  CHECK(refusal_of(R"("type":"session_extended","time":1)") == RowRefusal::BadData);
  CHECK(refusal_of(R"("type":"session_extended","time":1,"data":[])") == RowRefusal::BadData);
  CHECK(refusal_of("\"note\":\"hello\"," + kTouch) == RowRefusal::UnknownField);
  CHECK(refusal_of("\"session\":\"x\"," + kTouch) == RowRefusal::BadSession);
  CHECK(refusal_of("\"campaign\":\"\"," + kTouch) == RowRefusal::BadCampaign);
  CHECK(refusal_of("\"brand\":\"a b\"," + kTouch) == RowRefusal::BadBrand);
  CHECK(refusal_of("\"scene\":\"<script>\"," + kTouch) == RowRefusal::BadScene);
  CHECK(refusal_of("\"mode\":\"real\"," + kTouch) == RowRefusal::BadMode);
  CHECK(refusal_of(std::string(R"("type":"x","data":{"a":")") + std::string(5000, 'a') + "\"}") ==
        RowRefusal::RowTooLarge);
}

TEST_CASE("properties are held against the dictionary") {
  CHECK(refusal_of(data_row(R"({"x":1,"y":2,"pointer":0})")) == RowRefusal::MissingProperty);
  CHECK(refusal_of(data_row(R"({"x":1,"y":2,"pointer":0,"phase":"down","name":"Li"})")) ==
        RowRefusal::UnknownProperty);
  CHECK(refusal_of(data_row(R"({"x":"1","y":2,"pointer":0,"phase":"down"})")) ==
        RowRefusal::PropertyType);
  CHECK(refusal_of(data_row(R"({"x":1,"y":2,"pointer":0.5,"phase":"down"})")) ==
        RowRefusal::PropertyType);
  CHECK(refusal_of(data_row(R"({"x":1,"y":2,"pointer":256,"phase":"down"})")) ==
        RowRefusal::PropertyRange);
  CHECK(refusal_of(data_row(R"({"x":1e9,"y":2,"pointer":0,"phase":"down"})")) ==
        RowRefusal::PropertyRange);
  CHECK(refusal_of(data_row(R"({"x":1,"y":2,"pointer":0,"phase":"sideways"})")) ==
        RowRefusal::PropertyValue);
  const std::string card = R"("type":"card_selected","time":1,"data":)";
  CHECK(refusal_of(card + std::string(R"({"product_id":")") + std::string(65, 'a') +
                   R"(","position":1})") == RowRefusal::PropertyLength);
  CHECK(refusal_of(card + R"({"product_id":"=1+1","position":1})") == RowRefusal::PropertyValue);
  CHECK(refusal_of(card + R"({"product_id":"","position":1})") == RowRefusal::PropertyValue);
}

TEST_CASE("a wrong common field refuses the rows that do not override it") {
  MessageDecoder decoder;
  const std::string text = batch(row(kTouch) + "," + row("\"mode\":\"test\"," + kTouch), "1",
                                 R"("campaign":"lip-popup","mode":"nonsense")");
  const Message* message = decoder.decode(text);
  REQUIRE(message != nullptr);
  REQUIRE(message->batch.refused.size() == 1);
  CHECK(message->batch.refused[0].reason == RowRefusal::BadMode);
  REQUIRE(message->batch.rows.size() == 1);
  CHECK(message->batch.rows[0].context.mode == Mode::Test);
  CHECK(refusal_of(kTouch, R"("mode":"live")") == RowRefusal::BadCampaign);
  CHECK(refusal_of(kTouch, R"("campaign":"a","mode":"live","extra":1)") ==
        RowRefusal::UnknownField);
}

TEST_CASE("data written over several lines is kept on one") {
  MessageDecoder decoder;
  const std::string text =
      batch(row("\"type\":\"card_selected\",\"time\":1,\"data\":{\n  \"product_id\": "
                "\"p1\",\r\n\t\"position\": 2\n}"));
  const Message* message = decoder.decode(text);
  REQUIRE(message != nullptr);
  REQUIRE(message->batch.rows.size() == 1);
  CHECK(message->batch.rows[0].data == R"({  "product_id": "p1","position": 2})");
}

TEST_CASE("a hello proves itself by exactly one of signature and token") {
  const std::string rest = R"("incarnation":")" + kIncarnation +
                           R"(","next":5,"oldest":3,"build":"0.1.0","scenes":["wall"]})";
  const std::string signature = std::string(128, 'a');
  MessageDecoder decoder;
  const std::string signed_hello =
      R"({"kind":"hello","device":"kiosk-1","signature":")" + signature + "\"," + rest;
  const Message* message = decoder.decode(signed_hello);
  REQUIRE(message != nullptr);
  CHECK(message->hello.device == "kiosk-1");
  CHECK(message->hello.next == 5);
  CHECK(message->hello.oldest == 3);
  CHECK(message->hello.scenes.size() == 1);
  CHECK(decoder.decode(R"({"kind":"hello","token":"t",)" + rest) != nullptr);
  CHECK(error_of(R"({"kind":"hello","device":"kiosk-1",)" + rest) == FrameError::MissingField);
  CHECK(error_of(R"({"kind":"hello","signature":")" + signature + "\"," + rest) ==
        FrameError::MissingField);
  CHECK(error_of(R"({"kind":"hello","device":"d","token":"t","signature":")" + signature + "\"," +
                 rest) == FrameError::Unexpected);
  CHECK(error_of(R"({"kind":"hello","token":")" + std::string(1025, 't') + "\"," + rest) ==
        FrameError::OutOfRange);
}

TEST_CASE("a loss counts at most what it covers") {
  const std::string head = R"({"kind":"loss","incarnation":")" + kIncarnation + R"(","first":3,)";
  const std::string reason = R"("sent":1,"reason":"outbox_full","counts":)";
  MessageDecoder decoder;
  const std::string good = head + R"("last":6,)" + reason + R"({"screen_touched":3}})";
  const Message* message = decoder.decode(good);
  REQUIRE(message != nullptr);
  CHECK(message->loss.first == 3);
  CHECK(message->loss.last == 6);
  REQUIRE(message->loss.counts.size() == 1);
  CHECK(message->loss.counts[0].second == 3);
  CHECK(message->loss.counts_json == R"({"screen_touched":3})");
  CHECK(error_of(head + R"("last":2,)" + reason + "{}}") == FrameError::BadSequence);
  CHECK(error_of(head + R"("last":6,)" + reason + R"({"screen_touched":5}})") ==
        FrameError::BadLoss);
  CHECK(error_of(head + R"("last":6,)" + reason + R"({"a":3,"b":2}})") == FrameError::BadLoss);
  CHECK(error_of(head + R"("last":6,)" + reason + R"({"a":-1}})") == FrameError::BadLoss);
  CHECK(error_of(head + R"("last":6,"sent":1,"reason":"because","counts":{}})") ==
        FrameError::BadLoss);
}

TEST_CASE("what is encoded decodes to the same") {
  MessageDecoder decoder;
  std::string text;
  SECTION("welcome") {
    encode_welcome({.mark = 9, .limits = {.window_batches = 4}, .time_ms = 7}, text);
    const Message* message = decoder.decode(text);
    REQUIRE(message != nullptr);
    CHECK(message->welcome.mark == 9);
    CHECK(message->welcome.limits.window_batches == 4);
    CHECK(message->welcome.limits.max_rows == kMaxRows);
  }
  SECTION("renew") {
    encode_renew({.mark = 9, .recent_first = 8, .recent = {0xFEDCBA9876543210ull, 1}}, text);
    const Message* message = decoder.decode(text);
    REQUIRE(message != nullptr);
    CHECK(message->renew.recent == std::vector<uint64_t>{0xFEDCBA9876543210ull, 1});
  }
  SECTION("refused") {
    encode_refused({.code = FrameError::StorageFull, .retry_ms = 5000}, text);
    const Message* message = decoder.decode(text);
    REQUIRE(message != nullptr);
    CHECK(message->refused.code == FrameError::StorageFull);
    CHECK(message->refused.retry_ms == 5000);
  }
  SECTION("ack and gap") {
    const Id128 id = *Id128::from_hex(kIncarnation);
    encode_ack({.incarnation = id, .mark = 3, .quarantined = 1}, text);
    REQUIRE(decoder.decode(text) != nullptr);
    CHECK(decoder.decode(text)->ack.mark == 3);
    encode_gap({.incarnation = id, .expected = 4}, text);
    REQUIRE(decoder.decode(text) != nullptr);
    CHECK(decoder.decode(text)->gap.expected == 4);
  }
  SECTION("batch") {
    const std::string wire = batch(row(kTouch) + "," + row("\"scene\":\"wall\"," + kTouch));
    MessageDecoder first;
    const Message* before = first.decode(wire);
    REQUIRE(before != nullptr);
    encode_batch(before->batch, text);
    const Message* after = decoder.decode(text);
    REQUIRE(after != nullptr);
    REQUIRE(after->batch.rows.size() == 2);
    for (size_t i = 0; i < 2; ++i) {
      CHECK(row_hash(before->batch.rows[i]) == row_hash(after->batch.rows[i]));
    }
  }
}

TEST_CASE("a stored row decodes whole, and one of another build is told from a damaged one") {
  MessageDecoder decoder;
  const std::string stored =
      R"({"session":"","campaign":"c","brand":"","scene":"wall","mode":"live",)" + kTouch + "}";
  const Interaction* row_value = decoder.decode_stored_row(stored);
  REQUIRE(row_value != nullptr);
  CHECK(row_value->context.scene == "wall");
  CHECK(decoder.decode_stored_row(R"({"type":"of_tomorrow"})") == nullptr);
  CHECK(decoder.frame_error() == FrameError::Unexpected);
  CHECK(decoder.decode_stored_row("{\"type\":") == nullptr);
  CHECK(decoder.frame_error() == FrameError::NotJson);
}
