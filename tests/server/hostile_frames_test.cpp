// SPDX-License-Identifier: MIT
// Malformed frames, hellos and batches from a raw client: the documented code for each, nothing
// recorded, and the server serves on.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "server/crypto.h"
#include "tests/server/live_server.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

FrameOptions with(uint8_t first_byte) {
  FrameOptions options;
  options.first_byte = first_byte;
  return options;
}

std::string header_only(int length_bytes, uint64_t declared) {
  FrameOptions options;
  options.length_bytes = length_bytes;
  options.declared_length = declared;
  return make_frame("", options);
}

std::string fragments(int count, size_t size) {
  std::string out = make_frame(std::string(size, 'a'), with(0x01));
  for (int i = 1; i < count; ++i) out += make_frame(std::string(size, 'a'), with(0x00));
  return out;
}

struct FrameCase {
  const char* what;
  std::string bytes;
  std::vector<int> codes;  // any of; 0: ended without a close frame
};

const std::vector<FrameCase> kFrames = {
    {"reserved bit 1", make_frame("a", with(0xc1)), {1002}},
    {"reserved bit 2", make_frame("a", with(0xa1)), {1002}},
    {"reserved bit 3", make_frame("a", with(0x91)), {1002}},
    {"reserved opcode 3", make_frame("a", with(0x83)), {1002}},
    {"reserved opcode 7", make_frame("a", with(0x87)), {1002}},
    {"reserved opcode 11", make_frame("a", with(0x8b)), {1002}},
    {"reserved opcode 15", make_frame("a", with(0x8f)), {1002}},
    {"a fragmented ping", make_frame("a", with(0x09)), {1002}},
    {"a ping of 126 bytes", make_frame(std::string(126, 'a'), with(0x89)), {0}},
    {"a continuation of nothing", make_frame("a", with(0x80)), {1002}},
    {"a new text inside a fragmented one", make_frame("a", with(0x01)) + make_text("b"), {1002}},
    {"a binary message", make_frame("abc", with(0x82)), {1003}},
    {"a binary fragment", make_frame("abc", with(0x02)), {1003}},
    {"a byte that is not UTF-8", make_text("{\"kind\":\"\xff\"}"), {1007}},
    {"an overlong encoding", make_text("\xc0\xaf"), {1007}},
    {"a surrogate", make_text("\xed\xa0\x80"), {1007}},
    {"a character cut by the end", make_text("\xe4\xb8"), {1007}},
    {"a bad character across fragments",
     make_frame("\xe4", with(0x01)) + make_frame("a", with(0x80)),
     {1007}},
    {"close code 999", make_close(999), {1002}},
    {"close code 1005", make_close(1005), {1002}},
    {"close code 1006", make_close(1006), {1002}},
    {"close code 1016", make_close(1016), {1002}},
    {"an ordinary close", make_close(1000), {1000}},
    {"a length of 2^62, nothing sent", header_only(8, uint64_t{1} << 62) + "abcd", {1009}},
    {"a length of 2^63", header_only(8, uint64_t{1} << 63), {0}},
    {"a frame of 64 KiB and one byte", make_text(std::string(65537, ' ')), {1009}},
    {"fragments that add up to more", fragments(9, 8192), {1009}},
    {"65 fragments of one byte", fragments(66, 1), {1009}},
    {"fragments of nothing without end", fragments(66, 0), {1009}},
};

// The raw client never answers a close; there are many of them here.
LiveServerOptions quick_closes() {
  LiveServerOptions options;
  options.timeouts.linger = 250;
  return options;
}

std::string hello_with(const std::string& nonce, std::string_view find, std::string_view put) {
  const TestDevice device = TestDevice::make("lobby-left");
  std::string hello = device.hello(nonce, random_id());
  const size_t at = hello.find(find);
  REQUIRE(at != std::string::npos);
  return hello.replace(at, find.size(), put);
}

}  // namespace

TEST_CASE("every malformed frame ends its connection with the documented code") {
  LiveServer server(quick_closes());
  for (const FrameCase& bad : kFrames) {
    INFO(bad.what);
    RawClient client(server.port());
    REQUIRE(client.open_websocket());
    client.send(bad.bytes);
    const int code = client.read_close_code();
    CAPTURE(code);
    CHECK(std::find(bad.codes.begin(), bad.codes.end(), code) != bad.codes.end());
    CHECK(client.wait_closed());
    CHECK(server.still_serves());
  }
  CHECK(server.store().open_reader().value()->counters().value().rows == 2 * kFrames.size());
}

