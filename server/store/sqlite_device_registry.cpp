// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/protocol/enrolment_code.h"
#include "server/crypto.h"
#include "server/store/devices_sql.h"
#include "server/store/enrolment_code.h"
#include "server/store/sqlite_db.h"
#include "server/store/sqlite_device_registry.h"
#include "server/store/sqlite_files.h"

namespace vitrine {
namespace {

constexpr int64_t kApplicationId = 1447642180;  // "VITD"
constexpr int64_t kSchemaVersion = 1;

#define VITRINE_DEVICE_COLUMNS "name, public_key, added_time, enrolled_time, revoked_time"

template <size_t N>
std::string_view bytes_of(const std::array<uint8_t, N>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Device device_of(const SqliteStatement& columns) {
  Device device;
  device.name = columns.text(0);
  const std::string_view key = columns.blob(1);
  if (key.size() == std::tuple_size<Ed25519PublicKey>::value) {
    device.public_key.emplace();
    std::memcpy(device.public_key->data(), key.data(), key.size());
  }
  device.added_time = columns.integer(2);
  device.enrolled_time = columns.integer(3);
  device.revoked_time = columns.integer(4);
  if (device.public_key) device.state = DeviceState::Enrolled;
  if (device.revoked_time != 0) device.state = DeviceState::Revoked;
  return device;
}

class SqliteDeviceRegistry final : public DeviceRegistry {
 public:
  Status open(const std::string& directory);
  Status set_busy_timeout(int busy_timeout_ms) {
    return vitrine::set_busy_timeout(db_, busy_timeout_ms);
  }

  Result<std::string> invite(std::string_view name, int64_t now_ms) override;
  Result<Device> enrol(std::string_view code, const Ed25519PublicKey& key, int64_t now_ms) override;
  Status revoke(std::string_view name, int64_t now_ms) override;
  Result<std::optional<Device>> find(std::string_view name) override;
  Result<std::vector<Device>> list() override;
  Result<uint64_t> version() override;

 private:
  Result<bool> knows_code(std::string_view hash, std::string_view spent, int64_t now_ms);

  SqliteDb db_;
  SqliteStatement knows_code_, invite_, enrol_, revoke_, find_, list_;
  uint64_t own_changes_ = 0;  // data_version tells only of other connections' changes
};

Status SqliteDeviceRegistry::open(const std::string& directory) {
  Status status = make_data_directory(directory);
  if (!status.ok()) return status;
  Result<SqliteDb> db = open_durable_database(directory + "/devices.sqlite3", kDevicesSchema,
                                              kApplicationId, kSchemaVersion);
  if (!db.ok()) return db.status();
  db_ = std::move(db).value();
  return db_.prepare_all({
      {invite_,
       "INSERT INTO device (name, code_hash, code_expires, added_time, enrolled_time, "
       "revoked_time) VALUES (?1, ?2, ?3, ?4, 0, 0) ON CONFLICT (name) DO UPDATE SET "
       "code_hash = excluded.code_hash, code_expires = excluded.code_expires"},
      {knows_code_, "SELECT 1 FROM device WHERE code_hash IN (?1, ?2) AND code_expires > ?3"},
      {enrol_,
       "UPDATE device SET public_key = ?1, code_hash = ?4, enrolled_time = ?2, revoked_time = 0 "
       "WHERE code_hash IN (?3, ?4) AND code_expires > ?2 RETURNING " VITRINE_DEVICE_COLUMNS},
      {revoke_, "UPDATE device SET revoked_time = ?2, code_hash = NULL WHERE name = ?1"},
      {find_, "SELECT " VITRINE_DEVICE_COLUMNS " FROM device WHERE name = ?1"},
      {list_, "SELECT " VITRINE_DEVICE_COLUMNS " FROM device ORDER BY name"},
  });
}

Result<std::string> SqliteDeviceRegistry::invite(std::string_view name, int64_t now_ms) {
  if (!is_device_name(name)) return bad_device_name(name);
  const std::string code = make_enrolment_code();
  const auto hash = hash_secret(*protocol::normalise_enrolment_code(code));
  invite_.bind_text(1, name).bind_blob(2, bytes_of(hash));
  if (!invite_.bind(3, now_ms + kEnrolmentLifeMs).bind(4, now_ms).run()) {
    return db_.status("add device");
  }
  ++own_changes_;
  return code;
}

Result<bool> SqliteDeviceRegistry::knows_code(std::string_view hash, std::string_view spent,
                                              int64_t now_ms) {
  const SqliteReset reset(knows_code_);
  const SqliteStep found =
      knows_code_.bind_blob(1, hash).bind_blob(2, spent).bind(3, now_ms).step();
  if (found == SqliteStep::Error) return db_.status("look for a code");
  return found == SqliteStep::Row;
}

// Looks first: to write takes a lock, and whoever only guesses must not wait for one.
Result<Device> SqliteDeviceRegistry::enrol(std::string_view code, const Ed25519PublicKey& key,
                                           int64_t now_ms) {
  const std::optional<std::string> normal = protocol::normalise_enrolment_code(code);
  if (!normal) return enrolment_refused();
  const auto hash = hash_secret(*normal);
  const auto spent = spent_code_hash(*normal, key);
  const Result<bool> known = knows_code(bytes_of(hash), bytes_of(spent), now_ms);
  if (!known.ok()) return known.status();
  if (!known.value()) return enrolment_refused();
  std::optional<Device> device;
  {
    const SqliteReset reset(enrol_);
    enrol_.bind_blob(1, bytes_of(key)).bind(2, now_ms).bind_blob(3, bytes_of(hash));
    enrol_.bind_blob(4, bytes_of(spent));
    SqliteStep next = enrol_.step();
    if (next == SqliteStep::Row) {
      device = device_of(enrol_);
      next = enrol_.step();  // the change is committed when the statement is done
    }
    if (next == SqliteStep::Error) return db_.status("enrol device");
  }
  if (!device) return enrolment_refused();
  ++own_changes_;
  return *device;
}

Status SqliteDeviceRegistry::revoke(std::string_view name, int64_t now_ms) {
  if (!revoke_.bind_text(1, name).bind(2, now_ms).run()) return db_.status("revoke device");
  if (db_.changes() == 0) return no_such_device(name);
  ++own_changes_;
  return {};
}

Result<std::optional<Device>> SqliteDeviceRegistry::find(std::string_view name) {
  const SqliteReset reset(find_);
  const SqliteStep found = find_.bind_text(1, name).step();
  if (found == SqliteStep::Error) return db_.status("find device");
  if (found == SqliteStep::Done) return std::optional<Device>();
  return std::optional<Device>(device_of(find_));
}

Result<std::vector<Device>> SqliteDeviceRegistry::list() {
  std::vector<Device> devices;
  const SqliteReset reset(list_);
  SqliteStep next = list_.step();
  for (; next == SqliteStep::Row; next = list_.step()) devices.push_back(device_of(list_));
  if (next == SqliteStep::Error) return db_.status("list devices");
  return devices;
}

Result<uint64_t> SqliteDeviceRegistry::version() {
  const Result<int64_t> others = db_.query_integer("PRAGMA data_version");
  if (!others.ok()) return others.status();
  return static_cast<uint64_t>(others.value()) + (own_changes_ << 32);
}

}  // namespace

Result<std::unique_ptr<DeviceRegistry>> open_sqlite_device_registry(const std::string& directory) {
  auto registry = std::make_unique<SqliteDeviceRegistry>();
  Status status = registry->open(directory);
  if (!status.ok()) return status;
  return std::unique_ptr<DeviceRegistry>(std::move(registry));
}

Result<std::unique_ptr<DeviceRegistry>> open_sqlite_device_registry(const std::string& directory,
                                                                    int busy_timeout_ms) {
  auto registry = std::make_unique<SqliteDeviceRegistry>();
  Status status = registry->open(directory);
  if (status.ok()) status = registry->set_busy_timeout(busy_timeout_ms);
  if (!status.ok()) return status;
  return std::unique_ptr<DeviceRegistry>(std::move(registry));
}

}  // namespace vitrine
