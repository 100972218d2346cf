// SPDX-License-Identifier: MIT
// What benchmarks of the whole server need around it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tests/bench/load_client.h"

namespace vitrine::bench {

// Options of a client whose device is enrolled in that data directory. Ends the process when that
// is not possible.
LoadOptions enrolled_load(const std::string& data);

// Body of GET `path` on a staff listener; "" when it did not answer 200.
std::string staff_get(uint16_t port, std::string_view path);
// A number of /metrics; -1 when it is not there.
double metric(uint16_t staff_port, std::string_view name);

}  // namespace vitrine::bench
