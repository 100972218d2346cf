// SPDX-License-Identifier: MIT
#include "server/webhooks/webhook_book.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

#include "server/crypto.h"
#include "server/store/device_registry.h"
#include "server/store/sqlite_db.h"
#include "server/store/sqlite_files.h"
#include "server/store/webhooks_sql.h"
#include "server/webhooks/address_rules.h"

namespace vitrine {

namespace {

constexpr int64_t kApplicationId = 1447646295;  // "VITW"
constexpr int64_t kSchemaVersion = 1;

// The file that SQLite would make is readable by everybody.
void make_private(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file >= 0) ::close(file);
}

Status no_such_endpoint(std::string_view name) {
  return {StatusCode::NotFound,
          std::string(name) + ": no such webhook; `vitrine webhook list` shows them"};
}

Status bad_name() {
  return {StatusCode::InvalidArgument,
          "the name is 1 to 63 of a-z 0-9 . _ - and begins with a letter or digit"};
}

uint64_t count_of(int64_t integer) {
  return static_cast<uint64_t>(integer);
}

WebhookDelivery delivery_of(const SqliteStatement& columns) {
  WebhookDelivery delivery;
  delivery.position = count_of(columns.integer(0));
  delivery.dead = columns.integer(1) != 0;
  delivery.attempts = static_cast<int>(columns.integer(2));
  delivery.first_time = columns.integer(3);
  delivery.next_time = columns.integer(4);
  delivery.type = columns.text(5);
  delivery.error = columns.text(6);
  return delivery;
}

}  // namespace

struct WebhookBook::Tables {
  Status open(const std::string& directory);
  Status begin() { return begin_.run() ? Status() : db_.status("webhooks"); }
  Status end(bool whole);
  bool apply(const WebhookProgress& progress);
  bool keep(const Id128& endpoint, const WebhookDelivery& delivery);
  WebhookEndpoint read_endpoint() const;
  Result<WebhookEndpoint> find(std::string_view name);

  SqliteDb db_;
  int64_t own_changes_ = 0;  // data_version tells only of other connections' changes
  SqliteStatement begin_, commit_, rollback_, add_, rotate_, remove_, list_, dead_, retry_, enable_,
      due_, progress_, keep_, settle_, trim_, sweep_;
};

Status WebhookBook::Tables::open(const std::string& directory) {
  Status status = make_data_directory(directory);
  if (!status.ok()) return status;
  const std::string path = directory + "/webhooks.sqlite3";
  make_private(path);
  Result<SqliteDb> db =
      open_durable_database(path, kWebhooksSchema, kApplicationId, kSchemaVersion);
  if (!db.ok()) return db.status();
  db_ = std::move(db).value();
  return db_.prepare_all({
      {begin_, "BEGIN IMMEDIATE"},
      {commit_, "COMMIT"},
      {rollback_, "ROLLBACK"},
      {add_,
       "INSERT INTO endpoint VALUES (?1, ?2, ?3, ?4, '', 0, '', ?5, ?6, 0, 0, 0, '') "
       "ON CONFLICT (name) DO NOTHING"},
      {rotate_,
       "UPDATE endpoint SET old_secret = secret, old_until = ?2, secret = ?3 WHERE name = ?1"},
      {remove_, "DELETE FROM endpoint WHERE name = ?1"},
      {sweep_, "DELETE FROM delivery WHERE endpoint NOT IN (SELECT id FROM endpoint)"},
      {list_,
       "SELECT name, id, url, secret, old_secret, old_until, disabled, cursor, added_time, "
       "delivered, failed, delivered_time, error, "
       "(SELECT count(*) FROM delivery WHERE endpoint = id AND dead = 0), "
       "(SELECT count(*) FROM delivery WHERE endpoint = id AND dead = 1) "
       "FROM endpoint ORDER BY name"},
      {dead_,
       "SELECT position, dead, attempts, first_time, next_time, type, error FROM delivery "
       "WHERE endpoint = ?1 AND dead = 1 ORDER BY position"},
      {retry_,
       "UPDATE delivery SET dead = 0, attempts = 0, first_time = ?2, next_time = ?2 "
       "WHERE endpoint = ?1 AND dead = 1 AND (?3 IS NULL OR position = ?3)"},
      {enable_, "UPDATE endpoint SET disabled = '' WHERE name = ?1"},
      {due_,
       "SELECT position, dead, attempts, first_time, next_time, type, error FROM delivery "
       "WHERE endpoint = ?1 AND dead = 0 AND next_time <= ?2 ORDER BY next_time, position LIMIT 1"},
      {progress_,
       "UPDATE endpoint SET cursor = coalesce(?2, cursor), delivered = delivered + ?3, "
       "failed = failed + ?4, delivered_time = iif(?3, ?5, delivered_time), "
       "error = iif(?6 = '', error, ?6), disabled = iif(?7 = '', disabled, ?7) WHERE id = ?1"},
      {keep_, "INSERT OR REPLACE INTO delivery VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"},
      {settle_, "DELETE FROM delivery WHERE endpoint = ?1 AND position = ?2"},
      {trim_,
       "DELETE FROM delivery WHERE endpoint = ?1 AND dead = 1 AND position <= (SELECT position "
       "FROM delivery WHERE endpoint = ?1 AND dead = 1 ORDER BY position DESC LIMIT 1 OFFSET ?2)"},
  });
}

