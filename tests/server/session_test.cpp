// SPDX-License-Identifier: MIT
// The session without a socket, a clock or a store: what comes in, what it asks, what it says.
#include "server/session.h"

#include <catch2/catch.hpp>
#include <vector>

#include "server/connection_limits.h"
#include "server/message_assembler.h"

using namespace vitrine;
using protocol::CloseCode;
using protocol::FrameError;

namespace {

const std::string kIncarnation = "00112233445566778899aabbccddeeff";

std::string hello_text(const std::string& next = "1") {
  return R"({"kind":"hello","device":"lobby","signature":")" + std::string(128, 'a') +
         R"(","incarnation":")" + kIncarnation + R"(","next":)" + next +
         R"(,"oldest":1,"build":"b","scenes":[]})";
}

// Says yes to everything unless told otherwise, and remembers what it was asked.
struct FakeHost final : SessionHost {
  int64_t now_ms = 1000;
  protocol::MessageDecoder decoder_;
  Identity identity{"lobby", "", std::nullopt, CloseCode::NotAuthenticated};
  std::optional<FrameError> refusal;
  bool queue_full = false;
  int hellos = 0, batches = 0, settled = 0, closed = 0, refused = 0, welcomed = 0;

  int64_t monotonic_ms() const override { return now_ms; }
  int64_t wall_ms() const override { return now_ms; }
  protocol::MessageDecoder& decoder() override { return decoder_; }
  Identity authenticate(const protocol::Hello&, std::string_view, bool) override {
    return identity;
  }
  std::optional<FrameError> accept(const Session&, std::string_view, IngestBatch&) override {
    return refusal;
  }
  bool submit_hello(Session&, const HeldRange&) override {
    return queue_full ? false : ++hellos > 0;
  }
  bool submit_batch(Session&, IngestBatch&&) override { return queue_full ? false : ++batches > 0; }
  void on_welcomed(Session&) override { ++welcomed; }
  void on_settled(Session&, const Completion&, const BatchSummary&) override { ++settled; }
  void on_frame_refused(FrameError) override { ++refused; }
  void on_closed(Session&) override { ++closed; }
};

struct Fixture {
  FakeHost host;
  SessionLimits limits;
  Session session{host, limits, 1, Subprotocol::Vitrine1, false, std::string(64, '0')};

  std::string take() {
    std::string out;
    if (session.has_output()) session.take_output(out);
    return out;
  }
  bool says(std::string_view text) { return take().find(text) != std::string::npos; }
  void complete(CompletionKind kind, uint64_t mark, bool renew = false) {
    Completion completion;
    completion.connection = 1;
    completion.kind = kind;
    completion.mark = mark;
    completion.renew = renew;
    completion.rows = 1;
    session.on_completion(completion);
  }
  void open() {
    take();
    session.on_text(hello_text());
    complete(CompletionKind::Hello, 0);
    REQUIRE(says("\"kind\":\"welcome\""));
  }
  int close_code() {
    const auto close = session.close_request();
    return close ? close->code : 0;
  }
};

}  // namespace

TEST_CASE("a connection begins with a challenge and is welcomed after the writer knows the mark") {
  Fixture f;
  CHECK(f.says("\"kind\":\"challenge\""));
  CHECK(f.take().empty());
  f.session.on_text(hello_text());
  CHECK(f.host.hellos == 1);
  CHECK(f.session.is_paused());
  CHECK(f.take().empty());
  f.complete(CompletionKind::Hello, 7);
  CHECK_FALSE(f.session.is_paused());
  CHECK(f.says("\"mark\":7"));
  CHECK(f.session.is_open());
}

TEST_CASE("whoever is not known is closed and submits nothing") {
  Fixture f;
  f.take();
  f.host.identity.device.clear();
  f.session.on_text(hello_text());
  CHECK(f.close_code() == 4401);
  f.session.on_text(hello_text());
  CHECK(f.host.hellos == 0);
}

TEST_CASE("a hello that does not come in time ends the connection") {
  Fixture f;
  f.host.now_ms += f.limits.hello_timeout_ms;
  f.session.on_tick();
  CHECK(f.close_code() == 0);
  f.host.now_ms += 1;
  f.session.on_tick();
  CHECK(f.close_code() == 4408);
}

