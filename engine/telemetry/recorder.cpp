// SPDX-License-Identifier: MIT
#include "engine/telemetry/recorder.h"

#include <algorithm>
#include <cstring>

#include "engine/base/assert.h"
#include "engine/protocol/limits.h"

namespace vitrine::telemetry {
namespace {

constexpr size_t kAlignment = 8;

size_t rounded(size_t size) {
  return (size + kAlignment - 1) / kAlignment * kAlignment;
}

}  // namespace

Recorder::Recorder(const Clock& clock, size_t capacity)
    : clock_(clock), ring_(rounded(capacity)), wrap_(ring_.size()) {
  VITRINE_ASSERT(ring_.size() >= 2 * protocol::kMaxRowBytes);
  scratch_.reserve(protocol::kMaxRowBytes);
  set_context({.session = {}, .campaign = protocol::kNoCampaign, .brand = {}, .scene = {}});
}

void Recorder::set_context(const RecordingContext& context) {
  context_ = context;
  context_members_.clear();
  protocol::append_context_members(context_members_, {.session = context.session,
                                                      .campaign = context.campaign,
                                                      .brand = context.brand,
                                                      .scene = context.scene,
                                                      .mode = context.mode});
}

JsonWriter Recorder::begin(protocol::TypeId type) {
  scratch_.clear();
  const int64_t time = std::clamp<int64_t>(clock_.wall_ms(), 0, protocol::kMaxTimeMs);
  protocol::append_own_members(scratch_, type, time);
  JsonWriter writer(scratch_);
  writer.begin_object();
  return writer;
}

void Recorder::end(protocol::TypeId type) {
  scratch_.push_back('}');
  ++recorded_;
  const Header header{static_cast<uint16_t>(type), static_cast<uint16_t>(context_members_.size()),
                      static_cast<uint32_t>(scratch_.size())};
  if (push(header)) return;
  ++overflowed_;
  ++overflow_[header.type];
  has_overflow_ = true;
}

bool Recorder::push(const Header& header) {
  // What is younger than a lost row is lost too until the outbox has taken note: the order of
  // sequence numbers is the order of recording.
  if (has_overflow_) return false;
  const size_t need = rounded(sizeof(Header) + header.context_size + header.own_size);
  if (rows_ == 0) {
    head_ = tail_ = 0;
    wrap_ = ring_.size();
  }
  if (tail_ >= head_) {
    if (need > ring_.size() - tail_) {
      if (need >= head_) return false;
      wrap_ = tail_;
      tail_ = 0;
    }
  } else if (need >= head_ - tail_) {
    return false;
  }
  char* out = ring_.data() + tail_;
  std::memcpy(out, &header, sizeof(header));
  std::memcpy(out + sizeof(header), context_members_.data(), header.context_size);
  std::memcpy(out + sizeof(header) + header.context_size, scratch_.data(), header.own_size);
  tail_ += need;
  ++rows_;
  return true;
}

Recorder::Header Recorder::header_at(size_t offset) const {
  Header header;
  std::memcpy(&header, ring_.data() + offset, sizeof(header));
  return header;
}

bool Recorder::front(Row& row) const {
  if (rows_ == 0) return false;
  const Header header = header_at(head_);
  const char* bytes = ring_.data() + head_ + sizeof(Header);
  row.type = static_cast<protocol::TypeId>(header.type);
  row.context_members = {bytes, header.context_size};
  row.own_members = {bytes + header.context_size, header.own_size};
  return true;
}

void Recorder::pop() {
  VITRINE_ASSERT(rows_ > 0);
  const Header header = header_at(head_);
  head_ += rounded(sizeof(Header) + header.context_size + header.own_size);
  --rows_;
  if (head_ == wrap_) {
    head_ = 0;
    wrap_ = ring_.size();
  }
}

bool Recorder::take_overflow(Overflow& counts) {
  if (!has_overflow_) return false;
  counts = overflow_;
  overflow_.fill(0);
  has_overflow_ = false;
  return true;
}

}  // namespace vitrine::telemetry
