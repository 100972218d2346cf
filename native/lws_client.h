// SPDX-License-Identifier: MIT
// The kiosk's network: one WebSocket to the server and small HTTP requests to it, by libwebsockets
// on a thread of its own. Bounded queues lie between that thread and the App's; neither waits for
// the other. Certificates are always checked.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "engine/platform/transport.h"
#include "native/server_address.h"

namespace vitrine {

struct HttpRequest {
  std::string path;       // "/c/lip-popup/campaign.json"
  std::string json_body;  // not empty: POST as application/json; else GET
  size_t max_bytes = 8u << 20;
};

struct HttpResponse {
  int status = 0;  // 200, 404, ...
  std::string body;
};

struct LwsClientOptions {
  ServerAddress server;
  std::string subprotocol = "vitrine.1";  // of the WebSocket
  // Certificates (PEM) to trust besides the system's; for a store's own authority. "": none.
  std::string ca_file;
  // Silence after which a ping is sent, and after which the connection counts as dead.
  uint16_t ping_seconds = 20;
  uint16_t dead_seconds = 40;
  uint32_t connect_timeout_seconds = 10;
};

class LwsClient : public Transport {
 public:
  using HttpDone = std::function<void(Result<HttpResponse>)>;

  static constexpr size_t kQueueBytes = 1u << 20;  // each way

  // Starts the thread. Unavailable when libwebsockets cannot start (no descriptors, bad ca_file).
  static Result<std::unique_ptr<LwsClient>> create(LwsClientOptions options);

  // Asks the same server. `done` runs exactly once, from poll(), unless the client is destroyed
  // first. Errors: Unavailable (no answer), ResourceExhausted (larger than max_bytes).
  virtual void request(HttpRequest request, HttpDone done) = 0;
};

}  // namespace vitrine
