// SPDX-License-Identifier: MIT
// One round of load on one server, and what it cost.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "tests/bench/load_client.h"

namespace vitrine::bench {

struct Measured {
  bool ok = false;
  double rows_per_second = 0;
  double cpu_us_per_frame = 0;  // of all processes that serve, together
  double client_us_per_frame = 0;
  double rows_per_commit = 0;  // 0: nobody counts
  double p50_ms = 0, p99_ms = 0;
  double kib_per_connection = 0;  // of the first process
};

struct Load {
  int connections = 100;
  int active = 100;
  int window = 8;
};

// vitrine-server as it is shipped.
Measured measure_vitrine(const Load& load);

// The same server with Redis behind it; `peer_options` as redis_peer takes them. Not ok when this
// build has no redis_peer or there is no redis-server.
Measured measure_behind_server(const Load& load, const std::vector<std::string>& peer_options);

// The same client's rows as XADD straight to Redis.
Measured measure_redis_alone();

// False: built without libhiredis-dev.
bool has_redis_peer();

}  // namespace vitrine::bench
