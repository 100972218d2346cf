// SPDX-License-Identifier: MIT
#include "tests/bench/figures.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>

namespace vitrine::bench {

namespace {

// "166 234", "20.4": as many digits as say something.
std::string pretty(double value) {
  char text[64];
  if (value < 100) {
    std::snprintf(text, sizeof text, value < 10 ? "%.2f" : "%.1f", value);
    return text;
  }
  std::snprintf(text, sizeof text, "%.0f", value);
  std::string digits = text;
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, " ");
  return digits;
}

double seconds_of(const timeval& time) {
  return double(time.tv_sec) + double(time.tv_usec) * 1e-6;
}

}  // namespace

double now_seconds() {
  using namespace std::chrono;
  return duration<double>(steady_clock::now().time_since_epoch()).count();
}

void Series::add(double value) {
  values_.insert(std::upper_bound(values_.begin(), values_.end(), value), value);
}

double Series::median() const {
  return values_.empty() ? 0 : values_[values_.size() / 2];
}
double Series::lowest() const {
  return values_.empty() ? 0 : values_.front();
}
double Series::highest() const {
  return values_.empty() ? 0 : values_.back();
}

void print_head(std::string_view title) {
  const std::time_t now = std::time(nullptr);
  char date[64];
  std::strftime(date, sizeof date, "%Y-%m-%d %H:%M UTC", std::gmtime(&now));
  std::printf("\n%.*s: %s, %ld cores, load average %.1f\n\n", int(title.size()), title.data(), date,
              sysconf(_SC_NPROCESSORS_ONLN), load_average());
  std::printf("| what | goal | median (lowest to highest, rounds) |\n| --- | --- | --- |\n");
}

void print_row(std::string_view what, std::string_view goal, const Series& series,
               std::string_view unit) {
  if (series.rounds() == 0) return;
  std::string row = "| ";
  row.append(what).append(" | ").append(goal).append(" | ").append(pretty(series.median()));
  if (!unit.empty()) row.append(" ").append(unit);
  row.append(" (").append(pretty(series.lowest())).append(" to ");
  row.append(pretty(series.highest())).append(", ");
  row.append(std::to_string(series.rounds())).append(") |");
  std::printf("%s\n", row.c_str());
  std::fflush(stdout);
}

double fdatasync_rate(const std::string& directory, double seconds) {
  const std::string path = directory + "/anchor";
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const std::string page(4096, 'x');
  int count = 0;
  const double begin = now_seconds();
  while (now_seconds() - begin < seconds) {
    if (write(file, page.data(), page.size()) != 4096 || fdatasync(file) != 0) break;
    ++count;
  }
  const double rate = count / (now_seconds() - begin);
  close(file);
  unlink(path.c_str());
  return rate;
}

double load_average() {
  double load[3] = {};
  return getloadavg(load, 3) > 0 ? load[0] : 0;
}

double cpu_seconds(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/stat");
  std::stringstream text;
  text << file.rdbuf();
  const std::string stat = text.str();
  const size_t name_end = stat.rfind(')');
  if (name_end == std::string::npos) return 0;
  std::istringstream fields(stat.substr(name_end + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / double(sysconf(_SC_CLK_TCK));
}

double own_cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
}

double resident_kib(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/status");
  std::string line;
  while (std::getline(file, line)) {
    if (line.rfind("VmRSS:", 0) == 0) return std::atof(line.c_str() + 6);
  }
  return 0;
}

}  // namespace vitrine::bench
