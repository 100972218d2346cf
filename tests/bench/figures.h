// SPDX-License-Identifier: MIT
// What all benchmarks share: medians with their spread as ready rows of docs/benchmarks.md, the
// disk's own rate, and what a process costs.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::bench {

// Seconds of a clock that only goes forward.
double now_seconds();

// One figure, measured in several rounds.
class Series {
 public:
  void add(double value);
  // 0 without a round.
  double median() const;
  double lowest() const;
  double highest() const;
  size_t rounds() const { return values_.size(); }

 private:
  std::vector<double> values_;  // ascending
};

// Date, cores and load average, then the table's head. A load average above the number of cores
// says that times of day are worthless; processor time a frame is not.
void print_head(std::string_view title);
// | what | goal | median unit (lowest to highest, n rounds) |, "" for no goal. Nothing without
// rounds.
void print_row(std::string_view what, std::string_view goal, const Series& series,
               std::string_view unit);

// Appending 4 KiB to a growing file of `directory` and making it durable, for so long: the least
// that a commit can cost. Times a second.
double fdatasync_rate(const std::string& directory, double seconds);

// Of the last minute.
double load_average();

// User and system time of a process so far, in seconds; of this one.
double cpu_seconds(pid_t process);
double own_cpu_seconds();
double resident_kib(pid_t process);

}  // namespace vitrine::bench
