// SPDX-License-Identifier: MIT
// A screen, and one shopper with a phone after the other before it: each scans, joins, agrees,
// follows and pays at the sandbox, on a thread of its own, whatever becomes of the server
// meanwhile. Remembers what each shopper was told; asserts nothing.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "engine/base/random.h"
#include "tests/server/claim_wire.h"
#include "tests/server/test_device.h"

namespace vitrine::test {

// What a shopper went away with.
struct VisitEnd {
  std::string member;  // as whom they followed
  std::string product;
  std::string holder;  // the phone's name, as it keeps it
  std::string code;    // of the voucher; "" without
  std::string reason;  // why there is none
};

class ClaimVisitor {
 public:
  // Begins at once. `port`: of the server that runs now.
  ClaimVisitor(TestDevice screen, const std::atomic<uint16_t>& port, uint64_t seed);
  ~ClaimVisitor();

  // The shopper who is there goes on to their end. stop() asks and waits.
  void ask_to_stop() { stopping_ = true; }
  void stop();

  // How often the server answered; any thread, at any time.
  uint64_t steps() const { return steps_; }
  // After stop().
  const std::vector<VisitEnd>& visits() const { return visits_; }
  uint64_t connections() const { return connections_; }
  // What ought never to be: "", or the first of it.
  const std::string& wrong() const { return wrong_; }

 private:
  struct Shopper {
    VisitEnd end;
    Id128 session, join_key, agree_key;
    bool joined = false;  // a ticket was sent
    bool gives_up = false;
  };

  void run();
  void receive(Shopper& shopper);
  bool seat_screen();
  bool seat_phone(Shopper& shopper);
  bool show_ticket(const Shopper& shopper);
  // One step of the story from where the phone says that it is; false: the connection was lost.
  bool go_on(Shopper& shopper);
  bool join(Shopper& shopper);
  bool visit_page(protocol::ClaimKind kind, const std::string& form);
  bool is_over(Shopper& shopper);
  bool count(bool answered);

  const TestDevice device_;
  const std::atomic<uint16_t>& port_;
  Random random_;
  std::unique_ptr<ClaimWire> screen_, phone_;
  std::vector<VisitEnd> visits_;
  std::string wrong_;
  uint64_t connections_ = 0;
  std::atomic<uint64_t> steps_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace vitrine::test
