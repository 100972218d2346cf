// SPDX-License-Identifier: MIT
#include "native/lws_client.h"

#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "tests/native/raw_server.h"

using namespace vitrine;

namespace {

struct Recorder : TransportListener {
  int opened = 0;
  std::vector<std::string> messages;
  std::vector<std::pair<uint16_t, std::string>> closes;

  void on_open() override { ++opened; }
  void on_message(std::string_view message) override { messages.emplace_back(message); }
  void on_close(uint16_t code, std::string_view reason) override {
    closes.emplace_back(code, std::string(reason));
  }
};

// A client of a raw server, and the poll that a frame would do.
struct Fixture {
  explicit Fixture(uint16_t port, std::string subprotocol = "vitrine.1") {
    LwsClientOptions options;
    options.subprotocol = std::move(subprotocol);
    options.server.host = "127.0.0.1";
    options.server.port = port;
    options.connect_timeout_seconds = 60;
    client = std::move(LwsClient::create(options)).value();
    client->set_listener(&listener);
  }
  ~Fixture() { client.reset(); }

  // Polls until `done`, at most a minute.
  template <typename Done>
  bool until(Done done) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (std::chrono::steady_clock::now() < end) {
      client->poll();
      if (done()) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    return false;
  }
  bool until_open() {
    return until([&] { return listener.opened == 1; });
  }
  bool until_closed() {
    return until([&] { return !listener.closes.empty(); });
  }

  Recorder listener;
  std::unique_ptr<LwsClient> client;
};

}  // namespace

TEST_CASE("text goes there and back whole, however it is cut into frames") {
  std::string head;
  RawServer server([&](RawConnection& connection) {
    head = connection.accept_websocket();
    const auto frame = connection.read_frame();
    REQUIRE(frame);
    CHECK(frame->masked);
    connection.send_frame(1, frame->payload.substr(0, 3), false);
    connection.send_frame(9, "ping");
    connection.send_frame(0, frame->payload.substr(3));
    connection.read_frame();
    connection.send_close(1000, "");
    connection.read_frame();
  });
  Fixture fixture(server.port());
  fixture.client->connect();
  CHECK_FALSE(fixture.client->send("too early"));
  REQUIRE(fixture.until_open());
  CHECK(fixture.client->send("触摸 a touch"));
  REQUIRE(fixture.until_closed());
  CHECK(fixture.listener.messages == std::vector<std::string>{"触摸 a touch"});
  CHECK(head.find("Sec-WebSocket-Protocol: vitrine.1") != std::string::npos);
  CHECK(head.find("Origin:") == std::string::npos);
}

TEST_CASE("the server's close code and reason arrive, once") {
  RawServer server([](RawConnection& connection) {
    connection.accept_websocket();
    connection.send_close(4410, "revoked");
    connection.read_frame();
  });
  Fixture fixture(server.port());
  fixture.client->connect();
  REQUIRE(fixture.until_closed());
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  fixture.client->poll();
  REQUIRE(fixture.listener.closes.size() == 1);
  CHECK(fixture.listener.closes[0].first == 4410);
  CHECK(fixture.listener.closes[0].second == "revoked");
  CHECK_FALSE(fixture.client->send("after the end"));
}

TEST_CASE("a server that is not there ends in one close without a code") {
  Fixture fixture(unused_port());
  fixture.client->connect();
  REQUIRE(fixture.until_closed());
  CHECK(fixture.listener.opened == 0);
  CHECK(fixture.listener.closes[0].first == 1006);
}

TEST_CASE("a connection that breaks without a close frame is 1006, and the next one works") {
  std::atomic<int> connections = 0;
  RawServer server([&](RawConnection& connection) {
    connection.accept_websocket();
    if (++connections == 1) return;
    connection.send_frame(1, "again");
    connection.read_frame();
  });
  Fixture fixture(server.port());
  fixture.client->connect();
  REQUIRE(fixture.until_closed());
  CHECK(fixture.listener.closes[0].first == 1006);
  fixture.client->connect();
  REQUIRE(fixture.until([&] { return !fixture.listener.messages.empty(); }));
  CHECK(fixture.listener.messages[0] == "again");
}

