// SPDX-License-Identifier: MIT
// vitrine-server: reads the command line, opens the storage, serves.
#include <cstdio>

#include "server/claims/claim_keys.h"
#include "server/claims/memory_claim_store.h"
#include "server/claims/sqlite_claim_store.h"
#include "server/crypto.h"
#include "server/options.h"
#include "server/serve.h"
#include "server/store/memory_store.h"
#include "server/store/sqlite_device_registry.h"
#include "server/store/sqlite_files.h"
#include "server/store/sqlite_store.h"

namespace vitrine {

namespace {

Status open_claims(const ServerOptions& options, Storage& storage) {
  std::vector<std::string> notes;
  Status status = check_claims_are_there(options.data, options.new_claims, notes);
  if (!status.ok()) return status;
  SqliteClaimStoreOptions claims_options;
  claims_options.directory = options.data;
  Result<std::unique_ptr<ClaimStore>> claims = open_sqlite_claim_store(claims_options);
  if (!claims.ok()) return claims.status();
  storage.claims = std::move(claims).value();
  const Result<ClaimKeys> keys = open_claim_keys(options.data, notes);
  if (!keys.ok()) return keys.status();
  storage.voucher_key = keys.value().voucher;
  storage.holder_key = keys.value().holder;
  for (const std::string& note : notes) std::fprintf(stderr, "vitrine-server: %s\n", note.c_str());
  return {};
}

Result<Storage> open_storage(const ServerOptions& options) {
  Storage storage;
  if (options.memory_store) {
    storage.store = make_memory_store();
    storage.registry = make_memory_device_registry();
    storage.claims = make_memory_claim_store();
    random_bytes(storage.voucher_key.data(), storage.voucher_key.size());
    random_bytes(storage.holder_key.data(), storage.holder_key.size());
    return storage;
  }
  SqliteStoreOptions sqlite;
  sqlite.directory = options.data;
  Result<std::unique_ptr<Store>> store = open_sqlite_store(sqlite);
  if (!store.ok()) return store.status();
  storage.store = std::move(store).value();
  Result<std::unique_ptr<DeviceRegistry>> registry =
      open_sqlite_device_registry(options.data, kLoopBusyMs);
  if (!registry.ok()) return registry.status();
  storage.registry = std::move(registry).value();
  Result<TokenMint> tokens = TokenMint::open(options.data);
  if (!tokens.ok()) return tokens.status();
  storage.tokens = std::move(tokens).value();
  if (Status status = open_claims(options, storage); !status.ok()) return status;
  Result<std::unique_ptr<ConsoleStore>> console = ConsoleStore::open(options.data);
  if (!console.ok()) return console.status();
  storage.console = std::move(console).value();
  Result<std::unique_ptr<StoreReader>> reader = storage.store->open_reader();
  if (!reader.ok()) return reader.status();
  Result<StoreCounters> counters = reader.value()->counters();
  if (!counters.ok()) return counters.status();
  storage.counters = std::move(counters).value();
  return storage;
}

}  // namespace

}  // namespace vitrine

int main(int count, char** values) {
  using namespace vitrine;
  const Result<ServerOptions> options =
      parse_server_options(std::vector<std::string>(values + 1, values + count));
  if (!options.ok()) return fail(ServerExit::Usage, options.status());
  switch (options.value().action) {
    case ServerOptions::Action::Help:
      std::fputs(server_help().data(), stdout);
      return 0;
    case ServerOptions::Action::Version:
      std::puts("vitrine-server " VITRINE_VERSION);
      return 0;
    case ServerOptions::Action::Serve:
      break;
  }
  return serve(options.value(), [&options] { return open_storage(options.value()); });
}
