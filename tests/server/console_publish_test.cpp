// SPDX-License-Identifier: MIT
// Publishing over a running server: what staff send, what screens get, what is refused and why.
#include <sodium.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "tests/server/console_asking.h"

using namespace vitrine;
using namespace vitrine::test;

namespace fs = std::filesystem;

namespace {

std::string told(const LiveServer& server, std::string_view path) {
  return part_of(ask(server.staff_port(), "GET /api/campaigns/lip-popup").body, path);
}

// As a header has it: of JSON, its quotes are escaped.
std::string seen_etag(const LiveServer& server) {
  const std::string body = ask(server.staff_port(), "GET /api/campaigns/lip-popup").body;
  JsonDocument document;
  return document.parse(body) ? std::string(*document.root().find("file_etag").string()) : "";
}

Answer take_file(uint16_t staff_port, int64_t base, const std::string& etag) {
  return act(staff_port, "/api/campaigns/lip-popup/take-file",
             "{\"base_version\":" + std::to_string(base) + "}",
             "Origin: http://127.0.0.1\r\nIf-Match: " + etag + "\r\n");
}

bool pool_is(LiveServer& server, int64_t stock, int64_t price) {
  return wait_until([&] {
    std::vector<Pool> pools;
    if (!std::move(server.claims().open_reader()).value()->read_pools(pools).ok()) return false;
    for (const Pool& pool : pools) {
      if (pool.pool == "lip-popup/true-red")
        return pool.stock == stock && pool.price.minor == price;
    }
    return false;
  });
}

// The sample campaign where it can be changed.
struct OwnCampaigns {
  TemporaryDirectory directory;
  int64_t age_s = 1000;

  OwnCampaigns() {
    fs::copy("assets/campaigns/lip-popup", fs::path(directory.path()) / "lip-popup",
             fs::copy_options::recursive);
  }
  fs::path file() const { return fs::path(directory.path()) / "lip-popup/campaign.json"; }
  std::string text() const {
    std::ifstream in(file());
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void replace(const std::string& from, const std::string& to) {
    std::string json = text();
    json.replace(json.find(from), from.size(), to);
    std::ofstream(file()) << json;
    fs::last_write_time(file(), fs::file_time_type::clock::now() - std::chrono::seconds(--age_s));
  }
};

}  // namespace

TEST_CASE("what is published reaches screens, pools and the list of versions") {
  LiveServer server;
  const uint16_t staff = server.staff_port();
  CHECK(told(server, "version") == "1");
  CHECK(told(server, "how") == "\"file\"");
  const std::string before = ask(server.port(), "GET /c/lip-popup/campaign.json").head;

  const Answer done = publish(staff, 1, R"({"true-red":{"stock":180,"offer":400}})");
  CHECK(done.status == 200);
  CHECK(part_of(done.body, "version") == "2");
  CHECK(shown(server.port(), "stock") == "180");
  CHECK(shown(server.port(), "price.offer") == "400");
  CHECK(ask(server.port(), "GET /c/lip-popup/campaign.json").head != before);
  CHECK(pool_is(server, 180, 400));
  CHECK(told(server, "versions.0.changes.0.before") == "\"200\"");
  CHECK(told(server, "versions.0.changes.0.after") == "\"180\"");
  CHECK(told(server, "versions.1.how") == "\"file\"");

  const Answer back =
      act(staff, "/api/campaigns/lip-popup/roll-back", R"({"base_version":2,"version":1})");
  CHECK(back.status == 200);
  CHECK(part_of(back.body, "version") == "3");
  CHECK(shown(server.port(), "stock") == "200");
  CHECK(shown(server.port(), "price.offer") == "500");
  CHECK(pool_is(server, 200, 500));
  const std::string log = ask(staff, "GET /api/audit").body;
  CHECK(part_of(log, "lines.0.act") == "\"roll_back\"");
  CHECK(part_of(log, "lines.1.act") == "\"publish\"");
  CHECK(part_of(log, "lines.1.detail.version") == "2");
  CHECK(part_of(log, "lines.1.detail.changes.0.before") == "\"200\"");
  CHECK(part_of(log, "lines.1.detail.changes.0.after") == "\"180\"");
  CHECK(part_of(log, "lines.1.detail.changes.1.field") == "\"offer\"");
  CHECK(part_of(log, "lines.1.detail.changes.1.currency") == "\"CNY\"");
}

TEST_CASE("who publishes on what somebody else has changed is told what, and changes nothing") {
  LiveServer server;
  const uint16_t staff = server.staff_port();
  REQUIRE(publish(staff, 1, R"({"true-red":{"stock":180}})").status == 200);
  const Answer late = publish(staff, 1, R"({"true-red":{"stock":500}})");
  CHECK(late.status == 409);
  CHECK(part_of(late.body, "error") == "\"conflict\"");
  CHECK(part_of(late.body, "current.version") == "2");
  CHECK(part_of(late.body, "changes.0.product") == "\"true-red\"");
  CHECK(part_of(late.body, "changes.0.after") == "\"180\"");
  CHECK(shown(server.port(), "stock") == "180");
  CHECK(act(staff, "/api/campaigns/lip-popup/roll-back", R"({"base_version":1,"version":1})")
            .status == 409);
  CHECK(take_file(staff, 1, seen_etag(server)).status == 409);
  const Answer other = act(staff, "/api/campaigns/lip-popup/publish",
                           R"({"base_version":2,"base_etag":"\"no\"","products":{}})");
  CHECK(other.status == 409);
}

