// SPDX-License-Identifier: MIT
// Claims and pays, through the writer that the server has, until it is killed:
//   claim_killer_child DIRECTORY SEED
// One line an answer, written only after it came: "held PERSON CLAIM", "paid PERSON CODE",
// "redeemed PERSON", "released PERSON".
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <string>

#include "engine/base/random.h"
#include "server/claims/claim_writer.h"
#include "server/claims/sqlite_claim_store.h"
#include "tests/server/claim_commands.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr uint32_t kPeople = 400;

class SystemClock final : public Clock {
 public:
  int64_t monotonic_us() const override {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  }
  int64_t wall_ms() const override { return kNow; }
};

// Where a person is in their visit is in the store alone: asking for the same again tells.
class Visits {
 public:
  Visits(ClaimStore& store, uint64_t seed)
      : random_(seed), writer_(store, clock_, {}, [this] { wake(); }) {}

  // Sixteen people at a time, for ever. False: something failed.
  bool run() {
    writer_.submit(kPeople, set_pool(kPeople / 2, kPrice));
    for (int i = 0; i < 16; ++i) begin();
    for (;;) {
      wait();
      for (const ClaimCompletion& done : writer_.take_completions()) {
        if (!done.status.ok()) return false;
        if (done.number < kPeople && !go_on(done.number, done.outcome)) begin();
      }
      std::fflush(stdout);
    }
  }

 private:
  void wake() {
    const std::lock_guard lock(mutex_);
    woken_ = true;
    changed_.notify_one();
  }

  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return woken_; });
    woken_ = false;
  }

  void begin() {
    const uint64_t person = random_.below(kPeople);
    // A new number for the claim each time, as a phone that lost the answer has it.
    ClaimCommand asked = hold(0, "phone-" + std::to_string(person), "key");
    const uint64_t number = random_.next();
    for (size_t i = 0; i < 8; ++i) asked.claim.bytes[i + 4] = uint8_t(number >> (8 * i));
    writer_.submit(person, std::move(asked));
  }

  // Says what was answered and asks for the next thing. False: the visit is over.
  bool go_on(uint64_t person, const ClaimOutcome& outcome) {
    if (!outcome.claim) return false;
    const Claim& claim = *outcome.claim;
    const std::string reference = "pay-" + std::to_string(person);
    switch (claim.state) {
      case rules::ClaimState::Held:
        return ask_held(person, claim, reference);
      case rules::ClaimState::Issued: {
        std::printf("paid %d %s\n", int(person), claim.code.c_str());
        if (person % 3 != 0) return false;
        ClaimCommand taken = redeem(0, "key-" + reference);
        taken.code = claim.code;
        return writer_.submit(person, std::move(taken));
      }
      case rules::ClaimState::Redeemed:
        std::printf("redeemed %d\n", int(person));
        return false;
      default:
        std::printf("released %d\n", int(person));
        return false;
    }
  }

  bool ask_held(uint64_t person, const Claim& claim, const std::string& reference) {
    std::printf("held %d %s\n", int(person), claim.claim.to_hex().c_str());
    ClaimCommand next;
    if (!claim.followed) {
      next = follow(0, "member-" + std::to_string(person));
    } else if (claim.payment == rules::PaymentState::None) {
      next = begin_payment(0, reference);
    } else if (person % 7 == 0) {
      next = release(0);
    } else {
      next = pay(reference, 1 + random_.next() % 1'000'000'007);
    }
    next.claim = claim.claim;
    return writer_.submit(person, std::move(next));
  }

  SystemClock clock_;
  Random random_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool woken_ = false;
  ClaimWriter writer_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  SqliteClaimStoreOptions options;
  options.directory = argv[1];
  options.checkpoint_pages = 100;
  Result<std::unique_ptr<ClaimStore>> store = open_sqlite_claim_store(options);
  if (!store.ok()) {
    std::fprintf(stderr, "%s\n", store.status().to_string().c_str());
    return 3;
  }
  Visits(*store.value(), std::stoull(argv[2])).run();
  return 4;
}
