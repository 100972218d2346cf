// SPDX-License-Identifier: MIT
// The staff password, which takes long to check on purpose.
#include "server/staff_auth.h"

#include <sodium.h>

#include <catch2/catch.hpp>
#include <chrono>
#include <condition_variable>
#include <mutex>

using namespace vitrine;
using Verdict = StaffAuth::Verdict;

namespace {

std::string basic(const std::string& password, const std::string& user = "staff") {
  const std::string text = user + ":" + password;
  constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
  std::string out(sodium_base64_encoded_len(text.size(), kVariant), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(text.data()),
                    text.size(), kVariant);
  out.pop_back();
  return "Basic " + out;
}

struct Fixture {
  Fixture() {
    opened.auth.set_wake([this] {
      const std::lock_guard lock(mutex);
      ++wakes;
      woken.notify_one();
    });
  }
  ~Fixture() { opened.auth.stop(); }

  Verdict check(const std::string& authorization) {
    return opened.auth.check(authorization, {}, 1);
  }
  void await_wake(int count) {
    std::unique_lock lock(mutex);
    REQUIRE(woken.wait_for(lock, std::chrono::seconds(60), [&] { return wakes >= count; }));
  }

  int count_wakes() {
    const std::lock_guard lock(mutex);
    return wakes;
  }

  StaffAuth::Opened opened = StaffAuth::make_temporary();
  std::mutex mutex;
  std::condition_variable woken;
  int wakes = 0;
};

}  // namespace

TEST_CASE("the caller never waits for a password to be checked, and then knows it") {
  Fixture f;
  const std::string right = basic(f.opened.new_password);
  CHECK(f.check(right) == Verdict::Pending);
  f.await_wake(1);
  CHECK(f.check(right) == Verdict::Welcome);
  CHECK(f.check(right) == Verdict::Welcome);
  CHECK(f.wakes == 1);
}

TEST_CASE("staff of many names, who ask by turns, cost one check and run into no limit") {
  Fixture f;
  const std::string li = basic(f.opened.new_password, "li");
  const std::string wang = basic(f.opened.new_password, "wang");
  const std::string metrics = basic(f.opened.new_password, "");
  CHECK(f.check(li) == Verdict::Pending);
  CHECK(f.check(wang) == Verdict::Pending);
  f.await_wake(1);
  for (int turn = 0; turn < 20; ++turn) {
    for (const std::string& one : {li, wang, metrics}) CHECK(f.check(one) == Verdict::Welcome);
  }
  CHECK(f.wakes == 1);
  CHECK(f.check(basic("guess", "li")) == Verdict::Pending);
  f.await_wake(2);
  CHECK(f.check(basic("guess", "li")) == Verdict::AskPassword);
  CHECK(f.check(wang) == Verdict::Welcome);
}

TEST_CASE("passwords are checked one after the other, and each asker hears of its own") {
  Fixture f;
  const std::string right = basic(f.opened.new_password), wrong = basic("guess");
  CHECK(f.check(wrong) == Verdict::Pending);
  CHECK(f.check(right) == Verdict::Pending);  // its turn comes
  f.await_wake(1);
  CHECK(f.check(right) == Verdict::Pending);
  CHECK(f.check(wrong) == Verdict::AskPassword);
  f.await_wake(2);
  CHECK(f.check(right) == Verdict::Welcome);
}

TEST_CASE("who waits for a check is limited by address, and others find room") {
  Fixture f;
  const auto asks = [&f](const char* address, int guess) {
    return f.opened.auth.check(basic("guess " + std::to_string(guess)),
                               *parse_peer_address(address), 1);
  };
  CHECK(asks("192.0.2.1", 0) == Verdict::Pending);  // it runs
  int waiting = 0;
  for (int guess = 1; guess < 40; ++guess) {
    if (asks("192.0.2.1", guess) == Verdict::Pending) ++waiting;
  }
  CHECK(waiting >= 4);
  // With each check that ended meanwhile one went on, and eight could wait anew.
  CHECK(waiting <= 8 + 9 * (f.count_wakes() + 1));
  CHECK(f.opened.auth.check(basic(f.opened.new_password), *parse_peer_address("192.0.2.9"), 1) ==
        Verdict::Pending);
}

TEST_CASE("the scheme may be written in any case") {
  Fixture f;
  std::string right = basic(f.opened.new_password);
  right.replace(0, 5, "bASIC");
  CHECK(f.check(right) == Verdict::Pending);
  f.await_wake(1);
  CHECK(f.check(right) == Verdict::Welcome);
}

TEST_CASE("what is no password costs nothing, and guesses run out") {
  Fixture f;
  CHECK(f.check("") == Verdict::AskPassword);
  CHECK(f.check("Bearer x") == Verdict::AskPassword);
  int guesses = 0;
  for (; guesses < 20; ++guesses) {
    const std::string guess = basic("guess " + std::to_string(guesses));
    const Verdict verdict = f.check(guess);
    if (verdict == Verdict::TooMany) break;
    REQUIRE(verdict == Verdict::Pending);
    f.await_wake(guesses + 1);
    CHECK(f.check(guess) == Verdict::AskPassword);
  }
  CHECK(guesses == 5);
}