TEST_CASE("frames that libwebsockets accepts are read as if they were right") {
  LiveServer server;
  const Id128 incarnation = random_id();
  RawClient client = server.open_recording(incarnation);
  bool has_pong = true;
  SECTION("not masked") {
    FrameOptions options;
    options.masked = false;
    client.send(make_frame(make_batch(incarnation, 1, 3), options));
  }
  SECTION("a length in more bytes than needed") {
    FrameOptions options;
    options.length_bytes = 8;
    client.send(make_frame(make_batch(incarnation, 1, 3), options));
  }
  SECTION("a ping in the middle of a fragmented message") {
    const std::string batch = make_batch(incarnation, 1, 3);
    client.send(make_frame(batch.substr(0, 40), with(0x01)));
    client.send(make_frame("?", with(0x89)));
    client.send(make_frame(batch.substr(40), with(0x80)));
    has_pong = false;
  }
  std::optional<Frame> ack = client.read_frame();
  // Either may be first.
  for (; ack && !has_pong; ack = ack->opcode == 10 ? client.read_frame() : ack) {
    const std::optional<Frame> pong = ack->opcode == 10 ? ack : client.read_frame();
    REQUIRE(pong);
    CHECK(pong->opcode == 10);
    has_pong = true;
  }
  REQUIRE(ack);
  CHECK(ack->payload.find("\"mark\":3") != std::string::npos);
}

TEST_CASE("whoever does not prove who it is learns nothing and records nothing") {
  LiveServer server(quick_closes());
  struct HelloCase {
    const char* what;
    std::function<std::string(const std::string& nonce)> text;
    int code;
    std::vector<std::string> headers = {};
  };
  const Id128 incarnation = random_id();
  const std::string zero_signature(128, '0');
  const std::string stale = server.device().hello(std::string(64, '0'), incarnation);
  const std::vector<HelloCase> cases = {
      {"a key that is not this device's",
       [](const std::string& n) { return TestDevice::make("lobby-left").hello(n, random_id()); },
       4401},
      {"a device that does not exist",
       [](const std::string& n) { return TestDevice::make("nobody").hello(n, random_id()); }, 4401},
      {"a device's name that is no name",
       [](const std::string& n) { return TestDevice::make("web").hello(n, random_id()); }, 4401},
      {"a signature of an older challenge", [&](const std::string&) { return stale; }, 4401},
      {"a signature of zeros",
       [&](const std::string&) {
         return R"({"kind":"hello","device":"lobby-left","signature":")" + zero_signature +
                R"(","incarnation":"00112233445566778899aabbccddeeff","next":1,"oldest":1,)" +
                R"("build":"x","scenes":[]})";
       },
       4401},
      {"a token without an Origin",
       [](const std::string&) {
         return R"({"kind":"hello","token":"1.99999.lip-popup.00.00",)"
                R"("incarnation":"00112233445566778899aabbccddeeff","next":1,"oldest":1,)"
                R"("build":"x","scenes":[]})";
       },
       4401},
      {"a made-up token",
       [](const std::string&) {
         return R"({"kind":"hello","token":"1.99999.lip-popup.00.00",)"
                R"("incarnation":"00112233445566778899aabbccddeeff","next":1,"oldest":1,)"
                R"("build":"x","scenes":[]})";
       },
       4401,
       {"Origin: http://127.0.0.1"}},
      {"a batch instead of a hello",
       [&](const std::string&) { return make_batch(incarnation, 1, 1); }, 4401},
      {"an incarnation of zeros",
       [](const std::string& n) { return TestDevice::make("lobby-left").hello(n, Id128{}); }, 4400},
      {"next below 1",
       [](const std::string& n) { return hello_with(n, "\"next\":1", "\"next\":0"); }, 4400},
      {"next beyond 2^53",
       [](const std::string& n) {
         return hello_with(n, "\"next\":1", "\"next\":9007199254740993");
       },
       4400},
      {"a signature that is not hex",
       [](const std::string& n) { return hello_with(n, "\"signature\":\"", "\"signature\":\"z"); },
       4400},
      {"what only the server says",
       [](const std::string&) { return R"({"kind":"challenge","nonce":"00","time":1})"; }, 4400},
      {"no JSON", [](const std::string&) { return "hello"; }, 4400},
      {"nothing", [](const std::string&) { return ""; }, 4400},
  };
  for (const HelloCase& bad : cases) {
    INFO(bad.what);
    RawClient client(server.port());
    REQUIRE(client.open_websocket(bad.headers));
    client.send(make_text(bad.text(client.nonce())));
    CHECK(client.read_close_code() == bad.code);
    CHECK(client.wait_closed());
    CHECK(server.still_serves());
  }
}

