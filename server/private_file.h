// SPDX-License-Identifier: MIT
// Small files that only the server's user may read: keys and password hashes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace vitrine {

// nullopt when there is no such file. At most 64 KiB.
Result<std::optional<std::string>> read_private_file(const std::string& path);

// Mode 0600; durable, and whole or not at all, when it returns.
Status write_private_file(const std::string& path, std::string_view bytes);

}  // namespace vitrine
