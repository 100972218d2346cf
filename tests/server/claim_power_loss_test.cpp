// SPDX-License-Identifier: MIT
// The store of claims loses power at every single disk operation of a small workload. Afterwards
// stock, vouchers and money balance, whatever was answered is so, and who asks again gets the same.
#include <catch2/catch.hpp>
#include <map>
#include <string>

#include "server/claims/sqlite_claim_store.h"
#include "tests/fakes/power_loss_vfs.h"
#include "tests/server/claim_commands.h"
#include "tests/server/claim_invariants.h"
#include "tests/server/old_claims.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;
using rules::ClaimState;
using rules::PaymentState;

namespace {

// Small enough that the log is copied and started over several times.
constexpr int kCheckpointPages = 40;
constexpr int64_t kStock = 4;

Result<std::unique_ptr<ClaimStore>> open(const std::string& directory) {
  return open_sqlite_claim_store(
      {directory, CheckpointMode::Inline, kCheckpointPages, [](const Status&) {}});
}

// What people were told.
struct Oracle {
  std::map<uint64_t, std::string> codes;  // of a claim: "" while it is held
  std::map<std::string, PaymentState> payments;
  std::map<uint64_t, bool> redeemed;

  // False: the power is gone, nobody was told anything.
  bool apply(ClaimStore& store, const std::vector<ClaimCommand>& commands) {
    std::vector<ClaimOutcome> outcomes;
    if (!store.apply(commands, outcomes).ok()) return false;
    for (size_t i = 0; i < commands.size(); ++i) note(commands[i], outcomes[i]);
    return true;
  }

