// SPDX-License-Identifier: MIT
// Tells the service manager how the program is: systemd's notification protocol (sd_notify(3)), one
// datagram a message to the socket in NOTIFY_SOCKET. Spoken here in a few lines instead of by
// libsystemd, which would be one more library on every kiosk for one call of sendto.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace vitrine {

class ServiceNotifier {
 public:
  // Where to send and how long the manager waits for a feed, from NOTIFY_SOCKET, WATCHDOG_USEC and
  // WATCHDOG_PID. Without a manager it is silent. Forgets the three, so that no child speaks for
  // us.
  static ServiceNotifier from_environment();

  // Silent.
  ServiceNotifier() = default;
  ~ServiceNotifier();
  ServiceNotifier(ServiceNotifier&& other) noexcept;
  ServiceNotifier& operator=(ServiceNotifier&&) = delete;

  // `address`: an absolute path, or "@NAME" of the abstract namespace. InvalidArgument when it is
  // neither or too long for a socket; Unavailable when there is no socket to be had.
  Status open(std::string_view address);

  bool is_open() const { return socket_ >= 0; }
  // Microseconds; 0: it does not watch this process.
  int64_t watchdog_us() const { return watchdog_us_; }

  // Sends lines of VARIABLE=VALUE ("READY=1\nSTATUS=…"). Never waits. False when the manager did
  // not take it now (its queue is full) or nobody is there.
  bool send(std::string_view lines) const;

 private:
  std::string address_;  // as in sockaddr_un::sun_path
  int socket_ = -1;
  int64_t watchdog_us_ = 0;
};

}  // namespace vitrine
