// SPDX-License-Identifier: MIT
#include "tests/fakes/power_loss_vfs.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <cstring>

#include "tests/fakes/power_loss_internal.h"

namespace vitrine::test {
namespace {

using Contents = PowerLossDisk::Contents;

// SQLite allocates it; first member by its rules.
struct OpenFile {
  sqlite3_file base;
  Contents* disk;
  FileData* data;
  std::string* name;
  int lock_level;
  bool delete_on_close;
  uint16_t shm_shared;
  uint16_t shm_exclusive;
};

OpenFile& open_file(sqlite3_file* file) {
  return *reinterpret_cast<OpenFile*>(file);
}

int unlock_to(OpenFile& file, int level) {
  Locks& locks = file.data->locks;
  if (file.lock_level > SQLITE_LOCK_SHARED) {
    if (locks.reserved == &file) locks.reserved = nullptr;
    if (locks.pending == &file) locks.pending = nullptr;
    if (locks.exclusive == &file) locks.exclusive = nullptr;
  }
  if (level == SQLITE_LOCK_NONE && file.lock_level >= SQLITE_LOCK_SHARED) --locks.shared;
  file.lock_level = std::min(level, file.lock_level);
  return SQLITE_OK;
}

int on_close(sqlite3_file* base) {
  OpenFile& file = open_file(base);
  const std::lock_guard lock(file.disk->mutex);
  unlock_to(file, SQLITE_LOCK_NONE);
  if (file.delete_on_close) file.disk->files.erase(*file.name);
  delete file.name;
  --file.disk->open_files;
  return SQLITE_OK;
}

int on_read(sqlite3_file* base, void* out, int amount, sqlite3_int64 offset) {
  OpenFile& file = open_file(base);
  const std::lock_guard lock(file.disk->mutex);
  if (file.disk->crashed) return SQLITE_IOERR_READ;
  const std::vector<uint8_t>& bytes = file.data->current;
  const auto at = static_cast<uint64_t>(offset);
  const size_t wanted = static_cast<size_t>(amount);
  const size_t there = at >= bytes.size() ? 0 : std::min<size_t>(wanted, bytes.size() - at);
  if (there > 0) std::memcpy(out, bytes.data() + at, there);
  if (there == wanted) return SQLITE_OK;
  std::memset(static_cast<uint8_t*>(out) + there, 0, wanted - there);
  return SQLITE_IOERR_SHORT_READ;
}

int on_write(sqlite3_file* base, const void* data, int amount, sqlite3_int64 offset) {
  OpenFile& file = open_file(base);
  Contents& disk = *file.disk;
  const std::lock_guard lock(disk.mutex);
  if (disk.crashed || *file.name == disk.spoilt) return SQLITE_IOERR_WRITE;
  const auto* bytes = static_cast<const uint8_t*>(data);
  const auto at = static_cast<uint64_t>(offset);
  const auto size = static_cast<size_t>(amount);
  const uint64_t end = at + size;
  const uint64_t growth = end > file.data->current.size() ? end - file.data->current.size() : 0;
  if (disk.capacity != 0 && growth > 0 && disk.used() + growth > disk.capacity) return SQLITE_FULL;
  const bool powered = disk.count_operation();
  write_at(file.data->current, at, bytes, size);
  file.data->pending.push_back({false, at, {bytes, bytes + size}});
  return powered ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

int on_truncate(sqlite3_file* base, sqlite3_int64 size) {
  OpenFile& file = open_file(base);
  const std::lock_guard lock(file.disk->mutex);
  if (file.disk->crashed) return SQLITE_IOERR_TRUNCATE;
  const bool powered = file.disk->count_operation();
  PendingOperation operation;
  operation.is_truncate = true;
  operation.offset = static_cast<uint64_t>(size);
  apply_operation(file.data->current, operation);
  file.data->pending.push_back(std::move(operation));
  return powered ? SQLITE_OK : SQLITE_IOERR_TRUNCATE;
}

int on_sync(sqlite3_file* base, int) {
  OpenFile& file = open_file(base);
  std::unique_lock lock(file.disk->mutex);
  ++file.disk->held_syncs;
  file.disk->released.wait(lock, [&] { return !file.disk->holding_syncs; });
  --file.disk->held_syncs;
  if (!file.disk->count_operation()) return SQLITE_IOERR_FSYNC;
  if (file.disk->ignore_syncs) return SQLITE_OK;
  for (const PendingOperation& operation : file.data->pending)
    apply_operation(file.data->durable, operation);
  file.data->pending.clear();
  file.data->surely_exists = true;
  return SQLITE_OK;
}

int on_file_size(sqlite3_file* base, sqlite3_int64* size) {
  OpenFile& file = open_file(base);
  const std::lock_guard lock(file.disk->mutex);
  *size = static_cast<sqlite3_int64>(file.data->current.size());
  return file.disk->crashed ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

int on_lock(sqlite3_file* base, int level) {
  OpenFile& file = open_file(base);
  const std::lock_guard lock(file.disk->mutex);
  Locks& locks = file.data->locks;
  if (file.lock_level >= level) return SQLITE_OK;
  auto others = [&](void* owner) { return owner != nullptr && owner != &file; };
  if (level == SQLITE_LOCK_SHARED) {
    if (others(locks.pending) || others(locks.exclusive)) return SQLITE_BUSY;
    ++locks.shared;
    file.lock_level = level;
    return SQLITE_OK;
  }
  if (others(locks.reserved) || others(locks.pending)) return SQLITE_BUSY;
  locks.reserved = &file;
  if (level == SQLITE_LOCK_EXCLUSIVE) {
    locks.pending = &file;
    if (locks.shared > 1) {
      file.lock_level = SQLITE_LOCK_PENDING;
      return SQLITE_BUSY;
    }
    locks.exclusive = &file;
  }
  file.lock_level = level;
  return SQLITE_OK;
}

int on_unlock(sqlite3_file* base, int level) {
  OpenFile& file = open_file(base);
  const std::lock_guard lock(file.disk->mutex);
  return unlock_to(file, level);
}

int on_check_reserved(sqlite3_file* base, int* result) {
  OpenFile& file = open_file(base);
  const std::lock_guard lock(file.disk->mutex);
  *result = file.data->locks.reserved != nullptr ? 1 : 0;
  return SQLITE_OK;
}

int on_file_control(sqlite3_file*, int, void*) {
  return SQLITE_NOTFOUND;
}
int on_sector_size(sqlite3_file*) {
  return 4096;
}
// As the system's own VFS says of a local disk.
int on_characteristics(sqlite3_file*) {
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

int on_shm_map(sqlite3_file* base, int region, int size, int extend, void volatile** out) {
  OpenFile& file = open_file(base);
  const std::lock_guard lock(file.disk->mutex);
  std::vector<std::unique_ptr<uint8_t[]>>& regions = file.data->shared_memory.regions;
  const auto index = static_cast<size_t>(region);
  *out = nullptr;
  if (file.disk->crashed) return SQLITE_IOERR_SHMMAP;
  while (extend != 0 && regions.size() <= index) {
    regions.push_back(std::make_unique<uint8_t[]>(static_cast<size_t>(size)));
  }
  if (index < regions.size()) *out = regions[index].get();
  return SQLITE_OK;
}

bool shm_is_free(const SharedMemory& memory, const OpenFile& file, int slot, bool exclusive) {
  const auto index = static_cast<size_t>(slot);
  const void* owner = memory.owner[index];
  if (owner != nullptr && owner != &file) return false;
  const int own = (file.shm_shared >> slot) & 1;
  return !exclusive || memory.readers[index] == own;
}

int on_shm_lock(sqlite3_file* base, int offset, int count, int flags) {
  OpenFile& file = open_file(base);
  const std::lock_guard lock(file.disk->mutex);
  SharedMemory& memory = file.data->shared_memory;
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  const bool locking = (flags & SQLITE_SHM_LOCK) != 0;
  for (int slot = offset; locking && slot < offset + count; ++slot) {
    if (!shm_is_free(memory, file, slot, exclusive)) return SQLITE_BUSY;
  }
  for (int slot = offset; slot < offset + count; ++slot) {
    const auto index = static_cast<size_t>(slot);
    const auto bit = static_cast<uint16_t>(1u << slot);
    uint16_t& held = exclusive ? file.shm_exclusive : file.shm_shared;
    if (((held & bit) != 0) == locking) continue;
    held = static_cast<uint16_t>(held ^ bit);
    if (exclusive) memory.owner[index] = locking ? &file : nullptr;
    if (!exclusive) memory.readers[index] += locking ? 1 : -1;
  }
  return SQLITE_OK;
}

// A lock is a barrier too, and one that ThreadSanitizer understands.
void on_shm_barrier(sqlite3_file* base) {
  const std::lock_guard lock(open_file(base).disk->mutex);
}

int on_shm_unmap(sqlite3_file* base, int delete_it) {
  OpenFile& file = open_file(base);
  const std::lock_guard lock(file.disk->mutex);
  if (delete_it != 0) file.data->shared_memory.regions.clear();
  return SQLITE_OK;
}

const sqlite3_io_methods kMethods = {
    2,
    on_close,
    on_read,
    on_write,
    on_truncate,
    on_sync,
    on_file_size,
    on_lock,
    on_unlock,
    on_check_reserved,
    on_file_control,
    on_sector_size,
    on_characteristics,
    on_shm_map,
    on_shm_lock,
    on_shm_barrier,
    on_shm_unmap,
    nullptr,
    nullptr,
};

Contents& disk_of(sqlite3_vfs* vfs) {
  return *static_cast<Contents*>(vfs->pAppData);
}

int on_open(sqlite3_vfs* vfs, const char* path, sqlite3_file* base, int flags, int* out_flags) {
  Contents& disk = disk_of(vfs);
  const std::lock_guard lock(disk.mutex);
  OpenFile& file = open_file(base);
  std::memset(&file, 0, sizeof file);
  if (disk.crashed) return SQLITE_IOERR;
  static std::atomic<int> unnamed{0};
  const std::string name = path != nullptr ? path : "unnamed-" + std::to_string(++unnamed);
  FileData& data = disk.files[name];
  if (!data.exists) {
    if ((flags & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
    if (!disk.count_operation()) return SQLITE_IOERR;
    data.exists = true;
    data.current.clear();
    data.pending.clear();
    // A deletion that is not sure yet is made sure by the new file's own first sync.
    if (data.surely_exists) data.pending.push_back({true, 0, {}});
  }
  file.disk = &disk;
  file.data = &data;
  file.name = new std::string(name);
  file.delete_on_close = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0;
  file.base.pMethods = &kMethods;
  ++disk.open_files;
  if (out_flags != nullptr) *out_flags = flags;
  return SQLITE_OK;
}

int on_delete(sqlite3_vfs* vfs, const char* path, int sync_directory) {
  Contents& disk = disk_of(vfs);
  const std::lock_guard lock(disk.mutex);
  if (disk.crashed) return SQLITE_IOERR_DELETE;
  const auto found = disk.files.find(path);
  if (found == disk.files.end() || !found->second.exists) return SQLITE_IOERR_DELETE_NOENT;
  const bool powered = disk.count_operation();
  found->second.exists = false;
  found->second.current.clear();
  if (powered && sync_directory != 0 && !disk.ignore_syncs) {
    found->second.surely_exists = false;
    found->second.durable.clear();
    found->second.pending.clear();
  }
  return powered ? SQLITE_OK : SQLITE_IOERR_DELETE;
}

int on_access(sqlite3_vfs* vfs, const char* path, int, int* result) {
  Contents& disk = disk_of(vfs);
  const std::lock_guard lock(disk.mutex);
  const auto found = disk.files.find(path);
  *result = found != disk.files.end() && found->second.exists ? 1 : 0;
  return disk.crashed ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

int on_full_path(sqlite3_vfs*, const char* path, int size, char* out) {
  sqlite3_snprintf(size, out, "%s", path);
  return SQLITE_OK;
}

int on_sleep(sqlite3_vfs*, int microseconds) {
  return microseconds;
}

}  // namespace

void register_vfs(Contents& disk) {
  sqlite3_initialize();
  disk.system = sqlite3_vfs_find("unix");
  sqlite3_vfs& vfs = disk.vfs;
  vfs = *disk.system;
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(OpenFile);
  vfs.zName = "power-loss";
  vfs.pAppData = &disk;
  vfs.xOpen = on_open;
  vfs.xDelete = on_delete;
  vfs.xAccess = on_access;
  vfs.xFullPathname = on_full_path;
  vfs.xSleep = on_sleep;
  sqlite3_vfs_register(&vfs, 1);
}

void unregister_vfs(Contents& disk) {
  sqlite3_vfs_unregister(&disk.vfs);
  sqlite3_vfs_register(disk.system, 1);
}

}  // namespace vitrine::test