TEST_CASE("a refused frame leaves the mark and, the first times, the connection") {
  LiveServer server(quick_closes());
  const Id128 incarnation = random_id();
  const std::string good = make_batch(incarnation, 1, 1);
  const auto changed = [&](std::string_view find, std::string_view put) {
    std::string text = good;
    const size_t at = text.find(find);
    REQUIRE(at != std::string::npos);
    return text.replace(at, find.size(), put);
  };
  struct BatchCase {
    const char* what;
    std::string text;
    const char* code;
  };
  const std::string first = "\"first\":1";
  const std::vector<BatchCase> cases = {
      {"not JSON", "{", "not_json"},
      {"an array", "[]", "not_an_object"},
      {"nested 10,000 deep", std::string(10000, '['), "too_deep"},
      {"1e400", changed("1795297217803", "1e400"), "number_range"},
      {"NaN", changed("1795297217803", "NaN"), "not_json"},
      {"a key twice", changed(first, "\"first\":1,\"first\":1"), "duplicate_key"},
      {"a NUL in a text", changed("\"wall\"", "\"w\\u0000\""), "nul_in_string"},
      {"half a surrogate pair", changed("\"wall\"", "\"\\ud800\""), "not_json"},
      {"an unknown kind", "{\"kind\":\"prize\"}", "unknown_kind"},
      {"no kind", "{}", "missing_field"},
      {"no rows", changed(good.substr(good.find("\"rows\":")), "\"rows\":[]}"), "empty_batch"},
      {"257 rows", make_batch(incarnation, 1, 257), "too_many_rows"},
      {"sequence 0", changed(first, "\"first\":0"), "bad_sequence"},
      {"a negative sequence", changed(first, "\"first\":-1"), "bad_sequence"},
      {"sequence 2^53 + 1", changed(first, "\"first\":9007199254740993"), "number_range"},
      {"sequence 2^64", changed(first, "\"first\":18446744073709551616"), "number_range"},
      {"a sequence in quotes", changed(first, "\"first\":\"1\""), "bad_sequence"},
      {"rows of another outbox", make_batch(random_id(), 1, 1), "wrong_incarnation"},
      {"what only the server says",
       R"({"kind":"gap","incarnation":")" + incarnation.to_hex() + R"(","expected":1})",
       "unexpected"},
      {"a loss that ends before it begins",
       R"({"kind":"loss","incarnation":")" + incarnation.to_hex() +
           R"(","first":5,"last":4,"sent":1,"reason":"outbox_full","counts":{}})",
       "bad_sequence"},
      {"a loss for a reason nobody knows",
       R"({"kind":"loss","incarnation":")" + incarnation.to_hex() +
           R"(","first":1,"last":4,"sent":1,"reason":"dog","counts":{}})",
       "bad_loss"},
  };
  for (const BatchCase& bad : cases) {
    INFO(bad.what);
    RawClient client = server.open_recording(incarnation);
    client.send(make_text(bad.text));
    const std::optional<Frame> refused = client.read_frame();
    REQUIRE(refused);
    CAPTURE(refused->payload);
    CHECK(refused->payload.find("\"code\":\"" + std::string(bad.code) + "\"") != std::string::npos);
    client.send(make_text(bad.text) + make_text(bad.text));
    CHECK(client.read_close_code() == 4400);
    CHECK(server.still_serves());
  }
  CHECK(server.store().open_reader().value()->find_stream("lobby-left", incarnation).value() ==
        std::nullopt);
}

