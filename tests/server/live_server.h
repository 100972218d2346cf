// SPDX-License-Identifier: MIT
// The whole server in this process, on free loopback ports, and devices that may record there.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/claims/memory_claim_store.h"
#include "server/front.h"
#include "server/server_clock.h"
#include "server/store/memory_store.h"
#include "tests/server/raw_client.h"
#include "tests/server/test_device.h"

namespace vitrine::test {

// `rows` good rows of one incarnation, from `first`.
std::string make_batch(const Id128& incarnation, uint64_t first, int rows);

struct LiveServerOptions {
  WsTimeouts timeouts;
  ConnectionCaps caps;
  int send_buffer = 0;
  TrustedProxies proxies;
  std::optional<TlsFiles> tls;
  std::string authority;
  bool page_worker = true;
  SessionLimits session;
  WriterLimits writer;
  MemoryStoreOptions store;
  std::function<std::unique_ptr<Store>()> make_store;        // instead of the memory store
  std::function<std::unique_ptr<ClaimStore>()> make_claims;  // likewise
  std::string web;
  std::string registry_directory;  // "": in memory
  std::string console_directory;   // likewise
  std::string campaigns = "assets/campaigns";
  bool staff_password = false;
  std::vector<std::string> origins;
  std::function<void(const std::string& line)> log;  // on the loop's thread
  const Clock* clock = nullptr;                      // instead of the system's; outlives the server
};

class LiveServer {
 public:
  explicit LiveServer(LiveServerOptions options = {});
  ~LiveServer();

  uint16_t port() const { return server_->address(ListenerKind::Public).port; }
  uint16_t staff_port() const { return server_->address(ListenerKind::Staff).port; }
  const TestDevice& device() const { return device_; }
  const std::string& staff_password() const { return password_; }
  Store& store() { return *store_; }
  ClaimStore& claims() { return *claims_; }

  // As by `vitrine device`, by a connection of their own: needs registry_directory. The loop sees
  // it within a second.
  void revoke(const std::string& name);
  TestDevice enrol(const std::string& name);
  // A connection, by TLS where the server speaks it.
  RawClient connect(int receive_buffer = 0);
  // A connection of device() that has been welcomed.
  RawClient open_recording(const Id128& incarnation);
  // Whether a good client can record right now: the question after every bad one.
  bool still_serves();
  void stop();
  // A number of /metrics; -1 when it is not there.
  double metric(const std::string& name);

 private:
  ServerClock system_clock_;
  const Clock& clock_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<ClaimStore> claims_;
  std::unique_ptr<ConsoleStore> console_;
  std::unique_ptr<DeviceRegistry> registry_;
  CampaignFolder campaigns_;
  std::unique_ptr<DeviceRegistry> staff_registry_;  // another connection; null: in memory
  TestDevice device_;
  bool has_tls_;
  std::string password_;
  std::unique_ptr<Front> front_;
  std::unique_ptr<WsServer> server_;
  std::thread thread_;
};

}  // namespace vitrine::test