 private:
  void note(const ClaimCommand& command, const ClaimOutcome& outcome) {
    const bool about_money =
        command.verb == ClaimVerb::BeginPayment || command.verb == ClaimVerb::Pay;
    if (about_money && outcome.claim) {
      payments[command.payment_reference] = outcome.refund_due            ? PaymentState::RefundDue
                                            : outcome.claim->code.empty() ? PaymentState::Pending
                                                                          : PaymentState::Paid;
    }
    if (!outcome.claim || !rules::takes_stock(outcome.claim->state)) return;
    const uint64_t number = outcome.claim->claim.bytes[0];
    codes[number] = outcome.claim->code;
    redeemed[number] = outcome.claim->state == ClaimState::Redeemed;
  }
};

std::string phone(uint64_t claim) {
  return "phone-" + std::to_string(claim);
}

// One person from the hold to the voucher, every second on to the till.
bool serve_one(ClaimStore& store, Oracle& oracle, uint64_t claim) {
  const std::string reference = "pay-" + std::to_string(claim);
  ClaimCommand asked = hold(claim, phone(claim), "key");
  asked.consents = {{"terms", "2026-11", "zh", true, kNow}};
  const ClaimCommand joined = follow(claim, "member-" + std::to_string(claim));
  return oracle.apply(store, {asked, joined, begin_payment(claim, reference)}) &&
         oracle.apply(store, {pay(reference, claim)}) &&
         (claim % 2 == 0 || oracle.apply(store, {redeem(claim, "key-" + reference)}));
}

// Some lives of a server; returns early when the power is gone.
void serve(const std::string& directory, uint64_t lives, Oracle& oracle) {
  for (uint64_t life = 1; life <= lives; ++life) {
    Result<std::unique_ptr<ClaimStore>> store = open(directory);
    if (!store.ok()) return;
    if (life == 1 && !oracle.apply(*store.value(), {set_pool(kStock, kPrice)})) return;
    if (!serve_one(*store.value(), oracle, life)) return;
  }
}

std::string check_told(ClaimStore& store, ClaimReader& reader, const Oracle& oracle) {
  std::vector<ClaimCommand> again;
  std::vector<ClaimOutcome> outcomes;
  // Everybody asks again, with a new number for their claim, as a phone does.
  for (const auto& [number, code] : oracle.codes) {
    again.push_back(hold(100 + number, phone(number), "key"));
  }
  if (!store.apply(again, outcomes).ok()) return "cannot be asked again";
  size_t next = 0;
  for (const auto& [number, code] : oracle.codes) {
    const std::string who = "claim " + std::to_string(number);
    const ClaimOutcome& outcome = outcomes[next++];
    if (outcome.answer != ClaimAnswer::Repeated) return who + ": is not there any more";
    if (outcome.claim->claim != claim_id(number)) return who + ": is another claim";
    if (!code.empty() && outcome.claim->code != code) return who + ": has another code";
    const bool redeemed = outcome.claim->state == ClaimState::Redeemed;
    if (oracle.redeemed.at(number) && !redeemed) return who + ": may be redeemed again";
  }
  for (const auto& [reference, state] : oracle.payments) {
    const Result<std::optional<Payment>> payment = reader.find_payment(reference);
    if (!payment.ok() || !payment.value()) return reference + ": is not there any more";
    // One that was begun may have been paid without anybody having been told.
    const bool later = state == PaymentState::Pending;
    if (!later && payment.value()->state != state) return reference + ": is in another state";
  }
  return "";
}

std::string check(const std::string& directory, const Oracle& oracle) {
  Result<std::unique_ptr<ClaimStore>> store = open(directory);
  if (!store.ok()) return "does not open: " + store.status().to_string();
  const Result<std::unique_ptr<ClaimReader>> reader = store.value()->open_reader();
  if (!reader.ok()) return "cannot be read: " + reader.status().to_string();
  std::string wrong = check_claims(*reader.value());
  if (wrong.empty()) wrong = check_told(*store.value(), *reader.value(), oracle);
  if (!wrong.empty()) return wrong;
  Oracle later;
  if (!later.apply(*store.value(), {set_pool(9, kPrice), hold(50, phone(50), "key")}) ||
      later.codes.count(50) == 0) {
    return "serves nobody any more";
  }
  return check_claims(*reader.value());
}

CrashReport crash_everywhere(uint64_t lives, bool ignore_syncs) {
  const TemporaryDirectory directory;  // nothing is really written
  Oracle oracle;
  return enumerate_crashes(
      [&](PowerLossDisk&) {
        oracle = Oracle();
        serve(directory.path(), lives, oracle);
      },
      [&](PowerLossDisk&) { return check(directory.path(), oracle); }, ignore_syncs);
}

std::string check_upgraded(const std::string& directory) {
  Result<std::unique_ptr<ClaimStore>> store = open(directory);
  if (!store.ok()) return "does not open: " + store.status().to_string();
  const Result<std::unique_ptr<ClaimReader>> reader = store.value()->open_reader();
  if (!reader.ok()) return "cannot be read: " + reader.status().to_string();
  const auto held = reader.value()->find_claim(claim_id(1));
  const auto issued = reader.value()->find_code(code_of(2));
  if (!held.ok() || !held.value() || held.value()->payment_reference != "pay-1") return "no hold";
  if (!issued.ok() || !issued.value() || issued.value()->holder != "phone-2") return "no voucher";
  std::vector<ClaimOutcome> outcomes;
  const ClaimCommand paid = pay("pay-1", 1);
  if (!store.value()->apply({&paid, 1}, outcomes).ok()) return "cannot be paid";
  return check_claims(*reader.value());
}

}  // namespace

TEST_CASE("whenever the power fails while claims are brought up to a new version, all are there") {
  const TemporaryDirectory directory;
  bool made = false;
  const CrashReport report = enumerate_crashes(
      [&](PowerLossDisk&) {
        made = make_claims_of_version_1(directory.path());
        if (made) (void)open(directory.path());
      },
      [&](PowerLossDisk&) { return made ? check_upgraded(directory.path()) : ""; });
  INFO(report.first_failure);
  CHECK(report.operations > 10);
  CHECK(report.failures == 0);
}

TEST_CASE(
    "whenever the power fails, nobody loses a claim, a code or money that they were told of") {
  const CrashReport report = crash_everywhere(2, false);
  INFO(report.first_failure);
  CHECK(report.operations > 100);
  CHECK(report.crashes == report.operations * 6);
  CHECK(report.failures == 0);
}

TEST_CASE("the same test finds claims on a disk that does not sync") {
  const CrashReport report = crash_everywhere(1, true);
  INFO(report.first_failure);
  CHECK(report.failures > 0);
}
