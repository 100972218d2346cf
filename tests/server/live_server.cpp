// SPDX-License-Identifier: MIT
#include "tests/server/live_server.h"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "engine/protocol/messages.h"
#include "server/crypto.h"

namespace vitrine::test {

namespace {

constexpr int64_t kNow = 1795297217803;

std::unique_ptr<DeviceRegistry> make_registry(const std::string& directory) {
  if (directory.empty()) return make_memory_device_registry();
  Result<std::unique_ptr<DeviceRegistry>> registry = open_sqlite_device_registry(directory);
  REQUIRE(registry.ok());
  return std::move(registry).value();
}

std::unique_ptr<ConsoleStore> make_console(const std::string& directory) {
  Result<std::unique_ptr<ConsoleStore>> console = ConsoleStore::open(directory);
  REQUIRE(console.ok());
  return std::move(console).value();
}

}  // namespace

std::string make_batch(const Id128& incarnation, uint64_t first, int rows) {
  std::string context;
  protocol::RowContext common;
  common.campaign = "lip-popup";
  common.scene = "wall";
  protocol::append_context_members(context, common);
  std::string out;
  protocol::BatchWriter writer(out, incarnation, first, kNow, false, context);
  for (int i = 0; i < rows; ++i) {
    writer.add_row("\"type\":\"button_activated\",\"time\":" + std::to_string(kNow - 1000 + i) +
                   ",\"data\":{\"button\":\"b" + std::to_string(first + uint64_t(i)) + "\"}");
  }
  writer.finish();
  return out;
}

LiveServer::LiveServer(LiveServerOptions options)
    : clock_(options.clock ? *options.clock : system_clock_),
      store_(options.make_store ? options.make_store() : make_memory_store(options.store)),
      claims_(options.make_claims ? options.make_claims() : make_memory_claim_store()),
      console_(make_console(options.console_directory)),
      registry_(make_registry(options.registry_directory)),
      campaigns_(options.campaigns),
      staff_registry_(
          options.registry_directory.empty() ? nullptr : make_registry(options.registry_directory)),
      device_(enrol_in(*registry_, "lobby-left", clock_)),
      has_tls_(options.tls.has_value()) {
  Front::Parts parts;
  parts.clock = &clock_;
  parts.store = store_.get();
  parts.registry = registry_.get();
  parts.campaigns = &campaigns_;
  parts.claims = claims_.get();
  parts.console = console_.get();
  parts.has_tls = options.tls.has_value();
  parts.origins.allowed = options.origins;
  parts.web = options.web;
  parts.authority = options.authority;
  parts.page_worker = options.page_worker;
  parts.log = options.log;
  parts.session_limits = options.session;
  parts.writer_limits = options.writer;
  if (options.staff_password) {
    StaffAuth::Opened opened = StaffAuth::make_temporary();
    password_ = opened.new_password;
    parts.staff = std::move(opened.auth);
  }
  front_ = std::make_unique<Front>(std::move(parts), StoreCounters());
  WsServer::Options sockets;
  sockets.listen = {{ListenerKind::Public, {"127.0.0.1", 0}},
                    {ListenerKind::Staff, {"127.0.0.1", 0}}};
  sockets.caps = options.caps;
  sockets.timeouts = options.timeouts;
  sockets.send_buffer = options.send_buffer;
  sockets.proxies = options.proxies;
  sockets.tls = options.tls;
  sockets.log = options.log;
  Result<std::unique_ptr<WsServer>> server = WsServer::open(sockets, *front_);
  REQUIRE(server.ok());
  server_ = std::move(server).value();
  front_->attach(*server_);
  thread_ = std::thread([this] { server_->run(); });
}

TestDevice LiveServer::enrol(const std::string& name) {
  REQUIRE(staff_registry_ != nullptr);
  return enrol_in(*staff_registry_, name, clock_);
}

void LiveServer::revoke(const std::string& name) {
  REQUIRE(staff_registry_ != nullptr);
  REQUIRE(staff_registry_->revoke(name, clock_.wall_ms()).ok());
}

LiveServer::~LiveServer() {
  stop();
}

void LiveServer::stop() {
  if (!thread_.joinable()) return;
  server_->stop();
  thread_.join();
}

RawClient LiveServer::connect(int receive_buffer) {
  RawClient client(port(), receive_buffer);
  if (has_tls_) client.start_tls();
  return client;
}

RawClient LiveServer::open_recording(const Id128& incarnation) {
  RawClient client = connect();
  REQUIRE(client.open_websocket());
  REQUIRE(client.send(make_text(device_.hello(client.nonce(), incarnation))));
  const std::optional<Frame> welcome = client.read_frame();
  REQUIRE(welcome);
  REQUIRE(welcome->payload.find("\"kind\":\"welcome\"") != std::string::npos);
  return client;
}

bool LiveServer::still_serves() {
  const Id128 incarnation = random_id();
  RawClient client = connect();
  if (!client.open_websocket()) return false;
  if (!client.send(make_text(device_.hello(client.nonce(), incarnation)))) return false;
  if (!client.read_frame()) return false;
  client.send(make_text(make_batch(incarnation, 1, 2)));
  const std::optional<Frame> ack = client.read_frame();
  return ack && ack->payload.find("\"mark\":2") != std::string::npos;
}

double LiveServer::metric(const std::string& name) {
  RawClient client(staff_port());
  client.send("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
  std::string body;
  if (client.read_response(&body) != 200) return -1;
  const size_t at = body.find("\n" + name + " ");
  return at == std::string::npos ? -1 : std::atof(body.c_str() + at + name.size() + 2);
}

}  // namespace vitrine::test
