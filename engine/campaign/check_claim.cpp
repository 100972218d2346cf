// SPDX-License-Identifier: MIT
#include "engine/campaign/checker_internal.h"

namespace vitrine::campaign {

void check_claim(Checker& checker, JsonValue value, ClaimTerms& terms) {
  const ObjectRule& rule = object_rule("claim");
  if (!value.exists() || !checker.object(value, rule)) return;
  const auto number = [&](std::string_view key, int64_t low, int64_t high, int64_t& out) {
    const Checker::Step step(checker, key);
    out = checker.integer(checker.member(value, rule, key), low, high).value_or(out);
  };
  const auto words = [&](std::string_view key, auto read) {
    const JsonValue found = checker.member(value, rule, key);
    const Checker::Step step(checker, key);
    if (found.exists()) read(found);
  };
  number("guardian_age", 0, kMaxGuardianAge, terms.guardian_age);
  words("terms_version", [&](JsonValue v) { terms.terms_version = checker.identifier(v); });
  if constexpr (!kTellsWords) return;
  number("hold_seconds", kLeastHoldSeconds, kMaxHoldSeconds, terms.hold_seconds);
  number("valid_hours", 1, kMaxValidHours, terms.valid_hours);
  words("provider", [&](JsonValue v) { terms.provider = checker.identifier(v); });
  words("queue", [&](JsonValue v) {
    if (checker.expect(v, KeyKind::Boolean)) terms.queue = *v.boolean();
  });
  words("note", [&](JsonValue v) { checker.plain(v, kMaxStringLength); });
}

}  // namespace vitrine::campaign