TEST_CASE("a client of another subprotocol asks for that one, and takes no other") {
  for (const char* answer : {"vitrine.claim.1", "vitrine.1"}) {
    std::string head;
    RawServer server([&](RawConnection& connection) {
      head = connection.accept_websocket(answer);
      connection.send_frame(1, "state");
      connection.read_frame();
    });
    Fixture fixture(server.port(), "vitrine.claim.1");
    fixture.client->connect();
    const bool ours = std::string(answer) == "vitrine.claim.1";
    if (ours) {
      REQUIRE(fixture.until([&] { return !fixture.listener.messages.empty(); }));
      CHECK(head.find("Sec-WebSocket-Protocol: vitrine.claim.1\r\n") != std::string::npos);
    } else {
      REQUIRE(fixture.until_closed());
      CHECK(fixture.listener.opened == 0);
    }
  }
}

TEST_CASE("a server that does not answer with our subprotocol is refused") {
  RawServer server([](RawConnection& connection) {
    connection.accept_websocket("");
    connection.read_frame();
  });
  Fixture fixture(server.port());
  fixture.client->connect();
  REQUIRE(fixture.until_closed());
  CHECK(fixture.listener.opened == 0);
}

TEST_CASE("a server that answers the upgrade with a page is no server of ours") {
  RawServer server([](RawConnection& connection) {
    connection.read_head();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
  });
  Fixture fixture(server.port());
  fixture.client->connect();
  REQUIRE(fixture.until_closed());
  CHECK(fixture.listener.opened == 0);
  CHECK(fixture.listener.closes.size() == 1);
}

TEST_CASE("a binary message is answered with 1003") {
  std::string answer;
  RawServer server([&](RawConnection& connection) {
    connection.accept_websocket();
    connection.send_frame(2, "bytes");
    const auto frame = connection.read_frame();
    if (frame) answer = frame->payload;
  });
  Fixture fixture(server.port());
  fixture.client->connect();
  REQUIRE(fixture.until_closed());
  CHECK(fixture.listener.closes[0].first == 1003);
  CHECK(fixture.listener.messages.empty());
}

TEST_CASE("a message beyond the queue's size ends the connection and is not delivered") {
  RawServer server([](RawConnection& connection) {
    connection.accept_websocket();
    connection.send_frame(1, std::string(LwsClient::kQueueBytes + 1, 'x'));
    connection.read_frame();
  });
  Fixture fixture(server.port());
  fixture.client->connect();
  REQUIRE(fixture.until_closed());
  CHECK(fixture.listener.closes[0].first == 1009);
  CHECK(fixture.listener.messages.empty());
}

TEST_CASE("a full queue refuses, takes again when there is room, and nothing is lost") {
  std::atomic<bool> read = false;
  std::atomic<size_t> received = 0;
  RawServer server([&](RawConnection& connection) {
    connection.accept_websocket();
    while (!read) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    while (const auto frame = connection.read_frame()) {
      if (frame->opcode == 1) ++received;
    }
  });
  Fixture fixture(server.port());
  fixture.client->connect();
  REQUIRE(fixture.until_open());
  const std::string message(60 * 1024, 'x');
  size_t sent = 0;
  // What the system's own buffers take comes on top of our queue; neither is without end.
  const bool refused = fixture.until([&] {
    const bool taken = fixture.client->send(message);
    if (taken) ++sent;
    return !taken && sent >= LwsClient::kQueueBytes / message.size();
  });
  REQUIRE(refused);
  read = true;
  REQUIRE(fixture.until([&] { return fixture.client->send(message); }));
  ++sent;
  const bool all = fixture.until([&] { return received == sent; });
  INFO("received " << received << " of " << sent);
  CHECK(all);
}

TEST_CASE("closing politely tells the server our code") {
  std::string payload;
  RawServer server([&](RawConnection& connection) {
    connection.accept_websocket();
    const auto frame = connection.read_frame();
    if (frame && frame->opcode == 8) payload = frame->payload;
    connection.send_close(1001, "");
  });
  Fixture fixture(server.port());
  fixture.client->connect();
  REQUIRE(fixture.until_open());
  fixture.client->close(1001, "bye");
  REQUIRE(fixture.until_closed());
  CHECK(fixture.listener.closes[0].first == 1001);
  server.end();  // the client does not wait until the server has read its last frame
  CHECK(payload == std::string("\x03\xe9") + "bye");
}

TEST_CASE("closing before the connection stands ends it too") {
  RawServer server([](RawConnection& connection) {
    connection.read_head();
    connection.read_exactly(1);
  });
  Fixture fixture(server.port());
  fixture.client->connect();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  fixture.client->close(1000, "");
  REQUIRE(fixture.until_closed());
  CHECK(fixture.listener.opened == 0);
}

TEST_CASE("a client can be destroyed while it connects, while open and while it waits for a page") {
  RawServer server([](RawConnection& connection) {
    connection.accept_websocket();
    connection.read_frame();
  });
  for (int wait_ms : {0, 5, 60}) {
    Fixture fixture(server.port());
    fixture.client->connect();
    fixture.client->request({"/never", "", 100}, [](auto) {});
    std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));
  }
}

