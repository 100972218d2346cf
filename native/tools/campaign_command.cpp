// SPDX-License-Identifier: MIT
#include "engine/base/json/json_writer.h"
#include "native/tools/arguments.h"
#include "native/tools/campaign_check.h"
#include "native/tools/command.h"

namespace vitrine::tools {
namespace {

constexpr std::string_view kHelp =
    "Usage: vitrine campaign check DIR [--json] [--strict] [--files-only]\n"
    "Checks DIR/campaign.json and the drawings and pictures beside it, then looks at every\n"
    "screen it makes: words that are cut or hard to read, targets too small for a finger.\n"
    "Every problem is one line:\n"
    "  FILE:LINE:COLUMN: error: PATH: what is wrong [code]; what to do\n"
    "docs/campaign-format.md explains every code. Warnings alone are no failure.\n\n"
    "  --json         one JSON object a line instead, and a last one with the counts\n"
    "  --strict       warnings are a failure too\n"
    "  --files-only   does not look at the screens, which takes up to a minute without a\n"
    "                 graphics card\n";

constexpr std::string_view kSceneKinds[] = {
#define SCENE(NAME, ARRIVAL) #NAME,
#include "scenes/scene_list.inc"
#undef SCENE
};

std::string to_json(const FolderProblem& problem) {
  std::string out;
  JsonWriter json(out);
  json.begin_object();
  json.key("severity").string(problem.is_error ? "error" : "warning");
  json.key("code").string(problem.code).key("file").string(problem.file);
  json.key("line").integer(problem.line).key("column").integer(problem.column);
  json.key("path").string(problem.path).key("message").string(problem.message);
  json.key("cure").string(problem.cure).end_object();
  return out;
}

std::string summary_json(const FolderReport& report) {
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("campaign").string(report.campaign_id);
  json.key("errors").integer(static_cast<int64_t>(report.errors()));
  json.key("warnings").integer(static_cast<int64_t>(report.problems.size() - report.errors()));
  json.key("drawings").integer(static_cast<int64_t>(report.drawings));
  json.key("looks").integer(static_cast<int64_t>(report.looks));
  json.key("unchecked").string(report.unchecked).end_object();
  return out;
}

std::string count_of(size_t count, std::string_view thing) {
  std::string text = std::to_string(count) + " " + std::string(thing);
  return count == 1 ? text : text + "s";
}

std::string summary_text(const FolderReport& report) {
  const size_t errors = report.errors();
  const std::string warnings = count_of(report.problems.size() - errors, "warning");
  if (errors != 0) return count_of(errors, "error") + ", " + warnings;
  std::string text = report.campaign_id + ": ready, " + count_of(report.drawings, "drawing") +
                     ", " + count_of(report.looks, "look") + ", " + warnings;
  if (!report.unchecked.empty()) text += "\nnot checked: " + report.unchecked;
  return text;
}

int check(const CommandContext& context, const std::string& directory, const Arguments& options) {
  Result<FolderReport> checked = check_campaign_folder(directory, {.scene_kinds = kSceneKinds});
  if (!checked.ok()) {
    return environment_error(context, "campaign", checked.status().message());
  }
  FolderReport& report = checked.value();
  if (report.errors() == 0 && !options.has("files-only")) check_campaign_looks(directory, report);
  const bool as_json = options.has("json");
  for (const FolderProblem& problem : report.problems) {
    print(context.out, (as_json ? to_json(problem) : to_line(problem)) + "\n");
  }
  print(context.out, (as_json ? summary_json(report) : summary_text(report)) + "\n");
  const size_t counted = options.has("strict") ? report.problems.size() : report.errors();
  return counted == 0 ? kOk : kProblems;
}

int run(const CommandContext& context) {
  static constexpr Option kOptions[] = {{"json"}, {"strict"}, {"files-only"}};
  const Result<Arguments> parsed = Arguments::parse(context.arguments, kOptions);
  if (!parsed.ok()) return usage_error(context, "campaign", parsed.status().message());
  const auto operands = parsed.value().operands();
  if (operands.size() != 2 || operands[0] != "check") {
    return usage_error(context, "campaign", "expected: check DIR");
  }
  return check(context, std::string(operands[1]), parsed.value());
}

}  // namespace

extern const Command command_campaign = {
    "campaign", "check a campaign's folder and say what to mend", kHelp, run};

}  // namespace vitrine::tools
