// SPDX-License-Identifier: MIT
#include "server/session.h"

#include "engine/base/assert.h"
#include "engine/protocol/cloudevent.h"

namespace vitrine {

using protocol::CloseCode;
using protocol::FrameError;
using protocol::MessageKind;

namespace {

// A full disk does not empty itself in a moment.
constexpr uint32_t kStorageRetryMs = 5000;
constexpr uint32_t kMaxHellos = 16;

}  // namespace

Session::Session(SessionHost& host, const SessionLimits& limits, ConnectionId id,
                 Subprotocol subprotocol, bool has_origin, std::string nonce)
    : host_(host),
      limits_(limits),
      id_(id),
      subprotocol_(subprotocol),
      has_origin_(has_origin),
      nonce_(std::move(nonce)),
      opened_ms_(host.monotonic_ms()) {}

void Session::on_text(std::string_view text) {
  if (close_ || state_ == State::Closed) return;
  info_.heard_ms = host_.wall_ms();
  if (state_ != State::Open) return on_first_text(text);
  IngestBatch batch;
  const std::optional<FrameError> refusal = host_.accept(*this, text, batch);
  if (refusal && is_new_hello(text)) return on_hello(host_.decoder().decode(text)->hello);
  if (refusal) return refuse_frame(*refusal);
  submit(std::move(batch));
}

void Session::on_first_text(std::string_view text) {
  const protocol::Message* message = host_.decoder().decode(text);
  if (message == nullptr) return refuse_frame(host_.decoder().frame_error());
  switch (message->kind) {
    case MessageKind::Hello:
      return state_ == State::AwaitHello ? on_hello(message->hello)
                                         : refuse_frame(FrameError::Unexpected);
    // Nobody records before having said who it is.
    case MessageKind::Batch:
    case MessageKind::Loss:
      return close(CloseCode::NotAuthenticated);
    case MessageKind::Challenge:
    case MessageKind::Welcome:
    case MessageKind::Renew:
    case MessageKind::Ack:
    case MessageKind::Gap:
    case MessageKind::Refused:
      return refuse_frame(FrameError::Unexpected);
  }
}

// A device says hello once more for what another start of it left, or to be renewed. Signatures
// cost time, so only a few without anything being recorded, and not in the middle of it.
bool Session::is_new_hello(std::string_view text) {
  if (!outstanding_.empty() || hellos_ >= kMaxHellos) return false;
  const protocol::Message* message = host_.decoder().decode(text);
  return message != nullptr && message->kind == MessageKind::Hello;
}

void Session::on_hello(const protocol::Hello& hello) {
  if (++hellos_ > kMaxHellos) return close(CloseCode::BadFrames);
  Identity identity = host_.authenticate(hello, nonce_, has_origin_);
  if (identity.device.empty()) return close(identity.refusal);
  info_.device = std::move(identity.device);
  info_.key = identity.key;
  info_.campaign = hello.campaign;
  info_.bound_campaign = std::move(identity.campaign);
  info_.build = hello.build;
  info_.incarnation = hello.incarnation;
  // About another outbox's numbers.
  ack_due_ = gap_due_ = false;
  info_.opened_ms = host_.wall_ms();
  info_.named = hello.next > 0 ? hello.next - 1 : 0;
  state_ = State::HelloSubmitted;
  // Before the writer answers: batches of the older connection that are on their way are settled
  // first, and nothing new of it may come behind this hello.
  host_.on_welcomed(*this);
  const HeldRange held{hello.next, hello.oldest};
  if (!host_.submit_hello(*this, held)) waiting_hello_ = held;
}

void Session::submit(IngestBatch&& batch) {
  VITRINE_ASSERT(!waiting_batch_);
  BatchSummary summary;
  if (!batch.rows.empty()) {
    const IngestRow& newest = batch.rows.back();
    summary.newest_type = newest.type;
    summary.newest_campaign = newest.campaign;
    summary.newest_scene = newest.scene;
  }
  if (!host_.submit_batch(*this, std::move(batch))) {
    waiting_batch_ = std::move(batch);
    return;
  }
  outstanding_.push_back(std::move(summary));
}

void Session::retry() {
  if (close_ || state_ == State::Closed) {
    waiting_hello_.reset();
    waiting_batch_.reset();
    return;
  }
  if (waiting_hello_ && host_.submit_hello(*this, *waiting_hello_)) waiting_hello_.reset();
  if (!waiting_batch_) return;
  IngestBatch batch = std::move(*waiting_batch_);
  waiting_batch_.reset();
  submit(std::move(batch));
}

// The first few leave the connection alone: a device with one broken row must be able to go on. A
// frame that nobody should send before hello is not worth a second look.
void Session::refuse_frame(FrameError error) {
  host_.on_frame_refused(error);
  if (state_ == State::AwaitHello) return close(CloseCode::BadFrames);
  refused_due_ = protocol::Refused{error, 0};
  if (++bad_frames_ >= limits_.bad_frames) close(CloseCode::BadFrames);
}

void Session::close(CloseCode code) {
  if (close_) return;
  close_ = CloseRequest{static_cast<uint16_t>(code), protocol::close_code_name(code)};
}

void Session::on_tick() {
  const bool late = host_.monotonic_ms() - opened_ms_ > limits_.hello_timeout_ms;
  if (state_ == State::AwaitHello && late) close(CloseCode::HelloTimeout);
}

void Session::on_closed() {
  state_ = State::Closed;
  host_.on_closed(*this);
}

bool Session::is_paused() const {
  return is_waiting() || outstanding_.size() >= limits_.window_batches ||
         state_ == State::HelloSubmitted;
}

void Session::on_completion(const Completion& completion) {
  if (state_ == State::Closed) return;
  if (completion.kind == CompletionKind::Hello) return on_hello_completion(completion);
  if (state_ == State::HelloSubmitted) {
    if (completion.kind == CompletionKind::Unavailable) close(CloseCode::StorageUnavailable);
    return;
  }
  VITRINE_ASSERT(!outstanding_.empty());
  const BatchSummary summary = std::move(outstanding_.front());
  outstanding_.pop_front();
  switch (completion.kind) {
    case CompletionKind::Settled:
      info_.mark = completion.mark;
      info_.rows += completion.rows;
      quarantined_ += completion.quarantined;
      ack_due_ = true;
      gap_told_ = false;
      hellos_ = 0;
      return host_.on_settled(*this, completion, summary);
    case CompletionKind::Gap:
      return on_gap(completion);
    case CompletionKind::Full:
      refused_due_ = protocol::Refused{FrameError::StorageFull, kStorageRetryMs};
      return;
    case CompletionKind::Unavailable:
      return close(CloseCode::StorageUnavailable);
    case CompletionKind::Hello:
      return;
  }
}

void Session::on_hello_completion(const Completion& completion) {
  info_.mark = completion.mark;
  renew_ = completion.renew;
  mark_hash_ = completion.mark_hash;
  recent_first_ = completion.recent_first;
  recent_ = completion.recent;
  hello_answer_due_ = true;
  gap_told_ = false;
  // A renewed device says hello again, with its new incarnation, to the same challenge.
  state_ = renew_ ? State::AwaitHello : State::Open;
  opened_ms_ = host_.monotonic_ms();
}

// Everything that was on its way behind a hole fails too; one answer is enough for all of it, until
// the device has gone back and something was settled.
void Session::on_gap(const Completion& completion) {
  info_.mark = completion.mark;
  gap_due_ = gap_due_ || !gap_told_;
  gap_told_ = true;
}

bool Session::has_output() const {
  return challenge_due_ || hello_answer_due_ || ack_due_ || gap_due_ || refused_due_.has_value();
}

void Session::take_hello_answer(std::string& out) {
  hello_answer_due_ = false;
  if (renew_) {
    protocol::Renew renew;
    renew.mark = info_.mark;
    renew.recent_first = recent_first_;
    renew.recent = std::move(recent_);
    return protocol::encode_renew(renew, out);
  }
  protocol::Welcome welcome;
  welcome.mark = info_.mark;
  welcome.mark_hash = mark_hash_;
  welcome.limits.window_batches = limits_.window_batches / 2;
  welcome.time_ms = host_.wall_ms();
  protocol::encode_welcome(welcome, out);
}

void Session::take_output(std::string& out) {
  const bool events = subprotocol_ == Subprotocol::CloudEvents;
  if (challenge_due_) {
    challenge_due_ = false;
    return protocol::encode_challenge({nonce_, host_.wall_ms()}, out);
  }
  if (hello_answer_due_) return take_hello_answer(out);
  if (refused_due_) {
    protocol::encode_refused(*refused_due_, out);
    refused_due_.reset();
    return;
  }
  // A mark that a gap repeats needs no acknowledgement beside it, but rows settled before do.
  if (ack_due_) {
    ack_due_ = false;
    if (events) return protocol::encode_cloudevent_ack(info_.incarnation, info_.mark, out);
    return protocol::encode_ack({info_.incarnation, info_.mark, quarantined_}, out);
  }
  VITRINE_ASSERT(gap_due_);
  gap_due_ = false;
  if (events) return protocol::encode_cloudevent_gap(info_.incarnation, info_.mark + 1, out);
  protocol::encode_gap({info_.incarnation, info_.mark + 1}, out);
}

}  // namespace vitrine
