// SPDX-License-Identifier: MIT
// Clients that are slow, silent, greedy or many: each is bounded, the others are served. All of it
// by plain HTTP and by TLS.
#include <catch2/catch.hpp>
#include <chrono>
#include <future>
#include <thread>
#include <vector>

#include "server/crypto.h"
#include "tests/server/live_server.h"
#include "tests/server/test_certificate.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

// Each test runs with both.
LiveServerOptions plain_and_tls() {
  static const CertificateFolder folder;
  LiveServerOptions options;
  if (GENERATE(false, true)) options.tls = folder.files;
  return options;
}

// As many as may be connected; one more is turned away.
std::vector<RawClient> fill(LiveServer& server, int places) {
  std::vector<RawClient> crowd;
  for (int i = 0; i < places; ++i) {
    crowd.push_back(server.connect());
    REQUIRE(crowd.back().open_websocket());
  }
  RawClient refused(server.port());
  CHECK(refused.wait_closed());
  return crowd;
}

}  // namespace

TEST_CASE("a request that comes a byte at a time is cut") {
  LiveServerOptions options = plain_and_tls();
  options.timeouts.request = 1000;
  LiveServer server(options);
  RawClient slow = server.connect();
  slow.send("GET /healthz HTTP/1.1\r\nX");
  CHECK(slow.wait_closed());
  RawClient silent(server.port());
  CHECK(silent.wait_closed());
  CHECK(server.still_serves());
}

TEST_CASE("a message that is never finished ends its connection") {
  LiveServerOptions options = plain_and_tls();
  options.timeouts.message = 500;
  LiveServer server(options);
  RawClient client = server.open_recording(random_id());
  FrameOptions fragment;
  fragment.first_byte = 0x01;
  client.send(make_frame("{", fragment));
  CHECK(client.read_close_code() == 4412);
  CHECK(server.still_serves());
}

TEST_CASE("who says nothing after the challenge is closed") {
  LiveServerOptions options = plain_and_tls();
  options.session.hello_timeout_ms = 300;
  LiveServer server(options);
  RawClient client = server.connect();
  REQUIRE(client.open_websocket());
  CHECK(client.read_close_code() == 4408);
}

TEST_CASE("a silent device is pinged, one that answers stays, one that does not is ended") {
  LiveServerOptions options = plain_and_tls();
  options.timeouts.ping_after = 300;
  options.timeouts.idle = 6000;
  LiveServer server(options);
  RawClient answering = server.open_recording(random_id());
  RawClient dead = server.open_recording(random_id());
  FrameOptions pong;
  pong.first_byte = 0x8a;
  const auto answer = [&] {
    const std::optional<Frame> ping = answering.read_frame();
    REQUIRE(ping);
    REQUIRE(ping->opcode == 9);
    answering.send(make_frame(ping->payload, pong));
  };
  do answer();
  while (!dead.wait_closed(1));
  for (int i = 0; i < 3; ++i) answer();
  CHECK(server.still_serves());
}

TEST_CASE("connections beyond the limit are refused and the place of one that left is free") {
  LiveServerOptions options = plain_and_tls();
  options.caps = {4, 4};
  LiveServer server(options);
  std::vector<RawClient> crowd = fill(server, 4);
  crowd.clear();
  CHECK(wait_until([&] { return server.still_serves(); }));
}

TEST_CASE("a crowd at the public listener does not lock staff out") {
  LiveServerOptions options = plain_and_tls();
  options.caps = {4, 4};
  LiveServer server(options);
  std::vector<RawClient> crowd = fill(server, 4);
  CHECK(server.metric("vitrine_websockets") == 4);
  CHECK(server.metric("vitrine_refused_limit_total") == 1);
}

TEST_CASE("who floods is read no further than its window, and others are served meanwhile") {
  LiveServerOptions options = plain_and_tls();
  std::promise<void> released;
  options.store.before_append = [held = released.get_future().share()](const Group&) {
    held.wait();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return Status();
  };
  LiveServer server(options);
  const Id128 incarnation = random_id();
  RawClient flood = server.open_recording(incarnation);
  std::string bytes;
  for (uint64_t i = 0; i < 4000; ++i) bytes += make_text(make_batch(incarnation, i * 100 + 1, 100));
  // Nothing is stored, so nothing is acknowledged: whoever read on would take all of it.
  size_t taken = 0;
  for (int idle = 0; idle < 20 && taken < bytes.size();) {
    const size_t now = flood.send_some(std::string_view(bytes).substr(taken));
    taken += now;
    idle = now == 0 ? idle + 1 : 0;
    // Who answers another has looked at this connection too: what is not read then is not wanted.
    if (now == 0) server.metric("vitrine_queued_rows");
  }
  CHECK(taken < bytes.size());
  const double queued = server.metric("vitrine_queued_rows");
  CHECK(queued >= 0);
  CHECK(queued <= 16 * 100);
  released.set_value();
  CHECK(server.still_serves());
}

TEST_CASE("who never reads its acknowledgements is ended, and memory holds one for it") {
  LiveServerOptions options = plain_and_tls();
  options.timeouts.slow_reader = 1000;
  options.send_buffer = 4096;
  LiveServer server(options);
  const Id128 incarnation = random_id();
  RawClient deaf = server.connect(2048);
  REQUIRE(deaf.open_websocket());
  REQUIRE(deaf.send(make_text(server.device().hello(deaf.nonce(), incarnation))));
  bool alive = true;
  for (uint64_t i = 0; i < 400000 && alive; ++i) {
    alive = deaf.send(make_text(make_batch(incarnation, i + 1, 1)));
  }
  CHECK_FALSE(alive);
  CHECK(server.still_serves());
}

TEST_CASE("stopping tells everybody 1001 and returns") {
  LiveServer server(plain_and_tls());
  RawClient recording = server.open_recording(random_id());
  RawClient half = server.connect();
  half.send("GET / HTTP/1.1\r\n");
  server.stop();
  CHECK(recording.read_close_code() == 1001);
  CHECK(half.wait_closed());
}

TEST_CASE("who is in the middle of a request when all stops is cut all the same") {
  for (int round = 0; round < 20; ++round) {
    LiveServer server(LiveServerOptions{});
    std::vector<RawClient> halves;
    for (int i = 0; i < 24; ++i) halves.push_back(server.connect());
    std::thread stop([&] { server.stop(); });
    for (RawClient& half : halves) half.send("GET / HTTP/1.1\r\n");
    stop.join();
    for (RawClient& half : halves) CHECK(half.wait_closed(5000));
  }
}
