// SPDX-License-Identifier: MIT
#include "tests/soak/growth.h"

#include <algorithm>

namespace vitrine::soak {

constexpr size_t kFewestSamples = 9;

int64_t Growth::growth() const {
  if (values_.size() < kFewestSamples) return 0;
  const auto third = static_cast<std::ptrdiff_t>(values_.size() / 3);
  const auto last = values_.end() - third;
  return *std::max_element(last, values_.end()) - *std::max_element(last - third, last);
}

std::string Growth::report() const {
  return name_ + ": " + std::to_string(last()) + " at the end, " + std::to_string(growth()) +
         " more after warm-up, " + std::to_string(allowed_) + " allowed" +
         (grows() ? ": GROWS" : "");
}

}  // namespace vitrine::soak
