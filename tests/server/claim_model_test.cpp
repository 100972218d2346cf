// SPDX-License-Identifier: MIT
// Random steps against every store of claims and a second opinion on the rules, with the invariants
// looked at after every one. A sequence that fails is made as short as it can be before it is said.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <iterator>
#include <sstream>

#include "engine/base/random.h"
#include "server/claims/memory_claim_store.h"
#include "server/claims/sqlite_claim_store.h"
#include "tests/server/claim_commands.h"
#include "tests/server/claim_invariants.h"
#include "tests/server/claim_model.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr int kClaims = 40, kHolders = 8, kMembers = 6;
constexpr int kReferences = 2 * kClaims;

using Steps = std::vector<ClaimStep>;
using MakeStore = std::function<std::unique_ptr<ClaimStore>()>;

ClaimStep random_step(Random& random, const ClaimModel& model) {
  // Those that make claims come more often than those that end them.
  static constexpr ClaimVerb kVerbs[] = {
      ClaimVerb::SetPool,      ClaimVerb::Hold,         ClaimVerb::Hold,
      ClaimVerb::Hold,         ClaimVerb::Hold,         ClaimVerb::Follow,
      ClaimVerb::Follow,       ClaimVerb::Follow,       ClaimVerb::Issue,
      ClaimVerb::BeginPayment, ClaimVerb::BeginPayment, ClaimVerb::BeginPayment,
      ClaimVerb::Pay,          ClaimVerb::Pay,          ClaimVerb::Pay,
      ClaimVerb::Issue,        ClaimVerb::FailPayment,  ClaimVerb::Refund,
      ClaimVerb::Release,      ClaimVerb::Void,         ClaimVerb::Redeem,
      ClaimVerb::Redeem,       ClaimVerb::Expire,       ClaimVerb::EraseMember};
  const auto below = [&](int limit) {
    return static_cast<int>(random.below(static_cast<uint32_t>(limit)));
  };
  ClaimStep step;
  step.verb = kVerbs[random.below(std::size(kVerbs))];
  // Mostly one of the newest claims, and what is its own, so that things come to something.
  const int made = static_cast<int>(model.claims().size());
  step.claim = below(8) == 0 ? below(kClaims) : std::max(0, made - 1 - below(4));
  if (step.verb == ClaimVerb::Hold && below(8) != 0) step.claim = std::min(made, kClaims - 1);
  step.holder = below(kHolders);
  step.member = below(kMembers);
  step.key = below(step.verb == ClaimVerb::Hold ? 12 : 40);
  step.reference = below(8) == 0 ? below(kReferences) : 2 * step.claim + below(2);
  step.code = below(8) == 0 ? below(kClaims) : step.claim;
  if (step.verb == ClaimVerb::Pay && below(8) != 0) {
    step.claim = -1;
    for (const auto& [reference, payment] : model.payments()) {
      if (payment.state == rules::PaymentState::Pending) step.reference = reference;
    }
  }
  step.stock = below(9);
  step.open = below(8) != 0;
  step.priced = below(2) != 0;
  step.needs_follow = below(3) != 0;
  step.right_amount = step.verb == ClaimVerb::SetPool || below(8) != 0;
  step.stopped = below(4) == 0;
  step.time = random.below(kHoldMs);  // the clock jumps to and fro
  if (step.verb == ClaimVerb::Expire) step.time += kHoldMs / 2;
  return step;
}

// Chosen by what the model has by then; once chosen they are what they are.
Steps random_steps(uint64_t seed, size_t count) {
  Random random(seed);
  ClaimModel model;
  ClaimStep step;
  step.verb = ClaimVerb::SetPool;
  step.stock = 3;
  Steps steps;
  for (; steps.size() < count; step = random_step(random, model)) {
    steps.push_back(step);
    model.take(step);
  }
  return steps;
}

std::string differs(const char* what, std::string_view is, std::string_view expected) {
  return std::string(what) + " is " + std::string(is) + ", expected " + std::string(expected);
}