TEST_CASE("a page comes whole, an error comes as its status, a body is posted as JSON") {
  std::string head;
  std::string body;
  RawServer server([&](RawConnection& connection) {
    head = connection.read_head();
    if (head.starts_with("POST")) body = connection.read_exactly(13);
    if (head.starts_with("GET /missing")) {
      return connection.send("HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone");
    }
    const std::string page(100'000, 'p');
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + page);
  });
  Fixture fixture(server.port());
  const auto ask = [&](HttpRequest request) {
    std::optional<Result<HttpResponse>> answer;
    fixture.client->request(std::move(request), [&](auto response) { answer.emplace(response); });
    REQUIRE(fixture.until([&] { return answer.has_value(); }));
    return *answer;
  };
  const auto page = ask({"/page", "", 1 << 20});
  REQUIRE(page.ok());
  CHECK(page.value().status == 200);
  CHECK(page.value().body.size() == 100'000);

  CHECK(ask({"/missing", "", 100}).value().status == 404);
  CHECK(ask({"/page", "", 1000}).status().code() == StatusCode::ResourceExhausted);

  CHECK(ask({"/api/enrol", "{\"code\": \"x\"}", 1 << 20}).ok());
  CHECK(body == "{\"code\": \"x\"}");
  CHECK(head.find("content-type: application/json") != std::string::npos);
}

TEST_CASE("an answer that breaks off is no answer") {
  RawServer server([](RawConnection& connection) {
    connection.read_head();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf");
  });
  Fixture fixture(server.port());
  std::optional<Result<HttpResponse>> answer;
  fixture.client->request({"/page", "", 5000}, [&](auto response) { answer.emplace(response); });
  REQUIRE(fixture.until([&] { return answer.has_value(); }));
  CHECK(answer->status().code() == StatusCode::Unavailable);
}

TEST_CASE("addresses are read with their defaults, and nonsense is refused") {
  const auto plain = ServerAddress::parse("ws://shop:8080/ws");
  REQUIRE(plain.ok());
  CHECK(plain.value().port == 8080);
  CHECK(plain.value().authority() == "shop:8080");
  CHECK(plain.value().page_root() == "http://shop:8080/");
  const auto secure = ServerAddress::parse("wss://[::1]/x");
  REQUIRE(secure.ok());
  CHECK(secure.value().secure);
  CHECK(secure.value().host == "::1");
  CHECK(secure.value().port == 443);
  CHECK(secure.value().authority() == "[::1]");
  CHECK(secure.value().path == "/x");
  CHECK(secure.value().page_root() == "https://[::1]/");
  CHECK(ServerAddress::parse("wss://mall/shop/ws").value().page_root() == "https://mall/shop/");
  for (const char* text : {"", "http://shop/ws", "ws://", "ws://:80/", "ws://shop:0/",
                           "ws://shop:/", "ws://shop:99999/", "ws://sh op/", "ws://[::1]x:80/"}) {
    INFO(text);
    CHECK_FALSE(ServerAddress::parse(text).ok());
  }
}

TEST_CASE("what was sent into a connection that had ended does not come out of the next") {
  std::atomic<int> connections = 0;
  std::atomic<bool> opened = false;
  std::atomic<bool> asked = false;
  std::string first;
  RawServer server([&](RawConnection& connection) {
    const int number = ++connections;
    if (number == 2) {
      connection.read_head();
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
      connection.read_exactly(1);  // until the client ends it
      asked = true;
      return;
    }
    connection.accept_websocket();
    if (number == 1) {
      while (!opened) std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return;
    }
    if (const auto frame = connection.read_frame()) first = frame->payload;
    connection.send_close(1000, "");
    connection.read_frame();
  });
  Fixture fixture(server.port());
  fixture.client->connect();
  const bool open = fixture.until_open();
  opened = true;
  REQUIRE(open);
  // A page that comes after the end has come: the client's own thread has seen both, this one has
  // not been told yet.
  fixture.client->request({"/page", "", 100}, [](auto) {});
  while (!asked) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  REQUIRE(fixture.client->send("of the first"));
  REQUIRE(fixture.until_closed());
  fixture.listener.closes.clear();
  fixture.client->connect();
  REQUIRE(fixture.until([&] { return fixture.listener.opened == 2; }));
  CHECK(fixture.client->send("of the second"));
  REQUIRE(fixture.until_closed());
  CHECK(first == "of the second");
}
