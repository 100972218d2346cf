// SPDX-License-Identifier: MIT
// The store's half: taking what was recorded, keeping it, renumbering it.
#include "engine/telemetry/outbox.h"

#include <algorithm>
#include <utility>

#include "engine/protocol/dictionary.h"
#include "engine/telemetry/outbox_form_internal.h"
#include "engine/telemetry/outbox_state_internal.h"

namespace vitrine::telemetry {

std::string_view outbox_phase_name(OutboxPhase phase) {
  static constexpr std::string_view kNames[] = {"loading",    "offline",  "waiting",
                                                "connecting", "greeting", "open"};
  return kNames[static_cast<uint8_t>(phase)];
}

Outbox::Outbox(const OutboxSeams& seams, OutboxOptions options, Recorder& recorder)
    : state_(std::make_unique<State>(seams, options, recorder,
                                     seed_from(seams.random, options.seed))) {
  state_->self = std::make_shared<Outbox*>(this);
  seams.transport.set_listener(this);
  seams.store.load([alive = std::weak_ptr<Outbox*>(state_->self)](Result<OutboxContents> contents) {
    if (const auto self = alive.lock()) (*self)->loaded(std::move(contents));
  });
}

Outbox::~Outbox() {
  state_->seams.transport.set_listener(nullptr);
}

void Outbox::poll() {
  State& s = *state_;
  s.seams.store.poll();
  s.seams.transport.poll();
  if (s.phase == OutboxPhase::Loading) return;
  take_recorded();
  enforce_limits();
  commit_when_due();
  connect_when_due();
  greet_when_ready();
  send_when_possible();
}

void Outbox::flush() {
  State& s = *state_;
  s.flush_requested = true;
  if (s.phase == OutboxPhase::Loading) return;
  take_recorded();
  enforce_limits();
  commit_when_due();
}

void Outbox::loaded(Result<OutboxContents> contents) {
  State& s = *state_;
  s.phase = s.options.online ? OutboxPhase::Waiting : OutboxPhase::Offline;
  const bool is_new = contents.ok() && contents.value().lives.empty();
  if (contents.ok() && !is_new && newest_number(contents.value()) <= protocol::kMaxSequence &&
      read_lives(contents.value().lives)) {
    adopt(contents.value());
    return;
  }
  s.queue.clear(1);
  begin_first_life();
  if (is_new) return;
  s.counters.store_damaged = true;
  // A damaged store was moved aside, and one whose numbers no server takes is of no use; one that
  // cannot be read for another reason may still hold rows under its own incarnation, which ours
  // must not be mixed with.
  s.store_replace = contents.ok() || contents.status().code() == StatusCode::DataLoss;
  s.store_usable = s.store_replace;
}

void Outbox::adopt(const OutboxContents& contents) {
  State& s = *state_;
  // What a damaged store says of numbers that no life gave nobody could be told of.
  Adoption adoption(s.queue, std::max(first_held(contents), s.lives.front().first));
  auto loss = contents.losses.begin();
  for (const OutboxRow& row : contents.rows) {
    while (loss != contents.losses.end() && loss->first <= row.sequence) adoption.add(*loss++);
    adoption.add(row);
  }
  while (loss != contents.losses.end()) adoption.add(*loss++);
  adoption.fill_until(contents.next_sequence);
  s.stored_through = s.queue.next() - 1;
  s.stored_settled = s.mark = s.queue.oldest() - 1;
  s.send_next = s.queue.oldest();
  s.never_sent = s.queue.next();
  begin_next_life();
  // Before anything of this start, and in its first commit: however often it stops there, one end
  // is recorded. Of one that was sent from memory the disk does not know (outbox.h).
  if (!contents.open_session.empty()) {
    adoption.add(unclean_end(contents.open_session, s.queue.next(), s.wall_ms()));
    ++s.counters.recorded;
  }
  s.counters.lost += adoption.declared();
}

bool Outbox::is_wanted(protocol::TypeId type) const {
  return !state_->claims_only || protocol::type_info(type).needed_for_claims;
}

void Outbox::take_recorded() {
  State& s = *state_;
  Recorder::Row row;
  while (s.recorder.front(row)) {
    if (!is_wanted(row.type)) {
      s.recorder.pop();
      continue;
    }
    const bool is_open = row.type != interactions::SessionEnded::kType;
    const bool follows = !s.claims_only && is_open && names_session(row.context_members);
    s.open_session = follows ? row.context_members : "";
    std::string members;
    members.reserve(row.context_members.size() + row.own_members.size() + 1);
    members.append(row.context_members).append(",").append(row.own_members);
    s.queue.push_row(std::move(members), static_cast<uint32_t>(row.context_members.size()));
    s.recorder.pop();
    ++s.counters.recorded;
  }
  Recorder::Overflow overflow;
  if (!s.recorder.take_overflow(overflow)) return;
  uint64_t total = 0;
  for (size_t type = 0; type < overflow.size(); ++type) {
    if (!is_wanted(static_cast<protocol::TypeId>(type))) overflow[type] = 0;
    total += overflow[type];
  }
  if (total == 0) return;
  HeldItem& item = s.queue.push_loss(protocol::LossReason::RecorderFull, total);
  for (size_t type = 0; type < overflow.size(); ++type) {
    if (overflow[type] == 0) continue;
    const auto id = static_cast<protocol::TypeId>(type);
    add_count(item.loss->counts, protocol::type_info(id).name, overflow[type]);
  }
  s.counters.recorded += total;
  s.counters.lost += total;
}

void Outbox::enforce_limits() {
  State& s = *state_;
  // A range must stay as it is while it is being stored, or a device that drops a row in every
  // frame would never have one that may be sent. Without a connection nothing waits for it.
  const bool is_wanted =
      s.phase == OutboxPhase::Open && !s.committing.empty() && !s.committing.back().losses.empty();
  const uint64_t fixed_through = is_wanted ? s.committing.back().losses.back().last : 0;
  while (s.queue.rows() > s.options.max_rows || s.queue.bytes() > s.options.max_bytes) {
    const uint64_t life_before = first_of_life(s.queue.oldest_row()) - 1;
    if (!s.queue.drop_oldest_row(protocol::LossReason::OutboxFull,
                                 std::max(fixed_through, life_before))) {
      return;
    }
    ++s.counters.lost;
  }
}

// Something is neither stored nor on its way there.
bool Outbox::has_news() const {
  const State& s = *state_;
  const bool is_idle = s.committing.empty();
  const uint64_t through = is_idle ? s.stored_through : s.committing.back().through;
  const uint64_t settled = is_idle ? s.stored_settled : s.committing.back().settled;
  return s.queue.next() - 1 > through || s.mark > settled || s.queue.has_changed_losses() ||
         !s.lives_stored;
}

void Outbox::commit_when_due() {
  State& s = *state_;
  if (s.renewing && s.committing.empty()) return renew_now();
  if (!s.store_usable) return;
  // A page that is left hears of no commit any more: what came since the last one goes at once.
  const bool is_due = s.committing.empty() && s.now_us() >= s.next_commit_us;
  if (!is_due && !s.flush_requested) return;
  s.flush_requested = false;
  if (has_news()) commit();
}

OutboxChange Outbox::make_change(std::vector<CommittingLoss>& losses) {
  State& s = *state_;
  OutboxChange change;
  change.replace_all = s.store_replace;
  if (!s.lives_stored) change.lives = lives_text();
  s.lives_stored = true;
  change.settled_through = s.mark;
  change.next_sequence = s.queue.next();
  change.open_session = s.open_session;
  const auto& items = s.queue.items();
  const size_t losses_end = s.queue.count_through(s.queue.changed_last());
  // What changed may be settled by now.
  const uint64_t changed_first = std::max(s.queue.changed_first(), s.queue.oldest());
  for (size_t i = s.queue.find(changed_first); i < losses_end; ++i) {
    ++s.counters.looked_at;
    const HeldItem& item = items[i];
    if (!item.loss || item.loss->stored) continue;
    change.add_losses.push_back(store_form(item));
    losses.push_back({item.first, item.last, item.loss->changes});
  }
  for (size_t i = s.queue.count_through(s.stored_through); i < items.size(); ++i) {
    ++s.counters.looked_at;
    if (!items[i].loss) change.add_rows.push_back(store_form_of_row(items[i]));
  }
  s.queue.changes_taken();
  return change;
}

void Outbox::commit() {
  State& s = *state_;
  if (!s.committing.empty()) {
    // It may fail, and this one be the last there is: this brings all that it brought.
    for (const CommittingLoss& loss : s.committing.back().losses) {
      s.queue.note_change(loss.first, loss.last);
    }
    s.lives_stored = false;
  }
  Committing next;
  next.through = s.queue.next() - 1;
  next.settled = s.mark;
  OutboxChange change = make_change(next.losses);
  s.committing.push_back(std::move(next));
  s.next_commit_us = s.now_us() + kCommitIntervalUs;
  ++s.counters.commits;
  s.seams.store.commit(std::move(change), [alive = std::weak_ptr<Outbox*>(s.self)](Status status) {
    if (const auto self = alive.lock()) (*self)->committed(status);
  });
}

void Outbox::note_stored(const Committing& done) {
  State& s = *state_;
  s.store_replace = false;
  s.stored_through = done.through;
  s.stored_settled = done.settled;
  for (const CommittingLoss& stored : done.losses) {
    const size_t index = s.queue.find(stored.last);
    if (index == s.queue.items().size()) continue;
    HeldItem& item = s.queue.items()[index];
    if (!item.loss || item.last != stored.last) continue;
    if (item.loss->changes == stored.changes) item.loss->stored = true;
  }
}

void Outbox::committed(const Status& status) {
  State& s = *state_;
  const Committing done = std::move(s.committing[0]);
  s.committing.pop_front();
  s.store_failed = !status.ok();
  if (status.ok() && !done.is_void) {
    note_stored(done);
  } else {
    for (const CommittingLoss& loss : done.losses) s.queue.note_change(loss.first, loss.last);
    for (Committing& later : s.committing) later.is_void = true;
    s.lives_stored = false;
    s.next_commit_us = s.now_us() + kCommitRetryUs;
  }
  if (!status.ok()) ++s.counters.commit_failures;
  if (status.code() == StatusCode::DataLoss) {
    s.counters.store_damaged = true;
    store_all_again();
  }
  // A renewal is said once it is stored: a second crash would otherwise bring the old incarnation
  // back, and rows the server has under the new one with it. While nothing can be stored it is said
  // from memory, as rows are.
  s.renewal_committing = false;
}

// The store was moved aside with all that it held, or what it holds is numbered anew; memory has
// it.
void Outbox::store_all_again() {
  State& s = *state_;
  s.store_replace = true;
  s.lives_stored = false;
  s.stored_through = s.stored_settled = 0;
  for (HeldItem& item : s.queue.items()) {
    if (item.loss) item.loss->stored = false;
  }
  s.queue.note_change(1, s.queue.next() - 1);
}

// A session that was begun before is not told to have ended either.
void Outbox::set_claims_only(bool claims_only) {
  state_->claims_only = claims_only;
  if (claims_only) state_->open_session.clear();
}

void Outbox::set_campaign(std::string_view campaign) {
  state_->campaign = campaign;
}

bool Outbox::is_stored() const {
  const State& s = *state_;
  if (s.phase == OutboxPhase::Loading || !s.committing.empty() || s.renewing) return false;
  Recorder::Row row;
  if (s.recorder.front(row)) return false;
  return s.lives_stored && s.queue.next() - 1 <= s.stored_through && !s.queue.has_changed_losses();
}

bool Outbox::is_settled() const {
  Recorder::Row row;
  return state_->phase != OutboxPhase::Loading && state_->queue.empty() &&
         !state_->recorder.front(row);
}

OutboxStatistics Outbox::statistics() const {
  const State& s = *state_;
  OutboxStatistics out = s.counters;
  out.phase = s.phase;
  out.memory_only = !s.stores() || s.seams.store.durability() == OutboxDurability::MemoryOnly;
  out.incarnation = s.lives.empty() ? Id128{} : s.incarnation();
  out.next_sequence = s.queue.next();
  out.mark = s.mark;
  out.held_rows = s.queue.rows();
  out.held_bytes = s.queue.bytes();
  out.unstored_rows = s.queue.next() - 1 - std::min(s.stored_through, s.queue.next() - 1);
  out.held_losses = s.queue.losses();
  out.lost -= s.queue.untold_through(s.sent_through);
  out.in_flight = s.in_flight.size();
  out.quarantined = s.quarantined_before + s.quarantined_here;
  const int64_t wait = s.retry_us - s.now_us();
  out.retry_in_ms = s.phase == OutboxPhase::Waiting && wait > 0 ? wait / 1000 : 0;
  return out;
}

}  // namespace vitrine::telemetry
