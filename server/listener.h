// SPDX-License-Identifier: MIT
// A listening TCP socket of our own, so that we, not a library, decide when to accept: descriptors
// may run out, addresses may have too many connections, and shutting down begins with not
// accepting.
#pragma once

#include <optional>

#include "engine/base/status.h"
#include "server/listen_address.h"

namespace vitrine {

class Listener {
 public:
  // Binds and listens. The message names the address and the cure.
  static Result<Listener> open(const ListenAddress& address);

  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&& other) noexcept;
  ~Listener();

  int descriptor() const { return descriptor_; }
  // With the port the system chose when 0 was asked for.
  const ListenAddress& address() const { return address_; }

  enum class Outcome {
    Accepted,
    Nothing,    // nobody is waiting (any more)
    Exhausted,  // no descriptor or memory left: stop asking for a while
  };
  struct Accept {
    Outcome outcome = Outcome::Nothing;
    int descriptor = -1;  // non-blocking, TCP_NODELAY; the caller's to close
    PeerAddress peer;
  };
  Accept accept_one();
  // Who still waits to be accepted is refused by the kernel.
  void close();

 private:
  Listener(int descriptor, ListenAddress address);

  int descriptor_ = -1;
  ListenAddress address_;
};

void close_descriptor(int descriptor);

void set_send_buffer(int descriptor, int bytes);

// Closes so that the peer sees a reset and nothing lingers here.
void abort_descriptor(int descriptor);

}  // namespace vitrine
