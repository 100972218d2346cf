// SPDX-License-Identifier: MIT
// The client that calls others, against a listener of this process: what it may not reach, what it
// does not follow, and what does not hold it up.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "server/webhooks/http_client.h"

namespace vitrine::test {
namespace {

// Answers every connection with the same bytes; with none, keeps it open and says nothing.
class OneAnswer {
 public:
  explicit OneAnswer(std::string bytes) : bytes_(std::move(bytes)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(listener_, 64) == 0);
    REQUIRE(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ~OneAnswer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
    for (const int open : open_) ::close(open);
  }
  std::string url(const std::string& host = "127.0.0.1") const {
    return "http://" + host + ":" + std::to_string(port_) + "/hooks";
  }
  int connections() const { return connections_; }
  std::string request() {
    const std::lock_guard lock(mutex_);
    return request_;
  }

 private:
  void run() {
    while (true) {
      const int peer = ::accept(listener_, nullptr, nullptr);
      if (peer < 0) return;
      ++connections_;
      if (bytes_.empty()) {
        open_.push_back(peer);
        continue;
      }
      read_request(peer);
      (void)!::send(peer, bytes_.data(), bytes_.size(), MSG_NOSIGNAL);
      ::close(peer);
    }
  }
  void read_request(int peer) {
    std::string text;
    char buffer[4096];
    while (text.find("\r\n\r\n") == std::string::npos || text.back() != '}') {
      const ssize_t size = ::recv(peer, buffer, sizeof buffer, 0);
      if (size <= 0) break;
      text.append(buffer, static_cast<size_t>(size));
    }
    const std::lock_guard lock(mutex_);
    request_ = text;
  }

  std::string bytes_;
  int listener_ = -1;
  uint16_t port_ = 0;
  std::atomic<int> connections_{0};
  std::mutex mutex_;
  std::string request_;
  std::vector<int> open_;
  std::thread thread_;
};

struct Caller {
  explicit Caller(HttpLimits limits)
      : client(limits, [this] {
          const std::lock_guard lock(mutex);
          woken = true;
          changed.notify_one();
        }) {}
  uint64_t call(const std::string& url) {
    HttpRequest request;
    request.number = ++numbers;
    request.url = url;
    request.headers = {{"webhook-id", "msg_1"}};
    request.body = "{\"type\":\"test\"}";
    return client.submit(std::move(request)) ? numbers : 0;
  }
  HttpAnswer wait(uint64_t number) {
    while (answers.find(number) == answers.end()) {
      std::unique_lock lock(mutex);
      REQUIRE(changed.wait_for(lock, std::chrono::minutes(2), [this] { return woken; }));
      woken = false;
      for (HttpAnswer& answer : client.take_answers()) answers[answer.number] = std::move(answer);
    }
    return answers[number];
  }
  HttpAnswer ask(const std::string& url) { return wait(call(url)); }

  std::mutex mutex;
  std::condition_variable changed;
  bool woken = false;
  uint64_t numbers = 0;
  std::map<uint64_t, HttpAnswer> answers;
  HttpClient client;
};

HttpLimits all_allowed() {
  HttpLimits limits;
  limits.allow_private = true;
  return limits;
}

const std::string kGood = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

TEST_CASE("a request arrives as it was meant, and its answer comes back whole") {
  OneAnswer server(kGood);
  Caller caller(all_allowed());
  const HttpAnswer answer = caller.ask(server.url());
  INFO(answer.status.to_string());
  CHECK(answer.code == 200);
  CHECK(answer.body == "ok");
  const std::string request = server.request();
  CHECK(request.rfind("POST /hooks HTTP/1.1\r\n", 0) == 0);
  CHECK(request.find("\r\nwebhook-id: msg_1\r\n") != std::string::npos);
  CHECK(request.find("\r\nContent-Type: application/json\r\n") != std::string::npos);
  CHECK(request.find("\r\n\r\n{\"type\":\"test\"}") != std::string::npos);
}

TEST_CASE("nothing private is called unless it is allowed, whatever name it has") {
  OneAnswer server(kGood);
  Caller caller(HttpLimits{});
  for (const std::string host : {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]"}) {
    std::string url = server.url(host);
    INFO(url);
    const HttpAnswer plain = caller.ask(url);
    CHECK(plain.status.code() == StatusCode::PermissionDenied);
    CHECK(plain.status.message().find("plain http") != std::string::npos);
    const HttpAnswer https = caller.ask(url.replace(0, 4, "https"));
    CHECK(https.status.code() == StatusCode::PermissionDenied);
    CHECK(https.status.message().find("not a public one") != std::string::npos);
  }
  // Numbers as only a library reads them.
  for (const std::string url : {"https://2130706433/", "https://0x7f.1/", "https://0/",
                                "https://169.254.169.254/latest/meta-data/"}) {
    INFO(url);
    CHECK(caller.ask(url).status.code() == StatusCode::PermissionDenied);
  }
  for (const std::string url : {"file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/"}) {
    INFO(url);
    CHECK_FALSE(caller.ask(url).status.ok());
  }
  CHECK(server.connections() == 0);
}

TEST_CASE("a redirect is told and not followed") {
  OneAnswer inside(kGood);
  OneAnswer server("HTTP/1.1 302 Found\r\nLocation: " + inside.url() +
                   "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  Caller caller(all_allowed());
  CHECK(caller.ask(server.url()).code == 302);
  CHECK(inside.connections() == 0);
}

TEST_CASE("an answer without end is cut off") {
  HttpLimits limits = all_allowed();
  limits.max_answer = 1000;
  Caller caller(limits);
  OneAnswer large("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(100'000, 'x'));
  CHECK(caller.ask(large.url()).status.code() == StatusCode::ResourceExhausted);
  OneAnswer wordy("HTTP/1.1 200 OK\r\n" + std::string(50, 'a') + ": " + std::string(90'000, 'b') +
                  "\r\n\r\n");
  CHECK_FALSE(caller.ask(wordy.url()).status.ok());
}

TEST_CASE("who is silent, closed or speaks something else is told of, and others are served") {
  HttpLimits limits = all_allowed();
  limits.whole_ms = 2000;
  Caller caller(limits);
  OneAnswer silent("");
  OneAnswer rubbish("SSH-2.0-OpenSSH_9.2\r\n");
  OneAnswer good(kGood);
  const uint64_t waiting = caller.call(silent.url());
  CHECK(caller.ask(rubbish.url()).status.code() == StatusCode::Unavailable);
  CHECK(caller.ask(good.url()).code == 200);
  CHECK(caller.ask("http://127.0.0.1:1/").status.code() == StatusCode::Unavailable);
  CHECK(caller.wait(waiting).status.code() == StatusCode::Unavailable);
}

TEST_CASE("no more wait than may, and whoever leaves waits for nobody") {
  HttpLimits limits = all_allowed();
  limits.max_waiting = 3;
  limits.max_parallel = 1;
  limits.whole_ms = 600'000;
  OneAnswer silent("");
  Caller caller(limits);
  CHECK(caller.call(silent.url()) != 0);
  CHECK(caller.call(silent.url()) != 0);
  CHECK(caller.call(silent.url()) != 0);
  CHECK(caller.call(silent.url()) == 0);
}

}  // namespace
}  // namespace vitrine::test
