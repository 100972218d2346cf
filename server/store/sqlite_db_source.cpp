// SPDX-License-Identifier: MIT
// SQLite's side of it: an eponymous virtual table, the smallest that there is.
#include "server/store/sqlite_db_source.h"

#include <sqlite3.h>

#include <new>

#include "server/store/sqlite_db.h"

namespace vitrine {
namespace {

// What SQLite keeps for us; its own part comes first.
struct Declared {
  const char* table;
  const SqliteSource* source;
};
struct Table {
  sqlite3_vtab base;
  const SqliteSource* source;
};
struct Cursor {
  sqlite3_vtab_cursor base;
  const SqliteSource* source;
  size_t row;
};

int connect(sqlite3* db, void* declared, int, const char* const*, sqlite3_vtab** out, char**) {
  const auto* what = static_cast<const Declared*>(declared);
  const int result = sqlite3_declare_vtab(db, what->table);
  if (result != SQLITE_OK) return result;
  auto* table = new (std::nothrow) Table{{}, what->source};
  if (table == nullptr) return SQLITE_NOMEM;
  *out = &table->base;
  return SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
  delete reinterpret_cast<Table*>(table);
  return SQLITE_OK;
}

// There is one way to read it: from first to last.
int best_index(sqlite3_vtab*, sqlite3_index_info*) {
  return SQLITE_OK;
}

int open_cursor(sqlite3_vtab* table, sqlite3_vtab_cursor** out) {
  auto* cursor = new (std::nothrow) Cursor{{}, reinterpret_cast<Table*>(table)->source, 0};
  if (cursor == nullptr) return SQLITE_NOMEM;
  *out = &cursor->base;
  return SQLITE_OK;
}

Cursor& cursor_of(sqlite3_vtab_cursor* cursor) {
  return *reinterpret_cast<Cursor*>(cursor);
}

int close_cursor(sqlite3_vtab_cursor* cursor) {
  delete &cursor_of(cursor);
  return SQLITE_OK;
}

int restart(sqlite3_vtab_cursor* cursor, int, const char*, int, sqlite3_value**) {
  cursor_of(cursor).row = 0;
  return SQLITE_OK;
}

int advance(sqlite3_vtab_cursor* cursor) {
  ++cursor_of(cursor).row;
  return SQLITE_OK;
}

int is_at_end(sqlite3_vtab_cursor* cursor) {
  return cursor_of(cursor).row >= cursor_of(cursor).source->rows();
}

int read_column(sqlite3_vtab_cursor* cursor, sqlite3_context* context, int column) {
  cursor_of(cursor).source->read(cursor_of(cursor).row, column, SqliteColumn(context));
  return SQLITE_OK;
}

int read_rowid(sqlite3_vtab_cursor* cursor, sqlite3_int64* out) {
  *out = static_cast<sqlite3_int64>(cursor_of(cursor).row);
  return SQLITE_OK;
}

// No xCreate: the table is there under its module's name, in no schema and no file.
constexpr sqlite3_module make_module() {
  sqlite3_module module{};
  module.xConnect = connect;
  module.xDisconnect = disconnect;
  module.xBestIndex = best_index;
  module.xOpen = open_cursor;
  module.xClose = close_cursor;
  module.xFilter = restart;
  module.xNext = advance;
  module.xEof = is_at_end;
  module.xColumn = read_column;
  module.xRowid = read_rowid;
  return module;
}

constexpr sqlite3_module kModule = make_module();

}  // namespace

void SqliteColumn::set(int64_t value) {
  sqlite3_result_int64(context_, value);
}

void SqliteColumn::set_text(std::string_view value) {
  sqlite3_result_text64(context_, value.data() == nullptr ? "" : value.data(), value.size(),
                        SQLITE_STATIC, SQLITE_UTF8);
}

void SqliteColumn::set_blob(std::string_view value) {
  sqlite3_result_blob64(context_, value.data() == nullptr ? "" : value.data(), value.size(),
                        SQLITE_STATIC);
}

Status SqliteDb::attach_source(const char* name, const char* table, const SqliteSource& source) {
  const auto drop = [](void* declared) { delete static_cast<Declared*>(declared); };
  const int result =
      sqlite3_create_module_v2(db_, name, &kModule, new Declared{table, &source}, drop);
  if (result != SQLITE_OK) return status("attach a source");
  return {};
}

}  // namespace vitrine
