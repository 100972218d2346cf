// SPDX-License-Identifier: MIT
#include "tests/server/tls_stream.h"

#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>

#include <ctime>

#include "tests/server/raw_client.h"

namespace vitrine::test {

namespace {

SSL_CTX* context() {
  static const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> one(SSL_CTX_new(TLS_client_method()),
                                                                SSL_CTX_free);
  SSL_CTX_set_mode(one.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  return one.get();
}

void limit_version(SSL* ssl, TlsStream::Version at_most) {
  if (at_most == TlsStream::Version::Tls12) SSL_set_max_proto_version(ssl, TLS1_2_VERSION);
  if (at_most != TlsStream::Version::Tls11) return;
  // This end would not offer it either, otherwise.
  SSL_set_security_level(ssl, 0);
  SSL_set_min_proto_version(ssl, TLS1_VERSION);
  SSL_set_max_proto_version(ssl, TLS1_1_VERSION);
}

bool shake_hands(SSL* ssl, int socket) {
  while (true) {
    const int done = SSL_connect(ssl);
    if (done == 1) return true;
    const int error = SSL_get_error(ssl, done);
    if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) return false;
    pollfd waiting{socket, short(error == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT), 0};
    if (poll(&waiting, 1, kPatienceMs) != 1) return false;
  }
}

}  // namespace

std::unique_ptr<TlsStream> TlsStream::connect(int socket, const std::string& server_name,
                                              Version at_most) {
  fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK);
  ERR_clear_error();
  SSL* ssl = SSL_new(context());
  std::unique_ptr<TlsStream> stream(new TlsStream(ssl));
  limit_version(ssl, at_most);
  SSL_set_fd(ssl, socket);
  if (!server_name.empty()) SSL_set_tlsext_host_name(ssl, server_name.c_str());
  return shake_hands(ssl, socket) ? std::move(stream) : nullptr;
}

TlsStream::~TlsStream() {
  SSL_free(ssl_);
}

long TlsStream::outcome(int done) {
  if (done > 0) return done;
  const int error = SSL_get_error(ssl_, done);
  ERR_clear_error();
  return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? 0 : -1;
}

long TlsStream::send(std::string_view bytes) {
  return outcome(SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())));
}

long TlsStream::receive(char* bytes, int size) {
  return outcome(SSL_read(ssl_, bytes, size));
}

bool TlsStream::has_pending() const {
  return SSL_pending(ssl_) > 0;
}

long TlsStream::certificate_ends() const {
  const std::unique_ptr<X509, void (*)(X509*)> shown(SSL_get1_peer_certificate(ssl_), X509_free);
  tm end{};
  ASN1_TIME_to_tm(X509_get0_notAfter(shown.get()), &end);
  return timegm(&end);
}

}  // namespace vitrine::test
