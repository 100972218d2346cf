// SPDX-License-Identifier: MIT
// Leads the person to another page, from which they come back by themselves.
#pragma once

#include <string_view>

namespace vitrine {

class Links {
 public:
  virtual ~Links() = default;
  // Opens the address in place of this page: the program ends soon after, as when it is left.
  // `address`: http, https, or a path of this page's own host; at most 1 KiB. Where there is
  // nothing to open it with nothing happens.
  virtual void open(std::string_view address) = 0;
};

class NoLinks final : public Links {
 public:
  void open(std::string_view) override {}
};

}  // namespace vitrine
