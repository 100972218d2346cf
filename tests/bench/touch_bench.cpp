// SPDX-License-Identifier: MIT
// How soon a kiosk answers a touch: vitrine-kiosk itself, touched by a script, says when the first
// frame after each touch was on the display and how long its frames took. A scripted finger comes
// as a frame begins; a real one waits for that besides, at most a frame.
//   touch_bench [ROUNDS [PIXEL_RATIO]]
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "engine/base/json/json.h"
#include "tests/bench/figures.h"

namespace vitrine {
namespace {

constexpr int kTouches = 120;

struct Figures {
  bench::Series touch_p50, touch_p95, frame_p50, frame_p95;
};

// The start is pressed, then what stands in the middle of whatever is shown, to and fro.
void write_script(const std::filesystem::path& file) {
  std::ofstream out(file);
  out << "settle 60s\nwait start 60s\ntap start\nsleep 1s\n";
  for (int i = 0; i < kTouches; ++i) {
    out << "touch " << 200 + 340 * (i % 3) << " " << 500 + 420 * (i / 3 % 3) << "\nsleep 70ms\n";
  }
}

// The first line of JSON that the kiosk prints; "" without one.
std::string run_kiosk(const std::filesystem::path& folder, const std::string& ratio) {
  const std::string command = std::string(VITRINE_KIOSK) +
                              " --offline --campaign assets/campaigns/lip-popup --size 1080x1920" +
                              " --pixel-ratio " + ratio + " --data " + folder.string() +
                              " --script " + (folder / "script").string() + " 2>/dev/null";
  std::FILE* output = popen(command.c_str(), "r");
  if (output == nullptr) return "";
  std::string found;
  char line[4096];
  while (std::fgets(line, sizeof line, output) != nullptr) {
    if (found.empty() && line[0] == '{') found = line;
  }
  return pclose(output) == 0 ? found : "";
}

bool measure(const std::string& ratio, Figures& out) {
  char folder[] = "/tmp/touch_bench.XXXXXX";
  if (mkdtemp(folder) == nullptr) return false;
  write_script(std::filesystem::path(folder) / "script");
  const std::string said = run_kiosk(folder, ratio);
  std::filesystem::remove_all(folder);
  JsonDocument document;
  document.parse(said);
  const auto ms = [&](const char* name) {
    return static_cast<double>(document.root().find(name).integer().value_or(-1)) / 1000;
  };
  out.touch_p50.add(ms("touch_p50_us"));
  out.touch_p95.add(ms("touch_p95_us"));
  out.frame_p50.add(ms("frame_p50_us"));
  out.frame_p95.add(ms("frame_p95_us"));
  return !said.empty();
}

int run(int rounds, const std::string& ratio) {
  Figures figures;
  for (int round = 0; round < rounds; ++round) {
    if (measure(ratio, figures)) continue;
    std::fprintf(stderr,
                 "touch_bench: the kiosk did not run; run it from the root of the sources\n");
    return 1;
  }
  bench::print_head("touch to display, 1080 x 1920 points at " + ratio + " pixels a point");
  bench::print_row("touch to display, p50", "", figures.touch_p50, "ms");
  bench::print_row("touch to display, p95", "", figures.touch_p95, "ms");
  bench::print_row("frame to frame, p50", "", figures.frame_p50, "ms");
  bench::print_row("frame to frame, p95", "", figures.frame_p95, "ms");
  return 0;
}

}  // namespace
}  // namespace vitrine

int main(int argc, char** argv) {
  char ratio[32];
  std::snprintf(ratio, sizeof ratio, "%g", argc > 2 ? std::atof(argv[2]) : 0.5);
  return vitrine::run(std::max(argc > 1 ? std::atoi(argv[1]) : 3, 1), ratio);
}
