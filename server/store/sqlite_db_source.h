// SPDX-License-Identifier: MIT
// Rows that the program holds, as a table that SQL can read: one INSERT ... SELECT then stores a
// whole group, with neither a statement nor a bound value a row.
#pragma once

#include <cstdint>
#include <string_view>

struct sqlite3_context;

namespace vitrine {

// Where the value of one column goes. Texts are not copied: they must live until the statement is
// done.
class SqliteColumn {
 public:
  explicit SqliteColumn(sqlite3_context* context) : context_(context) {}

  void set(int64_t value);
  void set_text(std::string_view value);
  void set_blob(std::string_view value);

 private:
  sqlite3_context* context_;
};

// Given to SqliteDb::attach_source. Called while a statement reads the table, on its thread.
class SqliteSource {
 public:
  virtual ~SqliteSource() = default;

  virtual size_t rows() const = 0;
  // Expects: row < rows(), column as declared, from 0.
  virtual void read(size_t row, int column, SqliteColumn out) const = 0;
};

}  // namespace vitrine
