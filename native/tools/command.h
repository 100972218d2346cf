// SPDX-License-Identifier: MIT
// The `vitrine` program is a table of commands. A command is one file of native/tools that defines
// `extern const Command command_NAME`, one line in command_list.inc and one in CMakeLists.txt.
#pragma once

#include <cstdio>
#include <span>
#include <string>
#include <string_view>

namespace vitrine::tools {

// What every command exits with; printed by --help.
enum ExitCode : int {
  kOk = 0,
  kProblems = 1,     // it ran, and found something wrong with what it was given
  kUsage = 2,        // called wrongly
  kEnvironment = 3,  // a file, folder, disk or network is not as it must be
};

struct CommandContext {
  // What follows the command's name.
  std::span<const std::string_view> arguments;
  // What others may read by machine, and what people read. Not owned.
  std::FILE* out = nullptr;
  std::FILE* err = nullptr;
};

struct Command {
  std::string_view name;     // "campaign"
  std::string_view summary;  // one line for `vitrine --help`
  std::string_view help;     // the whole text of `vitrine NAME --help`, ending with a line end
  int (*run)(const CommandContext& context);
};

// Runs the program: `arguments` without the program's own name. Answers --help and --version
// itself. Returns the exit code.
int run_program(std::span<const std::string_view> arguments, std::FILE* out, std::FILE* err);

// Writes all of `text`. A full disk or a closed pipe shows in ferror(file), which run_program
// checks at the end.
void print(std::FILE* file, std::string_view text);

// "vitrine export: MESSAGE" and a hint at --help on err; returns kUsage.
int usage_error(const CommandContext& context, std::string_view command, std::string_view message);

// "vitrine export: MESSAGE" on err; returns kEnvironment.
int environment_error(const CommandContext& context, std::string_view command,
                      std::string_view message);

}  // namespace vitrine::tools
