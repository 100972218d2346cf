// SPDX-License-Identifier: MIT
// One file of a folder that must not be left.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace vitrine {

// The file `path` under `root`, refused when it would leave the folder: absolute, "..", backslash,
// NUL, or a symbolic link that points outside. Errors as Assets::request. Any thread.
Result<std::string> read_asset(const std::filesystem::path& root, std::string_view path);

}  // namespace vitrine