TEST_CASE("every problem is told with its field and its cure, and nothing is published") {
  LiveServer server;
  const Answer bad = publish(server.staff_port(), 1,
                             R"({"true-red":{"stock":-1,"offer":9999},"jujube":{"amount":"much"},)"
                             R"("bare-tea":{"stock":1.5}})");
  CHECK(bad.status == 422);
  CHECK(part_of(bad.body, "error") == "\"problems\"");
  std::string problems;
  for (int i = 0; i < 4; ++i) {
    const std::string at = "problems." + std::to_string(i);
    problems += part_of(bad.body, at + ".product") + part_of(bad.body, at + ".field") +
                part_of(bad.body, at + ".code") + ";";
    CHECK(part_of(bad.body, at + ".message").size() > 4);
    CHECK(part_of(bad.body, at + ".cure").size() > 4);
    CHECK(part_of(bad.body, at + ".path").find("\"products[") == 0);
  }
  CHECK(part_of(bad.body, "problems.4").empty());
  CHECK(problems == R"("true-red""offer""out_of_range";"true-red""stock""out_of_range";)"
                    R"("bare-tea""stock""wrong_type";"jujube""amount""wrong_type";)");
  CHECK(told(server, "version") == "1");
  CHECK(shown(server.port(), "stock") == "200");
}

TEST_CASE("what cannot be understood is refused, and the server goes on") {
  LiveServer server;
  const uint16_t staff = server.staff_port();
  const std::string path = "/api/campaigns/lip-popup/publish";
  for (const std::string& body :
       {std::string("{"), std::string("[]"), std::string("{}"),
        std::string(R"({"base_version":"1"})"), std::string(R"({"base_version":1})"),
        std::string(R"({"base_version":1,"products":[]})"),
        std::string(R"({"base_version":1,"base_etag":7,"products":{}})"),
        std::string(R"({"base_version":1,"base_etag":null,"products":{}})"),
        std::string(R"({"base_version":1,"base_tag":"\"no\"","products":{}})"),
        std::string(R"({"base_version":1,"products":{"true-red":{"stok":1}}})"),
        std::string(R"({"base_version":1,"products":{"true-red":7}})"),
        std::string(R"({"base_version":1,"products":{"true-red":{"stock":{"a":1}}}})"),
        R"({"base_version":1,"products":{"true-red":{"stock":")" + std::string(200, '9') + "\"}}}",
        R"({"base_version":1,"products":)" + std::string(200, '[') + "}"}) {
    INFO(body);
    CHECK(act(staff, path, body).status == 400);
  }
  CHECK(act(staff, path, std::string(17000, ' ')).status == 413);
  CHECK(
      act(staff, "/api/campaigns/nothing/publish", R"({"base_version":1,"products":{}})").status ==
      404);
  CHECK(act(staff, "/api/campaigns/lip-popup/roll-back", R"({"base_version":1,"version":7})")
            .status == 404);
  for (const char* unmeant : {R"({"base_version":1,"version":1,"products":{}})",
                              R"({"base_version":1,"version":1,"base_etag":false})"}) {
    CHECK(act(staff, "/api/campaigns/lip-popup/roll-back", unmeant).status == 400);
  }
  CHECK(act(staff, "/api/campaigns/lip-popup/erase", "{}").status == 404);
  // A product that is not there changes nothing.
  CHECK(part_of(publish(staff, 1, R"({"none":{"stock":1}})").body, "version") == "1");
  CHECK(server.still_serves());
}