std::string compare_answer(const ClaimOutcome& outcome, const Expected& expected) {
  if (outcome.answer != expected.answer) {
    return differs("answer", claim_answer_name(outcome.answer), claim_answer_name(expected.answer));
  }
  const std::string claim = outcome.claim ? outcome.claim->claim.to_hex() : "none";
  const std::string wanted =
      expected.claim < 0 ? "none" : claim_id(static_cast<uint64_t>(expected.claim)).to_hex();
  if (claim != wanted) return differs("claim", claim, wanted);
  if (outcome.refund_due != expected.refund_due) return "refund due where it is not, or not where";
  if (outcome.changed != expected.changed) {
    return differs("changed", std::to_string(outcome.changed), std::to_string(expected.changed));
  }
  return "";
}

// Every claim and payment as the model has it.
std::string compare_all(ClaimReader& reader, const ClaimModel& model) {
  for (const auto& [number, wanted] : model.claims()) {
    const auto found = reader.find_claim(claim_id(static_cast<uint64_t>(number)));
    if (!found.ok() || !found.value()) return "claim " + std::to_string(number) + " is not there";
    const Claim& claim = *found.value();
    const std::string code = wanted.code < 0 ? "" : code_of(static_cast<uint64_t>(wanted.code));
    if (claim.state != wanted.state) {
      return differs("state", rules::claim_state_name(claim.state),
                     rules::claim_state_name(wanted.state));
    }
    if (claim.reason != wanted.reason) {
      return differs("reason", rules::release_reason_name(claim.reason),
                     rules::release_reason_name(wanted.reason));
    }
    if (claim.code != code) return differs("code", claim.code, code);
    if (claim.followed != wanted.followed) return "followed where it is not, or not where it is";
  }
  for (int reference = 0; reference < kReferences; ++reference) {
    const auto found = reader.find_payment("pay-" + std::to_string(reference));
    const auto wanted = model.payments().find(reference);
    if (!found.ok()) return found.status().to_string();
    if (found.value().has_value() != (wanted != model.payments().end())) {
      return "payment " + std::to_string(reference) + " is there or not, as it should not be";
    }
    if (found.value() && found.value()->state != wanted->second.state) {
      return differs("payment", rules::payment_state_name(found.value()->state),
                     rules::payment_state_name(wanted->second.state));
    }
  }
  return check_claims(reader);
}

// "" or what went wrong, at which step. `group`: steps of one transaction.
std::string run(const Steps& steps, const MakeStore& make_store, size_t group) {
  const std::unique_ptr<ClaimStore> store = make_store();
  const std::unique_ptr<ClaimReader> reader = store->open_reader().value();
  ClaimModel model;
  std::vector<ClaimOutcome> outcomes;
  for (size_t first = 0; first < steps.size(); first += group) {
    std::vector<ClaimCommand> commands;
    const size_t end = std::min(steps.size(), first + group);
    for (size_t i = first; i < end; ++i) commands.push_back(command_of(steps[i]));
    const Status status = store->apply(commands, outcomes);
    if (!status.ok()) return status.to_string();
    std::string wrong;
    for (size_t i = first; i < end && wrong.empty(); ++i) {
      wrong = compare_answer(outcomes[i - first], model.take(steps[i]));
      if (!wrong.empty()) wrong = "step " + std::to_string(i) + ": " + wrong;
    }
    if (wrong.empty()) wrong = compare_all(*reader, model);
    if (!wrong.empty()) return wrong;
  }
  return "";
}

// Leaves out what is not needed for it to fail: halves, then smaller parts, then single steps.
Steps shrink(Steps steps, const std::function<bool(const Steps&)>& fails) {
  for (size_t part = steps.size() / 2; part > 0; part /= 2) {
    for (size_t at = 0; at < steps.size();) {
      Steps shorter = steps;
      const size_t end = std::min(steps.size(), at + part);
      shorter.erase(shorter.begin() + static_cast<long>(at),
                    shorter.begin() + static_cast<long>(end));
      if (fails(shorter)) {
        steps = std::move(shorter);
      } else {
        at += part;
      }
    }
  }
  return steps;
}

