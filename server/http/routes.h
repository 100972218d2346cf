// SPDX-License-Identifier: MIT
// Which paths exist, and which methods each takes. What stands here is answered, and described in
// docs/openapi.yaml; a test holds the two together.
#pragma once

#include <span>
#include <string_view>

#include "server/http/http.h"

namespace vitrine {

struct Route {
  ListenerKind listener;
  // As docs/openapi.yaml writes it: "/c/{campaign}/". A {name} is one segment that is not empty;
  // {file}, at the end, is all that is left.
  std::string_view path;
  // For Allow: "GET, HEAD".
  std::string_view methods;

  bool allows(WebMethod method) const;
};

// A provider answers these itself (server/providers/provider.h).
inline constexpr std::string_view kProviderRoute = "/provider/{provider}/{file}";

// What a provider outside of the server tells (docs/providers.md).
inline constexpr std::string_view kProviderEventsRoute = "/provider/{provider}/events";

std::span<const Route> all_routes();

// Null: nothing is there. The first that fits, in the table's order.
const Route* find_route(ListenerKind listener, std::string_view path);

}  // namespace vitrine
