// SPDX-License-Identifier: MIT
// What is decided without a network: signatures, addresses, when something is tried again.
#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "server/crypto.h"
#include "server/webhooks/address_rules.h"
#include "server/webhooks/retry_schedule.h"
#include "server/webhooks/webhook_signature.h"

namespace vitrine {
namespace {

// The example of the Standard Webhooks specification and its libraries.
constexpr std::string_view kSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
constexpr std::string_view kId = "msg_p5jXN8AQM9LWM0D4loKWxJek";
constexpr int64_t kTime = 1614265330;
constexpr std::string_view kBody = "{\"test\": 2432232314}";
constexpr std::string_view kSigned = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

std::vector<WebhookSecret> secrets_of(std::initializer_list<std::string_view> texts) {
  std::vector<WebhookSecret> secrets;
  for (const std::string_view text : texts) secrets.push_back(WebhookSecret::parse(text).value());
  return secrets;
}

bool is_public_text(std::string_view text) {
  INFO(text);
  const std::optional<PeerAddress> address = parse_peer_address(text);
  REQUIRE(address);
  return is_public_address(*address);
}

TEST_CASE("a message is signed as the Standard Webhooks specification shows") {
  const auto secrets = secrets_of({kSecret});
  const WebhookHeaders headers = sign_webhook(secrets, kId, kTime, kBody);
  CHECK(headers.id == kId);
  CHECK(headers.timestamp == "1614265330");
  CHECK(headers.signature == kSigned);
  CHECK(verify_webhook(secrets, headers, kBody, kTime) == WebhookVerdict::Genuine);
}

TEST_CASE("while a secret is replaced both sign, and either end may know one alone") {
  REQUIRE(init_crypto());
  const WebhookSecret fresh = WebhookSecret::make();
  const std::vector<WebhookSecret> old = secrets_of({kSecret});
  const WebhookHeaders headers = sign_webhook({fresh, old[0]}, kId, kTime, kBody);
  CHECK(headers.signature.find(' ') != std::string::npos);
  CHECK(verify_webhook({fresh}, headers, kBody, kTime) == WebhookVerdict::Genuine);
  CHECK(verify_webhook(old, headers, kBody, kTime) == WebhookVerdict::Genuine);
  CHECK(verify_webhook({WebhookSecret::make()}, headers, kBody, kTime) == WebhookVerdict::Forged);
  CHECK(verify_webhook({}, headers, kBody, kTime) == WebhookVerdict::Forged);
}

TEST_CASE("whatever is changed in a message is noticed") {
  const auto secrets = secrets_of({kSecret});
  const WebhookHeaders good = sign_webhook(secrets, kId, kTime, kBody);
  const auto verdict = [&](WebhookHeaders headers, std::string_view body) {
    return verify_webhook(secrets, headers, body, kTime);
  };
  CHECK(verdict(good, "{\"test\": 2432232315}") == WebhookVerdict::Forged);
  CHECK(verdict({"msg_other", good.timestamp, good.signature}, kBody) == WebhookVerdict::Forged);
  CHECK(verdict({good.id, "1614265331", good.signature}, kBody) == WebhookVerdict::Forged);
  CHECK(verdict({good.id, good.timestamp, "v1a,"}, kBody) == WebhookVerdict::Forged);
  CHECK(verdict({good.id, good.timestamp, good.signature.substr(3)}, kBody) ==
        WebhookVerdict::Forged);
  CHECK(verdict({good.id, good.timestamp, "v1,"}, kBody) == WebhookVerdict::Forged);
  CHECK(verdict({good.id, good.timestamp, good.signature.substr(0, 40)}, kBody) ==
        WebhookVerdict::Forged);
  CHECK(verdict({"", good.timestamp, good.signature}, kBody) == WebhookVerdict::Missing);
  CHECK(verdict({"a.b", good.timestamp, good.signature}, kBody) == WebhookVerdict::Missing);
  CHECK(verdict({std::string(129, 'a'), good.timestamp, good.signature}, kBody) ==
        WebhookVerdict::Missing);
  for (const std::string_view time : {"", "-1", "16142653300000", "1614265330 ", "now", "1e9"}) {
    INFO(time);
    CHECK(verdict({good.id, std::string(time), good.signature}, kBody) == WebhookVerdict::Missing);
  }
  // Others' versions stand beside ours, and only so many are looked at.
  CHECK(verdict({good.id, good.timestamp, "v1a,xyz " + good.signature}, kBody) ==
        WebhookVerdict::Genuine);
  std::string many;
  for (int i = 0; i < 100; ++i) many += "v1,AAAA ";
  CHECK(verdict({good.id, good.timestamp, many + good.signature}, kBody) == WebhookVerdict::Forged);
}

TEST_CASE("a message is good for five minutes before and after") {
  const auto secrets = secrets_of({kSecret});
  const WebhookHeaders headers = sign_webhook(secrets, kId, kTime, kBody);
  CHECK(verify_webhook(secrets, headers, kBody, kTime + 300) == WebhookVerdict::Genuine);
  CHECK(verify_webhook(secrets, headers, kBody, kTime - 300) == WebhookVerdict::Genuine);
  CHECK(verify_webhook(secrets, headers, kBody, kTime + 301) == WebhookVerdict::TooOld);
  CHECK(verify_webhook(secrets, headers, kBody, kTime - 301) == WebhookVerdict::TooNew);
}

TEST_CASE("a secret is whsec_ and 24 to 64 bytes in base64") {
  REQUIRE(init_crypto());
  const WebhookSecret made = WebhookSecret::make();
  CHECK(WebhookSecret::parse(made.to_string())->bytes() == made.bytes());
  CHECK(WebhookSecret::parse(kSecret)->to_string() == kSecret);
  CHECK_FALSE(WebhookSecret::parse(kSecret.substr(6)));
  CHECK_FALSE(WebhookSecret::parse("whsec_"));
  CHECK_FALSE(WebhookSecret::parse("whsec_c2hvcnQ="));
  CHECK_FALSE(WebhookSecret::parse("whsec_" + std::string(100, 'A')));
  CHECK_FALSE(WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS*"));
}

TEST_CASE("a port is 1 to 65535, and a host that says itself to be private is told") {
  for (const char* url : {"https://a.example:0/", "https://a.example:99999", "https://a.example:",
                          "https://a.example:65536/", "https://a.example:8a"}) {
    INFO(url);
    CHECK_FALSE(parse_webhook_url(url).ok());
  }
  CHECK(parse_webhook_url("https://a.example:65535/hooks").ok());
  CHECK(parse_webhook_url("https://a.example:1").ok());
  for (const char* host : {"10.0.0.1", "127.0.0.1", "[::1]", "[fd00::1]", "localhost"}) {
    INFO(host);
    CHECK(is_private_host(host));
  }
  for (const char* host : {"a.example", "8.8.8.8", "[2606:4700:4700::1111]"}) {
    INFO(host);
    CHECK_FALSE(is_private_host(host));
  }
}

TEST_CASE("addresses of the internet may be called") {
  for (const std::string_view text :
       {"1.1.1.1", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1",
        "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8", "2002:808:808::1"}) {
    CHECK(is_public_text(text));
  }
}

TEST_CASE("whatever is behind the firewall is refused, in whatever clothes") {
  for (const std::string_view text : {"0.0.0.0",
                                      "0.1.2.3",
                                      "10.0.0.1",
                                      "100.64.0.1",
                                      "100.100.100.200",
                                      "127.0.0.1",
                                      "127.255.255.254",
                                      "169.254.169.254",
                                      "169.254.0.1",
                                      "172.16.0.1",
                                      "172.31.255.255",
                                      "192.168.1.1",
                                      "192.0.0.192",
                                      "192.0.2.1",
                                      "198.18.0.1",
                                      "198.19.255.255",
                                      "198.51.100.7",
                                      "203.0.113.9",
                                      "224.0.0.1",
                                      "239.255.255.250",
                                      "240.0.0.1",
                                      "255.255.255.255",
                                      "168.63.129.16",
                                      "::",
                                      "::1",
                                      "::ffff:127.0.0.1",
                                      "::ffff:10.1.2.3",
                                      "::127.0.0.1",
                                      "::8.8.8.8",
                                      "::ffff:169.254.169.254",
                                      "fe80::1",
                                      "febf::1",
                                      "fec0::1",
                                      "fc00::1",
                                      "fd00:ec2::254",
                                      "ff02::1",
                                      "64:ff9b::10.0.0.1",
                                      "64:ff9b::169.254.169.254",
                                      "64:ff9b:1::8.8.8.8",
                                      "2002:7f00:1::1",
                                      "2002:a00:1::1",
                                      "2001:0:53aa:64c::1",
                                      "2001:db8::1",
                                      "3fff::1",
                                      "100::1",
                                      "5f00::1",
                                      "4000::1",
                                      "::ffff:0:127.0.0.1"}) {
    CHECK_FALSE(is_public_text(text));
  }
}

TEST_CASE("an address to call is read strictly") {
  CHECK(parse_webhook_url("https://shop.example/hooks?a=b").value().host == "shop.example");
  CHECK(parse_webhook_url("https://shop.example").value().is_https);
  CHECK_FALSE(parse_webhook_url("http://127.0.0.1:8000/x").value().is_https);
  CHECK(parse_webhook_url("https://[2606:4700::1]:8443/x").value().host == "[2606:4700::1]");
  CHECK(parse_webhook_url("https://shop.example:65535").ok());
  for (const std::string_view url : {"",
                                     "shop.example",
                                     "ftp://shop.example/",
                                     "file:///etc/passwd",
                                     "https://",
                                     "https:///path",
                                     "https://user:secret@shop.example/",
                                     "https://shop.example/#part",
                                     "https://shop.example/a b",
                                     "https://shop.example:port/",
                                     "https://shop.example:/",
                                     "https://[::1",
                                     "https://[]/",
                                     "https://shop\\example/",
                                     "https://shop.example/\r\nX: y",
                                     "https://h\xc3\xa4ndler.example/",
                                     "HTTPS://shop.example/",
                                     "https://shop.example:1234567",
                                     "https://shop.example:65536",
                                     "https://shop.example:0",
                                     "https://shop.example:-1",
                                     "https://shop.example:80x"}) {
    INFO(url);
    CHECK(parse_webhook_url(url).status().code() == StatusCode::InvalidArgument);
  }
  CHECK_FALSE(parse_webhook_url("https://shop.example/" + std::string(1024, 'a')).ok());
  // A password that was mistaken for part of an address is not said again.
  CHECK(parse_webhook_url("https://u:secret@h/").status().message().find("secret") ==
        std::string::npos);
}

TEST_CASE("waits grow to hours, are spread over all of their length, and end after a day") {
  const RetrySchedule schedule;
  constexpr uint64_t kMost = ~uint64_t{0};
  CHECK(retry_wait_ms(schedule, 1, 0) == 0);
  int64_t longest = 0;
  for (int attempts = 1; attempts < 60; ++attempts) {
    int64_t most = 0;
    for (uint64_t random = 0; random < 2000; ++random) {
      const int64_t wait = retry_wait_ms(schedule, attempts, random * 0x9e3779b97f4a7c15 ^ kMost);
      CHECK(wait >= 0);
      CHECK(wait <= schedule.longest_ms);
      most = std::max(most, wait);
    }
    CHECK(most >= longest * 9 / 10);
    longest = std::max(longest, most);
  }
  CHECK(longest > schedule.longest_ms * 9 / 10);
  CHECK(endpoint_pause_ms(schedule, 1000, kMost) <= schedule.pause_longest_ms);
  CHECK_FALSE(is_given_up(schedule, 100, schedule.give_up_ms - 1));
  CHECK_FALSE(is_given_up(schedule, 9, schedule.give_up_ms * 10));
  CHECK(is_given_up(schedule, 10, schedule.give_up_ms));
}

}  // namespace
}  // namespace vitrine
