// SPDX-License-Identifier: MIT
// Everything between the sockets and the store: routes, sessions, limits.
#pragma once

#include <memory>

#include "server/ws_server.h"

namespace vitrine {

class Front final : public WsHandler {
 public:
  HttpResponse on_http(const HttpRequest& request) override;
  std::optional<HttpResponse> on_upgrade(const UpgradeRequest& request) override;
  std::unique_ptr<WsSession> on_open(const Opening& opening) override;
  void on_wake() override {}
  void on_tick() override {}
  void on_stop() override {}
};

}  // namespace vitrine
