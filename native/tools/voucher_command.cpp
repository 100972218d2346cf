// SPDX-License-Identifier: MIT
#include <chrono>
#include <optional>
#include <string>

#include "engine/base/hex.h"
#include "engine/base/rfc3339.h"
#include "engine/rules/voucher_code.h"
#include "engine/rules/voucher_proof.h"
#include "native/tools/arguments.h"
#include "native/tools/command.h"
#include "server/claims/sqlite_claim_store.h"
#include "server/claims/voucher_key.h"

namespace vitrine::tools {
namespace {

using rules::VoucherVerdict;

constexpr std::string_view kHelp =
    "Usage: vitrine voucher verify (--data DIR | --key HEX) [--at TIME] TEXT\n"
    "       vitrine voucher key --data DIR\n"
    "Says whether a voucher's QR was made just now by a phone that has the voucher, and, with "
    "--data,\n"
    "what has become of that voucher. The server need not run, and may.\n\n"
    "  verify   VERDICT, CODE, TIME of the half minute it was made in and, with --data, STATE; "
    "tabs\n"
    "           between. Exit status 0: valid and, with --data, issued; else 1\n"
    "           valid       made just now\n"
    "           over        genuine, and of an earlier moment: a picture of it\n"
    "           not yet     genuine, and of a later moment: a clock is wrong\n"
    "           forged      not made with this key\n"
    "           unreadable  no voucher's QR\n"
    "           STATE of a voucher that is not forged, in the store of DIR:\n"
    "           issued      to be taken\n"
    "           redeemed    was taken already\n"
    "           voided      staff took it back\n"
    "           over        its time is over\n"
    "           unknown     this store has no such voucher\n"
    "           With --key nobody knows: ask the server, or remember what you took.\n"
    "  key      prints the key that a till needs to do the same, in hex\n\n"
    "  --data DIR   the server's data directory\n"
    "  --key HEX    what `vitrine voucher key` printed, 64 digits\n"
    "  --at TIME    as if it were that time, 2026-11-21T18:46:05Z; without it, now\n"
    "TEXT is what the QR says: V1/CODE/STEP/PROOF. Find a CODE alone in the console.\n";

int64_t now_ms() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

int failed(const CommandContext& context, const Status& status) {
  environment_error(context, "voucher", status.message());
  return status.code() == StatusCode::NotFound ? kProblems : kEnvironment;
}

Result<rules::VoucherKey> key_of(const Arguments& arguments) {
  if (arguments.has("data")) return read_voucher_key(std::string(arguments.value("data")));
  rules::VoucherKey key;
  if (from_hex(arguments.value("key"), key)) return key;
  return Status(StatusCode::InvalidArgument,
                "--key must be 64 of 0-9 and a-f, as `vitrine voucher key` prints it");
}

// Who has a code and no QR asks the wrong one: a code alone proves nothing.
void say_code(const CommandContext& context, std::string_view text) {
  if (!rules::normalise_voucher_code(text)) return;
  print(context.err,
        "vitrine voucher: that is a code and no QR; find it in the console (docs/console.md)\n");
}

bool is_genuine(VoucherVerdict verdict) {
  return verdict != VoucherVerdict::Forged && verdict != VoucherVerdict::Unreadable;
}

// What nobody vouches for is not repeated.
std::string line_of(VoucherVerdict verdict, std::string_view text) {
  std::string line(rules::voucher_verdict_name(verdict));
  if (!is_genuine(verdict)) return line + "\t-\t-";
  const rules::VoucherProof proof = *rules::read_voucher_proof(text);
  line += "\t" + rules::group_voucher_code(proof.code) + "\t";
  append_rfc3339(line, proof.step * rules::kVoucherStepMs);
  return line;
}

// In the store of `data`, at that time.
Result<std::string_view> state_of(std::string_view text, const std::string& data, int64_t time_ms) {
  const Result<std::unique_ptr<ClaimReader>> reader = open_sqlite_claim_reader(data);
  if (!reader.ok()) return reader.status();
  const auto found = reader.value()->find_code(rules::read_voucher_proof(text)->code);
  if (!found.ok()) return found.status();
  const std::optional<Claim>& claim = found.value();
  if (!claim) return std::string_view("unknown");
  const bool is_over = claim->valid_until != 0 && time_ms >= claim->valid_until;
  if (claim->state == rules::ClaimState::Issued && is_over) return std::string_view("over");
  return rules::claim_state_name(claim->state);
}

int verify(const CommandContext& context, const Arguments& arguments) {
  const std::string_view text = arguments.operands()[1];
  if (arguments.has("data") == arguments.has("key")) {
    return usage_error(context, "voucher", "expected one of --data DIR and --key HEX");
  }
  std::optional<int64_t> time_ms = now_ms();
  if (arguments.has("at")) time_ms = parse_rfc3339(arguments.value("at"));
  if (!time_ms) {
    return usage_error(context, "voucher", "--at is no time like 2026-11-21T18:46:05Z");
  }
  const Result<rules::VoucherKey> key = key_of(arguments);
  if (!key.ok() && key.status().code() == StatusCode::InvalidArgument) {
    return usage_error(context, "voucher", key.status().message());
  }
  if (!key.ok()) return failed(context, key.status());
  const VoucherVerdict verdict = rules::verify_voucher(text, key.value(), *time_ms);
  std::string line = line_of(verdict, text);
  bool is_good = verdict == VoucherVerdict::Valid;
  if (arguments.has("data")) {
    Result<std::string_view> state = std::string_view("-");
    if (is_genuine(verdict)) state = state_of(text, std::string(arguments.value("data")), *time_ms);
    if (!state.ok()) return failed(context, state.status());
    line.append("\t").append(state.value());
    is_good = is_good && state.value() == rules::claim_state_name(rules::ClaimState::Issued);
  }
  print(context.out, line + "\n");
  if (verdict == VoucherVerdict::Unreadable) say_code(context, text);
  return is_good ? kOk : kProblems;
}

int print_key(const CommandContext& context, const Arguments& arguments) {
  const bool others = arguments.has("key") || arguments.has("at");
  if (others || !arguments.has("data")) {
    return usage_error(context, "voucher", "key takes --data DIR and nothing else");
  }
  const Result<rules::VoucherKey> key = key_of(arguments);
  if (!key.ok()) return failed(context, key.status());
  print(context.out, to_hex(key.value()) + "\n");
  print(context.err, "for tills alone: whoever has it can make the QR of any voucher\n");
  return kOk;
}

int run(const CommandContext& context) {
  static constexpr Option kOptions[] = {{"data", true}, {"key", true}, {"at", true}};
  const Result<Arguments> parsed = Arguments::parse(context.arguments, kOptions);
  if (!parsed.ok()) return usage_error(context, "voucher", parsed.status().message());
  const auto operands = parsed.value().operands();
  const std::string_view verb = operands.empty() ? std::string_view() : operands[0];
  if (verb == "verify" && operands.size() == 2) return verify(context, parsed.value());
  if (verb == "key" && operands.size() == 1) return print_key(context, parsed.value());
  return usage_error(context, "voucher", "expected: verify TEXT, or key");
}

}  // namespace

extern const Command command_voucher = {"voucher", "verify what a voucher's QR says", kHelp, run};

}  // namespace vitrine::tools
