// SPDX-License-Identifier: MIT
// Many connections on one thread, each with so many frames in flight: devices of vitrine.1, or the
// same rows as pipelined XADD to Redis. One client for both, so that the two can be compared.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/id128.h"

namespace vitrine::bench {

enum class Target : uint8_t { Vitrine, Redis };

struct LoadOptions {
  Target target = Target::Vitrine;
  uint16_t port = 0;
  int connections = 100;
  int active = 100;            // the first so many record, the others are welcomed and stay silent
  int window = 8;              // frames in flight a connection
  int rows = 10;               // a frame
  double rows_per_second = 0;  // of all connections together at most; 0: as fast as it goes
  std::string device = "load";
  std::array<uint8_t, 64> secret_key{};
};

struct LoadResult {
  double seconds = 0;
  uint64_t frames = 0;
  std::vector<float> latencies_ms;  // frame sent to frame acknowledged, sorted
  int failed = 0;                   // connections that ended

  double percentile_ms(double part) const;
};

class LoadClient {
 public:
  explicit LoadClient(const LoadOptions& options);
  ~LoadClient();

  // Connects everybody; false when not all were welcomed within a minute.
  bool connect_all();
  // Records for so long. May be called again.
  LoadResult run(double seconds);
  // Since the client was made; from any thread.
  uint64_t acknowledged_rows() const { return acknowledged_rows_; }

 private:
  enum class State : uint8_t { Handshake, Challenge, Welcome, Ready, Dead };
  struct Connection {
    int socket = -1;
    State state = State::Handshake;
    bool active = false;
    Id128 incarnation;
    uint64_t sent = 0;  // frames
    uint64_t acked = 0;
    uint64_t replies = 0;  // Redis
    std::string in, out;
    std::deque<double> sent_at;
  };

  bool open_one(int index);
  void turn(double timeout_s);
  void on_readable(Connection& connection);
  void take_input(Connection& connection);
  void take_message(Connection& connection, std::string_view payload);
  void take_replies(Connection& connection);
  void settle(Connection& connection, uint64_t frames);
  void fill(Connection& connection);
  bool may_send();
  void append_frame(Connection& connection);
  void flush(Connection& connection);
  void send_text(Connection& connection, std::string_view text);
  void fail(Connection& connection);

  LoadOptions options_;
  int poller_ = -1;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::string rows_text_;   // of one frame
  std::string redis_text_;  // the same rows as commands
  std::string scratch_;
  LoadResult result_;
  int ready_ = 0;
  bool recording_ = false;
  double begin_ = 0;         // of this run
  uint64_t run_frames_ = 0;  // sent in this run
  std::atomic<uint64_t> acknowledged_rows_{0};
};

}  // namespace vitrine::bench
