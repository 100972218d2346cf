// SPDX-License-Identifier: MIT
// What the SQLite store can do on this machine's disk, beside what the disk itself can do:
//   store_bench [DIRECTORY]    (default: a directory under the current one, removed afterwards)
// Figures are medians of several rounds with their spread; every anchor is measured between them.
// Each line that begins with "ratio" is what to compare across machines.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "server/store/sqlite_store.h"
#include "tests/server/group_builder.h"

using namespace vitrine;
using vitrine::test::incarnation;

namespace {

constexpr int kRounds = 5;
constexpr double kRoundSeconds = 0.7;
constexpr uint64_t kManyRows = 10'000'000;
constexpr uint32_t kManyDevices = 1'000'000;

double now_s() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

struct Figure {
  double median = 0, low = 0, high = 0;
};

Figure figure_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {values[values.size() / 2], values.front(), values.back()};
}

// Operations a second.
double rate(const std::function<void()>& operation) {
  const double start = now_s();
  uint64_t count = 0;
  while (now_s() - start < kRoundSeconds) {
    operation();
    ++count;
  }
  return static_cast<double>(count) / (now_s() - start);
}

// Appending 4 KiB to a growing file and making it durable: the least a commit can cost.
double fdatasync_rate(const std::string& directory) {
  const std::string path = directory + "/anchor";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const std::vector<char> page(4096, 'x');
  const double result = rate([&] {
    if (::write(file, page.data(), page.size()) != 4096 || ::fdatasync(file) != 0) std::exit(1);
  });
  ::close(file);
  std::filesystem::remove(path);
  return result;
}

// A group of `rows` rows of about 200 bytes in frames of ten.
class Load {
 public:
  void append(Store& store, uint64_t rows, uint32_t devices) {
    group_.clear();
    for (uint64_t done = 0; done < rows; done += 10) add_frame(std::min<uint64_t>(10, rows - done), devices);
    const Status status = store.append(group_);
    if (status.ok()) return;
    std::fprintf(stderr, "%s\n", status.to_string().c_str());
    std::exit(1);
  }

  // One mark a device, as after the generation below.
  std::vector<uint64_t> marks;

 private:
  void add_frame(uint64_t rows, uint32_t devices) {
    if (names_.empty()) {
      for (uint32_t i = 0; i < devices; ++i) names_.push_back("kiosk-" + std::to_string(i));
      marks.resize(devices);
      data_ = R"({"x":512.25,"y":1033.5,"pointer":0,"phase":"down","note":")" + std::string(70, 'n') + "\"}";
    }
    const uint32_t device = next_device_++ % devices;
    const auto update = static_cast<uint32_t>(group_.streams.size());
    uint64_t& mark = marks[device];
    group_.streams.push_back({names_[device], incarnation(1), 0, mark, mark + rows});
    for (uint64_t i = 0; i < rows; ++i) group_.rows.push_back(row(update, ++mark));
  }

  RowToStore row(uint32_t update, uint64_t sequence) const {
    RowToStore row;
    row.update = update;
    row.sequence = sequence;
    row.device_time = row.sent_time = row.received_time = 1'700'000'000'000;
    row.session = incarnation(9);
    row.type = "screen_touched";
    row.campaign = "lip-popup";
    row.brand = "house";
    row.scene = "wall";
    row.data = data_;
    return row;
  }

  Group group_;
  std::vector<std::string> names_;
  std::string data_;
  uint32_t next_device_ = 0;
};

std::unique_ptr<Store> open(const std::string& directory) {
  Result<std::unique_ptr<Store>> store = open_sqlite_store({directory, {}, 4000, {}});
  if (store.ok()) return std::move(store).value();
  std::fprintf(stderr, "%s\n", store.status().to_string().c_str());
  std::exit(1);
}

void print_figure(const char* name, const Figure& figure, const char* unit) {
  std::printf("%-44s %12.0f %s   (%.0f .. %.0f)\n", name, figure.median, unit, figure.low, figure.high);
}

void measure_groups(const std::string& directory) {
  const std::unique_ptr<Store> store = open(directory + "/groups");
  Load load;
  for (const uint64_t rows : {1u, 10u, 64u, 256u, 1024u, 8192u}) {
    std::vector<double> appends, syncs, ratios;
    for (int round = 0; round < kRounds; ++round) {
      syncs.push_back(fdatasync_rate(directory));
      appends.push_back(rate([&] { load.append(*store, rows, 5000); }));
      ratios.push_back(appends.back() / syncs.back());
    }
    Figure figure = figure_of(appends);
    const Figure sync = figure_of(syncs);
    const auto scale = static_cast<double>(rows);
    figure = {figure.median * scale, figure.low * scale, figure.high * scale};
    print_figure(("append, groups of " + std::to_string(rows)).c_str(), figure, "rows/s");
    print_figure("  fdatasync of 4 KiB meanwhile", sync, "/s");
    std::printf("ratio appends/fdatasyncs, groups of %-10llu %10.3f\n",
                static_cast<unsigned long long>(rows), figure_of(ratios).median);
    std::fflush(stdout);
  }
}

void measure_start(const std::string& directory) {
  const std::string data = directory + "/large";
  {
    const std::unique_ptr<Store> store = open(data);
    Load load;
    const double start = now_s();
    for (uint64_t done = 0; done < kManyRows; done += 10000) load.append(*store, 10000, kManyDevices);
    std::printf("generated %llu rows of %u devices in %.1f s\n",
                static_cast<unsigned long long>(kManyRows), kManyDevices, now_s() - start);
  }
  std::vector<double> starts, finds;
  for (int round = 0; round < kRounds; ++round) {
    const double start = now_s();
    const std::unique_ptr<Store> store = open(data);
    starts.push_back((now_s() - start) * 1000);
    const double asked = now_s();
    for (int i = 0; i < 1000; ++i) {
      (void)store->find_stream("kiosk-" + std::to_string(i * 997), incarnation(1));
    }
    finds.push_back((now_s() - asked) * 1000);
  }
  print_figure("start with 10 M rows, 1 M devices", figure_of(starts), "ms");
  print_figure("first 1000 marks asked for after a start", figure_of(finds), "ms");
  std::printf("ratio start/2000 ms %35.4f\n", figure_of(starts).median / 2000);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string directory = argc > 1 ? argv[1] : "store_bench.data";
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  measure_groups(directory);
  measure_start(directory);
  std::filesystem::remove_all(directory);
  return 0;
}
