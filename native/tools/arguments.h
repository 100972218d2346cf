// SPDX-License-Identifier: MIT
// Command line options as GNU tools take them: --name VALUE, --name=VALUE, flags, operands in any
// order, and -- before operands that begin with a dash.
#pragma once

#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/base/status.h"

namespace vitrine::tools {

struct Option {
  std::string_view name;  // "format", without dashes
  bool takes_value = false;
};

class Arguments {
 public:
  // InvalidArgument for an unknown option, a missing or superfluous value, or an option given
  // twice. --help is always known. Views point into `arguments`.
  static Result<Arguments> parse(std::span<const std::string_view> arguments,
                                 std::span<const Option> options);

  bool has(std::string_view option) const;
  // The option's value, or `fallback` when it was not given.
  std::string_view value(std::string_view option, std::string_view fallback = {}) const;
  std::span<const std::string_view> operands() const { return operands_; }

 private:
  Status take_option(std::span<const std::string_view> arguments, std::span<const Option> options,
                     size_t& index);

  std::vector<std::pair<std::string_view, std::string_view>> options_;
  std::vector<std::string_view> operands_;
};

}  // namespace vitrine::tools
