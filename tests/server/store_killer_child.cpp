// SPDX-License-Identifier: MIT
// Appends to a store until it is killed, and says after each group what it would acknowledge:
//   store_killer_child DIRECTORY SEED
// One line an acknowledgement, "DEVICE MARK", written only after append() returned.
#include <cstdio>
#include <string>

#include "engine/base/random.h"
#include "server/store/sqlite_store.h"
#include "tests/server/group_builder.h"

using namespace vitrine;
using vitrine::test::GroupBuilder;
using vitrine::test::incarnation;

namespace {

constexpr uint64_t kDevices = 20;

uint64_t mark_of(Store& store, const std::string& device) {
  const auto state = store.find_stream(device, incarnation(1));
  return state.ok() && state.value() ? state.value()->mark : 0;
}

bool append_some(Store& store, Random& random) {
  GroupBuilder builder;
  const uint64_t first = random.below(kDevices);
  const uint64_t streams = 1 + random.below(4);
  for (uint64_t i = 0; i < streams; ++i) {
    const std::string device = "kiosk-" + std::to_string((first + i) % kDevices);
    builder.stream(device, incarnation(1), mark_of(store, device));
    builder.rows(1 + random.below(30));
    if (random.below(20) == 0) builder.refused("unknown_type", "{}");
    if (random.below(20) == 0) builder.lost(1 + random.below(5), "outbox_full");
  }
  if (!store.append(builder.group()).ok()) return false;
  std::string lines;
  for (const StreamUpdate& update : builder.group().streams) {
    lines += std::string(update.device) + " " + std::to_string(update.mark_after) + "\n";
  }
  std::fwrite(lines.data(), 1, lines.size(), stdout);
  return std::fflush(stdout) == 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  Result<std::unique_ptr<Store>> store = open_sqlite_store({argv[1], {}, 100, {}});
  if (!store.ok()) {
    std::fprintf(stderr, "%s\n", store.status().to_string().c_str());
    return 3;
  }
  Random random(std::stoull(argv[2]));
  while (append_some(*store.value(), random)) {
  }
  return 4;
}
