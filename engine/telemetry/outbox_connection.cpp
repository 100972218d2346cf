// SPDX-License-Identifier: MIT
// The connection's half of the Outbox: greeting, sending within the window, what the server says.
#include <algorithm>
#include <array>

#include "engine/base/hex.h"
#include "engine/telemetry/outbox.h"
#include "engine/telemetry/outbox_state_internal.h"

namespace vitrine::telemetry {
namespace {

using protocol::FrameError;

// Refusals that say something about what was sent; the others are about the moment.
bool blames_content(FrameError error) {
  switch (error) {
    case FrameError::Unexpected:
    case FrameError::WrongIncarnation:
    case FrameError::StorageFull:
      return false;
    default:
      return true;
  }
}

}  // namespace

void Outbox::connect_when_due() {
  State& s = *state_;
  const int64_t now = s.now_us();
  if (s.phase == OutboxPhase::Waiting && now >= s.retry_us) {
    s.phase = OutboxPhase::Connecting;
    s.seams.transport.connect();
    return;
  }
  if (s.phase == OutboxPhase::Greeting && now - s.opened_us > kGreetingTimeoutUs) {
    abandon("no welcome");
  } else if (s.phase == OutboxPhase::Open) {
    if (now - s.opened_us > kProvenUs) s.backoff.reset();
    if (!s.in_flight.empty() && now - s.progress_us > kAckTimeoutUs) abandon("no acknowledgement");
  }
}

void Outbox::on_open() {
  State& s = *state_;
  s.phase = OutboxPhase::Greeting;
  s.nonce.clear();
  s.hello_said = s.come_back = false;
  s.hellos = 0;
  s.opened_us = s.now_us();
  ++s.counters.connections;
}

void Outbox::on_close(uint16_t code, std::string_view) {
  State& s = *state_;
  s.counters.close_code = code;
  s.quarantined_before += s.quarantined_here;
  s.quarantined_here = 0;
  s.in_flight.clear();
  s.nonce.clear();
  s.hello_said = s.ask_renewal = false;
  s.paused_until_us = 0;
  const protocol::Reconnect reconnect = protocol::reconnect_after(code);
  if (reconnect == protocol::Reconnect::Never) {
    s.phase = OutboxPhase::Offline;
    return;
  }
  s.phase = OutboxPhase::Waiting;
  const bool at_once = s.come_back && reconnect == protocol::Reconnect::BackOff;
  s.retry_us = s.now_us() + (at_once ? 0 : s.backoff.next_ms(reconnect) * 1000);
}

void Outbox::abandon(std::string_view why) {
  State& s = *state_;
  // Nothing more is said or believed on this connection; on_close follows.
  s.phase = OutboxPhase::Connecting;
  s.in_flight.clear();
  s.seams.transport.close(static_cast<uint16_t>(protocol::CloseCode::Normal), why);
}

void Outbox::on_message(std::string_view message) {
  State& s = *state_;
  if (s.phase != OutboxPhase::Greeting && s.phase != OutboxPhase::Open) return;
  const protocol::Message* decoded = s.decoder.decode(message);
  if (decoded) {
    handle(*decoded);
  } else if (s.decoder.frame_error() != FrameError::UnknownKind) {
    abandon("not understood");  // a kind of tomorrow is passed over
  }
}

void Outbox::handle(const protocol::Message& message) {
  const bool open = state_->phase == OutboxPhase::Open;
  switch (message.kind) {
    case protocol::MessageKind::Challenge:
      return handle_challenge(message.challenge);
    case protocol::MessageKind::Welcome:
      return open ? abandon("welcome twice") : handle_welcome(message.welcome);
    case protocol::MessageKind::Renew:
      return open ? abandon("renew after welcome") : handle_renew(message.renew);
    case protocol::MessageKind::Ack:
      return open ? handle_ack(message.ack) : void();  // about the life that was left
    case protocol::MessageKind::Gap:
      return open ? handle_gap(message.gap) : void();
    case protocol::MessageKind::Refused:
      return handle_refused(message.refused);
    case protocol::MessageKind::Hello:
    case protocol::MessageKind::Batch:
    case protocol::MessageKind::Loss:
      return abandon("a device's message from a server");
  }
}

void Outbox::handle_challenge(const protocol::Challenge& challenge) {
  State& s = *state_;
  if (!s.nonce.empty()) return abandon("challenge twice");
  s.nonce = challenge.nonce;
}

void Outbox::greet_when_ready() {
  State& s = *state_;
  if (s.phase != OutboxPhase::Greeting || s.nonce.empty() || s.hello_said) return;
  if (s.renewing || s.renewal_committing) return;
  if (s.hellos == kMaxHellos) return abandon("enough hellos");
  ++s.hellos;
  s.hello_said = true;
  say_hello();
}

void Outbox::say_hello() {
  State& s = *state_;
  const std::string device = s.seams.identity.device();
  std::array<uint8_t, 64> signature{};
  const std::string text = protocol::hello_signing_text(s.nonce, device);
  const bool is_signed = s.seams.identity.sign(text, signature);
  const std::string proof = is_signed ? to_hex(signature) : std::string();
  const std::string token = is_signed ? std::string() : s.seams.identity.token();
  protocol::Hello hello;
  hello.device = device;
  hello.signature = proof;
  hello.token = token;
  hello.incarnation = s.incarnation();
  hello.oldest = s.queue.oldest() - s.wire_base();
  // A next at or below the mark is what makes the server answer with a renewal.
  hello.next = s.ask_renewal ? hello.oldest : next_to_tell() - s.wire_base();
  hello.campaign = s.campaign;
  hello.build = s.options.build;
  hello.scenes.assign(s.options.scenes.begin(), s.options.scenes.end());
  encode_hello(hello, s.out);
  if (!s.seams.transport.send(s.out)) abandon("cannot send");
}

// All of a life that is over may have been sent.
uint64_t Outbox::next_to_tell() const {
  const State& s = *state_;
  return s.is_over() ? s.last_number() + 1 : s.never_sent;
}

void Outbox::handle_welcome(const protocol::Welcome& welcome) {
  State& s = *state_;
  const uint64_t mark = welcome.mark + s.wire_base();
  if (!s.hello_said || s.ask_renewal || mark >= next_to_tell()) {
    return abandon("welcome without reason");
  }
  if (holds_another_row(mark, welcome.mark_hash)) {
    s.ask_renewal = true;
    s.hello_said = false;
    return;
  }
  s.phase = OutboxPhase::Open;
  s.limits = welcome.limits;
  s.counters.clock_offset_ms = welcome.time_ms - s.wall_ms();
  s.gap_at = 0;
  s.gaps_in_place = 0;
  s.sent_through = mark;
  rewind(mark + 1);
  leave_settled_life();
}

void Outbox::settle(uint64_t mark) {
  State& s = *state_;
  if (mark <= s.mark) return;
  const SettledNumbers settled = s.queue.settle(mark);
  s.counters.settled += settled.all;
  s.counters.lost -= settled.not_lost;
  s.mark = mark;
  if (mark >= s.careful_through) s.careful_through = 0;
}

void Outbox::rewind(uint64_t sequence) {
  State& s = *state_;
  settle(sequence - 1);
  if (sequence < s.queue.oldest()) {
    s.counters.lost += s.queue.oldest() - sequence;
    s.queue.extend_back_to(sequence);
    s.mark = sequence - 1;
  }
  s.in_flight.clear();
  s.send_next = sequence;
  s.progress_us = s.now_us();
}

void Outbox::handle_ack(const protocol::Ack& ack) {
  State& s = *state_;
  const uint64_t mark = ack.mark + s.wire_base();
  if (ack.incarnation != s.incarnation() || mark > s.sent_through) {
    return abandon("acknowledged what was not sent");
  }
  s.quarantined_here = std::max(s.quarantined_here, ack.quarantined);
  settle(mark);
  s.send_next = std::max(s.send_next, mark + 1);
  while (!s.in_flight.empty() && s.in_flight.front() <= mark) s.in_flight.pop_front();
  s.progress_us = s.now_us();
  s.hellos = 0;
  s.backoff.reset();
  leave_settled_life();
}

void Outbox::handle_gap(const protocol::Gap& gap) {
  State& s = *state_;
  const uint64_t expected = gap.expected + s.wire_base();
  if (gap.incarnation != s.incarnation() || expected > s.sent_through + 1) {
    return abandon("expects what was not sent");
  }
  ++s.counters.gaps;
  s.gaps_in_place = expected == s.gap_at ? s.gaps_in_place + 1 : 1;
  s.gap_at = expected;
  if (s.gaps_in_place > kMaxGapsInPlace) return abandon("the same gap again and again");
  rewind(expected);
}

void Outbox::handle_refused(const protocol::Refused& refused) {
  State& s = *state_;
  ++s.counters.refused_frames;
  if (refused.code == FrameError::StorageFull) {
    s.paused_until_us = s.now_us() + int64_t{refused.retry_ms} * 1000;
    if (s.phase == OutboxPhase::Open) rewind(s.mark + 1);
    return;
  }
  if (s.phase == OutboxPhase::Open && blames_content(refused.code)) {
    if (s.careful_through != 0) {
      blame_next_row();
    } else {
      s.careful_through = std::max<uint64_t>(s.send_next - 1, 1);
    }
  }
  // On a new connection nothing is in flight and the next refusal cannot be mistaken.
  abandon("refused");
}

void Outbox::blame_next_row() {
  State& s = *state_;
  const size_t index = s.queue.find(s.mark + 1);
  if (index == s.queue.items().size()) return;
  HeldItem& item = s.queue.items()[index];
  if (item.loss) {
    // All that a loss must say is which numbers.
    item.loss->reason = protocol::LossReason::NotHeld;
    item.loss->counts.clear();
    item.loss->stored = false;
    ++item.loss->changes;
    s.queue.note_change(item.first, item.last);
    return;
  }
  s.queue.replace_by_loss(item.first, protocol::LossReason::FrameRefused);
  ++s.counters.lost;
}

bool Outbox::may_send(size_t index) const {
  const State& s = *state_;
  if (!s.stores()) return true;
  const HeldItem& item = s.queue.items()[index];
  return item.loss ? item.loss->stored : item.last <= s.stored_through;
}

void Outbox::send_when_possible() {
  State& s = *state_;
  if (s.phase != OutboxPhase::Open || s.now_us() < s.paused_until_us) return;
  const size_t window = s.careful_through != 0 ? 1 : s.limits.window_batches;
  while (s.in_flight.size() < window && send_next()) {
  }
}

bool Outbox::send_next() {
  State& s = *state_;
  const size_t index = s.queue.find(s.send_next);
  if (s.send_next > s.last_number() || !may_send(index)) return false;
  if (s.in_flight.empty()) s.progress_us = s.now_us();
  return s.queue.items()[index].loss ? send_loss(index) : send_batch(index);
}

void Outbox::note_sent(uint64_t last) {
  State& s = *state_;
  s.in_flight.push_back(last);
  s.send_next = last + 1;
  s.sent_through = std::max(s.sent_through, last);
  if (!s.is_over()) s.never_sent = std::max(s.never_sent, last + 1);
}

bool Outbox::send_loss(size_t index) {
  State& s = *state_;
  HeldItem& item = s.queue.items()[index];
  protocol::Loss loss;
  const uint64_t last = std::min(item.last, s.last_number());
  loss.incarnation = s.incarnation();
  loss.first = s.send_next - s.wire_base();
  loss.last = last - s.wire_base();
  loss.sent_ms = s.wall_ms();
  loss.reason = item.loss->reason;
  // Rows at its beginning may be on their way already, from before they were dropped.
  LossCounts counts = item.loss->counts;
  limit_counts(counts, loss.last + 1 - loss.first);
  for (const auto& [type, count] : counts) loss.counts.emplace_back(type, count);
  encode_loss(loss, s.out);
  if (!s.seams.transport.send(s.out)) return false;
  item.loss->told_from = std::min(item.loss->told_from, s.send_next);
  note_sent(last);
  return true;
}

bool Outbox::send_batch(size_t index) {
  State& s = *state_;
  const auto& items = s.queue.items();
  const std::string_view context = items[index].context_members();
  const uint32_t max_rows = s.careful_through != 0 ? 1 : s.limits.max_rows;
  protocol::BatchWriter writer(
      s.out, s.incarnation(), s.send_next - s.wire_base(), s.wall_ms(),
      !s.stores() || s.seams.store.durability() == OutboxDurability::MemoryOnly, context);
  uint64_t next = s.send_next;
  for (uint32_t rows = 0; rows < max_rows && next <= s.last_number(); ++rows, ++index, ++next) {
    const HeldItem& item = items[index];
    if (item.loss || !may_send(index)) break;
    if (rows > 0 && s.out.size() + item.members.size() + 4 > s.limits.max_bytes) break;
    writer.add_row(item.context_members() == context ? item.own_members()
                                                     : std::string_view(item.members));
  }
  writer.finish();
  if (!s.seams.transport.send(s.out)) return false;
  note_sent(next - 1);
  return true;
}

}  // namespace vitrine::telemetry
