// SPDX-License-Identifier: MIT
// People who wait for a screen: numbers, calls, and what of it each end is told. A screen is told
// numbers and nothing of whose they are.
#include <algorithm>
#include <string>
#include <utility>

#include "server/handoff/claim_desk.h"

namespace vitrine {

using protocol::ClaimKind;
using protocol::ClaimNotice;
using protocol::ClaimQueue;
using protocol::QueueStage;
using rules::Place;
using rules::PlaceState;
using rules::QueueAnswer;

namespace {

constexpr int64_t kMinuteMs = 60'000;
constexpr int64_t kDayMs = 24 * 60 * kMinuteMs;

QueueStage stage_of(PlaceState state) {
  switch (state) {
    case PlaceState::Waiting:
      return QueueStage::Waiting;
    case PlaceState::Called:
      return QueueStage::Called;
    case PlaceState::Arrived:
      return QueueStage::Arrived;
    case PlaceState::Skipped:
      return QueueStage::Skipped;
    case PlaceState::Served:
      return QueueStage::Served;
    case PlaceState::Closed:
      return QueueStage::Closed;
  }
  return QueueStage::None;
}

void fill_place(const Place& place, int64_t now_ms, ClaimQueue& out) {
  out.stage = stage_of(place.state);
  out.number = place.number;
  const bool called = place.state == PlaceState::Called;
  if (!called && place.state != PlaceState::Arrived) return;
  out.whole_ms = called ? rules::kCallMs : rules::kArrivalMs;
  out.left_ms = std::clamp<int64_t>(place.ends_ms - now_ms, 0, out.whole_ms);
}

}  // namespace

void ClaimDesk::on_screen_line(const Seat& screen) {
  const ScreenLine* before = lines_.of_screen(screen.name);
  if (before != nullptr && before->campaign != screen.campaign) {
    if (const ScreenLine* closed = lines_.close(screen.name, now_ms())) tell_line(*closed);
  }
  // A line of this campaign while it had one calls nobody any more.
  if (!parts_.has_queue(screen.campaign)) return lines_.screen_left(screen.name);
  tell_line(lines_.screen_came(screen.name, screen.campaign));
}

void ClaimDesk::screen_line_left(std::string_view device) {
  lines_.screen_left(device);
  if (const ScreenLine* line = lines_.of_screen(device)) tell_line(*line);
}

void ClaimDesk::set_free(Seat& screen, bool free) {
  ScreenLine* line = lines_.of_screen(screen.name);
  if (line != nullptr && parts_.has_queue(screen.campaign) && line->campaign == screen.campaign) {
    line->queue.set_free(free, now_ms());
    tell_line(*line);
  }
  answer(screen);
}

// Of the person's own tap alone: opening the page takes nothing.
void ClaimDesk::take_number(Seat& phone, const protocol::ClaimAct& act) {
  phone.asked_queue = act.queue;
  phone.queue_refusal = QueueStage::None;
  ScreenLine* line =
      parts_.has_queue(phone.campaign) ? lines_.of_code(act.queue, phone.campaign) : nullptr;
  if (line == nullptr) {
    phone.queue_refusal = QueueStage::Closed;
    return answer(phone);
  }
  if (phone.name.empty()) sit(phone, draw_holder());
  const ScreenLine* before = lines_.of_holder(phone.name);
  const int64_t local_ms = parts_.clock->wall_ms() + parts_.clock->utc_offset_minutes() * kMinuteMs;
  const QueueAnswer taken = lines_.take(*line, phone.name, local_ms / kDayMs, now_ms());
  if (taken == QueueAnswer::Full) phone.queue_refusal = QueueStage::Full;
  answer(phone);
  if (before != nullptr && before != line) tell_line(*before);
  tell_line(*line);
}

// Who reads that they got none by a code gives up nothing that they have by another.
void ClaimDesk::leave_number(Seat& phone) {
  if (std::exchange(phone.queue_refusal, QueueStage::None) != QueueStage::None) {
    return answer(phone);
  }
  const ScreenLine* line = lines_.of_holder(phone.name);
  lines_.leave(phone.name, now_ms());
  answer(phone);
  if (line != nullptr) tell_line(*line);
}

void ClaimDesk::here(Seat& seat, const protocol::ClaimAct& act) {
  ScreenLine* line = seat.is_screen ? lines_.of_screen(seat.name) : lines_.of_holder(seat.name);
  const Place* own = line == nullptr || seat.is_screen ? nullptr : line->queue.place_of(seat.name);
  // A phone speaks for its own number alone.
  const bool may = line != nullptr && (seat.is_screen || own->number == act.number);
  if (may && line->queue.here(act.number, now_ms()) == QueueAnswer::Done) tell_line(*line);
  answer(seat);
}

void ClaimDesk::tick_lines() {
  for (const ScreenLine* line : lines_.tick(now_ms())) tell_line(*line);
}

// Everybody in it: each who comes or goes changes how many are before the others.
void ClaimDesk::tell_line(const ScreenLine& line) {
  if (Seat* screen = seat_of_screen(line.screen)) tell(*screen);
  for (const auto* places : {&line.queue.places(), &line.queue.ended()}) {
    for (const Place& place : *places) {
      if (Seat* phone = seat_of_phone(place.who)) tell(*phone);
    }
  }
}

void ClaimDesk::fill_queue(const Seat& seat, protocol::ClaimState& state) {
  seat.is_screen ? fill_screen_queue(seat, state) : fill_phone_queue(seat, state.queue);
}

void ClaimDesk::fill_screen_queue(const Seat& screen, protocol::ClaimState& state) {
  const ScreenLine* line = lines_.of_screen(screen.name);
  if (line == nullptr || line->campaign != screen.campaign || !parts_.has_queue(screen.campaign)) {
    return;
  }
  state.page = screen.page;
  state.queue.code = line->code;
  state.queue.waiting = static_cast<uint32_t>(line->queue.waiting());
  if (const Place* called = line->queue.called()) fill_place(*called, now_ms(), state.queue);
}

void ClaimDesk::fill_phone_queue(const Seat& phone, ClaimQueue& queue) {
  const ScreenLine* line = phone.name.empty() ? nullptr : lines_.of_holder(phone.name);
  const bool refused = phone.queue_refusal != QueueStage::None;
  if (line == nullptr && !refused) return;
  if (line == nullptr || (refused && line->code != phone.asked_queue)) {
    queue.code = phone.asked_queue;
    queue.stage = phone.queue_refusal;
    return;
  }
  const Place& place = *line->queue.place_of(phone.name);
  queue.code = line->code;
  fill_place(place, now_ms(), queue);
  if (place.state == PlaceState::Waiting) {
    queue.before = static_cast<uint32_t>(line->queue.before(place));
  }
}

}  // namespace vitrine
