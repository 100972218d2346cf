// SPDX-License-Identifier: MIT
#include "server/handoff/queue_book.h"

#include <utility>

namespace vitrine {

ScreenLine& QueueBook::screen_came(std::string_view screen, std::string_view campaign) {
  ScreenLine& line = lines_[std::string(screen)];
  if (line.screen.empty()) {
    line = {code_of_(campaign, screen), std::string(screen), std::string(campaign), {}};
  }
  line.queue.set_absent();  // until it says that it is free
  return line;
}

void QueueBook::screen_left(std::string_view screen) {
  if (ScreenLine* line = of_screen(screen)) line->queue.set_absent();
}

const ScreenLine* QueueBook::close(std::string_view screen, int64_t now_ms) {
  const auto found = lines_.find(screen);
  if (found == lines_.end()) return nullptr;
  ScreenLine line = std::move(found->second);
  lines_.erase(found);
  line.queue.close(now_ms);
  if (line.queue.ended().empty()) return nullptr;
  closed_.push_back(std::move(line));
  return &closed_.back();
}

ScreenLine* QueueBook::of_screen(std::string_view screen) {
  const auto found = lines_.find(screen);
  return found == lines_.end() ? nullptr : &found->second;
}

ScreenLine* QueueBook::of_code(const Id128& code, std::string_view campaign) {
  for (auto& [screen, line] : lines_) {
    if (line.code == code && line.campaign == campaign) return &line;
  }
  return nullptr;
}

ScreenLine* QueueBook::of_holder(std::string_view holder) {
  const auto found = screen_of_holder_.find(holder);
  if (found == screen_of_holder_.end()) return nullptr;
  ScreenLine* line = of_screen(found->second);
  if (line != nullptr && line->queue.place_of(holder) != nullptr) return line;
  for (ScreenLine& closed : closed_) {
    if (closed.queue.place_of(holder) != nullptr) return &closed;
  }
  return nullptr;
}

rules::QueueAnswer QueueBook::take(ScreenLine& line, std::string_view holder, int64_t day,
                                   int64_t now_ms) {
  ScreenLine* before = of_holder(holder);
  const rules::QueueAnswer answer = line.queue.take(holder, day, now_ms);
  if (answer == rules::QueueAnswer::Full) return answer;
  if (before != nullptr && before != &line) before->queue.leave(holder, now_ms);
  screen_of_holder_[std::string(holder)] = line.screen;
  return answer;
}

void QueueBook::leave(std::string_view holder, int64_t now_ms) {
  if (ScreenLine* line = of_holder(holder)) line->queue.leave(holder, now_ms);
  const auto found = screen_of_holder_.find(holder);
  if (found != screen_of_holder_.end()) screen_of_holder_.erase(found);
}

const std::vector<ScreenLine*>& QueueBook::tick(int64_t now_ms) {
  changed_.clear();
  for (auto& [screen, line] : lines_) {
    if (line.queue.tick(now_ms)) changed_.push_back(&line);
  }
  const bool forgot = std::erase_if(closed_, [now_ms](ScreenLine& line) {
                        line.queue.tick(now_ms);
                        return line.queue.ended().empty();
                      }) > 0;
  if (!changed_.empty() || forgot) forget_ended();
  return changed_;
}

void QueueBook::forget_ended() {
  std::erase_if(screen_of_holder_,
                [this](const auto& entry) { return of_holder(entry.first) == nullptr; });
}

}  // namespace vitrine