TEST_CASE("any number of settled batches leaves one acknowledgement to send") {
  Fixture f;
  f.open();
  for (int i = 0; i < 5; ++i) f.session.on_text("batch");
  for (uint64_t i = 1; i <= 5; ++i) f.complete(CompletionKind::Settled, i * 10);
  CHECK(f.host.settled == 5);
  CHECK(f.says("\"mark\":50"));
  CHECK(f.take().empty());
}

TEST_CASE("one gap answers everything that was on its way behind it") {
  Fixture f;
  f.open();
  for (int i = 0; i < 4; ++i) f.session.on_text("batch");
  f.complete(CompletionKind::Settled, 3);
  f.complete(CompletionKind::Gap, 3);
  CHECK(f.says("\"kind\":\"ack\""));
  CHECK(f.says("\"expected\":4"));
  f.complete(CompletionKind::Gap, 3);
  f.complete(CompletionKind::Gap, 3);
  CHECK(f.take().empty());
  f.session.on_text("batch");
  f.complete(CompletionKind::Settled, 5);
  CHECK(f.says("\"mark\":5"));
  f.session.on_text("batch");
  f.complete(CompletionKind::Gap, 5);
  CHECK(f.says("\"expected\":6"));
}

TEST_CASE("a gap is told once also when all behind it fails before anything can be said") {
  Fixture f;
  f.open();
  for (int i = 0; i < 3; ++i) f.session.on_text("batch");
  for (int i = 0; i < 3; ++i) f.complete(CompletionKind::Gap, 3);
  CHECK(f.says("\"expected\":4"));
  CHECK(f.take().empty());
}

TEST_CASE("more than the window is not read until something is settled") {
  Fixture f;
  f.open();
  for (uint32_t i = 0; i < f.limits.window_batches; ++i) {
    CHECK_FALSE(f.session.is_paused());
    f.session.on_text("batch");
  }
  CHECK(f.session.is_paused());
  f.complete(CompletionKind::Settled, 1);
  CHECK_FALSE(f.session.is_paused());
}

TEST_CASE("a batch that finds the queue full waits, and nothing is read meanwhile") {
  Fixture f;
  f.open();
  f.host.queue_full = true;
  f.session.on_text("batch");
  CHECK(f.session.is_waiting());
  CHECK(f.session.is_paused());
  f.session.retry();
  CHECK(f.session.is_waiting());
  f.host.queue_full = false;
  f.session.retry();
  CHECK_FALSE(f.session.is_waiting());
  CHECK(f.host.batches == 1);
}

TEST_CASE("a connection that was ended while it waited keeps nobody behind it waiting") {
  Fixture f;
  f.open();
  f.host.queue_full = true;
  f.session.on_text("batch");
  REQUIRE(f.session.is_waiting());
  f.session.close(protocol::CloseCode::Replaced);
  f.host.queue_full = false;
  f.session.retry();
  CHECK_FALSE(f.session.is_waiting());
  CHECK(f.host.batches == 0);
}

TEST_CASE("the third frame that is refused ends the connection, the first two do not") {
  Fixture f;
  f.open();
  f.host.refusal = FrameError::EmptyBatch;
  f.session.on_text("bad");
  CHECK(f.says("\"code\":\"empty_batch\""));
  CHECK(f.close_code() == 0);
  f.session.on_text("bad");
  CHECK(f.close_code() == 0);
  f.session.on_text("bad");
  CHECK(f.close_code() == 4400);
  CHECK(f.host.batches == 0);
}

TEST_CASE("an outbox that went back in time is renewed and may say hello again") {
  Fixture f;
  f.take();
  f.session.on_text(hello_text());
  f.complete(CompletionKind::Hello, 9, true);
  CHECK(f.says("\"kind\":\"renew\""));
  CHECK_FALSE(f.session.is_open());
  f.session.on_text(hello_text());
  f.complete(CompletionKind::Hello, 0);
  CHECK(f.says("\"kind\":\"welcome\""));
}

