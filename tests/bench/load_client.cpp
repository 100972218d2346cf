// SPDX-License-Identifier: MIT
#include "tests/bench/load_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sodium.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "engine/protocol/messages.h"
#include "tests/bench/figures.h"

namespace vitrine::bench {

namespace {

constexpr char kHandshake[] =
    "GET /ws HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    "Sec-WebSocket-Protocol: vitrine.1\r\n\r\n";

constexpr char kRow[] = R"({"type":"screen_touched","time":1795286764100,)"
                        R"("data":{"x":512.25,"y":1033.5,"pointer":0,"phase":"down"}})";
// What Redis is given for one interaction: as many bytes as the server stores of it.
constexpr char kRedisRow[] =
    R"({"session":"b7e151628aed2a6abf7158809cf4f3c7","campaign":"lip-popup","scene":"wall",)"
    R"("type":"screen_touched","time":1795286764100,)"
    R"("data":{"x":512.25,"y":1033.5,"pointer":0,"phase":"down"}})";

uint64_t number_after(std::string_view text, std::string_view name) {
  const size_t at = text.find(name);
  if (at == std::string_view::npos) return 0;
  return std::strtoull(text.data() + at + name.size(), nullptr, 10);
}

std::string sign_hello(const LoadOptions& options, std::string_view nonce, const Id128& id) {
  const std::string text = protocol::hello_signing_text(nonce, options.device);
  uint8_t signature[crypto_sign_BYTES];
  crypto_sign_detached(signature, nullptr, reinterpret_cast<const uint8_t*>(text.data()),
                       text.size(), options.secret_key.data());
  char hex[2 * crypto_sign_BYTES + 1];
  sodium_bin2hex(hex, sizeof hex, signature, sizeof signature);
  protocol::Hello hello;
  hello.device = options.device;
  hello.signature = hex;
  hello.incarnation = id;
  hello.build = "load";
  std::string out;
  protocol::encode_hello(hello, out);
  return out;
}

}  // namespace

double LoadResult::percentile_ms(double part) const {
  if (latencies_ms.empty()) return 0;
  return latencies_ms[static_cast<size_t>(part * double(latencies_ms.size() - 1))];
}

LoadClient::LoadClient(const LoadOptions& options)
    : options_(options), poller_(epoll_create1(EPOLL_CLOEXEC)) {
  for (int i = 0; i < options_.rows; ++i) {
    rows_text_.append(i ? "," : "").append(kRow);
    redis_text_ += "*5\r\n$4\r\nXADD\r\n$1\r\ns\r\n$1\r\n*\r\n$1\r\nr\r\n$";
    redis_text_ += std::to_string(sizeof kRedisRow - 1) + "\r\n" + kRedisRow + "\r\n";
  }
}

LoadClient::~LoadClient() {
  for (auto& connection : connections_) {
    if (connection->socket >= 0) close(connection->socket);
  }
  close(poller_);
}

bool LoadClient::open_one(int index) {
  auto connection = std::make_unique<Connection>();
  connection->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  connection->active = index < options_.active;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(options_.port);
  // More than one address of our own: one has only 28,000 ports.
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  setsockopt(connection->socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(connection->socket, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    close(connection->socket);
    return false;
  }
  randombytes_buf(connection->incarnation.bytes.data(), connection->incarnation.bytes.size());
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.ptr = connection.get();
  epoll_ctl(poller_, EPOLL_CTL_ADD, connection->socket, &event);
  if (options_.target == Target::Redis) {
    connection->state = State::Ready;
    ++ready_;
  } else {
    connection->out = kHandshake;
    flush(*connection);
  }
  connections_.push_back(std::move(connection));
  return true;
}

bool LoadClient::connect_all() {
  const double deadline = now_seconds() + 60;
  for (int i = 0; i < options_.connections; ++i) {
    if (!open_one(i)) return false;
    // Not more at once than a listening socket's queue holds.
    while (i - ready_ > 200 && now_seconds() < deadline) turn(0.1);
  }
  while (ready_ < options_.connections && now_seconds() < deadline) turn(0.1);
  return ready_ == options_.connections;
}

LoadResult LoadClient::run(double seconds) {
  result_ = LoadResult();
  recording_ = true;
  begin_ = now_seconds();
  run_frames_ = 0;
  for (auto& connection : connections_) {
    connection->sent = connection->acked;
    connection->sent_at.clear();
    fill(*connection);
  }
  const bool paced = options_.rows_per_second > 0;
  while (now_seconds() - begin_ < seconds) {
    turn(paced ? 0.002 : 0.05);
    for (auto& connection : connections_) {
      if (paced) fill(*connection);
    }
  }
  result_.seconds = now_seconds() - begin_;
  recording_ = false;
  // What is in flight is settled too, uncounted, so that the next run begins evenly.
  LoadResult measured = std::move(result_);
  result_ = LoadResult();
  const double deadline = now_seconds() + 10;
  const auto in_flight = [&] {
    return std::any_of(connections_.begin(), connections_.end(), [](const auto& connection) {
      return connection->state == State::Ready && connection->acked < connection->sent;
    });
  };
  while (in_flight() && now_seconds() < deadline) turn(0.05);
  std::sort(measured.latencies_ms.begin(), measured.latencies_ms.end());
  return measured;
}

void LoadClient::turn(double timeout_s) {
  epoll_event events[256];
  const int count = epoll_wait(poller_, events, 256, static_cast<int>(timeout_s * 1000));
  for (int i = 0; i < count; ++i) {
    auto& connection = *static_cast<Connection*>(events[i].data.ptr);
    if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) on_readable(connection);
    if ((events[i].events & EPOLLOUT) && connection.state != State::Dead) flush(connection);
  }
}

void LoadClient::on_readable(Connection& connection) {
  char bytes[16384];
  const ssize_t size = recv(connection.socket, bytes, sizeof bytes, MSG_DONTWAIT);
  if (size < 0 && errno == EAGAIN) return;
  if (size <= 0) return fail(connection);
  connection.in.append(bytes, static_cast<size_t>(size));
  options_.target == Target::Redis ? take_replies(connection) : take_input(connection);
  if (recording_) fill(connection);
}

void LoadClient::take_input(Connection& connection) {
  std::string& in = connection.in;
  if (connection.state == State::Handshake) {
    const size_t end = in.find("\r\n\r\n");
    if (end == std::string::npos) return;
    if (in.rfind("HTTP/1.1 101", 0) != 0) return fail(connection);
    in.erase(0, end + 4);
    connection.state = State::Challenge;
  }
  size_t at = 0;
  while (in.size() - at >= 2) {
    size_t head = 2;
    size_t length = uint8_t(in[at + 1]) & 0x7f;
    if (length == 126) {
      if (in.size() - at < 4) break;
      length = size_t(uint8_t(in[at + 2])) << 8 | uint8_t(in[at + 3]);
      head = 4;
    }
    if (in.size() - at < head + length) break;
    if ((in[at] & 0xf) == 8) return fail(connection);
    if ((in[at] & 0xf) == 1) take_message(connection, {in.data() + at + head, length});
    at += head + length;
  }
  in.erase(0, at);
}

void LoadClient::take_message(Connection& connection, std::string_view payload) {
  if (connection.state == State::Challenge) {
    const size_t at = payload.find("\"nonce\":\"") + 9;
    send_text(connection, sign_hello(options_, payload.substr(at, 64), connection.incarnation));
    connection.state = State::Welcome;
  } else if (connection.state == State::Welcome) {
    connection.state = State::Ready;
    ++ready_;
  } else {
    const uint64_t mark = number_after(payload, "\"mark\":");
    settle(connection, mark / static_cast<uint64_t>(options_.rows));
  }
}

// Each XADD is answered by its id as a bulk string: two lines.
void LoadClient::take_replies(Connection& connection) {
  connection.replies +=
      static_cast<uint64_t>(std::count(connection.in.begin(), connection.in.end(), '\n'));
  connection.in.clear();
  settle(connection, connection.replies / 2 / static_cast<uint64_t>(options_.rows));
}

void LoadClient::settle(Connection& connection, uint64_t frames) {
  const double now = now_seconds();
  while (connection.acked < frames && !connection.sent_at.empty()) {
    ++connection.acked;
    ++result_.frames;
    acknowledged_rows_ += static_cast<uint64_t>(options_.rows);
    result_.latencies_ms.push_back(static_cast<float>((now - connection.sent_at.front()) * 1e3));
    connection.sent_at.pop_front();
  }
}

bool LoadClient::may_send() {
  if (options_.rows_per_second <= 0) return true;
  const double due = (now_seconds() - begin_) * options_.rows_per_second;
  return double(run_frames_) * options_.rows < due;
}

void LoadClient::fill(Connection& connection) {
  if (!connection.active || connection.state != State::Ready) return;
  while (connection.sent - connection.acked < static_cast<uint64_t>(options_.window) &&
         may_send()) {
    append_frame(connection);
    ++connection.sent;
    ++run_frames_;
    connection.sent_at.push_back(now_seconds());
  }
  flush(connection);
}

void LoadClient::append_frame(Connection& connection) {
  if (options_.target == Target::Redis) {
    connection.out += redis_text_;
    return;
  }
  const uint64_t first = connection.sent * static_cast<uint64_t>(options_.rows) + 1;
  scratch_ = R"({"kind":"batch","incarnation":")" + connection.incarnation.to_hex() +
             R"(","first":)" + std::to_string(first) +
             R"(,"sent":1795286765040,"common":{"session":"b7e151628aed2a6abf7158809cf4f3c7",)" +
             R"("campaign":"lip-popup","brand":"","scene":"wall","mode":"live"},"rows":[)";
  scratch_.append(rows_text_).append("]}");
  send_text(connection, scratch_);
}

