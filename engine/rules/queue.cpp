// SPDX-License-Identifier: MIT
#include "engine/rules/queue.h"

#include <algorithm>
#include <utility>

namespace vitrine::rules {
namespace {

template <typename Places>
auto find_who(Places& places, std::string_view who) {
  return std::find_if(places.begin(), places.end(),
                      [&](const Place& place) { return place.who == who; });
}

bool is_called(const Place& place) {
  return place.state == PlaceState::Called || place.state == PlaceState::Arrived;
}

}  // namespace

Place* Queue::find(std::string_view who) {
  const auto found = find_who(places_, who);
  return found == places_.end() ? nullptr : &*found;
}

const Place* Queue::place_of(std::string_view who) const {
  const auto found = find_who(places_, who);
  if (found != places_.end()) return &*found;
  const auto ended = find_who(ended_, who);
  return ended == ended_.end() ? nullptr : &*ended;
}

// The first alone can be: whoever is called goes or waits again before another one is.
const Place* Queue::called() const {
  return !places_.empty() && is_called(places_.front()) ? &places_.front() : nullptr;
}

size_t Queue::before(const Place& place) const {
  return static_cast<size_t>(std::count_if(places_.begin(), places_.end(), [&](const Place& other) {
    return other.number < place.number;
  }));
}

size_t Queue::waiting() const {
  return places_.size() - (called() == nullptr ? 0 : 1);
}

QueueAnswer Queue::take(std::string_view who, int64_t day, int64_t now_ms) {
  if (Place* place = find(who)) {
    place->away_ms = 0;
    return QueueAnswer::Already;
  }
  if (places_.size() >= kMostPlaces) return QueueAnswer::Full;
  const auto before = find_who(ended_, who);
  if (before != ended_.end()) ended_.erase(before);
  if (day != day_ && places_.empty()) newest_ = 0;
  day_ = day;
  places_.push_back({++newest_, PlaceState::Waiting, std::string(who)});
  call_next(now_ms);
  return QueueAnswer::Done;
}

QueueAnswer Queue::leave(std::string_view who, int64_t now_ms) {
  const auto ended = find_who(ended_, who);
  if (ended != ended_.end()) {
    ended_.erase(ended);
    return QueueAnswer::Done;
  }
  const auto found = find_who(places_, who);
  if (found == places_.end()) return QueueAnswer::NotNow;
  places_.erase(found);
  call_next(now_ms);
  return QueueAnswer::Done;
}

QueueAnswer Queue::here(uint32_t number, int64_t now_ms) {
  const Place* place = called();
  if (place == nullptr || place->number != number) return QueueAnswer::NotNow;
  if (place->state == PlaceState::Arrived) return QueueAnswer::Already;
  places_.front().state = PlaceState::Arrived;
  places_.front().ends_ms = now_ms + kArrivalMs;
  return QueueAnswer::Done;
}

void Queue::went_away(std::string_view who, int64_t now_ms) {
  if (Place* place = find(who)) place->away_ms = now_ms;
}

void Queue::came_back(std::string_view who) {
  if (Place* place = find(who)) place->away_ms = 0;
}

void Queue::set_free(bool free, int64_t now_ms) {
  if (free == is_free_) return;
  is_free_ = free;
  if (free) {
    call_after_ms_ = now_ms;
    call_next(now_ms);
    return;
  }
  if (called() == nullptr) return;
  if (places_.front().state == PlaceState::Arrived) return end(0, PlaceState::Served, now_ms);
  set_absent();
}

void Queue::set_absent() {
  is_free_ = false;
  if (called() == nullptr) return;
  places_.front().state = PlaceState::Waiting;
  places_.front().ends_ms = 0;
}

void Queue::close(int64_t now_ms) {
  is_free_ = false;
  while (!places_.empty()) end(0, PlaceState::Closed, now_ms);
}

bool Queue::tick(int64_t now_ms) {
  const bool ended = end_call(now_ms);
  const bool dropped = drop_absent(now_ms);
  const bool called = call_next(now_ms);
  return forget_ended(now_ms) || ended || dropped || called;
}

bool Queue::call_next(int64_t now_ms) {
  if (!is_free_ || places_.empty() || called() != nullptr || now_ms < call_after_ms_) return false;
  places_.front().state = PlaceState::Called;
  places_.front().ends_ms = now_ms + kCallMs;
  return true;
}

bool Queue::end_call(int64_t now_ms) {
  if (called() == nullptr || now_ms < places_.front().ends_ms) return false;
  end(0, PlaceState::Skipped, now_ms);
  call_after_ms_ = now_ms + kCallPauseMs;
  return true;
}

// Who is called may be on their way to the screen with the phone in their pocket.
bool Queue::drop_absent(int64_t now_ms) {
  bool dropped = false;
  for (size_t i = places_.size(); i-- > 0;) {
    const Place& place = places_[i];
    const bool absent = place.away_ms != 0 && now_ms - place.away_ms >= kAwayMs;
    if (!absent || is_called(place)) continue;
    end(i, PlaceState::Skipped, now_ms);
    dropped = true;
  }
  return dropped;
}

bool Queue::forget_ended(int64_t now_ms) {
  const auto kept = std::remove_if(ended_.begin(), ended_.end(),
                                   [&](const Place& place) { return now_ms >= place.ends_ms; });
  const bool forgot = kept != ended_.end();
  ended_.erase(kept, ended_.end());
  return forgot;
}

void Queue::end(size_t index, PlaceState how, int64_t now_ms) {
  Place place = std::move(places_[index]);
  places_.erase(places_.begin() + static_cast<std::ptrdiff_t>(index));
  place.state = how;
  place.ends_ms = now_ms + kRememberMs;
  if (ended_.size() == kMostPlaces) ended_.erase(ended_.begin());
  ended_.push_back(std::move(place));
}

}  // namespace vitrine::rules
