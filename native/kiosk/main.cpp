// SPDX-License-Identifier: MIT
// vitrine-kiosk.
#include <signal.h>

#include <atomic>
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "native/kiosk/kiosk.h"
#include "native/kiosk/kiosk_words.h"
#include "native/kiosk/options.h"
#include "native/kiosk/shots.h"
#include "native/kiosk/staff_pin.h"

namespace {

std::atomic<bool> g_stop{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

void stop(int) {
  g_stop = true;
}

// The second signal ends at once, for whoever cannot wait.
void catch_signals() {
  struct sigaction action {};
  action.sa_handler = stop;
  action.sa_flags = SA_RESETHAND;
  sigaction(SIGTERM, &action, nullptr);
  sigaction(SIGINT, &action, nullptr);
  signal(SIGPIPE, SIG_IGN);
  // A limit on file sizes is a full disk to us, not a reason to die.
  signal(SIGXFSZ, SIG_IGN);
}

vitrine::KioskEnd run(const vitrine::KioskOptions& options) {
  if (!options.shots.empty()) return vitrine::take_shots(options);
  vitrine::Kiosk kiosk(options);
  const vitrine::KioskEnd end = kiosk.start();
  if (end.code != vitrine::KioskExit::Ok) return end;
  return kiosk.run(g_stop);
}

// A line of standard input, so that the PIN stands in no list of processes.
vitrine::KioskEnd set_pin(const vitrine::KioskOptions& options) {
  std::string pin;
  std::getline(std::cin, pin);
  const vitrine::Status saved = vitrine::save_staff_pin(options.data, pin);
  if (saved.ok()) return {};
  const bool is_usage = saved.code() == vitrine::StatusCode::InvalidArgument;
  return {is_usage ? vitrine::KioskExit::Usage : vitrine::KioskExit::DataDir, saved.message()};
}

int finish(const vitrine::KioskEnd& end) {
  if (!end.message.empty()) vitrine::say(end.message);
  return static_cast<int>(end.code);
}

}  // namespace

int main(int argc, char** argv) {
  const auto options =
      vitrine::parse_kiosk_options(std::vector<std::string>(argv + 1, argv + argc));
  if (!options.ok())
    return finish(vitrine::KioskEnd::of(vitrine::KioskExit::Usage, options.status()));
  using Action = vitrine::KioskOptions::Action;
  if (options.value().action == Action::Help) {
    std::fputs(std::string(vitrine::kiosk_help()).c_str(), stdout);
    return 0;
  }
  if (options.value().action == Action::Version) {
    std::puts("vitrine-kiosk " VITRINE_VERSION);
    return 0;
  }
  if (const vitrine::Status files = vitrine::check_kiosk_files(options.value()); !files.ok()) {
    return finish(vitrine::KioskEnd::of(vitrine::KioskExit::Usage, files));
  }
  if (options.value().action == Action::SetPin) return finish(set_pin(options.value()));
  catch_signals();
  return finish(run(options.value()));
}
