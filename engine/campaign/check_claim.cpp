// SPDX-License-Identifier: MIT
#include <algorithm>

#include "engine/campaign/checker_internal.h"

namespace vitrine::campaign {
namespace {

// A scene that nobody is led to: not wrong, but hardly meant.
void check_unused_queue(Checker& checker, JsonValue scenes) {
  const Checker::Step of_scenes(checker, "scenes");
  size_t index = 0;
  for (JsonValue scene = scenes.first(); scene.exists(); scene = scene.next()) {
    const Checker::Step of_scene(checker, index++);
    const JsonValue kind = scene.find("kind");
    if (kind.string() != kQueueKind) continue;
    const Checker::Step of_kind(checker, "kind");
    checker.warning(ProblemCode::UnusedScene, kind, [] {
      return Words{"nobody comes to it: claim.queue is not true, so there is no line",
                   "write \"queue\": true in claim, or remove this scene"};
    });
  }
}

}  // namespace

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

// The line needs both: that the server keeps one, and where phones take and see their number.
void check_queue(Checker& checker, JsonValue root, const CampaignData& data) {
  const JsonValue queue = root.find("claim").find("queue");
  const auto is_queue = [](const Scene& scene) { return scene.kind == kQueueKind; };
  const bool has_scene = std::any_of(data.scenes.begin(), data.scenes.end(), is_queue);
  if (has_scene && (!queue.exists() || queue.boolean() == false)) {
    return check_unused_queue(checker, root.find("scenes"));
  }
  if (has_scene || !data.claim.queue) return;
  const Checker::Step of_claim(checker, "claim");
  const Checker::Step of_queue(checker, "queue");
  checker.error(ProblemCode::MissingScene, queue, [] {
    return Words{"there is no scene of the kind \"queue\", so no phone could take a number",
                 "add {\"id\": \"queue\", \"kind\": \"queue\"} to scenes, or write false"};
  });
}

}  // namespace vitrine::campaign
