// SPDX-License-Identifier: MIT
// The whole story with a provider outside of the server: the real program, a provider that was
// written from docs/providers.md alone (sample_provider.py), a screen and a phone over sockets.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "engine/base/json/json.h"
#include "server/claims/sqlite_claim_store.h"
#include "server/crypto.h"
#include "server/store/device_registry.h"
#include "server/webhooks/webhook_signature.h"
#include "tests/server/claim_peers.h"
#include "tests/server/server_process.h"
#include "tests/server/temporary_directory.h"
#include "tests/server/web_asking.h"

namespace vitrine::test {
namespace {

using protocol::ClaimKind;

constexpr const char* kEvents = "/provider/acme/events";

// sample_provider.py as a child process.
class SampleProvider {
 public:
  SampleProvider(const std::string& send, const std::string& receive) {
    int ends[2];
    REQUIRE(pipe2(ends, O_CLOEXEC) == 0);
    process_ = fork();
    if (process_ == 0) {
      dup2(ends[1], STDOUT_FILENO);
      execl("/usr/bin/python3", "python3", "tests/server/sample_provider.py", send.c_str(),
            receive.c_str(), nullptr);
      _exit(127);
    }
    close(ends[1]);
    char text[16] = {};
    for (size_t at = 0; at + 1 < sizeof text && read(ends[0], text + at, 1) == 1; ++at) {
      if (text[at] == '\n') break;
    }
    close(ends[0]);
    port_ = static_cast<uint16_t>(std::atoi(text));
    REQUIRE(port_ != 0);
  }
  ~SampleProvider() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  void post(const std::string& path) const {
    REQUIRE(ask(port_, "POST " + path, "Content-Length: 0\r\n").status == 200);
  }
  void choose(const std::string& page, const std::string& choice) const {
    REQUIRE(page.rfind(url() + "/page/", 0) == 0);
    post(page.substr(url().size()) + "?choice=" + choice);
  }
  std::string log() const { return ask(port_, "GET /").body; }
  bool wait_for(const std::string& text) const {
    return wait_until([&] { return log().find(text) != std::string::npos; });
  }

