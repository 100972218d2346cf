// SPDX-License-Identifier: MIT
// The text format of Prometheus, 0.0.4. Names, help and labels are ours or identifiers: nothing in
// them needs escaping.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace vitrine {

class MetricsText {
 public:
  using Labels = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // Adds to `out`, which outlives it.
  explicit MetricsText(std::string& out) : out_(out) {}

  // `type`: "counter" or "gauge". Its values follow at once.
  void family(std::string_view name, std::string_view type, std::string_view help);
  void value(double value, Labels labels = {});
  // A family of one value.
  void one(std::string_view name, std::string_view type, std::string_view help, double value);

 private:
  std::string& out_;
  std::string name_;
};

}  // namespace vitrine
