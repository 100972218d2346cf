// SPDX-License-Identifier: MIT
// vitrine-looks: what `vitrine campaign check` calls to look at a campaign's screens. A program of
// its own, because it needs fonts, drawings and GL, which a server has not.
//
//   vitrine-looks FOLDER
//
// Prints one JSON object a problem and a last one with the counts. Exit status: 0 it looked,
// whatever it saw; 1 the campaign is not valid; 2 called wrongly; 3 this machine lacks something.
#include <cstdio>
#include <string>
#include <string_view>

#include "engine/base/json/json_writer.h"
#include "native/looks/look_check.h"

using namespace vitrine;

namespace {

void print_problem(const looks::LookProblem& problem) {
  std::string line;
  JsonWriter json(line);
  json.begin_object().key("code").string(problem.code);
  json.key("line").integer(problem.line).key("column").integer(problem.column);
  json.key("path").string(problem.path).key("message").string(problem.message);
  json.key("cure").string(problem.cure).end_object();
  std::printf("%s\n", line.c_str());
}

int fail(int code, const std::string& why) {
  std::fprintf(stderr, "vitrine-looks: %s\n", why.c_str());
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return fail(2, "expected: vitrine-looks FOLDER (docs/campaign-format.md)");
  if (std::string_view(argv[1]) == "--version") {
    std::puts("vitrine-looks " VITRINE_VERSION);
    return 0;
  }
  const Result<looks::LookReport> report = looks::check_looks(argv[1]);
  if (!report.ok()) {
    const bool is_broken = report.status().code() == StatusCode::InvalidArgument;
    return fail(is_broken ? 1 : 3, report.status().message());
  }
  for (const looks::LookProblem& problem : report.value().problems) print_problem(problem);
  std::string counts;
  JsonWriter json(counts);
  json.begin_object().key("looks").integer(static_cast<int64_t>(report.value().looks));
  json.key("no_contrast").string(report.value().no_contrast).end_object();
  std::printf("%s\n", counts.c_str());
  return std::fflush(stdout) == 0 ? 0 : fail(3, "the output could not be written");
}
