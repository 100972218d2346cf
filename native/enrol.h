// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "engine/base/status.h"
#include "native/lws_client.h"

namespace vitrine {

// Makes a key, shows `code` and the public key to the server and writes the key with the id it
// answers to the data folder; KeyIdentity::load reads it. On failure an older key stays. Waits for
// the answer: only before the first frame. Errors: PermissionDenied (code refused), Unavailable (no
// server), and those of the data folder.
Status enrol(LwsClient& client, const std::string& code, const std::filesystem::path& data_dir);

}  // namespace vitrine