TEST_CASE("a foreign page cannot act with the staff's password") {
  LiveServerOptions options;
  options.staff_password = true;
  LiveServer server(options);
  const uint16_t staff = server.staff_port();
  // "anna:PASSWORD"
  const std::string text = "anna:" + server.staff_password();
  std::string base64(2 * text.size() + 4, '\0');
  sodium_bin2base64(base64.data(), base64.size(),
                    reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                    sodium_base64_VARIANT_ORIGINAL);
  const std::string allowed = "Authorization: Basic " + std::string(base64.c_str()) + "\r\n";
  const std::string origin = "Origin: http://127.0.0.1\r\n";
  const std::string body = R"({"base_version":1,"products":{"true-red":{"stock":1}}})";
  for (const std::string path :
       {"/api/campaigns/lip-popup/publish", "/api/stop", "/api/start", "/api/claims/void"}) {
    INFO(path);
    CHECK(act(staff, path, body, origin).status == 401);
    for (const std::string foreign :
         {"http://evil.example", "null", "http://127.0.0.1.evil.example", "http://127.0.0.1:1"}) {
      CHECK(act(staff, path, body, allowed + "Origin: " + foreign + "\r\n").status == 403);
    }
    for (const std::string form :
         {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data"}) {
      CHECK(ask(staff, "POST " + path, allowed + origin + "Content-Type: " + form + "\r\n", body)
                .status == 415);
    }
    CHECK(act(server.port(), path, body, allowed + origin).status != 200);
    CHECK(ask(staff, "GET " + path, allowed).status == 405);
  }
  CHECK(shown(server.port(), "stock") == "200");
  CHECK(act(staff, "/api/campaigns/lip-popup/publish", body, allowed + origin).status == 200);
  CHECK(shown(server.port(), "stock") == "1");
  const std::string log = ask(staff, "GET /api/audit", allowed).body;
  CHECK(part_of(log, "lines.0.actor") == "\"anna\"");
  CHECK(part_of(log, "lines.1").empty());
}

TEST_CASE("a file that is changed after publishing is shown and not served, until staff take it") {
  OwnCampaigns own;
  const TemporaryDirectory data;
  LiveServerOptions options;
  options.campaigns = own.directory.path();
  options.console_directory = data.path();
  const std::string original = own.text();
  LiveServer server(options);
  const uint16_t staff = server.staff_port();
  REQUIRE(publish(staff, 1, R"({"true-red":{"stock":180}})").status == 200);
  CHECK(own.text() == original);
  CHECK(told(server, "file_changed") == "false");

  own.replace("\"offer\": 500", "\"offer\": 300");
  REQUIRE(wait_until([&] { return told(server, "file_changed") == "true"; }));
  CHECK(shown(server.port(), "stock") == "180");
  CHECK(told(server, "file_changes.0.field") == "\"offer\"");
  CHECK(told(server, "file_changes.0.after") == "\"300\"");
  // Further editing does not hide it.
  REQUIRE(publish(staff, 2, R"({"true-red":{"stock":170}})").status == 200);
  CHECK(told(server, "file_changed") == "true");

  CHECK(take_file(staff, 3, seen_etag(server)).status == 200);
  CHECK(told(server, "version") == "4");
  CHECK(told(server, "file_changed") == "false");
  CHECK(part_of(ask(server.port(), "GET /c/lip-popup/campaign.json").body,
                "products.0.price.offer") == "300");
  CHECK(shown(server.port(), "stock") == "200");

  own.replace("\"products\"", "\"products");
  server.stop();
  // Broken on disk and started anew: what was published is served all the same.
  LiveServer again(options);
  CHECK(shown(again.port(), "stock") == "200");
  CHECK(told(again, "version") == "4");
  CHECK(told(again, "file_changed") == "true");
}

TEST_CASE("a file that is changed again while staff look at it is not taken unseen") {
  OwnCampaigns own;
  LiveServerOptions options;
  options.campaigns = own.directory.path();
  LiveServer server(options);
  const uint16_t staff = server.staff_port();
  REQUIRE(publish(staff, 1, R"({"true-red":{"stock":180}})").status == 200);
  own.replace("\"offer\": 500", "\"offer\": 300");
  REQUIRE(wait_until([&] { return told(server, "file_changed") == "true"; }));
  const std::string seen = seen_etag(server);
  own.replace("\"offer\": 300", "\"offer\": 1");
  REQUIRE(wait_until([&] { return seen_etag(server) != seen; }));

  for (const std::string& etag : {seen, std::string("\"no\""), std::string("*")}) {
    const Answer late = take_file(staff, 2, etag);
    CHECK(late.status == 412);
    CHECK(part_of(late.body, "error") == "\"file_changed\"");
  }
  // Who does not say what was seen has not looked.
  const Answer unseen = act(staff, "/api/campaigns/lip-popup/take-file", R"({"base_version":2})");
  CHECK(unseen.status == 428);
  CHECK(part_of(unseen.body, "error") == "\"no_if_match\"");
  CHECK(told(server, "version") == "2");
  CHECK(told(server, "products.0.offer") == "500");
  CHECK(take_file(staff, 2, seen_etag(server)).status == 200);
  CHECK(told(server, "products.0.offer") == "1");
}

TEST_CASE("published versions and a stop outlive a restart") {
  const TemporaryDirectory data;
  LiveServerOptions options;
  options.console_directory = data.path();
  {
    LiveServer server(options);
    REQUIRE(publish(server.staff_port(), 1, R"({"true-red":{"stock":180,"amount":7000}})").status ==
            200);
    REQUIRE(act(server.staff_port(), "/api/stop", "{}").status == 200);
  }
  LiveServer server(options);
  CHECK(shown(server.port(), "stock") == "180");
  CHECK(shown(server.port(), "price.amount") == "7000");
  CHECK(pool_is(server, 180, 500));
  CHECK(part_of(ask(server.staff_port(), "GET /api/claims").body, "stopped.actor") == "\"staff\"");
  CHECK(part_of(ask(server.staff_port(), "GET /api/claims").body, "pools.0.open") == "false");
}

TEST_CASE("the console is there for staff alone, and its files are") {
  LiveServer server;
  const uint16_t staff = server.staff_port();
  const Answer page = ask(staff, "GET /console");
  CHECK(page.status == 200);
  CHECK(page.has("script-src 'self'"));
  CHECK(ask(staff, "GET /console/console.css").has("text/css"));
  CHECK(ask(staff, "GET /console/main.js").has("text/javascript"));
  CHECK(ask(staff, "GET /console/main.ts").status == 404);
  CHECK(ask(staff, "GET /console/../../etc/passwd").status >= 400);
  CHECK(ask(staff, "GET /console", "Host: evil.example\r\n").status >= 400);
  CHECK(ask(server.port(), "GET /console").status == 404);
  CHECK(ask(server.port(), "GET /api/campaigns").status == 404);
  CHECK(ask(server.port(), "GET /api/claims").status == 404);
}
