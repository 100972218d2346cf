// SPDX-License-Identifier: MIT
// A whole server around a storage that somebody else opened: sockets, front, writer. The program
// opens SQLite or memory; a benchmark puts another store behind the very same server.
#pragma once

#include <functional>
#include <memory>

#include "engine/base/status.h"
#include "engine/rules/voucher_proof.h"
#include "server/claims/claim_store.h"
#include "server/claims/holder_token.h"
#include "server/options.h"
#include "server/staff/console_store.h"
#include "server/store/device_registry.h"
#include "server/store/store.h"
#include "server/tokens.h"

namespace vitrine {

struct Storage {
  std::unique_ptr<Store> store;
  std::unique_ptr<DeviceRegistry> registry;
  TokenMint tokens = TokenMint::temporary();
  StoreCounters counters;  // the store's, now
  std::unique_ptr<ClaimStore> claims;
  std::unique_ptr<ConsoleStore> console;  // null: one in memory is made
  rules::VoucherKey voucher_key{};
  HolderKey holder_key{};  // of phones, people and lines
};

// Prints "vitrine-server: " and the reason on stderr; returns the exit code.
int fail(ServerExit code, const Status& status);

// Opens the storage and serves until a signal; returns the exit code. Prints both addresses on
// stdout as soon as it listens. Called once, by main().
int serve(const ServerOptions& options, const std::function<Result<Storage>()>& open_storage);

}  // namespace vitrine
