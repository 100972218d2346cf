// SPDX-License-Identifier: MIT
#include "server/front.h"

#include "server/handshake.h"

namespace vitrine {

namespace {

class Greeter final : public WsSession {
 public:
  void on_text(std::string_view) override {}
  void on_tick() override {}
  void on_closed() override {}
  bool has_output() const override { return !greeted_; }
  void take_output(std::string& out) override {
    greeted_ = true;
    out = "{\"kind\":\"challenge\"}";
  }
  std::optional<CloseRequest> close_request() const override { return std::nullopt; }
  bool is_paused() const override { return false; }

 private:
  bool greeted_ = false;
};

}  // namespace

HttpResponse Front::on_http(const HttpRequest& request) {
  if (request.path == "/healthz") return text_response(RouteClass::Health, 200, "ok\n");
  return text_response(RouteClass::Error, 404, "not found\n");
}

std::optional<HttpResponse> Front::on_upgrade(const UpgradeRequest& request) {
  return check_handshake(request, {});
}

std::unique_ptr<WsSession> Front::on_open(const Opening&) { return std::make_unique<Greeter>(); }

}  // namespace vitrine
