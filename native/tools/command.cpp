// SPDX-License-Identifier: MIT
#include "native/tools/command.h"

#include <algorithm>

namespace vitrine::tools {

#define VITRINE_COMMAND(NAME) extern const Command command_##NAME;
#include "native/tools/command_list.inc"
#undef VITRINE_COMMAND

namespace {

constexpr const Command* kCommands[] = {
#define VITRINE_COMMAND(NAME) &command_##NAME,
#include "native/tools/command_list.inc"
#undef VITRINE_COMMAND
};

constexpr std::string_view kExitCodes =
    "\nExit codes: 0 done, 1 problems found, 2 called wrongly, 3 a file, disk or network in the "
    "way.\n";

std::string help_text() {
  std::string text =
      "Usage: vitrine COMMAND [OPTION]... [ARGUMENT]...\n"
      "Checks campaigns and works on what a Vitrine server recorded.\n\nCommands:\n";
  for (const Command* command : kCommands) {
    std::string line = "  " + std::string(command->name);
    line.resize(std::max<size_t>(line.size() + 2, 14), ' ');
    text += line + std::string(command->summary) + "\n";
  }
  text += "\n  --help      this text; `vitrine COMMAND --help` for one command's\n";
  text += "  --version   the version and nothing else\n";
  return text + std::string(kExitCodes);
}

bool asks_for_help(std::span<const std::string_view> arguments) {
  for (std::string_view argument : arguments) {
    if (argument == "--") return false;
    if (argument == "--help") return true;
  }
  return false;
}

int dispatch(std::span<const std::string_view> arguments, std::FILE* out, std::FILE* err) {
  if (arguments.empty()) {
    print(err, help_text());
    return kUsage;
  }
  const std::string_view name = arguments[0];
  if (name == "--help") return print(out, help_text()), kOk;
  if (name == "--version") return print(out, "vitrine " VITRINE_VERSION "\n"), kOk;
  for (const Command* command : kCommands) {
    if (command->name != name) continue;
    if (asks_for_help(arguments.subspan(1))) {
      print(out, std::string(command->help) + std::string(kExitCodes));
      return kOk;
    }
    return command->run({arguments.subspan(1), out, err});
  }
  print(err, "vitrine: no command \"" + std::string(name) + "\"\nTry `vitrine --help`.\n");
  return kUsage;
}

}  // namespace

int run_program(std::span<const std::string_view> arguments, std::FILE* out, std::FILE* err) {
  const int code = dispatch(arguments, out, err);
  if (std::fflush(out) != 0 || std::ferror(out)) {
    print(err, "vitrine: the output could not be written\n");
    return kEnvironment;
  }
  return code;
}

void print(std::FILE* file, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), file);
}

int usage_error(const CommandContext& context, std::string_view command, std::string_view message) {
  const std::string name(command);
  print(context.err,
        "vitrine " + name + ": " + std::string(message) + "\nTry `vitrine " + name + " --help`.\n");
  return kUsage;
}

int environment_error(const CommandContext& context, std::string_view command,
                      std::string_view message) {
  print(context.err, "vitrine " + std::string(command) + ": " + std::string(message) + "\n");
  return kEnvironment;
}

}  // namespace vitrine::tools
