// SPDX-License-Identifier: MIT
// The disk of power_loss_vfs.h from within: power_loss_disk.cpp is what lasts, power_loss_vfs.cpp
// what SQLite sees.
#pragma once

#include <sqlite3.h>

#include <array>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tests/fakes/power_loss_vfs.h"

namespace vitrine::test {

struct PendingOperation {
  bool is_truncate = false;
  uint64_t offset = 0;  // or the new size
  std::vector<uint8_t> bytes;
};

// What connections share of one file beside its bytes.
struct Locks {
  int shared = 0;
  void* reserved = nullptr;
  void* pending = nullptr;
  void* exclusive = nullptr;
};

struct SharedMemory {
  std::vector<std::unique_ptr<uint8_t[]>> regions;
  std::array<int, SQLITE_SHM_NLOCK> readers{};
  std::array<void*, SQLITE_SHM_NLOCK> owner{};
};

struct FileData {
  bool exists = false;
  bool surely_exists = false;
  std::vector<uint8_t> current;
  std::vector<uint8_t> durable;
  std::vector<PendingOperation> pending;
  Locks locks;
  SharedMemory shared_memory;
};

struct PowerLossDisk::Contents {
  mutable std::mutex mutex;
  std::map<std::string, FileData> files;
  uint64_t operations = 0;
  uint64_t crash_at = 0;
  uint64_t capacity = 0;
  std::string spoilt;  // path of the file that takes no writes
  bool crashed = false;
  bool ignore_syncs = false;
  bool holding_syncs = false;
  int held_syncs = 0;
  std::condition_variable released;
  int open_files = 0;
  sqlite3_vfs vfs{};
  sqlite3_vfs* system = nullptr;

  // False: this is the operation in whose midst the power fails, or it failed before.
  bool count_operation() {
    if (crashed) return false;
    if (++operations == crash_at) crashed = true;
    return !crashed;
  }

  uint64_t used() const {
    uint64_t bytes = 0;
    for (const auto& [name, file] : files) bytes += file.exists ? file.current.size() : 0;
    return bytes;
  }
};

void write_at(std::vector<uint8_t>& bytes, uint64_t offset, const uint8_t* data, size_t size);
// At once and whole; what of it lasts is decided by restart().
void apply_operation(std::vector<uint8_t>& bytes, const PendingOperation& operation);

// As SQLite's default file system, until unregistered.
void register_vfs(PowerLossDisk::Contents& disk);
void unregister_vfs(PowerLossDisk::Contents& disk);

}  // namespace vitrine::test
