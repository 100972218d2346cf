// SPDX-License-Identifier: MIT
// The lines of people who wait for screens (docs/queue.md), one a screen. Pure; lives in memory: a
// server that starts anew has forgotten who waited, and says so to whoever comes back.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id128.h"
#include "engine/rules/queue.h"

namespace vitrine {

struct ScreenLine {
  Id128 code;  // of the screen's QR: good for a number in this line and for nothing else
  std::string screen;
  std::string campaign;
  rules::Queue queue;
};

class QueueBook {
 public:
  // `code_of`: always the same for the same screen and campaign; nobody else can know it.
  using CodeOf = std::function<Id128(std::string_view campaign, std::string_view screen)>;
  explicit QueueBook(CodeOf code_of) : code_of_(std::move(code_of)) {}

  // Its line as it was, or a new one. Nobody is called until the screen says that it is free.
  // Expects: a line of another campaign was closed.
  ScreenLine& screen_came(std::string_view screen, std::string_view campaign);
  void screen_left(std::string_view screen);
  // The screen's line is no more; how their number ended is remembered for its phones. Null: nobody
  // has one, or is remembered, there. Valid until the next call of anything else.
  const ScreenLine* close(std::string_view screen, int64_t now_ms);

  // Pointers are valid until the next screen_came(), close() or tick(). Null: none.
  ScreenLine* of_screen(std::string_view screen);
  ScreenLine* of_code(const Id128& code, std::string_view campaign);
  // Where this phone has a number, or had one that is remembered, though the line be no more.
  ScreenLine* of_holder(std::string_view holder);

  // A phone has one number at a time: one in another line is given up.
  rules::QueueAnswer take(ScreenLine& line, std::string_view holder, int64_t day, int64_t now_ms);
  void leave(std::string_view holder, int64_t now_ms);

  // Calls, skips and forgets. The lines in which something changed; valid until the next call.
  const std::vector<ScreenLine*>& tick(int64_t now_ms);

  size_t holders() const { return screen_of_holder_.size(); }

 private:
  void forget_ended();

  CodeOf code_of_;
  std::map<std::string, ScreenLine, std::less<>> lines_;  // by screen
  std::vector<ScreenLine> closed_;                        // while somebody is remembered there
  std::map<std::string, std::string, std::less<>> screen_of_holder_;
  std::vector<ScreenLine*> changed_;
};

}  // namespace vitrine
