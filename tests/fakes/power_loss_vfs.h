// SPDX-License-Identifier: MIT
// A disk in memory that can lose power, as SQLite's default VFS for as long as it lives. Whatever
// opens SQLite in this process then lives on it: the server's store, the kiosk's outbox.
//
// What was written is what programs read back; but only what was synced is sure to be there after
// restart(). Of the rest each write, or each 512-byte sector of it, may have reached the platter or
// not, whatever order they were made in. A new file is there for sure once it was synced, a deleted
// one is gone for sure when its deletion was.
//
// Operations are counted: create, write, truncate, sync, delete. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace vitrine::test {

enum class Survival : uint8_t {
  Nothing,     // of what was not synced
  Everything,  // the crash of a process, not of a machine
  SomeWrites,  // each write by chance
  TornWrites,  // each sector by chance
};

class PowerLossDisk {
 public:
  PowerLossDisk();
  PowerLossDisk(const PowerLossDisk&) = delete;
  // Expects: every connection is closed.
  ~PowerLossDisk();

  // The power fails in the midst of that operation, counted from 1 since the disk was made:
  // it and everything after it report an I/O error. 0: never.
  void crash_at(uint64_t operation);
  bool crashed() const;
  uint64_t operations() const;

  // A disk that answers sync at once and does nothing: the negative control.
  void ignore_syncs();

  // Every sync waits until released, as on a disk that has stopped answering.
  void hold_syncs();
  void release_syncs();
  int held_syncs() const;

  // Writes that would make the files larger than this in all fail as on a full disk. 0: no limit.
  void set_capacity(uint64_t bytes);
  uint64_t used_bytes() const;

  // Every write to the file of exactly this path fails from now on, as on bad sectors; the others
  // go on. "": none does.
  void spoil(const std::string& path);

  // Power is back. Expects: every connection is closed.
  void restart(Survival survival, uint64_t seed);

  struct Contents;

 private:
  std::unique_ptr<Contents> contents_;
};

struct CrashReport {
  uint64_t operations = 0;  // of the workload undisturbed
  uint64_t crashes = 0;     // tried
  uint64_t failures = 0;
  std::string first_failure;  // "operation 17, torn writes, seed 2: acknowledged row 5 is missing"
};

// Runs `workload` once undisturbed, then for every operation of it and every way to survive: a new
// disk, the workload until the power fails, restart, `check`. `check` returns "" or what is wrong.
// Both open and close the database themselves.
CrashReport enumerate_crashes(const std::function<void(PowerLossDisk&)>& workload,
                              const std::function<std::string(PowerLossDisk&)>& check,
                              bool ignore_syncs = false);

}  // namespace vitrine::test