Status WebhookBook::Tables::end(bool whole) {
  if (whole && commit_.run()) return {};
  Status status = db_.status("webhooks");
  if (db_.in_transaction()) rollback_.run();
  return status;
}

WebhookEndpoint WebhookBook::Tables::read_endpoint() const {
  WebhookEndpoint endpoint;
  endpoint.name = list_.text(0);
  endpoint.id = id_of(list_.blob(1));
  endpoint.url = list_.text(2);
  endpoint.secret = list_.text(3);
  endpoint.old_secret = list_.text(4);
  endpoint.old_until = list_.integer(5);
  endpoint.disabled = list_.text(6);
  endpoint.cursor = count_of(list_.integer(7));
  endpoint.added_time = list_.integer(8);
  endpoint.delivered = count_of(list_.integer(9));
  endpoint.failed = count_of(list_.integer(10));
  endpoint.delivered_time = list_.integer(11);
  endpoint.error = list_.text(12);
  endpoint.waiting = count_of(list_.integer(13));
  endpoint.dead = count_of(list_.integer(14));
  return endpoint;
}

// There are few of them: the whole list is read where one is asked for.
Result<WebhookEndpoint> WebhookBook::Tables::find(std::string_view name) {
  const SqliteReset reset(list_);
  SqliteStep next = list_.step();
  for (; next == SqliteStep::Row; next = list_.step()) {
    if (list_.text(0) == name) return read_endpoint();
  }
  if (next == SqliteStep::Error) return db_.status("list webhooks");
  return no_such_endpoint(name);
}

bool WebhookBook::Tables::keep(const Id128& endpoint, const WebhookDelivery& delivery) {
  keep_.bind_blob(1, blob_of(endpoint)).bind(2, static_cast<int64_t>(delivery.position));
  keep_.bind(3, delivery.dead ? 1 : 0).bind(4, delivery.attempts).bind(5, delivery.first_time);
  keep_.bind(6, delivery.next_time).bind_text(7, delivery.type).bind_text(8, delivery.error);
  if (!keep_.run()) return false;
  if (!delivery.dead) return true;
  return trim_.bind_blob(1, blob_of(endpoint)).bind(2, int64_t{kMaxDeadDeliveries}).run();
}

bool WebhookBook::Tables::apply(const WebhookProgress& progress) {
  progress_.bind_blob(1, blob_of(progress.endpoint));
  if (progress.cursor) {
    progress_.bind(2, static_cast<int64_t>(*progress.cursor));
  } else {
    progress_.bind_null(2);
  }
  progress_.bind(3, progress.delivered ? 1 : 0).bind(4, progress.failed ? 1 : 0);
  progress_.bind(5, progress.time).bind_text(6, progress.error).bind_text(7, progress.disable);
  if (!progress_.run()) return false;
  if (db_.changes() == 0) return true;  // it was removed
  if (progress.settle) {
    settle_.bind_blob(1, blob_of(progress.endpoint));
    if (!settle_.bind(2, static_cast<int64_t>(*progress.settle)).run()) return false;
  }
  return !progress.keep || keep(progress.endpoint, *progress.keep);
}

std::vector<WebhookSecret> WebhookEndpoint::secrets(int64_t now) const {
  std::vector<WebhookSecret> secrets;
  if (const auto newest = WebhookSecret::parse(secret)) secrets.push_back(*newest);
  const auto old = WebhookSecret::parse(old_secret);
  if (old && now < old_until) secrets.push_back(*old);
  return secrets;
}

WebhookBook::WebhookBook() : tables_(std::make_unique<Tables>()) {}
WebhookBook::~WebhookBook() = default;

Result<std::unique_ptr<WebhookBook>> WebhookBook::open(const std::string& directory) {
  std::unique_ptr<WebhookBook> book(new WebhookBook);
  Status status = book->tables_->open(directory);
  if (!status.ok()) return status;
  return book;
}

