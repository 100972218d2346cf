// SPDX-License-Identifier: MIT
//   claim_steps_bench [PAIRS [ROUNDS [DIRECTORY]]]
//
// Screens and phones at a real server with SQLite, every claim on the disk before it is told: how
// long until a screen is told what its phone just did, one pair after the other; and how long until
// each of PAIRS phones that agree at the same moment has its hold. The phones are a few threads, at
// most half of the processors, each of which sends everything it has and then waits for all of its
// phones at once: what is measured should be the server, which is one loop and one writer, and not
// how fast one thread can be two thousand phones.
//
// DIRECTORY (default claim_steps_bench.data) is emptied before and removed after.
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "engine/protocol/claim_messages.h"
#include "server/crypto.h"
#include "server/server_clock.h"
#include "server/store/device_registry.h"
#include "tests/bench/figures.h"
#include "tests/bench/load_setup.h"
#include "tests/server/claim_wire.h"
#include "tests/server/server_process.h"
#include "tests/server/test_device.h"

using namespace vitrine;
using namespace vitrine::bench;
using protocol::ClaimAct;
using protocol::ClaimKind;
using test::ClaimWire;
using test::ServerProcess;
using test::TestDevice;

namespace {

constexpr const char* kProduct = "true-red";
constexpr int kMostJoins = 6000;
constexpr size_t kMostThreads = 4;  // of phones

[[noreturn]] void stop(const std::string& why) {
  std::fprintf(stderr, "claim_steps_bench: %s\n", why.c_str());
  std::exit(1);
}

struct Pair {
  std::unique_ptr<ClaimWire> screen, phone;
  double sent = 0, told = 0;  // of agreeing
};

void wait_for(ClaimWire& wire, std::string_view stage) {
  if (!wire.read_until([&] { return wire.member("stage") == stage; })) {
    stop("no answer; waited for " + std::string(stage));
  }
}

std::unique_ptr<ClaimWire> open_wire(uint16_t port, bool is_page) {
  auto wire = std::make_unique<ClaimWire>(port, is_page);
  if (!wire->is_open()) stop("no WebSocket");
  return wire;
}

void show_ticket(Pair& pair) {
  ClaimAct open;
  open.session = random_id();
  open.product = kProduct;
  pair.screen->act(ClaimKind::Open, open);
  pair.screen->read_answer();
  wait_for(*pair.screen, "waiting");
}

// A new phone before the screen that is there. Until the screen is told of it, ms.
double join(Pair& pair, uint16_t port, const std::string& token) {
  show_ticket(pair);
  pair.phone = open_wire(port, true);
  pair.phone->send(test::phone_hello(token, ""));
  wait_for(*pair.phone, "none");
  ClaimAct join;
  join.ticket = *Id128::from_hex(pair.screen->member("ticket"));
  join.key = random_id();
  const double sent = now_seconds();
  pair.phone->act(ClaimKind::Join, join);
  wait_for(*pair.screen, "agreeing");
  const double told = now_seconds();
  wait_for(*pair.phone, "agreeing");
  return (told - sent) * 1000;
}

// All of these agree; returns when the last of them has its hold.
void agree_part(std::span<Pair> pairs, int waiter) {
  for (Pair& pair : pairs) {
    ClaimAct act;
    act.key = random_id();
    act.terms = act.guardian = true;
    pair.sent = now_seconds();
    pair.told = 0;
    if (pair.phone->act(ClaimKind::Agree, act) == 0) stop("the server is gone");
  }
  epoll_event ready[256];
  for (size_t left = pairs.size(); left > 0;) {
    const int count = epoll_wait(waiter, ready, 256, test::kPatienceMs);
    if (count <= 0) stop("no hold");
    for (int i = 0; i < count; ++i) {
      Pair& pair = *static_cast<Pair*>(ready[i].data.ptr);
      while (pair.told == 0 && pair.phone->read_state_now()) {
        if (pair.phone->member("stage") != "following") continue;
        pair.told = now_seconds();
        --left;
      }
    }
  }
}

int make_waiter(std::span<Pair> pairs) {
  const int waiter = epoll_create1(EPOLL_CLOEXEC);
  for (Pair& pair : pairs) {
    epoll_event event{};
    event.events = EPOLLIN | EPOLLET;
    event.data.ptr = &pair;
    if (epoll_ctl(waiter, EPOLL_CTL_ADD, pair.phone->descriptor(), &event) != 0) stop("epoll");
  }
  return waiter;
}

// A part of the pairs, of one thread.
struct Part {
  std::span<Pair> pairs;
  int waiter = -1;
};

std::vector<Part> make_parts(std::span<Pair> pairs) {
  const size_t threads = std::clamp<size_t>(std::thread::hardware_concurrency() / 2, 1, kMostThreads);
  const size_t each = (pairs.size() + threads - 1) / threads;
  std::vector<Part> parts;
  for (size_t from = 0; from < pairs.size(); from += each) {
    const std::span<Pair> part = pairs.subspan(from, std::min(each, pairs.size() - from));
    parts.push_back({part, make_waiter(part)});
  }
  return parts;
}

void agree_all(std::span<const Part> parts) {
  std::vector<std::jthread> threads;
  for (const Part& part : parts) {
    threads.emplace_back([&part] { agree_part(part.pairs, part.waiter); });
  }
}

double quantile(std::vector<double> times, double part) {
  std::sort(times.begin(), times.end());
  return times[std::min(times.size() - 1, size_t(double(times.size()) * part))];
}

std::vector<TestDevice> enrol_screens(const std::string& data, int count) {
  const ServerClock clock;
  Result<std::unique_ptr<DeviceRegistry>> registry = open_sqlite_device_registry(data);
  if (!registry.ok()) stop(registry.status().message());
  std::vector<TestDevice> devices;
  for (int i = 0; i < count; ++i) {
    devices.push_back(test::enrol_in(*registry.value(), "screen-" + std::to_string(i), clock));
  }
  return devices;
}

struct Figures {
  std::vector<double> steps;  // ms, of all rounds
  Series p50, p99, longest, rate, server_us, client_us;
};

void measure_round(std::vector<Pair>& pairs, const ServerProcess& server, const std::string& token,
                   Figures& figures) {
  for (Pair& pair : pairs) figures.steps.push_back(join(pair, server.port(), token));
  const std::vector<Part> parts = make_parts(pairs);
  const double server_before = cpu_seconds(server.process()), own_before = own_cpu_seconds();
  const double began = now_seconds();
  agree_all(parts);
  const double took = now_seconds() - began;
  const double count = double(pairs.size());
  figures.client_us.add((own_cpu_seconds() - own_before) * 1e6 / count);
  figures.server_us.add((cpu_seconds(server.process()) - server_before) * 1e6 / count);
  for (const Part& part : parts) close(part.waiter);
  std::vector<double> holds;
  for (const Pair& pair : pairs) holds.push_back((pair.told - pair.sent) * 1000);
  figures.p50.add(quantile(holds, 0.5));
  figures.p99.add(quantile(holds, 0.99));
  figures.longest.add(quantile(holds, 1));
  figures.rate.add(count / took);
}

void print_figures(const Figures& figures) {
  Series step, late_step;
  step.add(quantile(figures.steps, 0.5));
  late_step.add(quantile(figures.steps, 0.99));
  print_head("a screen and a phone");
  print_row("a screen is told what its phone did, p50", "", step, "ms");
  print_row("the same, p99", "≤ 300 ms", late_step, "ms");
  print_row("a hold, all phones at once, p50", "", figures.p50, "ms");
  print_row("the same, p99", "≤ 50 ms with 2 000", figures.p99, "ms");
  print_row("the same, longest", "", figures.longest, "ms");
  print_row("all of them", "", figures.rate, "holds/s");
  print_row("processor time a hold: the server", "", figures.server_us, "µs");
  print_row("processor time a hold: all clients", "", figures.client_us, "µs");
}

}  // namespace

