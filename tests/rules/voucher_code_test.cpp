// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <set>

#include "engine/base/base32.h"
#include "engine/base/random.h"
#include "engine/rules/voucher_code.h"

namespace vitrine::rules {
namespace {

TEST_CASE("a voucher code is thirteen digits and the check symbol of its number") {
  CHECK(voucher_code(0) == "00000000000000");
  CHECK(voucher_code(31) == "000000000000ZZ");
  // 2^64 - 1 modulo 37 is 11.
  CHECK(voucher_code(UINT64_MAX) == "FZZZZZZZZZZZZB");
  CHECK(group_voucher_code("FZZZZZZZZZZZZB") == "FZZZZ-ZZZZZ-ZZZB");
}

TEST_CASE("a code is understood as people type it") {
  Random random(7);
  for (int i = 0; i < 2000; ++i) {
    const std::string code = voucher_code(random.next());
    std::string typed = " " + group_voucher_code(code) + "- ";
    for (char& c : typed) {
      if (c == '1' && i % 2 == 0) c = 'l';
      if (c == '0') c = 'o';
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    CHECK(normalise_voucher_code(typed) == code);
  }
}

TEST_CASE("one wrong character is always noticed, two swapped neighbours too") {
  Random random(11);
  for (int round = 0; round < 200; ++round) {
    const std::string code = voucher_code(random.next());
    for (size_t at = 0; at < code.size(); ++at) {
      for (const char other : kBase32CheckSymbols) {
        std::string wrong = code;
        wrong[at] = other;
        if (wrong != code) CHECK(normalise_voucher_code(wrong) == std::nullopt);
      }
      if (at + 1 >= code.size() || code[at] == code[at + 1]) continue;
      std::string swapped = code;
      std::swap(swapped[at], swapped[at + 1]);
      CHECK(normalise_voucher_code(swapped) == std::nullopt);
    }
  }
}

TEST_CASE("what can be no code is refused") {
  for (const char* typed : {"", "-", "7Q2K5", "FZZZZZZZZZZZZ", "FZZZZZZZZZZZZBB", "GZZZZZZZZZZZZB",
                            "ZZZZZZZZZZZZZZ", "FZZZZ_ZZZZZ_ZZZB", "FZZZZ ZZZZZ ZZZ$"}) {
    CHECK(normalise_voucher_code(typed) == std::nullopt);
  }
  CHECK(normalise_voucher_code(std::string(100000, '0')) == std::nullopt);
}

TEST_CASE("a masked code shows its last four characters alone") {
  const std::string masked = mask_voucher_code("7Q2K5M9D3W8H1A");
  CHECK(masked.substr(masked.size() - 4) == "8H1A");
  for (const char c : {'7', 'Q', '2', 'K', '5', 'M', '9', 'D', '3', 'W'}) {
    CHECK(masked.find(c) == std::string::npos);
  }
}

}  // namespace
}  // namespace vitrine::rules
