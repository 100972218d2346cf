// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "engine/base/status.h"
#include "native/lws_client.h"

namespace vitrine {

// Makes a key, shows `code` and the public key to the server and writes the key with the id it
// answers to the data folder; KeyIdentity::load reads it. Asks again for `patience` when a server
// is away or its answer is lost, a later call with the same code too, by the same key. On failure
// an older key stays. Waits: only before the first frame. Errors: PermissionDenied (code refused),
// Unavailable (no server), and those of the data folder.
Status enrol(LwsClient& client, const std::string& code, const std::filesystem::path& data_dir,
             std::chrono::milliseconds patience = std::chrono::seconds(20));

}  // namespace vitrine