int main(int count, char** values) {
  const int pairs = count > 1 ? std::atoi(values[1]) : 500;
  const int rounds = count > 2 ? std::atoi(values[2]) : 3;
  const std::filesystem::path base = count > 3 ? values[3] : "claim_steps_bench.data";
  if (pairs < 1 || rounds < 1 || pairs > kMostJoins / rounds || !init_crypto()) {
    stop("PAIRS x ROUNDS: at most 6000, the joins that the server takes from one address at once");
  }
  std::filesystem::remove_all(base);
  test::write_sample_campaign(base / "campaigns", 1'000'000);
  const std::string data = (base / "data").string();
  const std::vector<TestDevice> devices = enrol_screens(data, pairs);
  ServerProcess server(
      {data, 0, 0, {"--campaigns", (base / "campaigns").string(), "--max-per-address", "20000"}});
  if (!server.is_running()) stop("the server did not start");
  const std::string token = test::page_token(server.port());
  std::vector<Pair> seated(devices.size());
  for (size_t i = 0; i < seated.size(); ++i) {
    seated[i].screen = open_wire(server.port(), false);
    seated[i].screen->send(devices[i].claim_hello(seated[i].screen->nonce()));
  }
  Figures figures;
  for (int round = 0; round < rounds; ++round) measure_round(seated, server, token, figures);
  print_figures(figures);
  std::filesystem::remove_all(base);
  return 0;
}
