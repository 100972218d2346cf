// SPDX-License-Identifier: MIT
// The one table of security headers. docs/security.md repeats it and a test compares the two.
#pragma once

#include <string_view>
#include <vector>

#include "server/http/http.h"

namespace vitrine {

struct SecurityHeader {
  std::string_view name;
  std::string_view value;
};

// Sent with every response of the route class, errors of a route included.
const std::vector<SecurityHeader>& security_headers(RouteClass route);

std::string_view route_class_name(RouteClass route);

}  // namespace vitrine
