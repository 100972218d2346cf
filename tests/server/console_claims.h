// SPDX-License-Identifier: MIT
// Claims that staff look at: people who come about them, and what a console asks.
#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <string_view>

#include "tests/server/claim_peers.h"
#include "tests/server/console_asking.h"

namespace vitrine::test {

using protocol::ClaimKind;

// A screen and the phone that came by its code.
struct Pair {
  LiveServer& server;
  ScreenPeer screen;
  PhonePeer phone;

  explicit Pair(LiveServer& on) : server(on), screen(on), phone(on) {
    screen.open("true-red");
    REQUIRE(screen.wait_for("waiting"));
    phone.join(screen.member("ticket"));
    REQUIRE(phone.wait_for("agreeing"));
  }
  void agree_and_follow() {
    phone.agree();
    REQUIRE(phone.wait_for("following"));
    phone.act(ClaimKind::Follow);
    REQUIRE(post_form(server.port(), phone.wait_for_action(), "choice=follow").status == 303);
    REQUIRE(phone.wait_for("paying"));
  }
  void pay() {
    phone.act(ClaimKind::Pay);
    REQUIRE(post_form(server.port(), phone.wait_for_action(), "choice=pay").status == 303);
    REQUIRE(phone.wait_for("issued"));
  }
};

inline std::string claims(const LiveServer& server, std::string_view path) {
  return part_of(ask(server.staff_port(), "GET /api/claims").body, path);
}

// The number of true-red's pool: it is not the first by name.
inline std::string pool(const LiveServer& server, const std::string& member) {
  for (int i = 0; i < 8; ++i) {
    const std::string at = "pools." + std::to_string(i);
    if (claims(server, at + ".pool") == "\"lip-popup/true-red\"")
      return claims(server, at + "." + member);
  }
  return "";
}

inline std::string bare(std::string json) {
  return json.size() > 2 ? json.substr(1, json.size() - 2) : "";
}

// `state`: of the claim as staff saw it when they confirmed.
inline Answer take_back(const LiveServer& server, const std::string& claim,
                        const std::string& state = "issued") {
  return act(server.staff_port(), "/api/claims/void",
             "{\"claim\":\"" + claim + "\",\"state\":\"" + state + "\"}");
}

inline Answer find(const LiveServer& server, const std::string& text) {
  return act(server.staff_port(), "/api/claims/find", "{\"find\":\"" + text + "\"}");
}

}  // namespace vitrine::test
