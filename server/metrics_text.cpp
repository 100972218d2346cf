// SPDX-License-Identifier: MIT
#include "server/metrics_text.h"

#include <cstdio>
#include <utility>

namespace vitrine {

void MetricsText::family(std::string_view name, std::string_view type, std::string_view help) {
  name_ = name;
  out_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ");
  out_.append(name).append(" ").append(type).append("\n");
}

void MetricsText::value(double value, Labels labels) {
  out_ += name_;
  char before = '{';
  for (const auto& [label, text] : labels) {
    out_ += std::exchange(before, ',');
    out_.append(label).append("=\"").append(text).append("\"");
  }
  if (labels.size() > 0) out_ += '}';
  char text[32];
  std::snprintf(text, sizeof text, " %.15g\n", value);
  out_ += text;
}

void MetricsText::one(std::string_view name, std::string_view type, std::string_view help,
                      double number) {
  family(name, type, help);
  value(number);
}

}  // namespace vitrine
