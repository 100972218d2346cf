// SPDX-License-Identifier: MIT
// vitrine-server: reads the command line, puts the parts together, serves.
#include <csignal>
#include <cstdio>

#include "server/front.h"
#include "server/options.h"

namespace vitrine {

namespace {

int fail(ServerExit code, const Status& status) {
  std::fprintf(stderr, "vitrine-server: %s\n", status.message().c_str());
  return static_cast<int>(code);
}

int serve(const ServerOptions& options) {
  Front front;
  WsServer::Options sockets;
  sockets.listen = {{ListenerKind::Public, options.listen},
                    {ListenerKind::Staff, options.staff_listen}};
  sockets.caps = {options.max_connections, options.max_per_address};
  sockets.handle_signals = true;
  Result<std::unique_ptr<WsServer>> server = WsServer::open(sockets, front);
  if (!server.ok()) return fail(ServerExit::CannotListen, server.status());
  WsServer& loop = *server.value();
  std::printf("public http://%s/\nstaff http://%s/\n",
              loop.address(ListenerKind::Public).to_string().c_str(),
              loop.address(ListenerKind::Staff).to_string().c_str());
  std::fflush(stdout);
  loop.run();
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
  return serve(options.value());
}
