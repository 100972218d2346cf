// SPDX-License-Identifier: MIT
// The server's command line.
#include <catch2/catch.hpp>

#include "server/options.h"

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

TEST_CASE("a server that is asked to stop is gone after five seconds unless told otherwise") {
  CHECK(parse({}).value().stop_seconds == 5);
  CHECK(parse({"--stop-seconds", "90"}).value().stop_seconds == 90);
  CHECK_FALSE(parse({"--stop-seconds", "0"}).ok());
}

TEST_CASE("a server without a place to keep things does not start") {
  CHECK_FALSE(parse_server_options({}).ok());
  CHECK(parse_server_options({"--memory-store"}).ok());
  CHECK(parse_server_options({"--help"}).ok());
}
