// SPDX-License-Identifier: MIT
#include <string>

#include "native/tools/command.h"
#include "native/tools/person_arguments.h"
#include "native/tools/person_format.h"

namespace vitrine::tools {
namespace {

const std::string& help() {
  static const std::string text =
      "Usage: vitrine export-person --data DIR\n"
      "                             (--provider NAME --member NAME | --code CODE | --claim ID)\n"
      "Writes everything that is held about a person to standard output, as one JSON object, "
      "while\n"
      "the server runs or not: links, claims with what was agreed to and paid, and what was "
      "recorded\n"
      "in the sessions these began in. It has the codes of their vouchers: give it to them "
      "alone.\n\n" +
      std::string(kPersonHelp);
  return text;
}

int failed(const CommandContext& context, const Status& status) {
  environment_error(context, "export-person", status.message());
  return status.code() == StatusCode::NotFound ? kProblems : kEnvironment;
}

int run(const CommandContext& context) {
  static constexpr Option kOptions[] = {
      {"data", true}, {"provider", true}, {"member", true}, {"code", true}, {"claim", true}};
  const Result<Arguments> arguments = Arguments::parse(context.arguments, kOptions);
  if (!arguments.ok()) return usage_error(context, "export-person", arguments.status().message());
  const Result<WhichPerson> which = which_person(arguments.value());
  if (!which.ok()) return usage_error(context, "export-person", which.status().message());
  const std::string directory(arguments.value().value("data"));
  const Result<Person> person = find_person(directory, which.value());
  if (!person.ok()) return failed(context, person.status());
  const Result<std::string> text = person_as_json(directory, person.value());
  if (!text.ok()) return failed(context, text.status());
  print(context.out, text.value());
  print(context.err, std::to_string(person.value().links.size()) + " links, " +
                         std::to_string(person.value().claims.size()) + " claims\n");
  return kOk;
}

}  // namespace

extern const Command command_export_person = {
    "export-person", "write everything held about a person as JSON", help(), run};

}  // namespace vitrine::tools
