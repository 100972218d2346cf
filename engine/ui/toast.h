// SPDX-License-Identifier: MIT
// Short notices that come and go by themselves: "Copied", "Back online". One at a time, the others
// wait; told politely to screen readers. Nothing that has to be answered or remembered: what is
// gone is wiped from memory.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "engine/ui/motion.h"
#include "engine/ui/widget.h"

namespace vitrine::ui {

class Toast : public Widget {
 public:
  static constexpr size_t kMostWaiting = 4;

  // `name` lives as long as the toast.
  explicit Toast(std::string_view name) : name_(name) {}

  // Copied. What is shown or waiting already is not said twice; beyond kMostWaiting the oldest that
  // waits is left out.
  void show(std::string_view words);
  // Nothing is shown or waits: another shopper.
  void clear();
  // How much longer than usual it stays: 1.5 with larger text, more where people read slowly.
  void set_patience(float factor) { patience_ = factor; }
  void set_reduced_motion(bool reduced) { reduced_motion_ = reduced; }
  // In the middle of `area`'s width, its lower edge at the area's.
  void layout(const Rect& area, float text_size);

  // What is on screen now; "" when nothing is.
  std::string_view words() const {
    return state_ == State::Shown ? std::string_view(queue_[0]) : std::string_view();
  }

  void update(float dt) override;
  void draw(Painter& painter) override;
  void describe(SemanticTree& tree) const override;
  bool at_rest() const override { return count_ == 0; }

 private:
  enum class State : uint8_t { Waiting, Shown, Going };
  float seconds() const;
  void begin();
  void drop(size_t at);

  std::string_view name_;
  std::array<std::string, kMostWaiting + 1> queue_;  // the first is shown; behind count_ all wiped
  size_t count_ = 0;
  State state_ = State::Waiting;
  float left_ = 0;  // seconds until it goes
  float patience_ = 1;
  bool reduced_motion_ = false;
  Fade fade_;
  Spring rise_{0};
  Rect area_;
  float text_size_ = 34;
};

}  // namespace vitrine::ui
