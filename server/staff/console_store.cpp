// SPDX-License-Identifier: MIT
#include "server/staff/console_store.h"

#include <map>
#include <utility>

#include "server/store/console_sql.h"
#include "server/store/sqlite_files.h"

namespace vitrine {
namespace {

constexpr int64_t kApplicationId = 1447646287;  // "VITO"
constexpr int64_t kSchemaVersion = 1;

#define VITRINE_VERSION_COLUMNS \
  "campaign, version, time, actor, how, of_version, changes, file_etag"

CampaignVersion version_of(const SqliteStatement& columns) {
  CampaignVersion version;
  version.campaign = columns.text(0);
  version.version = columns.integer(1);
  version.time = columns.integer(2);
  version.actor = columns.text(3);
  version.how = columns.text(4);
  version.of_version = columns.integer(5);
  version.changes = columns.text(6);
  version.file_etag = columns.text(7);
  return version;
}

CampaignVersion whole_version_of(const SqliteStatement& columns) {
  CampaignVersion version = version_of(columns);
  version.json = columns.text(8);
  return version;
}

AuditLine line_of(const SqliteStatement& columns) {
  return {columns.integer(0),           columns.integer(1),           std::string(columns.text(2)),
          std::string(columns.text(3)), std::string(columns.text(4)), std::string(columns.text(5))};
}

template <typename Row, typename Read>
Result<std::vector<Row>> read_all(SqliteDb& db, SqliteStatement& statement, Read read) {
  std::vector<Row> rows;
  const SqliteReset reset(statement);
  SqliteStep next = statement.step();
  for (; next == SqliteStep::Row; next = statement.step()) rows.push_back(read(statement));
  if (next == SqliteStep::Error) return db.status("read what staff decided");
  return rows;
}

template <typename Row, typename Read>
Result<std::optional<Row>> read_one(SqliteDb& db, SqliteStatement& statement, Read read) {
  Result<std::vector<Row>> rows = read_all<Row>(db, statement, read);
  if (!rows.ok()) return rows.status();
  if (rows.value().empty()) return std::optional<Row>();
  return std::optional<Row>(std::move(rows.value().front()));
}

}  // namespace

Result<std::unique_ptr<ConsoleStore>> ConsoleStore::open(
    const std::string& directory, std::function<void(const Status&)> on_disk_error) {
  std::unique_ptr<ConsoleStore> store(new ConsoleStore());
  DurableOptions options;
  options.path = directory.empty() ? ":memory:" : directory + "/console.sqlite3";
  options.checkpoints = CheckpointMode::Inline;
  options.on_disk_error = std::move(on_disk_error);
  Status status = directory.empty() ? Status() : make_data_directory(directory);
  if (!status.ok()) return status;
  status =
      store->database_.open(std::move(options), kConsoleSchema, kApplicationId, kSchemaVersion);
  if (status.ok()) status = store->prepare();
  if (status.ok()) status = set_busy_timeout(store->database_.db(), kLoopBusyMs);
  if (!status.ok()) return status;
  return store;
}

Status ConsoleStore::prepare() {
  return database_.db().prepare_all({
      {add_version_, "INSERT INTO version (" VITRINE_VERSION_COLUMNS
                     ", json) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"},
      {newest_, "SELECT " VITRINE_VERSION_COLUMNS
                ", json FROM version AS a WHERE version = (SELECT max(version) FROM version AS b "
                "WHERE b.campaign = a.campaign) ORDER BY campaign"},
      {versions_, "SELECT " VITRINE_VERSION_COLUMNS
                  " FROM version WHERE campaign = ?1 ORDER BY version DESC LIMIT ?2"},
      {find_, "SELECT " VITRINE_VERSION_COLUMNS
              ", json FROM version WHERE campaign = ?1 AND version = ?2"},
      {stop_, "INSERT INTO stop VALUES (1, ?1, ?2)"},
      {start_, "DELETE FROM stop"},
      {stopped_, "SELECT time, actor FROM stop"},
      {add_line_,
       "INSERT INTO audit (time, actor, act, target, detail) VALUES (?1, ?2, ?3, ?4, ?5)"},
      {audit_,
       "SELECT position, time, actor, act, target, detail FROM audit ORDER BY position DESC "
       "LIMIT ?1"},
      {voids_,
       "SELECT position, time, actor, act, target, detail FROM audit WHERE act IN ('void_asked', "
       "'void_joined', 'void', 'void_failed') ORDER BY position"},
  });
}

Status ConsoleStore::publish(std::span<const CampaignVersion> versions, const AuditLine& line) {
  for (const CampaignVersion& version : versions) {
    const auto known = find(version.campaign, version.version);
    if (!known.ok()) return known.status();
    if (known.value()) return {StatusCode::AlreadyExists, "this version was published before"};
  }
  if (Status status = database_.begin(); !status.ok()) return status;
  for (const CampaignVersion& version : versions) {
    add_version_.bind_text(1, version.campaign).bind(2, version.version).bind(3, version.time);
    add_version_.bind_text(4, version.actor).bind_text(5, version.how).bind(6, version.of_version);
    add_version_.bind_text(7, version.changes).bind_text(8, version.file_etag);
    if (!add_version_.bind_text(9, version.json).run()) return database_.fail("publish");
  }
  return commit_with(line);
}

Result<std::vector<CampaignVersion>> ConsoleStore::newest() {
  return read_all<CampaignVersion>(database_.db(), newest_, whole_version_of);
}

Result<std::vector<CampaignVersion>> ConsoleStore::versions(std::string_view campaign,
                                                            size_t limit) {
  versions_.bind_text(1, campaign).bind(2, static_cast<int64_t>(limit));
  return read_all<CampaignVersion>(database_.db(), versions_, version_of);
}

Result<std::optional<CampaignVersion>> ConsoleStore::find(std::string_view campaign,
                                                          int64_t version) {
  find_.bind_text(1, campaign).bind(2, version);
  return read_one<CampaignVersion>(database_.db(), find_, whole_version_of);
}

Status ConsoleStore::set_stopped(bool stopped, const AuditLine& line) {
  const Result<std::optional<StopOrder>> now = this->stopped();
  if (!now.ok()) return now.status();
  if (now.value().has_value() == stopped) return {};
  if (Status status = database_.begin(); !status.ok()) return status;
  const bool done =
      stopped ? stop_.bind(1, line.time).bind_text(2, line.actor).run() : start_.run();
  return done ? commit_with(line) : database_.fail("stop or start");
}

Result<std::optional<StopOrder>> ConsoleStore::stopped() {
  const auto read = [](const SqliteStatement& columns) {
    return StopOrder{columns.integer(0), std::string(columns.text(1))};
  };
  return read_one<StopOrder>(database_.db(), stopped_, read);
}

Status ConsoleStore::note(const AuditLine& line) {
  if (Status status = database_.begin(); !status.ok()) return status;
  return commit_with(line);
}

Result<std::vector<AuditLine>> ConsoleStore::audit(size_t limit) {
  return read_all<AuditLine>(database_.db(), audit_.bind(1, static_cast<int64_t>(limit)), line_of);
}

Result<std::vector<UnsettledAct>> ConsoleStore::unsettled() {
  Result<std::vector<AuditLine>> lines = read_all<AuditLine>(database_.db(), voids_, line_of);
  if (!lines.ok()) return lines.status();
  // Of a target, by who asked.
  std::map<std::string, std::map<std::string, UnsettledAct>> open;
  for (AuditLine& line : lines.value()) {
    std::map<std::string, UnsettledAct>& of_target = open[line.target];
    if (line.act == "void_asked") {
      for (auto& [actor, act] : of_target) act.came_to_nothing = true;
    }
    if (line.act == "void_asked" || line.act == "void_joined") {
      const std::string actor = line.actor;
      of_target[actor] = {std::move(line), false};
    } else {
      of_target.erase(line.actor);
    }
  }
  std::vector<UnsettledAct> unsettled;
  for (auto& [target, acts] : open) {
    for (auto& [actor, act] : acts) unsettled.push_back(std::move(act));
  }
  return unsettled;
}

Status ConsoleStore::commit_with(const AuditLine& line) {
  add_line_.bind(1, line.time).bind_text(2, line.actor).bind_text(3, line.act);
  add_line_.bind_text(4, line.target);
  if (!add_line_.bind_text(5, line.detail).run()) return database_.fail("write the audit log");
  return database_.commit();
}

}  // namespace vitrine
