// SPDX-License-Identifier: MIT
// Whose numbers are whose: every start of the program gives its own, under an incarnation of its
// own.
//
// What is held counts on over all starts (the store's sequences); a life is a part of that, from
// its first number to the next one's, and on the wire it begins at 1. Lives are spoken for one
// after the other; one in which all is settled is left for the next. So a number is only ever given
// by one program, and what a restored or copied disk brings again is what the server has or has
// not. Only memory that was copied gives a number twice; that is what renewal is for.
#include <algorithm>
#include <charconv>

#include "engine/telemetry/outbox.h"
#include "engine/telemetry/outbox_state_internal.h"

namespace vitrine::telemetry {
namespace {

constexpr size_t kHexSize = 32;

// As a server writes it; 0 for what is no row that can be read.
uint64_t hash_of(const HeldItem& item) {
  if (item.loss) return 0;
  const std::string row = "{" + item.members + "}";
  protocol::MessageDecoder decoder;
  const protocol::Interaction* decoded = decoder.decode_stored_row(row);
  return decoded ? std::max<uint64_t>(1, protocol::row_hash(*decoded)) : 0;
}

bool knows(const protocol::Renew& renew, uint64_t sequence) {
  return renew.recent_first != 0 && sequence >= renew.recent_first &&
         sequence - renew.recent_first < renew.recent.size();
}

// What the server has there; 0 when it does not know or it is no row.
uint64_t hash_there(const protocol::Renew& renew, uint64_t sequence) {
  return knows(renew, sequence) ? renew.recent[sequence - renew.recent_first] : 0;
}

}  // namespace

// INCARNATION:FIRST of each life, a space between; a single one without FIRST begins at 1.
bool Outbox::read_lives(std::string_view text) {
  State& s = *state_;
  s.lives.clear();
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const auto incarnation = Id128::from_hex(part.substr(0, kHexSize));
    Life life;
    if (part.size() > kHexSize) {
      std::from_chars(part.data() + kHexSize + 1, part.data() + part.size(), life.first);
    }
    if (!incarnation || life.first == 0) return false;
    if (!s.lives.empty() && life.first <= s.lives.back().first) return false;
    life.incarnation = *incarnation;
    s.lives.push_back(life);
  }
  return !s.lives.empty();
}

std::string Outbox::lives_text() const {
  std::string out;
  for (const Life& life : state_->lives) {
    if (!out.empty()) out += ' ';
    out.append(life.incarnation.to_hex()).append(":").append(std::to_string(life.first));
  }
  return out;
}

void Outbox::begin_first_life() {
  State& s = *state_;
  s.lives.assign(1, {random_id(s.seams.random), 1});
}

// Of the earlier lives those stay that something is held of, and the last one: a server that was
// restored from a backup may have less of it than it said.
void Outbox::begin_next_life() {
  State& s = *state_;
  const uint64_t next = s.queue.next();
  while (!s.lives.empty() && s.lives.back().first >= next) s.lives.pop_back();
  s.lives.push_back({random_id(s.seams.random), next});
  while (s.lives.size() > 2 && s.lives[1].first <= s.queue.oldest()) s.lives.erase(s.lives.begin());
}

uint64_t Outbox::first_of_life(uint64_t sequence) const {
  uint64_t first = 1;
  for (const Life& life : state_->lives) {
    if (life.first <= sequence) first = life.first;
  }
  return first;
}

// The next life is spoken for on the same connection, or on a new one when this has heard enough.
void Outbox::leave_settled_life() {
  State& s = *state_;
  if (!s.is_over() || s.mark < s.last_number()) return;
  s.lives.erase(s.lives.begin());
  s.lives_stored = false;
  s.backoff.reset();
  s.come_back = s.hellos == kMaxHellos;
  s.phase = OutboxPhase::Greeting;
  s.opened_us = s.now_us();
  s.hello_said = false;
  s.in_flight.clear();
}

// A copy of this program, made while it ran, has used the number for its own row.
bool Outbox::holds_another_row(uint64_t sequence, uint64_t hash) const {
  const auto& queue = state_->queue;
  const size_t index = queue.find(sequence);
  if (hash == 0 || index == queue.items().size()) return false;
  const uint64_t own = hash_of(queue.items()[index]);
  return own != 0 && own != hash;
}

// Whether the numbers of a life that is over went on in a copy of it, from before something that is
// held. Else it was this life itself, which sent from memory what it could not store.
bool Outbox::is_copy_ahead(const protocol::Renew& renew) const {
  const State& s = *state_;
  const auto& items = s.queue.items();
  for (size_t count = s.queue.count_through(s.last_number()); count-- > 0;) {
    const uint64_t there = hash_there(renew, items[count].last);
    const uint64_t own = there != 0 ? hash_of(items[count]) : 0;
    if (own != 0) return own != there;
  }
  return false;
}

void Outbox::handle_renew(const protocol::Renew& renew) {
  State& s = *state_;
  if (!s.hello_said) return abandon("renew without hello");
  s.renewal = renew;
  if (renew.recent_first != 0) s.renewal.recent_first += s.wire_base();
  s.hello_said = false;
  if (s.is_over() && !s.ask_renewal && !is_copy_ahead(s.renewal)) {
    settle(s.last_number());
    return leave_settled_life();
  }
  s.ask_renewal = false;
  s.renewing = true;
}

// A row that the server has too was settled before the copy was made, and so was all before it.
void Outbox::renew_now() {
  State& s = *state_;
  // What follows is another life's, which may have sent it. A damaged range across both stays as it
  // is.
  size_t count = s.queue.count_through(s.last_number());
  if (count > 0 && s.queue.items()[count - 1].last > s.last_number()) --count;
  bool is_settled = false;
  const uint64_t first = s.queue.renumber(count, [&](const HeldItem& item) {
    const uint64_t there = hash_there(s.renewal, item.last);
    if (!is_settled && there != 0) is_settled = hash_of(item) == there;
    const bool is_lost_there = item.loss && there == 0 && knows(s.renewal, item.last);
    const bool is_dropped = is_settled || is_lost_there;
    if (is_dropped && !item.loss) ++s.counters.settled;
    return is_dropped;
  });
  s.renewing = false;
  s.mark = first - 1;
  if (!s.is_over()) s.never_sent = first;
  s.lives.front() = {random_id(s.seams.random), first};
  if (s.is_over() && s.lives[1].first <= first) s.lives.erase(s.lives.begin());
  store_all_again();
  ++s.counters.renewals;
  if (!s.store_usable) return;
  s.renewal_committing = true;
  commit();
}

}  // namespace vitrine::telemetry