 private:
  pid_t process_ = -1;
  uint16_t port_ = 0;
};

std::string read_text(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

struct Shop {
  explicit Shop(bool right_secret = true)
      : send(WebhookSecret::make().to_string()),
        receive(WebhookSecret::make().to_string()),
        provider(right_secret ? send : WebhookSecret::make().to_string(), receive) {
    make_campaign();
    std::ofstream(directory.path() + "/acme.provider")
        << "# sample\nurl " << provider.url() << "/\nsend-secret " << send << "\nreceive-secret "
        << receive << "\n";
    screen_device = TestDevice::make("lobby-left");
    auto registry = open_sqlite_device_registry(data());
    REQUIRE(registry.ok());
    const int64_t now = ServerClock().wall_ms();
    const Result<std::string> code = registry.value()->invite(screen_device.name, now);
    REQUIRE(registry.value()->enrol(code.value(), screen_device.public_key, now).ok());
    start();
  }
  void make_campaign() const {
    const std::string folder = directory.path() + "/campaigns/lip-popup";
    std::filesystem::create_directories(directory.path() + "/campaigns");
    std::filesystem::copy("assets/campaigns/lip-popup", folder,
                          std::filesystem::copy_options::recursive);
    std::string text = read_text(folder + "/campaign.json");
    const size_t claim = text.find("\"claim\": {");
    REQUIRE(claim != std::string::npos);
    text.insert(claim + 10, "\"provider\": \"acme\",");
    std::ofstream(folder + "/campaign.json") << text;
  }
  std::string data() const { return directory.path() + "/data"; }
  void start() {
    ServerProcess::Options options;
    options.data = data();
    options.more = {"--campaigns", directory.path() + "/campaigns", "--provider",
                    "acme=" + directory.path() + "/acme.provider", "--allow-private-webhooks"};
    server = std::make_unique<ServerProcess>(options);
    REQUIRE(server->is_running());
    provider.post("/server?url=http://127.0.0.1:" + std::to_string(server->port()) + kEvents);
  }
  void die() {
    server->send_signal(SIGKILL);
    CHECK(server->wait() == 1000 + SIGKILL);
  }
  ClaimVenue venue() {
    return ClaimVenue([this] { return server->port(); }, screen_device);
  }
  uint16_t port() const { return server->port(); }
  std::unique_ptr<ClaimReader> reader() const {
    return std::move(open_sqlite_claim_reader(data())).value();
  }
  Claim newest() const {
    std::vector<Claim> claims;
    REQUIRE(reader()->read_newest(1, claims).ok());
    REQUIRE(!claims.empty());
    return claims[0];
  }
  size_t payments(rules::PaymentState state) const {
    std::vector<Payment> payments;
    REQUIRE(reader()->read_payments(state, {}, int64_t{1} << 52, 100, payments).ok());
    return payments.size();
  }

  TemporaryDirectory directory;
  bool crypto = init_crypto();
  std::string send, receive;
  SampleProvider provider;
  TestDevice screen_device;
  std::unique_ptr<ServerProcess> server;
};

// A screen and a phone that have come as far as being asked to follow.
struct Pair {
  explicit Pair(Shop& shop) : shop_(shop), screen(shop.venue()), phone(shop.venue()) {
    screen.open("true-red");
    REQUIRE(screen.wait_for("waiting"));
    phone.join(screen.member("ticket"));
    REQUIRE(phone.wait_for("agreeing"));
    phone.agree();
    REQUIRE(phone.wait_for("following"));
  }
  void follow(const std::string& choice) {
    shop_.provider.choose(page_for(ClaimKind::Follow), choice);
  }
  std::string payment_page() { return page_for(ClaimKind::Pay); }
  // The page that the phone is sent to now, not one from before.
  std::string page_for(ClaimKind kind) {
    phone.act(kind);
    std::string page;
    while (page.empty() || page == page_) {
      REQUIRE_FALSE(phone.read_state().empty());
      page = phone.member("action");
    }
    return page_ = page;
  }
  void come_to_pay() {
    follow("follow");
    REQUIRE(phone.wait_for("paying"));
  }

  Shop& shop_;
  std::string page_;
  ScreenPeer screen;
  PhonePeer phone;
};

std::string event(const std::string& type, const std::string& data) {
  return "{\"type\":\"" + type + "\",\"data\":" + data + "}";
}

Answer tell(const Shop& shop, const std::string& body, const std::string& secret, int64_t ago = 0,
            const std::string& id = "evt_1", const char* path = kEvents) {
  const int64_t now = ServerClock().wall_ms() / 1000 - ago;
  const WebhookHeaders headers = sign_webhook({*WebhookSecret::parse(secret)}, id, now, body);
  return post_json(shop.port(), path, body,
                   "Webhook-Id: " + headers.id + "\r\nwebhook-timestamp: " + headers.timestamp +
                       "\r\nwebhook-signature: " + headers.signature + "\r\n");
}

TEST_CASE("agree, follow, pay, voucher: with a provider that is another program") {
  Shop shop;
  Pair pair(shop);
  pair.come_to_pay();
  CHECK(pair.screen.wait_for("paying"));
  const std::string page = pair.payment_page();
  shop.provider.choose(page, "twice");
  CHECK(pair.phone.wait_for("issued"));
  CHECK(pair.screen.wait_for("issued"));
  const Claim claim = shop.newest();
  CHECK(claim.state == rules::ClaimState::Issued);
  CHECK(claim.payment_reference.rfind("acme:pay-", 0) == 0);
  CHECK(shop.payments(rules::PaymentState::Paid) == 1);
  std::vector<MemberLink> links;
  REQUIRE(shop.reader()->read_member("acme", "person-" + claim.claim.to_hex(), links).ok());
  CHECK(links.size() == 1);
}

TEST_CASE("who refuses gets nothing, who goes back or is declined may try again") {
  Shop shop;
  SECTION("refused") {
    Pair pair(shop);
    pair.follow("refuse");
    CHECK(wait_until([&] { return shop.newest().state == rules::ClaimState::Released; }));
  }
  SECTION("back, then declined, then paid") {
    Pair pair(shop);
    pair.follow("back");
    REQUIRE(shop.provider.wait_for("\"follow_failed\", \"status\": 204"));
    pair.come_to_pay();
    shop.provider.choose(pair.payment_page(), "decline");
    REQUIRE(shop.provider.wait_for("\"payment_failed\", \"status\": 204"));
    CHECK(wait_until([&] { return shop.newest().payment == rules::PaymentState::Failed; }));
    shop.provider.choose(pair.payment_page(), "pay");
    CHECK(pair.phone.wait_for("issued"));
    CHECK(shop.payments(rules::PaymentState::Failed) == 1);
    CHECK(shop.payments(rules::PaymentState::Paid) == 1);
  }
}

TEST_CASE("a wrong amount is kept and given back by the provider") {
  Shop shop;
  Pair pair(shop);
  pair.come_to_pay();
  shop.provider.choose(pair.payment_page(), "wrong");
  CHECK(shop.provider.wait_for("\"refunded\""));
  CHECK(wait_until([&] { return shop.payments(rules::PaymentState::Refunded) == 1; }));
  CHECK(shop.newest().state == rules::ClaimState::Held);
}

TEST_CASE("a server that is killed while people follow and pay loses nobody's money") {
  Shop shop;
  std::string page;
  {
    Pair pair(shop);
    pair.come_to_pay();
    page = pair.payment_page();
  }
  shop.die();
  // Paid while nobody is there to be told; the provider goes on telling.
  shop.provider.choose(page, "pay");
  REQUIRE(shop.provider.wait_for("\"paid\", \"status\": 0"));
  shop.start();
  CHECK(shop.provider.wait_for("\"paid\", \"status\": 204"));
  // Who was answered 204 need not tell again, whatever dies then.
  shop.die();
  CHECK(shop.newest().state == rules::ClaimState::Issued);
  CHECK(shop.payments(rules::PaymentState::Paid) == 1);
  shop.start();
  CHECK(shop.newest().state == rules::ClaimState::Issued);
}

TEST_CASE("a campaign that is taken out of its folder takes nothing from who has agreed in it") {
  Shop shop;
  std::string page;
  {
    Pair paying(shop);
    paying.come_to_pay();
    page = paying.payment_page();
  }
  Pair following(shop);
  const Claim agreed = shop.newest();
  CHECK(agreed.provider == "acme");
  REQUIRE(agreed.valid_ms == 24 * 3'600'000);
  shop.die();
  std::filesystem::rename(shop.directory.path() + "/campaigns/lip-popup",
                          shop.directory.path() + "/elsewhere");
  shop.start();
  shop.provider.choose(page, "pay");
  CHECK(shop.provider.wait_for("\"paid\", \"status\": 204"));
  REQUIRE(shop.payments(rules::PaymentState::Paid) == 1);
  std::vector<Claim> claims;
  REQUIRE(shop.reader()->read_newest(2, claims).ok());
  REQUIRE(claims.size() == 2);
  CHECK(claims[1].state == rules::ClaimState::Issued);
  CHECK(claims[1].valid_until == claims[1].issued_time + 24 * 3'600'000);
  // What its provider tells of somebody who is not there yet counts, too.
  const std::string followed =
      event("followed", "{\"claim\":\"" + agreed.claim.to_hex() + "\",\"member\":\"m-1\"}");
  CHECK(tell(shop, followed, shop.receive).status == 204);
  CHECK(shop.newest().followed);
}

TEST_CASE(
    "a provider that is silent, down, or talks rubbish is said to be slow, and others go on") {
  Shop shop;
  Pair pair(shop);
  for (const char* mode : {"rubbish", "down", "silent"}) {
    INFO(mode);
    shop.provider.post("/mode?" + std::string(mode) + "=1");
    pair.phone.act(ClaimKind::Follow);
    CHECK(pair.phone.wait_for("following"));
    CHECK(pair.phone.member("notice") == "provider_timed_out");
    CHECK(ask(shop.port(), "GET /healthz").status == 200);
  }
  shop.provider.post("/mode");
  pair.come_to_pay();
}

TEST_CASE("a provider that does not know the server's secret answers nothing") {
  Shop shop(false);
  Pair pair(shop);
  pair.phone.act(ClaimKind::Follow);
  CHECK(pair.phone.wait_for("following"));
  CHECK(pair.phone.member("notice") == "provider_timed_out");
}

TEST_CASE("events are taken from who has the secret alone, in time and whole") {
  Shop shop;
  Pair pair(shop);
  const std::string claim = shop.newest().claim.to_hex();
  const std::string followed =
      event("followed", "{\"claim\":\"" + claim + "\",\"member\":\"m-1\"}");
  const auto refused = [&](const Answer& answer, int status, const std::string& code) {
    CHECK(answer.status == status);
    CHECK(answer.body.find("\"error\":\"" + code + "\"") != std::string::npos);
  };
  refused(post_json(shop.port(), kEvents, followed), 401, "missing");
  refused(tell(shop, followed, shop.send), 401, "forged");
  refused(tell(shop, followed, shop.receive, 301), 401, "too_old");
  refused(tell(shop, followed, shop.receive, -330), 401, "too_new");
  CHECK(tell(shop, followed, shop.receive, 0, "evt_1", "/provider/other/events").status == 404);
  CHECK(ask(shop.port(), "GET " + std::string(kEvents)).status == 405);
  CHECK(post_form(shop.port(), kEvents, "a=b").status == 415);
  for (const std::string& body :
       {std::string("rubbish"), std::string("{}"), event("bought", "{}"), event("followed", "{}"),
        event("followed", "{\"claim\":\"" + claim + "\",\"member\":\"\"}"),
        event("follow_failed", "{\"claim\":\"" + claim + "\",\"why\":\"mood\"}"),
        event("paid", "{\"reference\":\"a:b\",\"amount\":{\"minor\":1,\"currency\":\"CNY\"}}"),
        event("paid", "{\"reference\":\"a\",\"amount\":{\"minor\":-1,\"currency\":\"CNY\"}}"),
        event("paid", "{\"reference\":\"a\",\"amount\":{\"minor\":1.5,\"currency\":\"CNY\"}}"),
        event("paid", "{\"reference\":\"a\",\"amount\":{\"minor\":1,\"currency\":\"cny\"}}"),
        event("payment_failed", "{\"reference\":\"a\"}"),
        event("refunded", "{\"reference\":\"" + std::string(65, 'a') + "\"}")}) {
    INFO(body);
    refused(tell(shop, body, shop.receive), 400, "bad_request");
  }
  CHECK(tell(shop, std::string(17'000, 'x'), shop.receive).status == 413);
  CHECK(shop.newest().followed == false);

  CHECK(tell(shop, followed, shop.receive).status == 204);
  CHECK(shop.newest().followed);
  // Replayed, by whoever saw it pass: nothing happens.
  CHECK(tell(shop, followed, shop.receive).status == 204);
  const std::string refuses =
      event("follow_failed", "{\"claim\":\"" + claim + "\",\"why\":\"refused\"}");
  CHECK(tell(shop, refuses, shop.receive).status == 204);
  CHECK(shop.newest().state == rules::ClaimState::Held);
  // What nobody here had begun is kept, once, and goes back.
  const std::string stray =
      event("paid", "{\"reference\":\"stray\",\"amount\":{\"minor\":1,\"currency\":\"CNY\"}}");
  CHECK(tell(shop, stray, shop.receive).status == 204);
  CHECK(tell(shop, stray, shop.receive).status == 204);
  CHECK(shop.payments(rules::PaymentState::RefundDue) == 1);
}

TEST_CASE("guessing signatures ends soon") {
  Shop shop;
  int last = 0;
  for (int i = 0; i < 200 && last != 429; ++i) {
    last = tell(shop, event("refunded", "{\"reference\":\"a\"}"), shop.send).status;
    CHECK((last == 401 || last == 429));
  }
  CHECK(last == 429);
}

}  // namespace
}  // namespace vitrine::test