TEST_CASE("gaps, resends and losses move the mark as the protocol says") {
  LiveServer server;
  const Id128 incarnation = random_id();
  RawClient client = server.open_recording(incarnation);
  const auto answer = [&](const std::string& text) {
    client.send(make_text(text));
    const std::optional<Frame> frame = client.read_frame();
    return frame ? frame->payload : std::string("nothing");
  };
  CHECK(answer(make_batch(incarnation, 1, 3)).find("\"mark\":3") != std::string::npos);
  CHECK(answer(make_batch(incarnation, 5, 1)).find("\"expected\":4") != std::string::npos);
  CHECK(answer(make_batch(incarnation, 2, 4)).find("\"mark\":5") != std::string::npos);
  const std::string loss = R"({"kind":"loss","incarnation":")" + incarnation.to_hex() +
                           R"(","first":6,"last":9,"sent":1,"reason":"outbox_full",)" +
                           R"("counts":{"button_activated":4}})";
  CHECK(answer(loss).find("\"mark\":9") != std::string::npos);
  const StoreCounters counters = server.store().open_reader().value()->counters().value();
  CHECK(counters.rows == 5);
  CHECK(counters.lost == 4);
}

TEST_CASE("the newest connection of an outbox wins, and the older is told") {
  LiveServer server;
  const Id128 incarnation = random_id();
  RawClient older = server.open_recording(incarnation);
  RawClient newer = server.open_recording(incarnation);
  CHECK(older.read_close_code() == 4409);
  newer.send(make_text(make_batch(incarnation, 1, 1)));
  CHECK(newer.read_frame());
}

// A device that records, and somebody who changes the list of devices as `vitrine device` does.
struct OtherProcess {
  LiveServerOptions options() const {
    LiveServerOptions options;
    options.registry_directory = directory.path();
    return options;
  }

  TemporaryDirectory directory;
  LiveServer server{options()};
  RawClient client = server.open_recording(random_id());
  std::unique_ptr<DeviceRegistry> registry = open_sqlite_device_registry(directory.path()).value();
};

TEST_CASE("a revoked device is cut off while it is connected") {
  OtherProcess other;
  REQUIRE(other.registry->revoke("lobby-left", 1).ok());
  CHECK(other.client.read_close_code() == 4410);
}

TEST_CASE("a device that is enrolled again ends the connection of its old key, and no other") {
  OtherProcess other;
  RawClient& client = other.client;
  LiveServer& server = other.server;
  const Result<std::string> code = other.registry->invite("lobby-left", 1);
  REQUIRE(code.ok());
  // An invitation alone changes nothing.
  client.send(make_text("{}"));
  REQUIRE(client.read_frame());
  const TestDevice renewed = TestDevice::make("lobby-left");
  REQUIRE(other.registry->enrol(code.value(), renewed.public_key, 2).ok());
  CHECK(client.read_close_code() == 4410);
  RawClient next(server.port());
  REQUIRE(next.open_websocket());
  next.send(make_text(renewed.hello(next.nonce(), random_id())));
  const std::optional<Frame> welcome = next.read_frame();
  REQUIRE(welcome);
  CHECK(welcome->payload.find("\"kind\":\"welcome\"") != std::string::npos);
}

TEST_CASE("an outbox that went back in time is renewed and told what is there") {
  LiveServer server;
  const Id128 incarnation = random_id();
  {
    RawClient client = server.open_recording(incarnation);
    client.send(make_text(make_batch(incarnation, 1, 5)));
    REQUIRE(client.read_frame());
  }
  RawClient client(server.port());
  REQUIRE(client.open_websocket());
  client.send(make_text(server.device().hello(client.nonce(), incarnation, 3)));
  const std::optional<Frame> renew = client.read_frame();
  REQUIRE(renew);
  CHECK(renew->payload.find("\"kind\":\"renew\"") != std::string::npos);
  const Id128 fresh = random_id();
  client.send(make_text(server.device().hello(client.nonce(), fresh)));
  const std::optional<Frame> welcome = client.read_frame();
  REQUIRE(welcome);
  CHECK(welcome->payload.find("\"kind\":\"welcome\"") != std::string::npos);
}
