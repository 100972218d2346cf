// SPDX-License-Identifier: MIT
// One transaction of the store of claims, whose file the running server writes, too: SQLite lets
// one of the two go first, and neither remembers anything between its transactions.
#include <chrono>
#include <string>

#include "native/tools/command.h"
#include "native/tools/person_arguments.h"
#include "server/claims/sqlite_claim_store.h"

namespace vitrine::tools {
namespace {

const std::string& help() {
  static const std::string text =
      "Usage: vitrine erase --data DIR (--provider NAME --member NAME | --code CODE | --claim ID)\n"
      "                     [--dry-run]\n"
      "Removes who a person was, while the server runs or not: their links to a brand's "
      "programme,\n"
      "and the keyed hash beside their claims. Claims, vouchers, money and what was recorded "
      "stay,\n"
      "of nobody. Who was erased could claim once more. It cannot be undone.\n\n" +
      std::string(kPersonHelp) + "  --dry-run         only say what would be removed\n";
  return text;
}

int64_t now_ms() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

int failed(const CommandContext& context, const Status& status) {
  environment_error(context, "erase", status.message());
  return status.code() == StatusCode::NotFound ? kProblems : kEnvironment;
}

std::string summary(const Person& person) {
  size_t hashes = 0;
  for (const Claim& claim : person.claims) hashes += claim.member_hash.empty() ? 0 : 1;
  return std::to_string(person.links.size()) + " links, " + std::to_string(hashes) +
         " claims that said whose they are";
}

ClaimCommand command_for(const Person& person) {
  ClaimCommand command;
  command.verb = ClaimVerb::EraseMember;
  command.now = now_ms();
  command.provider = person.provider;
  command.member = person.member;
  command.member_hash = person.member_hash;
  command.actor = "staff";
  return command;
}

Status erase(const std::string& directory, const Person& person) {
  SqliteClaimStoreOptions options;
  options.directory = directory;
  options.checkpoints = CheckpointMode::Inline;
  options.on_disk_error = [](const Status&) {};  // it is told by what is returned
  const Result<std::unique_ptr<ClaimStore>> store = open_sqlite_claim_store(options);
  if (!store.ok()) return store.status();
  const ClaimCommand command = command_for(person);
  std::vector<ClaimOutcome> outcomes;
  const Status status = store.value()->apply({&command, 1}, outcomes);
  if (!status.ok() || outcomes[0].answer == ClaimAnswer::Done) return status;
  return {StatusCode::InvalidArgument,
          "refused: " + std::string(claim_answer_name(outcomes[0].answer))};
}

void say_log(const CommandContext& context, const std::string& directory) {
  const Result<bool> emptied = empty_sqlite_claims_log(directory);
  if (emptied.ok() && emptied.value()) return;
  print(context.err,
        "vitrine erase: the server was writing: its log may keep the old pages until it has been\n"
        "written over; run this again in a quieter moment to empty it\n");
}

int run(const CommandContext& context) {
  static constexpr Option kOptions[] = {{"data", true}, {"provider", true}, {"member", true},
                                        {"code", true}, {"claim", true},    {"dry-run", false}};
  const Result<Arguments> arguments = Arguments::parse(context.arguments, kOptions);
  if (!arguments.ok()) return usage_error(context, "erase", arguments.status().message());
  const Result<WhichPerson> which = which_person(arguments.value());
  if (!which.ok()) return usage_error(context, "erase", which.status().message());
  const std::string directory(arguments.value().value("data"));
  const Result<Person> person = find_person(directory, which.value());
  if (!person.ok()) return failed(context, person.status());
  if (!is_known(person.value())) {
    say_log(context, directory);
    return failed(context, {StatusCode::NotFound,
                            directory + ": that claim says nothing of whose it is, or not any "
                                        "more: there is nothing to erase"});
  }
  const bool dry = arguments.value().has("dry-run");
  const Status status = dry ? Status() : erase(directory, person.value());
  if (!status.ok()) return failed(context, status);
  if (!dry) say_log(context, directory);
  print(context.out, (dry ? "would erase " : "erased ") + summary(person.value()) + "\n");
  return kOk;
}

}  // namespace

extern const Command command_erase = {"erase", "remove who a person was; claims and money stay",
                                      help(), run};

}  // namespace vitrine::tools
