// SPDX-License-Identifier: MIT
// The client's end of TLS on a socket that somebody else owns. Trusts everybody: what a server
// shows is looked at by the tests that are about it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

struct ssl_st;

namespace vitrine::test {

class TlsStream {
 public:
  enum class Version { Tls11, Tls12, Newest };

  // Null: the handshake failed. Makes the socket non-blocking.
  static std::unique_ptr<TlsStream> connect(int socket, const std::string& server_name = "",
                                            Version at_most = Version::Newest);
  ~TlsStream();

  // How many bytes were taken; 0: wait for the socket, -1: it is over.
  long send(std::string_view bytes);
  long receive(char* bytes, int size);
  // Whether bytes are here that the socket does not show any more.
  bool has_pending() const;

  // The seconds since 1970 until which the server's certificate is good.
  long certificate_ends() const;

 private:
  explicit TlsStream(ssl_st* ssl) : ssl_(ssl) {}
  long outcome(int done);

  ssl_st* ssl_;
};

}  // namespace vitrine::test
