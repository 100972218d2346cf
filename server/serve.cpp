// SPDX-License-Identifier: MIT
#include "server/serve.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>

#include "server/campaign_folder.h"
#include "server/crypto.h"
#include "server/front.h"
#include "server/server_clock.h"
#include "server/webhooks/webhook_service.h"

namespace vitrine {

namespace {

constexpr int64_t kWebhookPatienceMs = 15'000;

// Every socket is a descriptor; the usual 1024 would be the real limit.
void raise_descriptor_limit(size_t connections) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = connections + 256;
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = limit.rlim_max == RLIM_INFINITY ? wanted : std::min(limit.rlim_max, wanted);
  setrlimit(RLIMIT_NOFILE, &limit);
}

Result<StaffAuth> open_staff(const ServerOptions& options) {
  if (options.staff_listen.is_loopback()) return StaffAuth::open_to_all();
  Result<StaffAuth::Opened> opened = options.memory_store
                                         ? Result<StaffAuth::Opened>(StaffAuth::make_temporary())
                                         : StaffAuth::open(options.data);
  if (!opened.ok()) return opened.status();
  if (!opened.value().new_password.empty()) {
    std::printf("staff password %s (any user name; printed this once, kept as a hash)\n",
                opened.value().new_password.c_str());
  }
  return std::move(opened).value().auth;
}

void print_addresses(const WsServer& server, bool has_tls) {
  std::printf("public %s://%s/\nstaff http://%s/live\n", has_tls ? "https" : "http",
              server.address(ListenerKind::Public).to_string().c_str(),
              server.address(ListenerKind::Staff).to_string().c_str());
  std::fflush(stdout);
}

// None where nothing is kept: there is no ledger that a receiver could rely on.
Result<std::unique_ptr<WebhookService>> open_webhooks(
    const ServerOptions& options, const Storage& storage, const Clock& clock,
    const std::function<void(const std::string& line)>& log) {
  if (options.memory_store || storage.claims == nullptr || options.data.empty()) {
    return std::unique_ptr<WebhookService>();
  }
  Result<std::unique_ptr<WebhookBook>> book = WebhookBook::open(options.data);
  if (!book.ok()) return book.status();
  Result<std::unique_ptr<ClaimReader>> reader = storage.claims->open_reader();
  if (!reader.ok()) return reader.status();
  WebhookService::Parts parts;
  parts.clock = &clock;
  parts.book = std::move(book).value();
  parts.reader = std::move(reader).value();
  parts.limits.allow_private = options.allow_private_webhooks;
  parts.limits.whole_ms = kWebhookPatienceMs;
  parts.log = log;
  return std::make_unique<WebhookService>(std::move(parts));
}

// Whether what staff published can be read: without it prices would fall back to the files'.
Status read_published(Storage& storage) {
  return storage.console ? storage.console->newest().status() : Status();
}

int run(const ServerOptions& options, Storage& storage) {
  const ServerClock clock;
  const auto stop_seconds = static_cast<int>(options.stop_seconds);
  for (const std::string& missing : missing_folders(options)) {
    std::fprintf(stderr, "vitrine-server: %s\n", missing.c_str());
  }
  if (Status status = read_published(storage); !status.ok()) {
    return fail(ServerExit::CannotStore, status);
  }
  CampaignFolder campaigns(options.campaigns);
  for (const CampaignProblem& problem : campaigns.problems()) {
    std::fprintf(stderr, "vitrine-server: left out: %s", problem.text.c_str());
  }
  Result<StaffAuth> staff = open_staff(options);
  if (!staff.ok()) return fail(ServerExit::CannotStore, staff.status());
  Front::Parts parts;
  parts.clock = &clock;
  parts.store = storage.store.get();
  parts.registry = storage.registry.get();
  parts.campaigns = &campaigns;
  parts.tokens = storage.tokens;
  parts.staff = std::move(staff).value();
  parts.retention = options.retention;
  parts.claims = storage.claims.get();
  parts.console = storage.console.get();
  parts.voucher_key = storage.voucher_key;
  parts.holder_key = storage.holder_key;
  parts.public_url = options.public_url;
  parts.providers = options.providers;
  parts.allow_private_webhooks = options.allow_private_webhooks;
  parts.has_tls = !options.tls.certificate.empty();
  parts.origins.allowed = options.origins;
  parts.web = options.web;
  parts.authority = options.authority;
  parts.page_worker = options.page_worker;
  // A disk that does not answer must not keep the process: nothing unacknowledged is lost by this.
  parts.on_stop = [stop_seconds] { alarm(static_cast<unsigned>(stop_seconds)); };
  parts.log = [](const std::string& line) {
    std::fprintf(stderr, "vitrine-server: %s", line.c_str());
  };
  Result<std::unique_ptr<WebhookService>> webhooks =
      open_webhooks(options, storage, clock, parts.log);
  if (!webhooks.ok()) return fail(ServerExit::CannotStore, webhooks.status());
  if (const WebhookService* service = webhooks.value().get()) {
    parts.more_metrics = [service](std::string& out) {
      append_webhook_metrics(out, service->figures());
    };
  }
  WsServer::Options sockets;
  sockets.log = parts.log;
  sockets.proxies = options.proxies;
  if (!options.tls.certificate.empty()) sockets.tls = options.tls;
  Front front(std::move(parts), storage.counters);
  sockets.listen = {{ListenerKind::Public, options.listen},
                    {ListenerKind::Staff, options.staff_listen}};
  sockets.caps = {options.max_connections, options.max_per_address};
  sockets.stop_deadline_ms = stop_seconds * 600;
  Result<std::unique_ptr<WsServer>> server = WsServer::open(sockets, front);
  if (!server.ok()) return fail(ServerExit::CannotListen, server.status());
  front.attach(*server.value());
  server.value()->watch_signals();
  print_addresses(*server.value(), sockets.tls.has_value());
  server.value()->run();
  return static_cast<int>(ServerExit::Ok);
}

}  // namespace

int fail(ServerExit code, const Status& status) {
  std::fprintf(stderr, "vitrine-server: %s\n", status.message().c_str());
  return static_cast<int>(code);
}

int serve(const ServerOptions& options, const std::function<Result<Storage>()>& open_storage) {
  std::signal(SIGPIPE, SIG_IGN);
  if (!init_crypto()) {
    return fail(ServerExit::Internal, Status(StatusCode::Internal, "no random numbers here"));
  }
  raise_descriptor_limit(options.max_connections);
  Result<Storage> storage = open_storage();
  if (!storage.ok()) return fail(ServerExit::CannotStore, storage.status());
  if (storage.value().console == nullptr) {
    Result<std::unique_ptr<ConsoleStore>> console = ConsoleStore::open("");
    if (!console.ok()) return fail(ServerExit::CannotStore, console.status());
    storage.value().console = std::move(console).value();
  }
  return run(options, storage.value());
}

}  // namespace vitrine
