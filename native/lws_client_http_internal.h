// SPDX-License-Identifier: MIT
// The HTTP half of LwsClient: requests on their way. Service thread only.
#pragma once

#include <libwebsockets.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "native/lws_client.h"

namespace vitrine {

inline constexpr char kHttpProtocol[] = "http";
inline constexpr size_t kHttpPiece = 4096;

// A request on its way, on the service thread.
struct ClientExchange {
  HttpRequest request;
  LwsClient::HttpDone done;
  lws* wsi = nullptr;
  HttpResponse response;
  Status failed;
  bool told = false;
};

class ClientExchanges {
 public:
  // `host` names the server in what is told; `report` takes what has to run on the App's side.
  ClientExchanges(const std::string& host, std::function<void(std::function<void()>)> report)
      : host_(host), report_(std::move(report)) {}

  // `info`: to whom, as for any connection.
  void begin(const std::shared_ptr<ClientExchange>& exchange, lws_client_connect_info info);
  // What the library has to say of one of them; 0 for a connection that is none of them.
  int event(lws* wsi, lws_callback_reasons reason, void* in, size_t size);

 private:
  int event(ClientExchange& exchange, lws_callback_reasons reason, void* in, size_t size);
  int append_headers(ClientExchange& exchange, unsigned char** at, size_t room);
  int write_body(ClientExchange& exchange);
  int keep_piece(ClientExchange& exchange, const char* bytes, size_t size);
  void fail(ClientExchange& exchange, const std::string& why);
  void tell(ClientExchange& exchange);
  void forget(const ClientExchange& exchange);

  const std::string& host_;
  const std::function<void(std::function<void()>)> report_;
  std::vector<std::shared_ptr<ClientExchange>> held_;
};

}  // namespace vitrine
