// SPDX-License-Identifier: MIT
#include "native/kiosk/key_gate.h"

#include <algorithm>

namespace vitrine {

bool KeyGate::let_through(int64_t now_us) {
  const int64_t earned = (now_us - refilled_us_) / kRefillUs;
  allowance_ = static_cast<int>(std::min<int64_t>(kBurst, allowance_ + earned));
  refilled_us_ += earned * kRefillUs;
  if (open_ && allowance_ > 0) {
    --allowance_;
    return true;
  }
  ++dropped_;
  return false;
}

}  // namespace vitrine
