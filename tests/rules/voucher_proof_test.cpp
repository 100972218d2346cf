// SPDX-License-Identifier: MIT
// docs/voucher.md is the specification, its vectors are made here again.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>
#include <string>

#include "engine/base/base32.h"
#include "engine/base/hex.h"
#include "engine/base/random.h"
#include "engine/rules/voucher_code.h"
#include "engine/rules/voucher_proof.h"

namespace vitrine::rules {
namespace {

constexpr int64_t kNow = 1795286765000;
constexpr std::string_view kQrLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

VoucherKey counted_key() {
  VoucherKey key;
  for (size_t i = 0; i < key.size(); ++i) key[i] = static_cast<uint8_t>(i);
  return key;
}

std::string text_at(int64_t time_ms, std::string_view code = "7MNFGMB0V7N75S") {
  return voucher_proof(code, voucher_secret(counted_key(), code), time_ms);
}

TEST_CASE("the vectors of the document are made as they stand there") {
  std::ifstream file("docs/voucher.md");
  std::string line;
  while (std::getline(file, line) && line != "```vectors") {
  }
  int vectors = 0;
  for (; std::getline(file, line) && line != "```"; ++vectors) {
    std::istringstream parts(line);
    int64_t time_ms = 0;
    std::string code, secret, text;
    parts >> time_ms >> code >> secret >> text;
    CHECK(to_hex(voucher_secret(counted_key(), code)) == secret);
    CHECK(text_at(time_ms, code) == text);
    CHECK(verify_voucher(text, counted_key(), time_ms) == VoucherVerdict::Valid);
  }
  CHECK(vectors == 3);
}

TEST_CASE("a voucher's text is short and all of it letters of a QR code") {
  Random random(3);
  for (int i = 0; i < 200; ++i) {
    const std::string text = text_at(kNow, voucher_code(random.next()));
    CHECK(text.size() == 40);
    CHECK(text.find_first_not_of(kQrLetters) == std::string::npos);
  }
}

TEST_CASE("a picture of a voucher dies within a minute, and clocks may be half a minute apart") {
  const int64_t begin = kNow / kVoucherStepMs * kVoucherStepMs;
  const std::string text = text_at(begin);
  const auto verdict = [&](int64_t at) { return verify_voucher(text, counted_key(), at); };
  CHECK(verdict(begin - 30001) == VoucherVerdict::NotYet);
  CHECK(verdict(begin - 30000) == VoucherVerdict::Valid);
  CHECK(verdict(begin + 29999) == VoucherVerdict::Valid);
  CHECK(verdict(begin + 59999) == VoucherVerdict::Valid);
  CHECK(verdict(begin + 60000) == VoucherVerdict::Over);
  CHECK(verdict(begin + 86'400'000) == VoucherVerdict::Over);
  CHECK(verdict(-5) == VoucherVerdict::NotYet);
  CHECK(text_at(begin + 29999) == text);
  CHECK(text_at(begin + 30000) != text);
  CHECK(voucher_proof_left_ms(begin) == 30000);
  CHECK(voucher_proof_left_ms(begin + 29999) == 1);
}

TEST_CASE("no character of a voucher's text can be another one") {
  const std::string text = text_at(kNow);
  for (size_t at = 0; at < text.size(); ++at) {
    for (int c = 0; c < 256; ++c) {
      std::string other = text;
      other[at] = static_cast<char>(c);
      if (other == text) continue;
      const VoucherVerdict verdict = verify_voucher(other, counted_key(), kNow);
      CHECK((verdict == VoucherVerdict::Forged || verdict == VoucherVerdict::Unreadable));
      // The end of the text is the proof: every digit of it counts.
      if (at >= text.size() - 16 && kBase32Digits.find(other[at]) != std::string_view::npos) {
        CHECK(verdict == VoucherVerdict::Forged);
      }
    }
  }
}

TEST_CASE("another key, another voucher's proof and another step's are forged") {
  VoucherKey other = counted_key();
  other[31] ^= 1;
  CHECK(verify_voucher(text_at(kNow), other, kNow) == VoucherVerdict::Forged);
  const std::string mine = text_at(kNow);
  const std::string theirs = text_at(kNow, "FZZZZZZZZZZZZB");
  const std::string mixed = mine.substr(0, mine.size() - 16) + theirs.substr(theirs.size() - 16);
  CHECK(verify_voucher(mixed, counted_key(), kNow) == VoucherVerdict::Forged);
  const std::string later = text_at(kNow + kVoucherStepMs);
  const std::string renewed = later.substr(0, later.size() - 16) + mine.substr(mine.size() - 16);
  CHECK(verify_voucher(renewed, counted_key(), kNow) == VoucherVerdict::Forged);
}

TEST_CASE("what is no voucher's text is unreadable") {
  const std::string text = text_at(kNow);
  std::string lower = text;
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return ascii_lower(c); });
  const std::string proof = text.substr(text.size() - 16);
  for (const std::string& wrong :
       {std::string(), std::string("V1"), std::string("V1/"), lower, text + "0", text + "\n",
        " " + text, text.substr(0, text.size() - 1), "V2" + text.substr(2),
        "V1/7MNFGMB0V7N75//" + proof, "V1/7MNFGMB0V7N75/0" + text.substr(17),
        "V1/7MNFGMB0V7N75/ZZZZZZZZ/" + proof, "V1/GZZZZZZZZZZZZ/1/" + proof,
        std::string(100000, '/'), std::string(40, '\0')}) {
    CHECK(verify_voucher(wrong, counted_key(), kNow) == VoucherVerdict::Unreadable);
  }
  for (size_t size = 0; size < text.size(); ++size) {
    CHECK(verify_voucher(text.substr(0, size), counted_key(), kNow) == VoucherVerdict::Unreadable);
  }
}

}  // namespace
}  // namespace vitrine::rules
