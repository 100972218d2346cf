// SPDX-License-Identifier: MIT
//   claim_steps_bench [PAIRS [DIRECTORY]]
//
// Screens and phones at a real server with SQLite, every claim on the disk before it is told: how
// long until a screen is told what its phone just did, one pair after the other; and how long until
// each of PAIRS phones that agree at the same moment has its hold. A thread a phone, so the client
// takes its share of the same processors.
//
// DIRECTORY (default claim_steps_bench.data) is emptied before and removed after.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <thread>

#include "engine/base/json/json.h"
#include "engine/protocol/claim_messages.h"
#include "server/crypto.h"
#include "server/server_clock.h"
#include "server/store/device_registry.h"
#include "tests/bench/figures.h"
#include "tests/bench/load_setup.h"
#include "tests/server/raw_client.h"
#include "tests/server/server_process.h"
#include "tests/server/test_device.h"

using namespace vitrine;
using namespace vitrine::bench;
using protocol::ClaimAct;
using protocol::ClaimKind;
using test::RawClient;
using test::ServerProcess;
using test::TestDevice;

namespace {

constexpr const char* kProduct = "true-red";

[[noreturn]] void stop(const std::string& why) {
  std::fprintf(stderr, "claim_steps_bench: %s\n", why.c_str());
  std::exit(1);
}

std::string member(const std::string& text, std::string_view name) {
  JsonDocument document;
  if (!document.parse(text)) return "";
  return std::string(document.root().find(name).string().value_or(""));
}

// One end of vitrine.claim.1.
class Peer {
 public:
  Peer(uint16_t port, bool is_page) : client_(port) {
    const std::string host = "127.0.0.1:" + std::to_string(port);
    std::vector<std::string> headers = {"Host: " + host, "Sec-WebSocket-Protocol: vitrine.claim.1"};
    if (is_page) headers.push_back("Origin: http://" + host);
    if (!client_.open_websocket(headers)) stop("no WebSocket");
  }
  const std::string& nonce() const { return client_.nonce(); }
  void send(const std::string& text) {
    if (!client_.send(test::make_text(text))) stop("the server is gone");
  }
  void act(ClaimKind kind, ClaimAct act) {
    act.request = ++requests_;
    act.language = "en";
    act.terms_version = "1";
    std::string text;
    protocol::encode_claim_act(kind, act, text);
    send(text);
  }
  // The first state of that stage.
  std::string wait_for(std::string_view stage) {
    while (true) {
      const std::optional<test::Frame> frame = client_.read_frame();
      if (!frame) stop("no answer; waited for " + std::string(stage));
      if (member(frame->payload, "stage") == stage) return frame->payload;
    }
  }

 private:
  RawClient client_;
  uint32_t requests_ = 0;
};

struct Pair {
  std::unique_ptr<Peer> screen, phone;
  std::string ticket;
};

std::string page_token(uint16_t port) {
  RawClient client(port);
  const std::string body = R"({"campaign":"lip-popup"})";
  client.send(
      "POST /api/token HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
      "Content-Type: application/json\r\nContent-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body);
  std::string answer;
  if (client.read_response(&answer) != 200) stop("no token");
  return member(answer, "token");
}

// The sample, with a stock for everybody.
void write_campaign(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  std::filesystem::copy("assets/campaigns/lip-popup", folder / "lip-popup",
                        std::filesystem::copy_options::recursive);
  const std::filesystem::path file = folder / "lip-popup/campaign.json";
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  std::string json = text.str();
  for (size_t at = json.find("\"stock\": "); at != std::string::npos;
       at = json.find("\"stock\": ", at + 1)) {
    const size_t digits = at + 9;
    json.replace(digits, json.find_first_not_of("0123456789", digits) - digits, "1000000");
  }
  std::ofstream(file) << json;
}

void seat(Pair& pair, uint16_t port, const TestDevice& device, const std::string& token) {
  pair.screen = std::make_unique<Peer>(port, false);
  pair.screen->send(device.claim_hello(pair.screen->nonce()));
  ClaimAct open;
  open.session = random_id();
  open.product = kProduct;
  pair.screen->act(ClaimKind::Open, open);
  pair.ticket = member(pair.screen->wait_for("waiting"), "ticket");
  pair.phone = std::make_unique<Peer>(port, true);
  std::string hello;
  protocol::encode_claim_hello({.token = token, .campaign = "lip-popup", .build = "bench"}, hello);
  pair.phone->send(hello);
}

double join(Pair& pair) {
  ClaimAct join;
  join.ticket = *Id128::from_hex(pair.ticket);
  join.key = random_id();
  const double sent = now_seconds();
  pair.phone->act(ClaimKind::Join, join);
  pair.screen->wait_for("agreeing");
  const double told = now_seconds();
  pair.phone->wait_for("agreeing");
  return (told - sent) * 1000;
}

double agree(Pair& pair) {
  ClaimAct act;
  act.key = random_id();
  act.terms = act.guardian = true;
  const double sent = now_seconds();
  pair.phone->act(ClaimKind::Agree, act);
  pair.phone->wait_for("following");
  return (now_seconds() - sent) * 1000;
}

void print_quantiles(const char* what, const char* goal, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](double part) {
    return times[std::min(times.size() - 1, size_t(double(times.size()) * part))];
  };
  std::printf("| %s | %s | p50 %.2f ms, p99 %.2f ms, longest %.2f ms (%zu) |\n", what, goal,
              at(0.5), at(0.99), times.back(), times.size());
}

}  // namespace

int main(int count, char** values) {
  const int pairs = count > 1 ? std::atoi(values[1]) : 500;
  const std::filesystem::path base = count > 2 ? values[2] : "claim_steps_bench.data";
  if (pairs < 1 || pairs > 5000 || !init_crypto()) stop("PAIRS: 1 to 5000");
  std::filesystem::remove_all(base);
  write_campaign(base / "campaigns");
  const std::string data = (base / "data").string();
  std::vector<TestDevice> devices;
  {
    const ServerClock clock;
    Result<std::unique_ptr<DeviceRegistry>> registry = open_sqlite_device_registry(data);
    if (!registry.ok()) stop(registry.status().message());
    for (int i = 0; i < pairs; ++i) {
      const std::string name = "screen-" + std::to_string(i);
      devices.push_back(test::enrol_in(*registry.value(), name, clock));
    }
  }
  ServerProcess server(
      {data, 0, 0, {"--campaigns", (base / "campaigns").string(), "--max-per-address", "20000"}});
  if (!server.is_running()) stop("the server did not start");
  const std::string token = page_token(server.port());
  std::vector<Pair> seated(static_cast<size_t>(pairs));
  std::vector<double> steps, holds(seated.size());
  for (size_t i = 0; i < seated.size(); ++i) {
    seat(seated[i], server.port(), devices[i], token);
    steps.push_back(join(seated[i]));
  }
  std::atomic<bool> go{false};
  std::vector<std::thread> threads;
  for (size_t i = 0; i < seated.size(); ++i) {
    threads.emplace_back([&, i] {
      while (!go) std::this_thread::yield();
      holds[i] = agree(seated[i]);
    });
  }
  const double began = now_seconds();
  go = true;
  for (std::thread& thread : threads) thread.join();
  const double took = now_seconds() - began;
  print_head("a screen and a phone");
  print_quantiles("a screen is told what its phone did", "p99 ≤ 300 ms", steps);
  print_quantiles("a hold, all phones at once", "p99 ≤ 50 ms with 2 000", holds);
  std::printf("| all of them | | %.0f holds/s |\n", double(pairs) / took);
  std::filesystem::remove_all(base);
  return 0;
}