void LoadClient::send_text(Connection& connection, std::string_view text) {
  std::string& out = connection.out;
  out += '\x81';
  if (text.size() < 126) {
    out += static_cast<char>(0x80 | text.size());
  } else {
    out += '\xfe';
    out += static_cast<char>(text.size() >> 8);
    out += static_cast<char>(text.size());
  }
  const char mask[] = "\x11\x22\x33\x44\x11\x22\x33\x44";
  out.append(mask, 4);
  const size_t at = out.size();
  out.append(text);
  // Eight bytes at a time: the client shares the machine with what it measures.
  size_t i = 0;
  for (uint64_t word = 0, masks = 0; i + 8 <= text.size(); i += 8) {
    std::memcpy(&masks, mask, 8);
    std::memcpy(&word, out.data() + at + i, 8);
    word ^= masks;
    std::memcpy(out.data() + at + i, &word, 8);
  }
  for (; i < text.size(); ++i) out[at + i] = static_cast<char>(out[at + i] ^ mask[i & 3]);
  if (connection.state != State::Ready) flush(connection);
}

void LoadClient::flush(Connection& connection) {
  const bool was_blocked = connection.out.empty();
  while (!connection.out.empty()) {
    const ssize_t sent = send(connection.socket, connection.out.data(), connection.out.size(),
                              MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN) return fail(connection);
    if (sent < 0) break;
    connection.out.erase(0, static_cast<size_t>(sent));
  }
  if (was_blocked) return;
  epoll_event event{};
  event.events = connection.out.empty() ? EPOLLIN : EPOLLIN | EPOLLOUT;
  event.data.ptr = &connection;
  epoll_ctl(poller_, EPOLL_CTL_MOD, connection.socket, &event);
}

void LoadClient::fail(Connection& connection) {
  if (connection.state == State::Dead) return;
  connection.state = State::Dead;
  ++result_.failed;
  epoll_ctl(poller_, EPOLL_CTL_DEL, connection.socket, nullptr);
}

}  // namespace vitrine::bench