TEST_CASE("a device may say hello again between batches, a few times") {
  Fixture f;
  f.open();
  f.host.refusal = FrameError::Unexpected;
  for (int i = 0; i < 15; ++i) {
    f.session.on_text(hello_text());
    f.complete(CompletionKind::Hello, 4);
    CHECK(f.says("\"kind\":\"welcome\""));
  }
  f.session.on_text(hello_text());
  CHECK(f.says("\"code\":\"unexpected\""));
  CHECK(f.host.hellos == 16);
}

TEST_CASE("a device that left much from many starts may say hello for each") {
  Fixture f;
  f.open();
  for (int i = 0; i < 40; ++i) {
    f.host.refusal.reset();
    f.session.on_text("{}");
    f.complete(CompletionKind::Settled, 4);
    f.take();
    f.host.refusal = FrameError::Unexpected;
    f.session.on_text(hello_text());
    f.complete(CompletionKind::Hello, 0);
    CHECK(f.says("\"kind\":\"welcome\""));
  }
}

TEST_CASE("what was not yet said of one incarnation is not said of the next") {
  Fixture f;
  f.open();
  f.session.on_text("{}");
  f.complete(CompletionKind::Settled, 4);
  f.host.refusal = FrameError::Unexpected;
  f.session.on_text(hello_text());
  f.complete(CompletionKind::Hello, 0);
  CHECK(f.says("\"kind\":\"welcome\""));
  CHECK(f.take().empty());
}

TEST_CASE("a full disk asks the device to wait, an unavailable store closes") {
  Fixture f;
  f.open();
  f.session.on_text("batch");
  f.complete(CompletionKind::Full, 0);
  CHECK(f.says("\"code\":\"storage_full\""));
  CHECK(f.close_code() == 0);
  f.session.on_text("batch");
  f.complete(CompletionKind::Unavailable, 0);
  CHECK(f.close_code() == 4503);
}

TEST_CASE("what is settled after the connection ended is nobody's business") {
  Fixture f;
  f.open();
  f.session.on_text("batch");
  f.session.on_closed();
  CHECK(f.host.closed == 1);
  f.complete(CompletionKind::Settled, 1);
  CHECK(f.host.settled == 0);
}

TEST_CASE("a message is put together within its bounds") {
  MessageAssembler assembler;
  using Result = MessageAssembler::Result;
  CHECK(assembler.add({"ab", 0, true, true}) == Result::Complete);
  CHECK(assembler.message() == "ab");
  CHECK(assembler.add({"a", 0, true, false}) == Result::More);
  CHECK(assembler.in_progress());
  CHECK(assembler.add({"b", 0, false, true}) == Result::Complete);
  CHECK(assembler.message() == "ab");
  const std::string most(kMaxMessageBytes, 'x');
  CHECK(assembler.add({most, 0, true, true}) == Result::Complete);
  CHECK(assembler.add({most, 1, true, false}) == Result::TooLarge);
  CHECK(assembler.add({"", uint64_t{1} << 62, true, false}) == Result::TooLarge);
  CHECK(assembler.add({"", ~uint64_t{0}, true, false}) == Result::TooLarge);
  CHECK(assembler.add({"", 0, true, false}) == Result::More);
  for (uint32_t i = 1; i < kMaxFragments; ++i) {
    CHECK(assembler.add({"", 0, false, false}) == Result::More);
  }
  CHECK(assembler.add({"", 0, false, false}) == Result::TooManyFragments);
}

TEST_CASE("limits count an IPv4 address and an IPv6 household, and forget") {
  ConnectionLimits limits({3, 2});
  PeerAddress a, b;
  a.bytes = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 1};
  b.bytes = {0x20, 1, 0xd, 0xb8, 0, 0, 0, 1, 2};
  CHECK(limits.try_enter(a));
  CHECK(limits.try_enter(b));
  CHECK_FALSE(limits.try_enter(a));
  limits.leave(b);
  CHECK(limits.try_enter(a));
  RateLimiter rate(2, 1);
  CHECK(rate.allow(a, 0));
  CHECK(rate.allow(a, 0));
  CHECK_FALSE(rate.allow(b, 0));
  CHECK(rate.allow(b, 1000000));
}
