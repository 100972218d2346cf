// SPDX-License-Identifier: MIT
// A screen's line over real sockets.
#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "tests/server/claim_peers.h"

namespace vitrine::test {
namespace {

using protocol::ClaimAct;
using protocol::ClaimKind;

std::string line_of(ScreenPeer& screen) {
  REQUIRE(screen.wait_for_place("none"));
  return screen.member("queue.code");
}

TEST_CASE("a phone takes a number over sockets, is called, and has the screen") {
  LiveServer server;
  ScreenPeer screen(server);
  const std::string line = line_of(screen);
  CHECK(screen.member("page") ==
        "http://127.0.0.1:" + std::to_string(server.port()) + "/c/lip-popup/");
  PhonePeer first(server), second(server);
  first.take_number(line);
  REQUIRE(first.wait_for_place("waiting"));
  second.take_number(line);
  REQUIRE(second.wait_for_place("waiting"));
  CHECK(first.member("queue.number") == "1");
  CHECK(second.member("queue.before") == "1");
  first.reconnect();
  REQUIRE(first.wait_for_place("waiting"));
  CHECK(first.member("queue.number") == "1");
  screen.act(ClaimKind::Free);
  REQUIRE(first.wait_for_place("called"));
  REQUIRE(screen.wait_for_place("called"));
  CHECK(screen.member("queue.number") == "1");
  ClaimAct here;
  here.number = 1;
  first.act(ClaimKind::Here, here);
  REQUIRE(screen.wait_for_place("arrived"));
  screen.act(ClaimKind::Engaged);
  REQUIRE(first.wait_for_place("served"));
  screen.act(ClaimKind::Free);
  REQUIRE(second.wait_for_place("called"));
}

TEST_CASE("a crowd of one address takes as many numbers as a line has, and the server serves") {
  LiveServer server;
  ScreenPeer screen(server);
  const std::string line = line_of(screen);
  std::vector<std::unique_ptr<PhonePeer>> crowd;
  for (int i = 0; i < 120; ++i) {
    crowd.push_back(std::make_unique<PhonePeer>(server));
    crowd.back()->take_number(line);
  }
  int waiting = 0, full = 0;
  for (const auto& phone : crowd) {
    while (phone->member("queue.stage").empty() && !phone->read_state().empty()) {
    }
    waiting += phone->member("queue.stage") == "waiting" ? 1 : 0;
    full += phone->member("queue.stage") == "full" ? 1 : 0;
  }
  CHECK(waiting == 100);
  CHECK(full == 20);
  CHECK(server.still_serves());
}

TEST_CASE("codes and numbers that nobody gave are refused or closed, and nobody loses a place") {
  LiveServer server;
  ScreenPeer screen(server);
  const std::string line = line_of(screen);
  PhonePeer good(server);
  good.take_number(line);
  REQUIRE(good.wait_for_place("waiting"));
  PhonePeer guesser(server);
  guesser.take_number("00000000000000000000000000000001");
  REQUIRE(guesser.wait_for_place("closed"));
  ClaimAct here;
  here.number = 1;
  guesser.act(ClaimKind::Here, here);
  guesser.act(ClaimKind::Free);  // a phone is no screen
  REQUIRE(guesser.wait_for("none"));
  CHECK(good.member("queue.stage") == "waiting");
  PhonePeer garbled(server);
  garbled.send(R"({"kind":"take_number","request":1,"queue":"x"})");
  CHECK(garbled.closed_with() == 4400);
  CHECK(server.still_serves());
}

}  // namespace
}  // namespace vitrine::test
