// SPDX-License-Identifier: MIT
// A key of 32 random bytes in a file of the data directory, its owner's alone.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace vitrine {

using KeyBytes = std::array<uint8_t, 32>;

// nullopt when there is no such file. DataLoss: it is no key; `cure` is what the message goes on with.
Result<std::optional<KeyBytes>> find_key_file(const std::string& file, std::string_view cure);

// Durable, mode 0600.
Status write_key_file(const std::string& file, const KeyBytes& key);

// Random, written. Expects: init_crypto().
Result<KeyBytes> make_key_file(const std::string& file);

// Whether others than its owner may read it. False when it is not there.
bool is_read_by_others(const std::string& file);

}  // namespace vitrine
