// SPDX-License-Identifier: MIT
// Says words aloud: Speech Dispatcher or espeak-ng natively, the browser's own voice on the page.
// What is said and when is engine/scene's. Never needed: where no voice speaks a language, calls do
// nothing and problem() says why, once for staff. Called on the App's thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine {

enum class SpeechPriority : uint8_t {
  Interrupt,  // what is being said stops: the person has moved on
  Queue,      // after what is being said; at most a few wait, the oldest is dropped
};

class Speech {
 public:
  static constexpr size_t kMostBytes = 1000;

  virtual ~Speech() = default;

  // Whether somebody could speak this language now ("zh", "en"); may change.
  virtual bool available(std::string_view language) const = 0;

  // `text`: UTF-8, copied; at most kMostBytes of it are said. Never waits.
  virtual void say(std::string_view text, std::string_view language, SpeechPriority priority) = 0;
  // At once; nothing of what waited is said.
  virtual void stop() = 0;
  // From say() until the last word of all that waits was heard.
  virtual bool speaking() const = 0;

  // Linear, 0..1; for what is said from now on at the latest.
  virtual void set_gain(float gain) = 0;

  // Why nothing can be said, and what to do, for staff; "" when all is well or nobody has asked
  // yet.
  virtual std::string problem() const = 0;

  // Once a frame.
  virtual void poll() = 0;
};

}  // namespace vitrine
