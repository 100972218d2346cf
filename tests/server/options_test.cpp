// SPDX-License-Identifier: MIT
// The server's command line.
#include <catch2/catch.hpp>
#include <fstream>
#include <utility>

#include "server/options.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;

namespace {

Result<ServerOptions> parse(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"--data", "d"});
  return parse_server_options(arguments);
}

}  // namespace

TEST_CASE("interactions are kept 180 days unless the command line says otherwise") {
  CHECK(parse({}).value().retention.days_for("lip-popup") == 180);
  const ServerOptions options = parse({"--retention", "90", "--retention=lip-popup=30"}).value();
  CHECK(options.retention.days_for("lip-popup") == 30);
  CHECK(options.retention.days_for("spring") == 90);
}

TEST_CASE("a retention that is none is refused") {
  for (const char* text : {"", "0", "-1", "x", "30 days", "=30", "a=", "a=0", "99999999999"}) {
    INFO(text);
    CHECK_FALSE(parse({std::string("--retention=") + text}).ok());
  }
}

TEST_CASE("proxies that are trusted are numbers, one or more") {
  CHECK(parse({}).value().proxies.addresses.empty());
  const ServerOptions options =
      parse({"--trust-proxy", "127.0.0.1,::1", "--trust-proxy=10.0.0.9"}).value();
  CHECK(options.proxies.addresses.size() == 3);
  CHECK(options.proxies.trusts(*parse_peer_address("::1")));
  for (const char* text : {"", "nginx", "127.0.0.1,", "10.0.0.0/8", "127.0.0.1:80", "127.0.0.1 "}) {
    INFO(text);
    CHECK_FALSE(parse({std::string("--trust-proxy=") + text}).ok());
  }
}

TEST_CASE("a certificate needs its key and a key its certificate") {
  CHECK(parse({}).value().tls.certificate.empty());
  CHECK(parse({"--tls-certificate", "a", "--tls-key=b"}).value().tls.key == "b");
  CHECK_FALSE(parse({"--tls-certificate", "a"}).ok());
  CHECK_FALSE(parse({"--tls-key", "b"}).ok());
  CHECK_FALSE(parse({"--tls-certificate=", "--tls-key="}).ok());
}

TEST_CASE("a server that is asked to stop is gone after five seconds unless told otherwise") {
  CHECK(parse({}).value().stop_seconds == 5);
  CHECK(parse({"--stop-seconds", "90"}).value().stop_seconds == 90);
  CHECK_FALSE(parse({"--stop-seconds", "0"}).ok());
}

TEST_CASE("what is wrong is said of its option, and of its line in a configuration file") {
  const test::TemporaryDirectory folder;
  const std::string file = folder.path() + "/server.conf";
  std::ofstream(file) << "# the shop's\nlisten 0.0.0.0:80\n\nmax-connections many\n";
  const std::pair<std::vector<std::string>, std::string> kBad[] = {
      {{"--max-connections", "many"},
       "--max-connections many: not a whole number from 1 to 1000000"},
      {{"--max-per-address=0"}, "--max-per-address 0: not a whole number from 1 to 1000000"},
      {{"--max-connections", "99999999999999999999"},
       "--max-connections 99999999999999999999: not a"},
      {{"--stop-seconds", "86401"}, "--stop-seconds 86401: not a whole number from 1 to 86400"},
      {{"--listen", "shop:80"}, "--listen shop:80: not an address"},
      {{"--origin", "shop"}, "--origin shop: not an origin"},
      {{"--retention", "x"}, "--retention x: not a retention"},
      {{"--web", ""}, "--web needs a value"},
      {{"--web"}, "--web: needs a value"},
      {{"--memory-store=1"}, "--memory-store: takes no value"},
      {{"--fly"}, "--fly: no such option"},
      {{"--config", file}, file + ":4: max-connections many: not a whole number from 1 to 1000000"},
      {{"--config", folder.path()}, folder.path() + ": cannot be read"},
      {{"--config", file, "--config", file}, "--config: is given twice"},
  };
  for (const auto& [arguments, expected] : kBad) {
    const auto options = parse(arguments);
    REQUIRE_FALSE(options.ok());
    CAPTURE(options.status().message());
    CHECK(options.status().message().find(expected) == 0);
  }
}

TEST_CASE("a server without a place to keep things does not start") {
  CHECK_FALSE(parse_server_options({}).ok());
  CHECK(parse_server_options({"--memory-store"}).ok());
  CHECK(parse_server_options({"--help"}).ok());
}

TEST_CASE("pages have a worker unless they are to have none") {
  CHECK(parse_server_options({"--memory-store"}).value().page_worker);
  CHECK_FALSE(parse_server_options({"--memory-store", "--no-page-worker"}).value().page_worker);
}

TEST_CASE("folders that are not there yet are named, with their option") {
  const test::TemporaryDirectory there;
  CHECK(
      missing_folders(parse({"--campaigns", there.path(), "--web", there.path()}).value()).empty());
  CHECK(missing_folders(parse({}).value()).empty());
  const std::string typed = there.path() + "/campaing";
  std::ofstream(there.path() + "/file") << "a file";
  const std::vector<std::string> missing =
      missing_folders(parse({"--campaigns", typed, "--web", there.path() + "/file"}).value());
  REQUIRE(missing.size() == 2);
  CHECK(missing[0].find("--campaigns " + typed + ": no such folder") == 0);
  CHECK(missing[1].find("--web " + there.path() + "/file: no such folder") == 0);
}

TEST_CASE("a provider outside is named with its file, once, and plain http only where it may be") {
  const test::TemporaryDirectory directory;
  const std::string file = directory.path() + "/acme";
  const std::string secret = " whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n";
  const auto write = [&](const std::string& url) {
    std::ofstream(file) << "url " << url << "\nsend-secret" << secret << "receive-secret" << secret;
  };
  write("https://acme.example/v");
  const ServerOptions options = parse({"--provider", "acme=" + file}).value();
  REQUIRE(options.providers.size() == 1);
  CHECK(options.providers[0].name == "acme");
  CHECK_FALSE(options.allow_private_webhooks);
  for (const std::vector<std::string>& wrong :
       {std::vector<std::string>{"--provider", "acme"},
        {"--provider", "acme=" + file + ".none"},
        {"--provider", "sandbox=" + file},
        {"--provider", "acme=" + file, "--provider", "acme=" + file}}) {
    const auto refused = parse(wrong);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.status().message().rfind("--provider ", 0) == 0);
    CHECK(refused.status().message().find("MfKQ9r8") == std::string::npos);
  }
  write("http://127.0.0.1:9/v");
  CHECK(parse({"--provider", "acme=" + file}).status().message().find("--allow-private-webhooks") !=
        std::string::npos);
  CHECK(parse({"--provider", "acme=" + file, "--allow-private-webhooks"}).ok());
}
