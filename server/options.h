// SPDX-License-Identifier: MIT
// The command line of vitrine-server.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "server/forwarded.h"
#include "server/listen_address.h"
#include "server/providers/provider_settings.h"
#include "server/store/store.h"
#include "server/tls_certificate.h"

namespace vitrine {

// Exit codes, also in --help.
enum class ServerExit : int {
  Ok = 0,
  Usage = 2,         // the command line or the configuration file
  CannotListen = 3,  // an address is taken or not ours, a certificate cannot be used
  CannotStore = 4,   // the data directory is locked, damaged or not writable
  Internal = 5,
};

struct ServerOptions {
  enum class Action { Serve, Help, Version };

  Action action = Action::Serve;
  ListenAddress listen{"127.0.0.1", 8080};
  ListenAddress staff_listen{"127.0.0.1", 8081};
  std::string data;       // directory; required unless memory_store
  std::string campaigns;  // directory; "": none
  std::string web;        // directory of the page; "": none
  TlsFiles tls;           // of the public listener; "": plain HTTP
  std::string authority;  // PEM file that /authority.crt offers; "": none
  TrustedProxies proxies;
  std::vector<std::string> origins;
  std::string public_url;  // "https://shop.example", without a slash at its end; "": as asked
  RetentionPolicy retention;
  bool page_worker = true;  // pages get a service worker; false: those that have one lose it
  bool memory_store = false;
  bool new_claims = false;  // a lost store of claims may begin anew
  std::vector<ProviderSettings> providers;
  bool allow_private_webhooks = false;  // others are called by plain http and at private addresses
  size_t max_connections = 20000;
  size_t max_per_address = 6000;
  size_t stop_seconds = 5;
};

// `arguments` without the program's name. A --config FILE holds the same options, one a line,
// without the dashes ("listen 0.0.0.0:80"); what stands on the command line wins.
Result<ServerOptions> parse_server_options(const std::vector<std::string>& arguments);

// What to tell whoever starts it: folders that an option names and that are not there. No reason
// not to serve: the page may still be building, a volume be mounted later.
std::vector<std::string> missing_folders(const ServerOptions& options);

std::string_view server_help();

}  // namespace vitrine
