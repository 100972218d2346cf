// SPDX-License-Identifier: MIT
// The registry of devices on disk, for who may not wait long.
#pragma once

#include <memory>
#include <string>

#include "server/store/device_registry.h"

namespace vitrine {

// As open_sqlite_device_registry(directory), whose calls wait long for another process that writes.
// These wait at most so long and are answered Unavailable then: for the server's loop.
Result<std::unique_ptr<DeviceRegistry>> open_sqlite_device_registry(const std::string& directory,
                                                                    int busy_timeout_ms);

}  // namespace vitrine
