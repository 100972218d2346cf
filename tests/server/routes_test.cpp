// SPDX-License-Identifier: MIT
// The table of routes: what it finds, and that docs/openapi.yaml describes exactly that.
#include "server/http/routes.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <set>
#include <string>

using namespace vitrine;

namespace {

std::string_view found(ListenerKind listener, std::string_view path) {
  const Route* route = find_route(listener, path);
  return route == nullptr ? "" : route->path;
}

std::string label(bool is_staff, std::string_view path) {
  return std::string(is_staff ? "staff " : "public ") + std::string(path);
}

// By listener and path, the methods of docs/openapi.yaml. It is read by its indentation.
std::map<std::string, std::set<std::string>> described() {
  std::map<std::string, std::set<std::string>> routes;
  std::ifstream file("docs/openapi.yaml");
  std::string line, path, method;
  while (std::getline(file, line) && line != "components:") {
    if (line.rfind("  /", 0) == 0) path = line.substr(2, line.rfind(':') - 2);
    if (line == "    get:" || line == "    post:") method = line.substr(4, line.size() - 5);
    const std::string tags = "      tags: [";
    if (line.rfind(tags, 0) != 0) continue;
    routes[label(line.find("staff") != std::string::npos, path)].insert(method);
  }
  return routes;
}

}  // namespace

TEST_CASE("docs/openapi.yaml describes every route of the table, and no other") {
  std::map<std::string, std::set<std::string>> table;
  for (const Route& route : all_routes()) {
    const bool is_staff = route.listener == ListenerKind::Staff;
    if (is_staff && route.path == "/") continue;  // told with /live
    std::set<std::string>& methods = table[label(is_staff, route.path)];
    if (route.allows(WebMethod::Get)) methods.insert("get");
    if (route.allows(WebMethod::Post)) methods.insert("post");
    CHECK(route.allows(WebMethod::Head) == route.allows(WebMethod::Get));
    CHECK_FALSE(route.allows(WebMethod::Other));
  }
  CHECK(table == described());
}

TEST_CASE("a path finds the first route that fits it, of its own listener alone") {
  const auto on_public = [](std::string_view path) { return found(ListenerKind::Public, path); };
  CHECK(on_public("/") == "/");
  CHECK(on_public("/c/lip-popup") == "/c/{campaign}");
  CHECK(on_public("/c/lip-popup/") == "/c/{campaign}/");
  CHECK(on_public("/c/lip-popup/campaign.json") == "/c/{campaign}/campaign.json");
  CHECK(on_public("/c/lip-popup/art/a.svg") == "/c/{campaign}/{file}");
  CHECK(on_public("/c/lip-popup/campaign.json/x") == "/c/{campaign}/{file}");
  CHECK(on_public("/c//") == "/{file}");
  CHECK(on_public("/live") == "/{file}");
  CHECK(on_public("/api/token") == "/api/token");
  CHECK(found(ListenerKind::Staff, "/live") == "/live");
  CHECK(found(ListenerKind::Staff, "/healthz").empty());
  CHECK(found(ListenerKind::Staff, "/live/").empty());
}

TEST_CASE("no file of the page answers for an interface") {
  CHECK(find_route(ListenerKind::Public, "/api/live") == nullptr);
  CHECK(find_route(ListenerKind::Public, "/api/") == nullptr);
  CHECK(find_route(ListenerKind::Public, "/api/token/x") == nullptr);
  CHECK(find_route(ListenerKind::Public, "") == nullptr);
  CHECK(find_route(ListenerKind::Public, "no-slash") == nullptr);
}
