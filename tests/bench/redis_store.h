// SPDX-License-Identifier: MIT
// Redis Streams behind the server's own store seam, for comparing: an append is one XADD an
// interaction, pipelined, and returns when Redis has answered all of them. With `appendfsync
// always` Redis answers after its fdatasync, so that the server acknowledges what is on the disk,
// as with SQLite.
//
// Only what a benchmark asks for: no reader, no retention, no rows for comparing resends.
#pragma once

#include <cstdint>
#include <memory>

#include "server/store/store.h"

namespace vitrine::bench {

enum class RedisRow : uint8_t {
  Fields,  // a field for each of a row's columns
  Packed,  // one field that holds them all, as a JSON object: less for Redis to take apart
};

enum class RedisMarks : uint8_t {
  InMemory,  // a restart forgets what was stored: the server's promise does not hold
  Stored,    // rows and marks in one MULTI: nothing is stored twice after a restart either
};

struct RedisStoreOptions {
  uint16_t port = 0;
  int connections = 1;  // over which a group is spread; Stored wants one
  RedisRow row = RedisRow::Packed;
  RedisMarks marks = RedisMarks::InMemory;
};

Result<std::unique_ptr<Store>> open_redis_store(const RedisStoreOptions& options);

}  // namespace vitrine::bench
