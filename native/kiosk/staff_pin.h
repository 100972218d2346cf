// SPDX-License-Identifier: MIT
// The PIN of the service panel, kept as an argon2id hash in DATA/staff_pin. Any thread.
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/status.h"

namespace vitrine {

// InvalidArgument unless it is 4 to 12 digits; else as write_file_durably.
Status save_staff_pin(const std::filesystem::path& folder, const std::string& pin);
bool has_staff_pin(const std::filesystem::path& folder);
// Takes a tenth of a second and 64 MiB, on purpose: never on the App's thread. False too when there
// is no PIN or its file is damaged.
bool check_staff_pin(const std::filesystem::path& folder, const std::string& pin);

}  // namespace vitrine
