// SPDX-License-Identifier: MIT
#include <optional>
#include <string>
#include <vector>

#include "engine/base/rfc3339.h"
#include "native/tools/arguments.h"
#include "native/tools/command.h"
#include "native/tools/export_format.h"
#include "server/store/sqlite_store.h"

namespace vitrine::tools {
namespace {

constexpr std::string_view kHelp =
    "Usage: vitrine export --data DIR [--campaign ID] [--format csv|jsonl] [--since TIME]\n"
    "                      [--until TIME]\n"
    "Writes what a server recorded to standard output, oldest first, while the server runs or\n"
    "after. A count goes to standard error.\n\n"
    "  --data DIR       the server's data directory\n"
    "  --campaign ID    only this campaign's interactions; all without\n"
    "  --format FORMAT  jsonl (the default): a whole CloudEvent a line\n"
    "                   csv: RFC 4180; cells that a spreadsheet would run begin with '\n"
    "  --since TIME     received at TIME or later: 2026-11-21 or 2026-11-21T18:46:05Z\n"
    "  --until TIME     received before TIME\n";

constexpr size_t kStep = 2000;  // rows read at a time

struct Request {
  std::string directory;
  ReadFilter filter;
  bool csv = false;
};

// A day means its first moment, UTC.
bool read_time(std::string_view text, std::optional<int64_t>& time) {
  std::string whole(text);
  if (whole.size() == 10) whole += "T00:00:00Z";
  time = parse_rfc3339(whole);
  return time.has_value();
}

// The message for the person who called wrongly, "" when all is well.
std::string read_request(const Arguments& arguments, Request& request) {
  if (!arguments.operands().empty()) {
    return "unexpected \"" + std::string(arguments.operands()[0]) + "\"";
  }
  request.directory = arguments.value("data");
  if (request.directory.empty()) return "--data DIR is missing";
  if (arguments.has("campaign")) request.filter.campaign = arguments.value("campaign");
  const std::string_view format = arguments.value("format", "jsonl");
  if (format != "csv" && format != "jsonl") return "--format is csv or jsonl";
  request.csv = format == "csv";
  if (arguments.has("since") &&
      !read_time(arguments.value("since"), request.filter.received_since)) {
    return "--since is no time: write 2026-11-21 or 2026-11-21T18:46:05Z";
  }
  if (arguments.has("until") &&
      !read_time(arguments.value("until"), request.filter.received_until)) {
    return "--until is no time: write 2026-11-21 or 2026-11-21T18:46:05Z";
  }
  return "";
}

Result<uint64_t> write_rows(const CommandContext& context, const Request& request,
                            StoreReader& reader) {
  if (request.csv) print(context.out, csv_header());
  std::vector<StoredRow> rows;
  std::string text;
  uint64_t written = 0;
  for (uint64_t after = 0;;) {
    const Result<uint64_t> next = reader.read_rows(after, kStep, request.filter, rows);
    if (!next.ok()) return next.status();
    text.clear();
    for (const StoredRow& row : rows) {
      request.csv ? append_csv_line(text, row) : append_json_line(text, row);
    }
    print(context.out, text);
    written += rows.size();
    // Nobody reads on: the program's end reports it.
    if (next.value() == after || std::ferror(context.out)) return written;
    after = next.value();
  }
}

int run(const CommandContext& context) {
  static constexpr Option kOptions[] = {
      {"data", true}, {"campaign", true}, {"format", true}, {"since", true}, {"until", true}};
  const Result<Arguments> parsed = Arguments::parse(context.arguments, kOptions);
  if (!parsed.ok()) return usage_error(context, "export", parsed.status().message());
  Request request;
  const std::string wrong = read_request(parsed.value(), request);
  if (!wrong.empty()) return usage_error(context, "export", wrong);
  const Result<std::unique_ptr<StoreReader>> reader = open_sqlite_reader(request.directory);
  if (!reader.ok()) return environment_error(context, "export", reader.status().message());
  const Result<uint64_t> written = write_rows(context, request, *reader.value());
  if (!written.ok()) return environment_error(context, "export", written.status().message());
  print(context.err, std::to_string(written.value()) + " interactions\n");
  return kOk;
}

}  // namespace

extern const Command command_export = {"export", "write recorded interactions as CSV or JSON lines",
                                       kHelp, run};

}  // namespace vitrine::tools
