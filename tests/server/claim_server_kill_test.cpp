// SPDX-License-Identifier: MIT
// The whole server, killed again and again while screens and phones claim and pay at it. Whoever
// was told a voucher has it, nobody has two, the stock adds up, and every phone finds where it was.
#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <memory>
#include <set>
#include <vector>

#include "server/claims/sqlite_claim_store.h"
#include "server/crypto.h"
#include "server/server_clock.h"
#include "server/store/device_registry.h"
#include "tests/server/claim_invariants.h"
#include "tests/server/claim_visitor.h"
#include "tests/server/server_process.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr int kScreens = 8;
constexpr int kKills = 20;
constexpr int kStock = 12;  // of each product: some are sold out in the end

struct Shop {
  TemporaryDirectory folder;
  std::string data = folder.path() + "/data";
  std::string campaigns = folder.path() + "/campaigns";
  std::atomic<uint16_t> port{0};
  std::unique_ptr<ServerProcess> server;
  std::vector<std::unique_ptr<ClaimVisitor>> visitors;

  Shop() {
    REQUIRE(init_crypto());
    write_sample_campaign(campaigns, kStock);
    auto registry = open_sqlite_device_registry(data);
    REQUIRE(registry.ok());
    std::vector<TestDevice> devices;
    for (int i = 0; i < kScreens; ++i) {
      devices.push_back(enrol_in(*registry.value(), "screen-" + std::to_string(i), ServerClock()));
    }
    start();
    for (int i = 0; i < kScreens; ++i) {
      visitors.push_back(std::make_unique<ClaimVisitor>(devices[size_t(i)], port, 100 + i));
    }
  }
  void start() {
    server = std::make_unique<ServerProcess>(
        ServerProcess::Options{data, 0, 0, {"--campaigns", campaigns, "--stop-seconds", "100"}});
    REQUIRE(server->is_running());
    port = server->port();
  }
  void kill() {
    server->send_signal(SIGKILL);
    CHECK(server->wait() == 1000 + SIGKILL);
  }
  uint64_t steps() const {
    uint64_t all = 0;
    for (const auto& visitor : visitors) all += visitor->steps();
    return all;
  }
  void wait_for(uint64_t steps_more) const {
    const uint64_t before = steps();
    REQUIRE(wait_until([&] { return steps() >= before + steps_more; }));
  }
  std::vector<VisitEnd> stop_visitors() {
    for (auto& visitor : visitors) visitor->ask_to_stop();
    std::vector<VisitEnd> all;
    for (auto& visitor : visitors) {
      visitor->stop();
      CHECK(visitor->wrong() == "");
      CHECK(visitor->connections() > 2);  // it was there before and after
      all.insert(all.end(), visitor->visits().begin(), visitor->visits().end());
    }
    return all;
  }
};

// A phone that was closed meanwhile comes back with the name it keeps.
void check_phones(uint16_t port, const std::vector<VisitEnd>& visits) {
  const std::string token = page_token(port);
  for (const VisitEnd& visit : visits) {
    if (visit.code.empty()) continue;
    ClaimWire phone(port, true);
    REQUIRE(phone.is_open());
    REQUIRE(phone.send(phone_hello(token, visit.holder)));
    REQUIRE(phone.read_state());
    CHECK(phone.member("stage") == "issued");
    CHECK(phone.member("code") == visit.code);
    CHECK(phone.member("product") == visit.product);
  }
}

void check_books(const std::string& data, const std::vector<VisitEnd>& visits) {
  const auto reader = open_sqlite_claim_reader(data);
  REQUIRE(reader.ok());
  CHECK(check_claims(*reader.value()) == "");
  std::set<std::string> codes;
  std::set<std::pair<std::string, std::string>> had;
  for (const VisitEnd& visit : visits) {
    INFO(visit.member << " " << visit.product << " " << visit.code << visit.reason);
    if (visit.code.empty()) {
      // Nobody is turned away for what they never had.
      if (visit.reason == "already_claimed") CHECK(had.count({visit.member, visit.product}) == 1);
      continue;
    }
    CHECK(codes.insert(visit.code).second);
    CHECK(had.insert({visit.member, visit.product}).second);
    const auto claim = reader.value()->find_code(visit.code);
    REQUIRE(claim.ok());
    REQUIRE(claim.value());
    CHECK(claim.value()->state == rules::ClaimState::Issued);
    CHECK(claim.value()->payment == rules::PaymentState::Paid);
  }
  // Everybody who has a voucher was told so: each shopper went on to the end.
  std::vector<Claim> claims;
  REQUIRE(reader.value()->read_newest(100'000, claims).ok());
  const auto issued = std::count_if(claims.begin(), claims.end(), [](const Claim& claim) {
    return claim.state == rules::ClaimState::Issued;
  });
  CHECK(size_t(issued) == codes.size());
  std::vector<Payment> due;
  REQUIRE(
      reader.value()->read_payments(rules::PaymentState::RefundDue, {}, INT64_MAX, 1000, due).ok());
  CHECK(due.empty());  // the sandbox gives back at once
}

}  // namespace

TEST_CASE("killed again and again while shoppers claim and pay, nobody loses what they were told") {
  Shop shop;
  Random random(20261127);
  for (int kills = 0; kills < kKills; ++kills) {
    // In the middle of it, however slow the machine; every fourth while they come back.
    if (kills % 4 != 0) shop.wait_for(1 + random.below(120));
    shop.kill();
    shop.start();
  }
  shop.wait_for(200);
  const std::vector<VisitEnd> visits = shop.stop_visitors();
  check_phones(shop.port, visits);
  shop.kill();
  check_books(shop.data, visits);
  const auto with = std::count_if(visits.begin(), visits.end(),
                                  [](const VisitEnd& visit) { return !visit.code.empty(); });
  CHECK(with > 0);
  WARN(kKills << " kills, " << visits.size() << " shoppers, " << with << " with a voucher");
}
