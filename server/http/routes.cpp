// SPDX-License-Identifier: MIT
#include "server/http/routes.h"

#include <algorithm>
#include <iterator>

namespace vitrine {

namespace {

constexpr std::string_view kReads = "GET, HEAD";
constexpr std::string_view kPosts = "POST";
constexpr ListenerKind kPublic = ListenerKind::Public;
constexpr ListenerKind kStaff = ListenerKind::Staff;

constexpr Route kRoutes[] = {
    {kPublic, "/", kReads},
    {kPublic, "/index.html", kReads},
    {kPublic, "/healthz", kReads},
    {kPublic, "/authority.crt", kReads},
    {kPublic, "/ws", kReads},
    {kPublic, "/api/token", "POST"},
    {kPublic, "/api/enrol", "POST"},
    {kPublic, "/c/{campaign}", kReads},
    {kPublic, "/c/{campaign}/", kReads},
    {kPublic, "/c/{campaign}/campaign.json", kReads},
    {kPublic, "/c/{campaign}/manifest.webmanifest", kReads},
    {kPublic, "/c/{campaign}/split.html", kReads},
    {kPublic, "/c/{campaign}/sw.js", kReads},
    {kPublic, "/c/{campaign}/{file}", kReads},
    {kPublic, "/labs/tracker", kReads},
    {kPublic, kProviderEventsRoute, "POST"},
    {kPublic, kProviderRoute, "GET, HEAD, POST"},
    {kPublic, "/{file}", kReads},
    {kStaff, "/", kReads},
    {kStaff, "/live", kReads},
    {kStaff, "/live.css", kReads},
    {kStaff, "/live.js", kReads},
    {kStaff, "/api/live", kReads},
    {kStaff, "/console", kReads},
    {kStaff, "/console/{file}", kReads},
    {kStaff, "/api/campaigns", kReads},
    {kStaff, "/api/campaigns/{campaign}", kReads},
    {kStaff, "/api/campaigns/{campaign}/publish", kPosts},
    {kStaff, "/api/campaigns/{campaign}/roll-back", kPosts},
    {kStaff, "/api/campaigns/{campaign}/take-file", kPosts},
    {kStaff, "/api/claims", kReads},
    {kStaff, "/api/claims/find", kPosts},
    {kStaff, "/api/claims/void", kPosts},
    {kStaff, "/api/screens", kReads},
    {kStaff, "/api/audit", kReads},
    {kStaff, "/api/stop", kPosts},
    {kStaff, "/api/start", kPosts},
    {kStaff, "/metrics", kReads},
    {kStaff, "/api/docs", kReads},
    {kStaff, "/api/openapi.yaml", kReads},
};

// Files of the page, whatever they are called, never answer for an interface.
constexpr std::string_view kInterfaces[] = {"/api/", "/provider/"};

std::string_view take_segment(std::string_view& path) {
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

bool fits(std::string_view pattern, std::string_view path) {
  while (!pattern.empty()) {
    if (pattern.front() == '{') {
      const std::string_view name = take_segment(pattern);
      if (name == "{file}") return !path.empty();
      if (take_segment(path).empty()) return false;
    } else {
      if (path.empty() || path.front() != pattern.front()) return false;
      pattern.remove_prefix(1);
      path.remove_prefix(1);
    }
  }
  return path.empty();
}

std::string_view name_of(WebMethod method) {
  switch (method) {
    case WebMethod::Get:
      return "GET";
    case WebMethod::Head:
      return "HEAD";
    case WebMethod::Post:
      return "POST";
    case WebMethod::Other:
      break;
  }
  return "other";
}

}  // namespace

bool Route::allows(WebMethod method) const {
  return methods.find(name_of(method)) != std::string_view::npos;
}

std::span<const Route> all_routes() {
  return kRoutes;
}

const Route* find_route(ListenerKind listener, std::string_view path) {
  const bool is_interface =
      std::any_of(std::begin(kInterfaces), std::end(kInterfaces),
                  [&](std::string_view begin) { return path.rfind(begin, 0) == 0; });
  for (const Route& route : kRoutes) {
    if (route.listener != listener || (is_interface && route.path == "/{file}")) continue;
    if (fits(route.path, path)) return &route;
  }
  return nullptr;
}

}  // namespace vitrine
