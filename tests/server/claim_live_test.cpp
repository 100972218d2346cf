// SPDX-License-Identifier: MIT
// The story over real sockets: a screen that signs, phones with tokens, the sandbox's own pages.
#include <catch2/catch.hpp>
#include <string>

#include "engine/protocol/claim_messages.h"
#include "server/crypto.h"
#include "tests/server/claim_peers.h"
#include "tests/server/web_asking.h"

namespace vitrine::test {
namespace {

using protocol::ClaimKind;

TEST_CASE("a screen and a phone play the whole story over sockets, with the sandbox's pages") {
  LiveServer server;
  ScreenPeer screen(server);
  CHECK(screen.stage() == "none");
  screen.open("true-red");
  CHECK(screen.wait_for("waiting"));
  const std::string page = screen.member("page");
  CHECK(page == "http://127.0.0.1:" + std::to_string(server.port()) + "/c/lip-popup/");

  PhonePeer phone(server);
  phone.join(screen.member("ticket"));
  CHECK(phone.wait_for("agreeing"));
  CHECK(screen.wait_for("agreeing"));
  CHECK(screen.member("screen_mark") == phone.member("screen_mark"));
  CHECK(screen.member("phone_mark") == phone.member("phone_mark"));

  phone.agree();
  CHECK(phone.wait_for("following"));
  phone.act(ClaimKind::Follow);
  const std::string follow_page = phone.wait_for_action();
  const Answer shown = ask(server.port(), "GET " + follow_page);
  CHECK(shown.status == 200);
  CHECK(shown.has("form-action 'self'"));
  const Answer followed = post_form(server.port(), follow_page, "choice=follow&member=sample-1");
  CHECK(followed.status == 303);
  CHECK(followed.has("Location: /c/lip-popup/\r\n"));
  CHECK(phone.wait_for("paying"));
  CHECK(screen.wait_for("paying"));

  phone.act(ClaimKind::Pay);
  const std::string payment_page = phone.wait_for_action();
  CHECK(ask(server.port(), "GET " + payment_page).body.find("5 CNY") != std::string::npos);
  CHECK(post_form(server.port(), payment_page, "choice=pay").status == 303);
  CHECK(phone.wait_for("issued"));
  CHECK(screen.wait_for("issued"));
  CHECK(screen.member("code").find(phone.member("code").substr(10)) != std::string::npos);
  CHECK(screen.member("code") != phone.member("code"));
  CHECK(screen.member("secret").empty());
  // Sent again, as browsers do: nothing is paid twice.
  CHECK(post_form(server.port(), payment_page, "choice=pay").status == 303);
  CHECK(server.still_serves());
}

TEST_CASE("a phone whose network dies at any step comes back to where it was") {
  for (int cut_after = 0; cut_after < 5; ++cut_after) {
    INFO("cut after step " << cut_after);
    LiveServer server;
    ScreenPeer screen(server);
    screen.open("true-red");
    REQUIRE(screen.wait_for("waiting"));
    const std::string ticket = screen.member("ticket");
    PhonePeer phone(server);
    int step = 0;
    const auto maybe_cut = [&] {
      if (step++ == cut_after) phone.reconnect();
    };
    maybe_cut();
    phone.join(ticket);
    maybe_cut();
    phone.join(ticket);  // the answer may have been lost
    REQUIRE(phone.wait_for("agreeing"));
    phone.agree();
    maybe_cut();
    phone.agree();
    REQUIRE(phone.wait_for("following"));
    phone.act(ClaimKind::Follow);
    const std::string follow_page = phone.wait_for_action();
    REQUIRE(post_form(server.port(), follow_page, "choice=follow").status == 303);
    maybe_cut();
    REQUIRE(phone.wait_for("paying"));
    phone.act(ClaimKind::Pay);
    const std::string payment_page = phone.wait_for_action();
    maybe_cut();
    REQUIRE(post_form(server.port(), payment_page, "choice=pay").status == 303);
    CHECK(phone.wait_for("issued"));
    std::vector<Pool> pools;
    REQUIRE(std::move(server.claims().open_reader()).value()->read_pools(pools).ok());
    int64_t taken = 0;
    for (const Pool& pool : pools) taken += pool.taken;
    CHECK(taken == 1);
  }
}

TEST_CASE("metrics tell of claims, stock and money, and of nobody") {
  LiveServer server;
  ScreenPeer screen(server);
  screen.open("true-red");
  REQUIRE(screen.wait_for("waiting"));
  CHECK(server.metric("vitrine_claim_handoffs{phase=\"waiting\"}") == 1);
  PhonePeer phone(server);
  phone.join(screen.member("ticket"));
  phone.agree();
  REQUIRE(phone.wait_for("following"));
  phone.act(ClaimKind::Follow);
  REQUIRE(
      post_form(server.port(), phone.wait_for_action(), "choice=follow&member=sample-1").status ==
      303);
  REQUIRE(phone.wait_for("paying"));
  phone.act(ClaimKind::Pay);
  const std::string declined = phone.wait_for_action();
  CHECK(server.metric("vitrine_claim_payments_pending") == 1);
  REQUIRE(post_form(server.port(), declined, "choice=decline").status == 303);
  while (phone.member("notice") != "declined") REQUIRE(phone.read_state() != "");
  phone.act(ClaimKind::Pay);
  REQUIRE(post_form(server.port(), phone.wait_for_action(), "choice=pay").status == 303);
  while (phone.member("stage") != "issued") REQUIRE(phone.read_state() != "");
  CHECK(server.metric("vitrine_claim_payments_pending") == 0);
  CHECK(server.metric("vitrine_claim_refunds_due") == 0);
  CHECK(server.metric("vitrine_claim_taken{pool=\"lip-popup/true-red\"}") == 1);
  CHECK(server.metric("vitrine_claim_handoffs{phase=\"linked\"}") == 1);
  CHECK(server.metric("vitrine_claim_connections{end=\"phone\"}") == 1);
  CHECK(server.metric("vitrine_claim_answers_total{verb=\"hold\",answer=\"done\"}") == 1);
  CHECK(server.metric("vitrine_claim_answers_total{verb=\"pay\",answer=\"done\"}") == 1);
  CHECK(server.metric("vitrine_claim_provider_events_total{event=\"payment_failed\","
                      "reason=\"declined\"}") == 1);
  CHECK(server.metric("vitrine_claim_queued") == 0);
  const std::string text = ask(server.staff_port(), "GET /metrics").body;
  CHECK(text.find("vitrine_claim_stock{") != std::string::npos);
  for (const char* secret : {"code", "holder", "session"}) {
    if (!phone.member(secret).empty()) CHECK(text.find(phone.member(secret)) == std::string::npos);
  }
  CHECK(text.find("sample-1") == std::string::npos);
}

TEST_CASE("whoever is not who they say is refused, and nothing is told") {
  LiveServer server;
  SECTION("a screen with another's signature") {
    ClaimPeer peer(server, false);
    TestDevice stranger = TestDevice::make("lobby-left");
    peer.send(stranger.claim_hello(peer.nonce()));
    CHECK(peer.closed_with() == 4401);
  }
  SECTION("a page's token without a page's origin") {
    ClaimPeer peer(server, false);
    peer.send(PhonePeer::hello_text(server, ""));
    CHECK(peer.closed_with() == 4401);
  }
  SECTION("a token of another campaign") {
    ClaimPeer peer(server, true);
    std::string hello = PhonePeer::hello_text(server, "");
    hello.replace(hello.find("\"campaign\":\"lip-popup\""), 22, "\"campaign\":\"golden-cat\"");
    peer.send(hello);
    CHECK(peer.closed_with() == 4401);
  }
  SECTION("acts before hello") {
    ClaimPeer peer(server, true);
    peer.send(R"({"kind":"cancel","request":1})");
    CHECK(peer.closed_with() == 4401);
  }
  SECTION("a holder that somebody made up is a phone that has none") {
    ClaimPeer peer(server, true);
    peer.send(PhonePeer::hello_text(
        server, "2.lip-popup.0123456789abcdef0123456789abcdef." + std::string(64, '0')));
    CHECK(peer.read_state().find("\"stage\":\"none\"") != std::string::npos);
  }
  CHECK(server.still_serves());
}

TEST_CASE("hostile frames close their connection and nobody else's") {
  LiveServer server;
  ScreenPeer screen(server);
  for (const std::string& bad :
       {std::string("not json"), std::string("{}"), std::string(5000, ' '),
        std::string(R"({"kind":"state","time":1,"stage":"issued"})"),
        std::string(R"({"kind":"hello","token":"x","campaign":"lip-popup","build":"b"})"),
        std::string(R"({"kind":"join","request":1,"ticket":"x","key":"y"})")}) {
    PhonePeer phone(server);
    phone.send(bad);
    CHECK(phone.closed_with() == 4400);
  }
  PhonePeer repeats(server);
  repeats.send(R"({"kind":"cancel","request":5})");
  repeats.send(R"({"kind":"cancel","request":5})");
  CHECK(repeats.closed_with() == 4400);
  screen.open("true-red");
  CHECK(screen.wait_for("waiting"));
}

TEST_CASE("a screen that is revoked is cut off while it waits") {
  const TemporaryDirectory directory;
  LiveServerOptions options;
  options.registry_directory = directory.path();
  LiveServer server(options);
  ScreenPeer screen(server);
  screen.open("true-red");
  REQUIRE(screen.wait_for("waiting"));
  server.revoke(server.device().name);
  CHECK(screen.closed_with() == 4410);
  ClaimPeer again(server, false);
  again.send(server.device().claim_hello(again.nonce()));
  CHECK(again.closed_with() == 4410);
}

TEST_CASE("a phone that asks without end is told to wait, and nobody else waits") {
  LiveServer server;
  PhonePeer hasty(server);
  int busy = 0;
  for (int i = 0; i < 60; ++i) {
    hasty.act(ClaimKind::Cancel);
    hasty.wait_for("none");
    if (hasty.member("notice") == "busy") ++busy;
  }
  CHECK(busy > 0);
  ScreenPeer screen(server);
  screen.open("true-red");
  REQUIRE(screen.wait_for("waiting"));
  PhonePeer phone(server);
  phone.join(screen.member("ticket"));
  CHECK(phone.wait_for("agreeing"));
}

TEST_CASE("guessing tickets finds nothing") {
  LiveServer server;
  ScreenPeer screen(server);
  screen.open("true-red");
  REQUIRE(screen.wait_for("waiting"));
  PhonePeer phone(server);
  for (int i = 0; i < 200; ++i) {
    phone.join(random_id().to_hex());
    REQUIRE(phone.wait_for("ended"));
    CHECK(phone.member("reason") == "code_over");
    CHECK(phone.member("product").empty());
  }
  CHECK(screen.wait_for("waiting"));
}

TEST_CASE("the sandbox's pages answer strange requests and stay up") {
  LiveServer server;
  CHECK(ask(server.port(), "GET /provider/sandbox/sandbox.css").status == 200);
  CHECK(ask(server.port(), "GET /provider/sandbox/pay-0").status == 404);
  CHECK(ask(server.port(), "GET /provider/other/x").status == 404);
  CHECK(ask(server.port(), "GET /provider/").status == 404);
  CHECK(post_form(server.port(), "/provider/sandbox/pay-0", "choice=pay").status == 404);
  ScreenPeer screen(server);
  screen.open("true-red");
  REQUIRE(screen.wait_for("waiting"));
  PhonePeer phone(server);
  phone.join(screen.member("ticket"));
  phone.agree();
  REQUIRE(phone.wait_for("following"));
  phone.act(ClaimKind::Follow);
  const std::string page = phone.wait_for_action();
  CHECK(post_form(server.port(), page, "choice=follow&member=<script>").status == 303);
  REQUIRE(phone.wait_for("paying"));
  phone.act(ClaimKind::Pay);
  const std::string payment = phone.wait_for_action();
  CHECK(post_form(server.port(), payment, "choice=steal").status == 400);
  CHECK(post_form(server.port(), payment, "").status == 400);
  CHECK(post_form(server.port(), payment, std::string(16000, '&')).status == 400);
  CHECK(phone.stage() == "paying");
  CHECK(ask(server.staff_port(), "GET /provider/sandbox/sandbox.css").status == 404);
  CHECK(server.still_serves());
}

TEST_CASE("sixty phones at sixty screens for one thing: one has it") {
  const TemporaryDirectory directory;
  LiveServerOptions options;
  options.registry_directory = directory.path();
  LiveServer server(options);
  const auto set_stock = [&](int64_t stock) {
    ClaimCommand pool;
    pool.verb = ClaimVerb::SetPool;
    pool.now = 1;
    pool.pool = "lip-popup/true-red";
    pool.stock = stock;
    pool.amount = {500, "CNY"};
    std::vector<ClaimOutcome> outcomes;
    REQUIRE(server.claims().apply({&pool, 1}, outcomes).ok());
  };
  set_stock(1);
  constexpr int kPhones = 60;  // each with a screen of its own: the rest is claim_store_test's
  std::vector<std::unique_ptr<ScreenPeer>> screens;
  std::vector<std::unique_ptr<PhonePeer>> phones;
  for (int i = 0; i < kPhones; ++i) {
    screens.push_back(std::make_unique<ScreenPeer>(server, "screen-" + std::to_string(i)));
    screens.back()->open("true-red");
    REQUIRE(screens.back()->wait_for("waiting"));
    phones.push_back(std::make_unique<PhonePeer>(server));
    phones.back()->join(screens.back()->member("ticket"));
    REQUIRE(phones.back()->wait_for("agreeing"));
  }
  for (auto& phone : phones) phone->agree();
  int have = 0, sold_out = 0;
  for (auto& phone : phones) {
    phone->wait_until_not("agreeing");
    if (phone->stage() == "following") ++have;
    if (phone->member("reason") == "sold_out") ++sold_out;
  }
  CHECK(have == 1);
  CHECK(sold_out == kPhones - 1);
}

}  // namespace
}  // namespace vitrine::test
