// SPDX-License-Identifier: MIT
// Processor time to decode and validate one 10-row batch of about 2 KB; the anchor is the bare JSON
// parse of the same bytes. Prints, never judges.
#include <cstdlib>
#include <string>

#include "engine/base/json/json.h"
#include "engine/protocol/messages.h"
#include "tests/bench/figures.h"

using namespace vitrine;
using namespace vitrine::bench;
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
    row +=
        "{\"x\":512.25,\"y\":1033.5,\"pointer\":" + std::to_string(i % 3) + ",\"phase\":\"down\"}";
    // Half of the rows carry their own context, which brings the frame to about 2 KB.
    writer.add_row(i % 2 == 0 ? row : common + "," + row);
  }
  writer.finish();
  return out;
}

// Processor time of one step.
template <typename Step>
void measure(Series& series, Step step) {
  const double start = own_cpu_seconds();
  for (int i = 0; i < kFrames; ++i) step();
  series.add((own_cpu_seconds() - start) * 1e6 / kFrames);
}

}  // namespace

int main() {
  const std::string frame = make_frame();
  JsonDocument document;
  MessageDecoder decoder;
  Series parse, decode, hash;
  for (int round = 0; round < kRounds; ++round) {
    measure(parse, [&] {
      if (!document.parse(frame)) std::abort();
    });
    measure(decode, [&] {
      const Message* message = decoder.decode(frame);
      if (!message || message->batch.rows.size() != 10) std::abort();
    });
    const Message& message = *decoder.decode(frame);
    measure(hash, [&] {
      uint64_t sum = 0;
      for (const Interaction& row : message.batch.rows) sum += row_hash(row);
      if (sum == 0) std::abort();
    });
  }
  print_head("A batch of ten rows, " + std::to_string(frame.size()) + " bytes, processor time");
  print_row("anchor: JSON parse into values", "", parse, "µs");
  print_row("decode and validate, parse included", "", decode, "µs");
  print_row("hashes of its rows", "", hash, "µs");
  return 0;
}
