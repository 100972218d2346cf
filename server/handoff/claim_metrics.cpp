// SPDX-License-Identifier: MIT
#include "server/handoff/claim_metrics.h"

#include <algorithm>

#include "server/metrics_text.h"

namespace vitrine {
namespace {

void append_pools(const ClaimFigures& figures, MetricsText& text) {
  const auto each = [&](std::string_view name, std::string_view help, auto number) {
    text.family(name, "gauge", help);
    for (const auto& [pool, value] : figures.pools) text.value(number(value), {{"pool", pool}});
  };
  each("vitrine_claim_stock", "Things there ever were, by pool",
       [](const Pool& pool) { return double(pool.stock); });
  each("vitrine_claim_taken", "Of these, held, issued or redeemed",
       [](const Pool& pool) { return double(pool.taken); });
  each("vitrine_claim_open", "1 where claims are taken",
       [](const Pool& pool) { return pool.open ? 1.0 : 0.0; });
}

void append_counts(const ClaimCounts& counts, MetricsText& text) {
  text.family("vitrine_claim_answers_total", "counter",
              "Commands of phones, screens and the provider, by what came of them");
  for (const auto& [key, count] : counts.answers) {
    text.value(double(count),
               {{"verb", claim_verb_name(key.first)}, {"answer", claim_answer_name(key.second)}});
  }
  text.family("vitrine_claim_lines_total", "counter",
              "Lines of the ledger, whoever wrote them, by the claim's state afterwards");
  for (const auto& [key, count] : counts.lines) {
    const auto& [verb, answer, state] = key;
    text.value(double(count), {{"verb", claim_verb_name(verb)},
                               {"answer", claim_answer_name(answer)},
                               {"state", rules::claim_state_name(state)}});
  }
  text.one("vitrine_claim_not_stored_total", "counter",
           "Commands that queue or disk had no room for; whoever asked was told so",
           double(counts.not_stored));
  text.family("vitrine_claim_provider_events_total", "counter",
              "What the provider told, and why it failed");
  for (const auto& [key, count] : counts.provider) {
    text.value(double(count), {{"event", key.first}, {"reason", key.second}});
  }
}

void append_writer(const ClaimWriterStats& writer, MetricsText& text) {
  text.one("vitrine_claim_queued", "gauge", "Commands waiting for the writer",
           double(writer.queued));
  text.one("vitrine_claim_commands_total", "counter", "Commands completed",
           double(writer.commands));
  text.one("vitrine_claim_commits_total", "counter", "Groups of commands made durable",
           double(writer.groups));
  text.one("vitrine_claim_last_commit_seconds", "gauge", "Duration of the newest one",
           double(writer.last_apply_us) * 1e-6);
  text.one("vitrine_claim_store_full", "gauge", "1 when the newest one found no room",
           writer.storage_full ? 1 : 0);
  text.one("vitrine_claim_expired_total", "counter", "Holds whose time ran out",
           double(writer.expired));
  text.one("vitrine_claim_clock_jumps_total", "counter", "Times that the server's clock was set",
           double(writer.clock_jumps));
}

// Left out, not zero, where the store does not say.
void append_money(ClaimReader& reader, int64_t now, MetricsText& text) {
  const auto pending = reader.count_payments(rules::PaymentState::Pending);
  const auto due = reader.count_payments(rules::PaymentState::RefundDue);
  if (!pending.ok() || !due.ok()) return;
  const auto age = [&](const PaymentCount& count) {
    return count.payments == 0 ? 0 : double(std::max<int64_t>(0, now - count.oldest_time)) * 1e-3;
  };
  text.one("vitrine_claim_payments_pending", "gauge", "Payments whose end nobody has told yet",
           double(pending.value().payments));
  text.one("vitrine_claim_payments_pending_oldest_seconds", "gauge", "Age of the oldest of these",
           age(pending.value()));
  text.one("vitrine_claim_refunds_due", "gauge", "Payments that have to go back",
           double(due.value().payments));
  text.one("vitrine_claim_refunds_due_oldest_seconds", "gauge",
           "How long the oldest of these has been due", age(due.value()));
}

}  // namespace

void append_claim_metrics(const ClaimFigures& figures, const ClaimWriterStats& writer,
                          ClaimReader& reader, int64_t now, std::string& out) {
  MetricsText text(out);
  append_pools(figures, text);
  text.family("vitrine_claim_connections", "gauge", "Connected, by which end of a claim it is");
  text.value(double(figures.screens), {{"end", "screen"}});
  text.value(double(figures.phones), {{"end", "phone"}});
  text.family("vitrine_claim_handoffs", "gauge", "Tickets shown, and screens with a phone");
  text.value(double(figures.waiting), {{"phase", "waiting"}});
  text.value(double(figures.linked), {{"phase", "linked"}});
  append_counts(figures.counts, text);
  append_money(reader, now, text);
  append_writer(writer, text);
}

}  // namespace vitrine
