// SPDX-License-Identifier: MIT
#include "tests/server/recording_device.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "server/crypto.h"

namespace vitrine::test {

namespace {

uint64_t number_after(const std::string& text, std::string_view name) {
  const size_t at = text.find(name);
  return at == std::string::npos ? 0 : std::strtoull(text.c_str() + at + name.size(), nullptr, 10);
}

}  // namespace

RecordingDevice::RecordingDevice(TestDevice device, const std::atomic<uint16_t>& port)
    : device_(std::move(device)), port_(port), incarnation_(random_id()) {
  thread_ = std::thread([this] { run(); });
}

RecordingDevice::~RecordingDevice() {
  stop();
}

void RecordingDevice::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void RecordingDevice::run() {
  while (!stopping_) {
    RawClient client(port_);
    if (client.is_connected() && client.open_websocket()) record(client);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

void RecordingDevice::record(RawClient& client) {
  const uint64_t next = std::max(sent_, acknowledged()) + 1;
  client.send(make_text(device_.hello(client.nonce(), incarnation_, next)));
  const std::optional<Frame> welcome = client.read_frame();
  if (!welcome || welcome->payload.find("\"welcome\"") == std::string::npos) return;
  ++connections_;
  const uint64_t mark = number_after(welcome->payload, "\"mark\":");
  if (mark < acknowledged_) mark_went_back_ = true;
  acknowledged_ = std::max(acknowledged(), mark);
  // Now and then what is settled comes once more, as after an answer that got lost.
  uint64_t at = mark + 1;
  if (connections_ % 5 == 0 && mark > 15) at = mark - 14;
  while (!stopping_) {
    while (at <= acknowledged_ + kWindow * kRows) {
      if (!client.send(make_text(make_batch(incarnation_, at, kRows)))) return hear_the_end(client);
      at += kRows;
      sent_ = std::max(sent_, at - 1);
    }
    if (!take_answer(client)) return;
  }
}

// What was said before the connection broke is still there to be read.
void RecordingDevice::hear_the_end(RawClient& client) {
  while (take_answer(client)) {
  }
}

bool RecordingDevice::take_answer(RawClient& client) {
  const std::optional<Frame> frame = client.read_frame();
  if (!frame) return false;
  if (frame->opcode == 8) {
    last_close_code_ = frame->close_code();
    client.send(make_close(frame->close_code()));
    return false;
  }
  if (frame->payload.find("\"kind\":\"ack\"") == std::string::npos) return false;
  acknowledged_ = std::max(acknowledged(), number_after(frame->payload, "\"mark\":"));
  return true;
}

}  // namespace vitrine::test
