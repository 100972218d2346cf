// SPDX-License-Identifier: MIT
// Microseconds to decode and validate one 10-row batch of about 2 KB; the anchor is the bare JSON
// parse of the same bytes. Medians of rounds; prints, never judges.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "engine/base/json/json.h"
#include "engine/protocol/messages.h"

using namespace vitrine;
using namespace vitrine::protocol;

namespace {

constexpr int kRounds = 31;
constexpr int kFrames = 2000;

std::string make_frame() {
  std::string out;
  RowContext context;
  context.session.bytes.fill(0xA7);
  context.campaign = "lip-popup";
  context.brand = "example";
  context.scene = "wall";
  std::string common;
  append_context_members(common, context);
  Id128 incarnation;
  incarnation.bytes.fill(0x3C);
  BatchWriter writer(out, incarnation, 1000001, 1795286765999, false, common);
  for (int i = 0; i < 10; ++i) {
    std::string row;
    append_own_members(row, TypeId::ScreenTouched, 1795286765000 + i);
    row += "{\"x\":512.25,\"y\":1033.5,\"pointer\":" + std::to_string(i % 3) + ",\"phase\":\"down\"}";
    // Half of the rows carry their own context, which brings the frame to about 2 KB.
    writer.add_row(i % 2 == 0 ? row : common + "," + row);
  }
  writer.finish();
  return out;
}

template <typename Step>
std::vector<double> measure(Step step) {
  std::vector<double> rounds;
  for (int round = 0; round < kRounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < kFrames; ++i) step();
    const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - start;
    rounds.push_back(took.count() / kFrames);
  }
  std::sort(rounds.begin(), rounds.end());
  return rounds;
}

void print(const char* name, const std::vector<double>& rounds) {
  std::printf("%-16s median %.2f us, best %.2f, worst %.2f\n", name, rounds[rounds.size() / 2],
              rounds.front(), rounds.back());
}

}  // namespace

int main() {
  const std::string frame = make_frame();
  std::printf("frame of %zu bytes, 10 rows\n", frame.size());
  JsonDocument document;
  print("json parse", measure([&] {
          if (!document.parse(frame)) std::abort();
        }));
  MessageDecoder decoder;
  print("decode+validate", measure([&] {
          const Message* message = decoder.decode(frame);
          if (!message || message->batch.rows.size() != 10) std::abort();
        }));
  print("row hashes", measure([&] {
          uint64_t sum = 0;
          for (const Interaction& row : decoder.decode(frame)->batch.rows) sum += row_hash(row);
          if (sum == 0) std::abort();
        }));
  return 0;
}
