// SPDX-License-Identifier: MIT
#include "native/tools/arguments.h"

#include <string>

namespace vitrine::tools {
namespace {

Status refuse(std::string message) {
  return {StatusCode::InvalidArgument, std::move(message)};
}

const Option* find_option(std::span<const Option> options, std::string_view name) {
  static constexpr Option kHelp{"help"};
  if (name == kHelp.name) return &kHelp;
  for (const Option& option : options) {
    if (option.name == name) return &option;
  }
  return nullptr;
}

}  // namespace

Result<Arguments> Arguments::parse(std::span<const std::string_view> arguments,
                                   std::span<const Option> options) {
  Arguments parsed;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--") {
      parsed.operands_.insert(parsed.operands_.end(), arguments.begin() + static_cast<long>(i) + 1,
                              arguments.end());
      break;
    }
    if (argument.size() < 2 || argument[0] != '-') {
      parsed.operands_.push_back(argument);
      continue;
    }
    if (Status status = parsed.take_option(arguments, options, i); !status.ok()) return status;
  }
  return parsed;
}

Status Arguments::take_option(std::span<const std::string_view> arguments,
                              std::span<const Option> options, size_t& index) {
  const std::string_view argument = arguments[index];
  if (!argument.starts_with("--")) return refuse("unknown option " + std::string(argument));
  const size_t equals = argument.find('=');
  const bool joined = equals != std::string_view::npos;
  const std::string_view name = argument.substr(2, joined ? equals - 2 : std::string_view::npos);
  const Option* option = find_option(options, name);
  if (!option) return refuse("unknown option --" + std::string(name));
  if (has(name)) return refuse("--" + std::string(name) + " is given twice");
  if (!option->takes_value) {
    if (joined) return refuse("--" + std::string(name) + " takes no value");
    options_.emplace_back(option->name, std::string_view{});
    return {};
  }
  if (!joined && index + 1 >= arguments.size()) {
    return refuse("--" + std::string(name) + " needs a value");
  }
  const std::string_view value = joined ? argument.substr(equals + 1) : arguments[++index];
  if (value.empty()) {
    return refuse("--" + std::string(name) + " is empty: give it a value, or leave it out");
  }
  options_.emplace_back(option->name, value);
  return {};
}

bool Arguments::has(std::string_view option) const {
  for (const auto& [name, value] : options_) {
    if (name == option) return true;
  }
  return false;
}

std::string_view Arguments::value(std::string_view option, std::string_view fallback) const {
  for (const auto& [name, value] : options_) {
    if (name == option) return value;
  }
  return fallback;
}

}  // namespace vitrine::tools
