// SPDX-License-Identifier: MIT
// Words said by the system's Speech Dispatcher, in whatever voice its owner chose. Its client
// library (LGPL) waits for the daemon's answers, so one worker does the talking; the daemon itself
// makes the sound, outside our mixer.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/clock.h"
#include "engine/platform/speech.h"
#include "native/worker.h"

namespace vitrine {

// One a process: the library's notifications carry nothing to tell two apart by.
class SpeechDispatcher final : public Speech {
 public:
  // Looks for a daemon that runs; never starts one. `clock` outlives it.
  explicit SpeechDispatcher(const Clock& clock);
  ~SpeechDispatcher() override;

  // Whether a daemon answered, with at least one voice. Looked for again every half minute.
  bool connected() const { return connected_; }

  bool available(std::string_view language) const override;
  void say(std::string_view text, std::string_view language, SpeechPriority priority) override;
  void stop() override;
  bool speaking() const override;
  void set_gain(float gain) override;
  std::string problem() const override { return {}; }
  void poll() override;

 private:
  struct Connection;
  void connect();

  const Clock& clock_;
  std::unique_ptr<Connection> connection_;  // the worker's alone while jobs run
  std::vector<std::string> languages_;      // as the daemon names them: "en", "en-GB", "cmn"
  bool connected_ = false;
  bool connecting_ = false;
  // Between the worker and the App's thread.
  std::atomic<bool> lost_{false};          // the daemon does not answer any more
  std::atomic<uint32_t> on_their_way_{0};  // messages that the daemon has not been given yet
  std::atomic<int> last_said_{0};          // the daemon's number of the newest message; 0: none
  int64_t silent_by_us_ = 0;               // however the daemon behaves
  int64_t next_attempt_us_ = 0;
  int volume_ = 100;
  bool muted_ = false;
  Worker worker_;  // ends first
};

// Whether a voice of `voice_language` ("zh-cmn", "en_US") speaks `language` ("zh").
bool speaks(std::string_view voice_language, std::string_view language);

}  // namespace vitrine