Result<WebhookEndpoint> WebhookBook::add(std::string_view name, std::string_view url,
                                         uint64_t cursor, int64_t now) {
  if (!is_device_name(name)) return bad_name();
  const Result<WebhookUrl> parsed = parse_webhook_url(url);
  if (!parsed.ok()) return parsed.status();
  const Id128 id = random_id();
  const std::string secret = WebhookSecret::make().to_string();
  SqliteStatement& add = tables_->add_;
  add.bind_text(1, name).bind_blob(2, blob_of(id)).bind_text(3, url).bind_text(4, secret);
  if (!add.bind(5, static_cast<int64_t>(cursor)).bind(6, now).run()) {
    return tables_->db_.status("add webhook");
  }
  if (tables_->db_.changes() == 0) {
    return Status(StatusCode::AlreadyExists,
                  std::string(name) + ": there is one already; remove it, or take another name");
  }
  ++tables_->own_changes_;
  return tables_->find(name);
}

Result<WebhookEndpoint> WebhookBook::rotate(std::string_view name, int64_t now) {
  const std::string secret = WebhookSecret::make().to_string();
  SqliteStatement& rotate = tables_->rotate_;
  rotate.bind_text(1, name).bind(2, now + kOldSecretLifeMs).bind_text(3, secret);
  if (!rotate.run()) return tables_->db_.status("rotate webhook");
  ++tables_->own_changes_;
  return tables_->find(name);
}

Status WebhookBook::remove(std::string_view name) {
  Status status = tables_->begin();
  if (!status.ok()) return status;
  const bool removed = tables_->remove_.bind_text(1, name).run();
  const bool known = removed && tables_->db_.changes() > 0;
  status = tables_->end(removed && tables_->sweep_.run());
  if (!status.ok()) return status;
  ++tables_->own_changes_;
  return known ? Status() : no_such_endpoint(name);
}

Result<std::vector<WebhookEndpoint>> WebhookBook::list() {
  std::vector<WebhookEndpoint> endpoints;
  SqliteStatement& list = tables_->list_;
  const SqliteReset reset(list);
  SqliteStep next = list.step();
  for (; next == SqliteStep::Row; next = list.step()) endpoints.push_back(tables_->read_endpoint());
  if (next == SqliteStep::Error) return tables_->db_.status("list webhooks");
  return endpoints;
}

Result<std::vector<WebhookDelivery>> WebhookBook::dead(std::string_view name) {
  const Result<WebhookEndpoint> endpoint = tables_->find(name);
  if (!endpoint.ok()) return endpoint.status();
  std::vector<WebhookDelivery> deliveries;
  SqliteStatement& dead = tables_->dead_;
  const SqliteReset reset(dead);
  dead.bind_blob(1, blob_of(endpoint.value().id));
  SqliteStep next = dead.step();
  for (; next == SqliteStep::Row; next = dead.step()) deliveries.push_back(delivery_of(dead));
  if (next == SqliteStep::Error) return tables_->db_.status("list dead deliveries");
  return deliveries;
}

Result<uint64_t> WebhookBook::retry(std::string_view name, std::optional<uint64_t> position,
                                    int64_t now) {
  const Result<WebhookEndpoint> endpoint = tables_->find(name);
  if (!endpoint.ok()) return endpoint.status();
  Status status = tables_->begin();
  if (!status.ok()) return status;
  SqliteStatement& retry = tables_->retry_;
  retry.bind_blob(1, blob_of(endpoint.value().id)).bind(2, now);
  if (position) {
    retry.bind(3, static_cast<int64_t>(*position));
  } else {
    retry.bind_null(3);
  }
  const bool retried = retry.run();
  const uint64_t count = retried ? count_of(tables_->db_.changes()) : 0;
  status = tables_->end(retried && tables_->enable_.bind_text(1, name).run());
  if (!status.ok()) return status;
  ++tables_->own_changes_;
  return count;
}

Result<std::optional<WebhookDelivery>> WebhookBook::next_due(const Id128& endpoint, int64_t now) {
  SqliteStatement& due = tables_->due_;
  const SqliteReset reset(due);
  const SqliteStep found = due.bind_blob(1, blob_of(endpoint)).bind(2, now).step();
  if (found == SqliteStep::Error) return tables_->db_.status("find delivery");
  if (found == SqliteStep::Done) return std::optional<WebhookDelivery>();
  return std::optional<WebhookDelivery>(delivery_of(due));
}

Status WebhookBook::record(const std::vector<WebhookProgress>& progress) {
  Status status = tables_->begin();
  if (!status.ok()) return status;
  bool whole = true;
  for (const WebhookProgress& one : progress) whole = whole && tables_->apply(one);
  return tables_->end(whole);
}

Result<int64_t> WebhookBook::version() {
  const Result<int64_t> others = tables_->db_.query_integer("PRAGMA data_version");
  if (!others.ok()) return others.status();
  return others.value() + (tables_->own_changes_ << 32);
}

}  // namespace vitrine
