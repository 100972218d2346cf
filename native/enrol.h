// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "engine/base/status.h"
#include "native/lws_client.h"

namespace vitrine {

struct EnrolTiming {
  std::chrono::milliseconds patience = std::chrono::seconds(20);
  // Between tries: after no answer, and after one that says later. The server lets an address try
  // again every 6 seconds.
  std::chrono::milliseconds after_silence{500};
  std::chrono::milliseconds after_answer = std::chrono::seconds(6);
};

// Makes a key, shows the code and the public key to the server and writes the key with the id it
// answers to the data folder; KeyIdentity::load reads it. Asks again while there is patience when a
// server is away, cannot now or its answer is lost; a later call with the same code, typed in
// whichever way, asks by the same key. On failure an older key stays. Waits: only before the first
// frame. Errors: PermissionDenied (code refused), Unavailable (no server), and those of the data
// folder.
Status enrol(LwsClient& client, const std::string& typed, const std::filesystem::path& data_dir,
             const EnrolTiming& timing = {});

}  // namespace vitrine
