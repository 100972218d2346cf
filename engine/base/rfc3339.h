// SPDX-License-Identifier: MIT
// Times as people and other programs write them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vitrine {

// "2026-11-21T18:46:05.120Z"; 24 bytes. `time_ms`: milliseconds since 1970 UTC. Expects: within the
// years 1970 to 9999.
void append_rfc3339(std::string& out, int64_t time_ms);
// Nothing when it is not RFC 3339 or outside 1970..9999. Fractions beyond milliseconds are cut.
std::optional<int64_t> parse_rfc3339(std::string_view text);

}  // namespace vitrine