std::string report(uint64_t seed, const Steps& steps, const MakeStore& make_store, size_t group) {
  const Steps few =
      shrink(steps, [&](const Steps& some) { return !run(some, make_store, group).empty(); });
  std::ostringstream text;
  text << "seed " << seed << ": " << run(few, make_store, group) << '\n';
  for (size_t i = 0; i < few.size(); ++i) text << i << "  " << describe(few[i]) << '\n';
  return text.str();
}

// Returns how often each verb was done.
std::map<ClaimVerb, int> run_seeds(uint64_t first, uint64_t count) {
  const MakeStore memory = [] { return make_memory_claim_store(); };
  std::map<ClaimVerb, int> done;
  for (uint64_t seed = first; seed < first + count; ++seed) {
    const Steps steps = random_steps(seed, 80);
    if (!run(steps, memory, 1).empty()) FAIL(report(seed, steps, memory, 1));
    ClaimModel model;
    for (const ClaimStep& step : steps) {
      if (model.take(step).answer == ClaimAnswer::Done) ++done[step.verb];
    }
  }
  return done;
}

// A store whose voucher a second till may take, too.
class TwiceRedeemed final : public ClaimStore {
 public:
  Status apply(std::span<const ClaimCommand> commands,
               std::vector<ClaimOutcome>& outcomes) override {
    Status status = store_->apply(commands, outcomes);
    for (ClaimOutcome& outcome : outcomes) {
      const bool taken = outcome.claim && outcome.claim->state == rules::ClaimState::Redeemed;
      const bool is_redeem = commands[size_t(&outcome - outcomes.data())].verb == ClaimVerb::Redeem;
      if (taken && is_redeem) outcome.answer = ClaimAnswer::Done;
    }
    return status;
  }
  Result<std::unique_ptr<ClaimReader>> open_reader() override { return store_->open_reader(); }

 private:
  std::unique_ptr<ClaimStore> store_ = make_memory_claim_store();
};

}  // namespace

TEST_CASE("whatever is asked in whatever order, the store answers as the rules say") {
  const std::map<ClaimVerb, int> done = run_seeds(1, 100);
  // Not only refusals were compared.
  for (const ClaimVerb verb :
       {ClaimVerb::Hold, ClaimVerb::Follow, ClaimVerb::Issue, ClaimVerb::Pay, ClaimVerb::Refund,
        ClaimVerb::Void, ClaimVerb::Redeem, ClaimVerb::EraseMember}) {
    INFO(claim_verb_name(verb));
    CHECK(done.count(verb) == 1);
    CHECK(done.at(verb) > 10);
  }
}

TEST_CASE("the same ten thousand times", "[.long]") {
  CHECK_FALSE(run_seeds(100'000, 10'000).empty());
}

TEST_CASE("the store on disk answers as the rules say, several commands a transaction") {
  for (uint64_t seed = 1001; seed <= 1008; ++seed) {
    const TemporaryDirectory directory;
    int made = 0;
    const MakeStore sqlite = [&] {
      SqliteClaimStoreOptions options;
      options.directory = directory.path() + "/" + std::to_string(++made);
      options.checkpoints = CheckpointMode::Inline;
      return open_sqlite_claim_store(options).value();
    };
    const Steps steps = random_steps(seed, 80);
    const size_t group = 1 + seed % 6;
    if (!run(steps, sqlite, group).empty()) FAIL(report(seed, steps, sqlite, group));
  }
}

TEST_CASE("a mistake that is planted is found and told in the fewest steps that show it") {
  const MakeStore faulty = [] { return std::make_unique<TwiceRedeemed>(); };
  uint64_t seed = 1;
  Steps steps = random_steps(seed, 80);
  while (run(steps, faulty, 1).empty()) {
    REQUIRE(++seed < 100);
    steps = random_steps(seed, 80);
  }
  const Steps few = shrink(steps, [&](const Steps& some) { return !run(some, faulty, 1).empty(); });
  INFO(report(seed, steps, faulty, 1));
  // A pool, a hold, perhaps a follower, a voucher (perhaps a payment begun before), taken twice.
  CHECK(few.size() >= 5);
  CHECK(few.size() <= 7);
  CHECK(few.back().verb == ClaimVerb::Redeem);
  CHECK(run(
            few, [] { return make_memory_claim_store(); }, 1)
            .empty());
}
