// SPDX-License-Identifier: MIT
// The line of people who wait for one screen. Pure; the server runs it, tests too.
//
//   take ─► Waiting ──screen is free──► Called ──here──► Arrived ──screen is engaged──► Served
//              │ ▲                        │ │                └─ nobody touches it ─► Skipped
//              │ └─ somebody else engages ┘ └─ 30 s ─► Skipped
//              └─ leave: nothing is left · away for too long ─► Skipped
//   all of them ─ the line is no more ─► Closed
//
// Numbers rise from 1, and begin anew on another day once nobody waits. Whoever has one is called
// `who`: a phone, by its anonymous name. A phone that loses its connection keeps its number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::rules {

inline constexpr int64_t kCallMs = 30'000;       // to come, once called
inline constexpr int64_t kCallPauseMs = 2'000;   // between a call that nobody answered and the next
inline constexpr int64_t kArrivalMs = 60'000;    // to touch the screen, having said "I'm here"
inline constexpr int64_t kAwayMs = 30 * 60'000;  // without a connection, while waiting
inline constexpr int64_t kRememberMs = 10 * 60'000;  // how a number ended, for its phone
inline constexpr size_t kMostPlaces = 100;           // who wait at once; as many are remembered

enum class PlaceState : uint8_t { Waiting, Called, Arrived, Skipped, Served, Closed };

enum class QueueAnswer : uint8_t {
  Done,
  Already,  // take: this phone has a number; it stays
  Full,     // take: kMostPlaces wait
  NotNow,   // leave, here: it has none, or that number is not called
};

struct Place {
  uint32_t number = 0;
  PlaceState state = PlaceState::Waiting;
  std::string who;
  int64_t away_ms = 0;  // since when its phone is not connected; 0: it is
  // Called, Arrived: until when. Skipped, Served, Closed: remembered until. 0: never
  int64_t ends_ms = 0;
};

// Times are milliseconds of one clock that does not go back; they are positive.
class Queue {
 public:
  // `day`: of the number; another one begins at 1 again. Who was skipped or served may take one.
  QueueAnswer take(std::string_view who, int64_t day, int64_t now_ms);
  // What they had is forgotten, whatever it was.
  QueueAnswer leave(std::string_view who, int64_t now_ms);
  // Who has this number is at the screen: by their phone, or by somebody's touch there.
  QueueAnswer here(uint32_t number, int64_t now_ms);
  void went_away(std::string_view who, int64_t now_ms);
  void came_back(std::string_view who);

  // Nobody is engaged at the screen, or somebody is. Engaged at first: a screen that is not there
  // calls nobody. Who is called while somebody else engages it waits again, in their place.
  void set_free(bool free, int64_t now_ms);
  // The screen itself is gone: nobody is called, and who was called or has come keeps their place.
  void set_absent();
  // The line is no more: everybody's number has come to its end.
  void close(int64_t now_ms);
  // Calls, skips and forgets. Whether anything has changed.
  bool tick(int64_t now_ms);

  // What this phone has or had; null: nothing, or it is forgotten. Valid until the next change.
  const Place* place_of(std::string_view who) const;
  // Who is called, or has come and not begun; null: nobody.
  const Place* called() const;
  // How many come before this one; 0 for who is called.
  size_t before(const Place& place) const;
  // Who have a number and are not called.
  size_t waiting() const;
  bool is_free() const { return is_free_; }
  const std::vector<Place>& places() const { return places_; }  // by number
  // Skipped, Served and Closed, oldest first.
  const std::vector<Place>& ended() const { return ended_; }

 private:
  Place* find(std::string_view who);
  void end(size_t index, PlaceState how, int64_t now_ms);
  bool call_next(int64_t now_ms);
  bool end_call(int64_t now_ms);
  bool drop_absent(int64_t now_ms);
  bool forget_ended(int64_t now_ms);

  std::vector<Place> places_;
  std::vector<Place> ended_;
  uint32_t newest_ = 0;
  int64_t day_ = 0;
  int64_t call_after_ms_ = 0;
  bool is_free_ = false;
};

}  // namespace vitrine::rules
