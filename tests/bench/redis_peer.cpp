// SPDX-License-Identifier: MIT
//   redis_peer --redis-port N [--redis-connections N] [--redis-row fields|packed]
//              [--redis-marks memory|stored] SERVER-OPTION…
//
// vitrine-server with Redis Streams in SQLite's place: the same loop, decoding, validation, writer
// thread and deduplication. load_bench starts it.
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "server/options.h"
#include "server/serve.h"
#include "tests/bench/redis_store.h"

using namespace vitrine;
using namespace vitrine::bench;

namespace {

// Takes our own options out of `arguments`; false when one is not understood.
bool take_redis_options(std::vector<std::string>& arguments, RedisStoreOptions& redis) {
  std::vector<std::string> others;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& name = arguments[i];
    if (name.rfind("--redis-", 0) != 0) {
      others.push_back(name);
      continue;
    }
    if (++i == arguments.size()) return false;
    const std::string& value = arguments[i];
    if (name == "--redis-port") redis.port = static_cast<uint16_t>(std::atoi(value.c_str()));
    if (name == "--redis-connections") redis.connections = std::atoi(value.c_str());
    if (name == "--redis-row" && value == "fields") redis.row = RedisRow::Fields;
    if (name == "--redis-marks" && value == "stored") redis.marks = RedisMarks::Stored;
  }
  arguments = std::move(others);
  // What one MULTI holds cannot be spread.
  const bool fits = redis.marks == RedisMarks::InMemory || redis.connections == 1;
  return redis.port != 0 && redis.connections > 0 && fits;
}

Result<Storage> open_storage(const ServerOptions& options, const RedisStoreOptions& redis) {
  Storage storage;
  Result<std::unique_ptr<Store>> store = open_redis_store(redis);
  if (!store.ok()) return store.status();
  storage.store = std::move(store).value();
  Result<std::unique_ptr<DeviceRegistry>> registry = open_sqlite_device_registry(options.data);
  if (!registry.ok()) return registry.status();
  storage.registry = std::move(registry).value();
  return storage;
}

}  // namespace

int main(int count, char** values) {
  std::vector<std::string> arguments(values + 1, values + count);
  RedisStoreOptions redis;
  if (!take_redis_options(arguments, redis)) {
    return fail(ServerExit::Usage, Status(StatusCode::InvalidArgument, "see redis_peer.cpp"));
  }
  const Result<ServerOptions> options = parse_server_options(arguments);
  if (!options.ok()) return fail(ServerExit::Usage, options.status());
  return serve(options.value(), [&] { return open_storage(options.value(), redis); });
}
