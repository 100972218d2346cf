// SPDX-License-Identifier: MIT
// vitrine-server: reads the command line, puts the parts together, serves.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "server/campaign_folder.h"
#include "server/crypto.h"
#include "server/front.h"
#include "server/options.h"
#include "server/server_clock.h"
#include "server/store/memory_store.h"
#include "server/store/sqlite_store.h"

namespace vitrine {

namespace {

int fail(ServerExit code, const Status& status) {
  std::fprintf(stderr, "vitrine-server: %s\n", status.message().c_str());
  return static_cast<int>(code);
}

// Every socket is a descriptor; the usual 1024 would be the real limit.
void raise_descriptor_limit(size_t connections) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = connections + 256;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : std::min(limit.rlim_max, wanted);
  setrlimit(RLIMIT_NOFILE, &limit);
}

struct Storage {
  std::unique_ptr<Store> store;
  std::unique_ptr<DeviceRegistry> registry;
  TokenMint tokens = TokenMint::temporary();
  StoreCounters counters;
};

Result<Storage> open_storage(const ServerOptions& options) {
  Storage storage;
  if (options.memory_store) {
    storage.store = make_memory_store();
    storage.registry = make_memory_device_registry();
    return storage;
  }
  SqliteStoreOptions sqlite;
  sqlite.directory = options.data;
  Result<std::unique_ptr<Store>> store = open_sqlite_store(sqlite);
  if (!store.ok()) return store.status();
  storage.store = std::move(store).value();
  Result<std::unique_ptr<DeviceRegistry>> registry = open_sqlite_device_registry(options.data);
  if (!registry.ok()) return registry.status();
  storage.registry = std::move(registry).value();
  Result<TokenMint> tokens = TokenMint::open(options.data);
  if (!tokens.ok()) return tokens.status();
  storage.tokens = std::move(tokens).value();
  Result<std::unique_ptr<StoreReader>> reader = storage.store->open_reader();
  if (!reader.ok()) return reader.status();
  Result<StoreCounters> counters = reader.value()->counters();
  if (!counters.ok()) return counters.status();
  storage.counters = std::move(counters).value();
  return storage;
}

Result<StaffAuth> open_staff(const ServerOptions& options) {
  if (options.staff_listen.is_loopback()) return StaffAuth::open_to_all();
  Result<StaffAuth::Opened> opened =
      options.memory_store ? Result<StaffAuth::Opened>(StaffAuth::make_temporary())
                           : StaffAuth::open(options.data);
  if (!opened.ok()) return opened.status();
  if (!opened.value().new_password.empty()) {
    std::printf("staff password %s (any user name; printed this once, kept as a hash)\n",
                opened.value().new_password.c_str());
  }
  return std::move(opened).value().auth;
}

void print_addresses(const WsServer& server) {
  std::printf("public http://%s/\nstaff http://%s/live\n",
              server.address(ListenerKind::Public).to_string().c_str(),
              server.address(ListenerKind::Staff).to_string().c_str());
  std::fflush(stdout);
}

int serve(const ServerOptions& options) {
  const ServerClock clock;
  Result<Storage> storage = open_storage(options);
  if (!storage.ok()) return fail(ServerExit::CannotStore, storage.status());
  CampaignFolder campaigns(options.campaigns);
  for (const CampaignProblem& problem : campaigns.problems()) {
    std::fprintf(stderr, "vitrine-server: left out: %s", problem.text.c_str());
  }
  Result<StaffAuth> staff = open_staff(options);
  if (!staff.ok()) return fail(ServerExit::CannotStore, staff.status());
  Front::Parts parts;
  parts.clock = &clock;
  parts.store = storage.value().store.get();
  parts.registry = storage.value().registry.get();
  parts.campaigns = &campaigns;
  parts.tokens = storage.value().tokens;
  parts.staff = std::move(staff).value();
  parts.retention = options.retention;
  parts.origins.allowed = options.origins;
  parts.web = options.web;
  // A disk that does not answer must not keep the process: nothing unacknowledged is lost by this.
  parts.on_stop = [&options] { alarm(static_cast<unsigned>(options.stop_seconds)); };
  parts.log = [](const std::string& line) {
    std::fprintf(stderr, "vitrine-server: %s", line.c_str());
  };
  Front front(std::move(parts), storage.value().counters);
  WsServer::Options sockets;
  sockets.listen = {{ListenerKind::Public, options.listen},
                    {ListenerKind::Staff, options.staff_listen}};
  sockets.caps = {options.max_connections, options.max_per_address};
  Result<std::unique_ptr<WsServer>> server = WsServer::open(sockets, front);
  if (!server.ok()) return fail(ServerExit::CannotListen, server.status());
  front.attach(*server.value());
  server.value()->watch_signals();
  print_addresses(*server.value());
  server.value()->run();
  return static_cast<int>(ServerExit::Ok);
}

}  // namespace

}  // namespace vitrine

int main(int count, char** values) {
  using namespace vitrine;
  std::signal(SIGPIPE, SIG_IGN);
  const Result<ServerOptions> options =
      parse_server_options(std::vector<std::string>(values + 1, values + count));
  if (!options.ok()) return fail(ServerExit::Usage, options.status());
  switch (options.value().action) {
    case ServerOptions::Action::Help: std::fputs(server_help().data(), stdout); return 0;
    case ServerOptions::Action::Version: std::puts("vitrine-server " VITRINE_VERSION); return 0;
    case ServerOptions::Action::Serve: break;
  }
  if (!init_crypto()) {
    return fail(ServerExit::Internal, Status(StatusCode::Internal, "no random numbers here"));
  }
  raise_descriptor_limit(options.value().max_connections);
  return serve(options.value());
}
