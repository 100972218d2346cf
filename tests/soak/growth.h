// SPDX-License-Identifier: MIT
// Decides from samples of one figure whether it grows without end.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace vitrine::soak {

// Samples at equal distances. The first third is warm-up; then the highest of the middle third is
// held against the highest of the last.
class Growth {
 public:
  // `allowed`: how much more the last third may have, in the figure's own unit.
  Growth(std::string name, int64_t allowed) : name_(std::move(name)), allowed_(allowed) {}

  void sample(int64_t value) { values_.push_back(value); }
  int64_t last() const { return values_.empty() ? 0 : values_.back(); }

  // Highest of the last third minus highest of the middle third; 0 with fewer than nine samples.
  int64_t growth() const;
  bool grows() const { return growth() > allowed_; }
  // "rss_kib: 81234 at the end, +12 after warm-up, 4096 allowed".
  std::string report() const;

 private:
  std::string name_;
  int64_t allowed_;
  std::vector<int64_t> values_;
};

}  // namespace vitrine::soak
