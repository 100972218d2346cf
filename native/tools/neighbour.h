// SPDX-License-Identifier: MIT
// Runs a program that lies beside this one.
#pragma once

#include <string>
#include <vector>

#include "engine/base/status.h"

namespace vitrine::tools {

struct NeighbourRun {
  int code = 0;        // what it exited with; 128 and more: a signal ended it
  std::string output;  // all of its standard output; standard error goes where ours does
};

// Waits until it ends. NotFound when no such program is there, Unavailable when it cannot be run.
Result<NeighbourRun> run_neighbour(const std::string& name, std::vector<std::string> arguments);

// Becomes that program, with this one's input and outputs; returns only when that failed, as above.
Status become_neighbour(const std::string& name, std::vector<std::string> arguments);

}  // namespace vitrine::tools
