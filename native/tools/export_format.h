// SPDX-License-Identifier: MIT
// How stored interactions are written for others.
#pragma once

#include <string>
#include <string_view>

#include "server/store/store.h"

namespace vitrine::tools {

// A whole CloudEvent and a line end.
void append_json_line(std::string& out, const StoredRow& row);

// RFC 4180, with CRLF; times are RFC 3339 in UTC, `time` is corrected by the server's clock.
std::string_view csv_header();
void append_csv_line(std::string& out, const StoredRow& row);

// One cell. A spreadsheet runs what begins with = + - @ tab or CR: such a text gets an apostrophe
// in front, which it shows as text.
void append_csv_cell(std::string& out, std::string_view text);

}  // namespace vitrine::tools
