// SPDX-License-Identifier: MIT
// What of a disk lasts when the power fails, and trying it at every operation.
#include <algorithm>
#include <cstdlib>

#include "engine/base/random.h"
#include "tests/fakes/power_loss_internal.h"

namespace vitrine::test {
namespace {

constexpr size_t kSector = 512;

void apply_torn(std::vector<uint8_t>& bytes, const PendingOperation& operation, Random& random) {
  if (operation.is_truncate) {
    if (random.below(2) == 0) apply_operation(bytes, operation);
    return;
  }
  size_t done = 0;
  while (done < operation.bytes.size()) {
    const uint64_t at = operation.offset + done;
    const size_t size = std::min<size_t>(kSector - at % kSector, operation.bytes.size() - done);
    if (random.below(2) == 0) write_at(bytes, at, operation.bytes.data() + done, size);
    done += size;
  }
}

// What reached the platter.
std::vector<uint8_t> surviving_bytes(const FileData& file, Survival survival, Random& random) {
  std::vector<uint8_t> bytes = file.durable;
  for (const PendingOperation& operation : file.pending) {
    switch (survival) {
      case Survival::Nothing:
        break;
      case Survival::Everything:
        apply_operation(bytes, operation);
        break;
      case Survival::SomeWrites:
        if (random.below(2) == 0) apply_operation(bytes, operation);
        break;
      case Survival::TornWrites:
        apply_torn(bytes, operation, random);
        break;
    }
  }
  return bytes;
}

bool survives(const FileData& file, Survival survival, Random& random) {
  if (file.exists == file.surely_exists) return file.exists;
  if (survival == Survival::Nothing) return file.surely_exists;
  if (survival == Survival::Everything) return file.exists;
  return random.below(2) == 0;
}

const char* survival_name(Survival survival) {
  switch (survival) {
    case Survival::Nothing:
      return "nothing unsynced survives";
    case Survival::Everything:
      return "everything survives";
    case Survival::SomeWrites:
      return "some writes survive";
    case Survival::TornWrites:
      return "torn writes";
  }
  return "";
}

}  // namespace

void write_at(std::vector<uint8_t>& bytes, uint64_t offset, const uint8_t* data, size_t size) {
  if (bytes.size() < offset + size) bytes.resize(offset + size);
  std::copy_n(data, size, bytes.begin() + static_cast<long>(offset));
}

void apply_operation(std::vector<uint8_t>& bytes, const PendingOperation& operation) {
  if (operation.is_truncate) {
    bytes.resize(std::min<size_t>(bytes.size(), operation.offset));
    return;
  }
  write_at(bytes, operation.offset, operation.bytes.data(), operation.bytes.size());
}

PowerLossDisk::PowerLossDisk() : contents_(std::make_unique<Contents>()) {
  register_vfs(*contents_);
}

PowerLossDisk::~PowerLossDisk() {
  if (contents_->open_files != 0) std::abort();
  unregister_vfs(*contents_);
}

void PowerLossDisk::crash_at(uint64_t operation) {
  const std::lock_guard lock(contents_->mutex);
  contents_->crash_at = operation;
}

bool PowerLossDisk::crashed() const {
  const std::lock_guard lock(contents_->mutex);
  return contents_->crashed;
}

uint64_t PowerLossDisk::operations() const {
  const std::lock_guard lock(contents_->mutex);
  return contents_->operations;
}

void PowerLossDisk::ignore_syncs() {
  const std::lock_guard lock(contents_->mutex);
  contents_->ignore_syncs = true;
}

void PowerLossDisk::hold_syncs() {
  const std::lock_guard lock(contents_->mutex);
  contents_->holding_syncs = true;
}

void PowerLossDisk::release_syncs() {
  const std::lock_guard lock(contents_->mutex);
  contents_->holding_syncs = false;
  contents_->released.notify_all();
}

int PowerLossDisk::held_syncs() const {
  const std::lock_guard lock(contents_->mutex);
  return contents_->held_syncs;
}

void PowerLossDisk::set_capacity(uint64_t bytes) {
  const std::lock_guard lock(contents_->mutex);
  contents_->capacity = bytes;
}

void PowerLossDisk::spoil(const std::string& path) {
  const std::lock_guard lock(contents_->mutex);
  contents_->spoilt = path;
}

uint64_t PowerLossDisk::used_bytes() const {
  const std::lock_guard lock(contents_->mutex);
  return contents_->used();
}

void PowerLossDisk::restart(Survival survival, uint64_t seed) {
  const std::lock_guard lock(contents_->mutex);
  if (contents_->open_files != 0) std::abort();
  Random random(seed);
  for (auto& [name, file] : contents_->files) {
    const bool there = survives(file, survival, random);
    // A deletion that did not last leaves the file as it was.
    std::vector<uint8_t> bytes;
    if (there) bytes = surviving_bytes(file, survival, random);
    file = FileData();
    file.exists = file.surely_exists = there;
    file.current = file.durable = std::move(bytes);
  }
  contents_->crashed = false;
  contents_->crash_at = 0;
}

CrashReport enumerate_crashes(const std::function<void(PowerLossDisk&)>& workload,
                              const std::function<std::string(PowerLossDisk&)>& check,
                              bool ignore_syncs) {
  CrashReport report;
  {
    PowerLossDisk disk;
    workload(disk);
    report.operations = disk.operations();
  }
  struct Way {
    Survival survival;
    uint64_t seed;
  };
  static constexpr Way kWays[] = {{Survival::Nothing, 0},    {Survival::Everything, 0},
                                  {Survival::SomeWrites, 1}, {Survival::SomeWrites, 2},
                                  {Survival::TornWrites, 3}, {Survival::TornWrites, 4}};
  for (uint64_t operation = 1; operation <= report.operations; ++operation) {
    for (const Way& way : kWays) {
      PowerLossDisk disk;
      if (ignore_syncs) disk.ignore_syncs();
      disk.crash_at(operation);
      workload(disk);
      disk.restart(way.survival, way.seed + operation * 16);
      const std::string wrong = check(disk);
      ++report.crashes;
      if (wrong.empty()) continue;
      if (report.failures++ == 0) {
        report.first_failure = "operation " + std::to_string(operation) + ", " +
                               survival_name(way.survival) + ": " + wrong;
      }
    }
  }
  return report;
}

}  // namespace vitrine::test
