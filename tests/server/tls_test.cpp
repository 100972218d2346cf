// SPDX-License-Identifier: MIT
// HTTPS and WSS by the server itself: which certificates it takes, who is let in, renewal while it
// runs. The limits of all connections are tested with both in limits_test.cpp.
#include <catch2/catch.hpp>
#include <csignal>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "server/crypto.h"
#include "tests/server/live_server.h"
#include "tests/server/server_process.h"
#include "tests/server/test_certificate.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr char kGetHealth[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

LiveServerOptions with_tls(const CertificateFolder& folder) {
  LiveServerOptions options;
  options.tls = folder.files;
  return options;
}

std::string refusal(const TlsFiles& files) {
  const Result<TlsCertificate> opened = TlsCertificate::open(files);
  return opened.ok() ? "" : opened.status().message();
}

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

void write(const std::string& file, const std::string& text) {
  std::ofstream(file) << text;
}

// Days for which the certificate of a new connection is still good.
long days_shown(LiveServer& server) {
  const RawClient client = server.connect();
  return client.tls() == nullptr ? -1 : (client.tls()->certificate_ends() - time(nullptr)) / 86400;
}

}  // namespace

TEST_CASE("a good pair is taken, and what is wrong with another is said with its file") {
  CertificateFolder folder;
  CHECK(refusal(folder.files).empty());
  const auto& [certificate, key] = folder.files;
  const std::string none = folder.directory.path() + "/none";
  CHECK(refusal({none, key}) == none + ": cannot be read; name a PEM file of --tls-certificate");
  CHECK(holds(refusal({certificate, none}), none + ": cannot be read"));
  CHECK(holds(refusal({folder.directory.path(), key}), "cannot be read"));
  CHECK(refusal({key, key}) == key + ": holds no certificate in PEM");
  CHECK(holds(refusal({certificate, certificate}), certificate + ": holds no private key"));
}

TEST_CASE("a certificate that is over, of another key, weak or locked is refused") {
  CertificateFolder folder, other;
  CHECK(holds(refusal({folder.files.certificate, other.files.key}),
              other.files.key + ": is not the key of the certificate in"));
  write_certificate(folder.files, {.valid_seconds = -10});
  CHECK(holds(refusal(folder.files), "was valid until "));
  write_certificate(folder.files, {.short_key = true});
  CHECK(holds(refusal(folder.files), "OpenSSL refuses it: "));
  write_certificate(folder.files, {.with_password = true});
  CHECK(holds(refusal(folder.files), "or one with a password"));
}

TEST_CASE("a device records by TLS, whatever name it asks for") {
  CertificateFolder folder;
  LiveServer server(with_tls(folder));
  CHECK(server.still_serves());
  for (const char* name : {"localhost", "public", "staff", "nobody.example"}) {
    RawClient client(server.port());
    REQUIRE(client.start_tls(name));
    CHECK(client.open_websocket());
  }
}

TEST_CASE("answers over TLS make no promise for the host's other ports or for later") {
  CertificateFolder folder;
  LiveServer server(with_tls(folder));
  RawClient client = server.connect();
  std::string head, body;
  client.send(std::string(kGetHealth) + kGetHealth);
  CHECK(client.read_response(&body, &head) == 200);
  CHECK(body == "ok\n");
  CHECK_FALSE(holds(head, "Strict-Transport-Security"));
  CHECK(client.read_response() == 200);
}

TEST_CASE("TLS below 1.2 is refused, 1.2 is not") {
  CertificateFolder folder;
  LiveServer server(with_tls(folder));
  RawClient old(server.port()), good(server.port());
  CHECK_FALSE(old.start_tls("", TlsStream::Version::Tls11));
  REQUIRE(good.start_tls("", TlsStream::Version::Tls12));
  CHECK(good.open_websocket());
}

TEST_CASE("plain HTTP at a listener with TLS is told so and closed, a WebSocket too") {
  CertificateFolder folder;
  LiveServer server(with_tls(folder));
  RawClient plain(server.port());
  std::string body;
  plain.send(kGetHealth);
  CHECK(plain.read_response(&body) == 400);
  CHECK(body == "ask by https:// here\n");
  CHECK(plain.wait_closed());
  RawClient socket(server.port());
  socket.send(make_handshake());
  CHECK(socket.read_response(&body) == 400);
  CHECK(socket.wait_closed());
  CHECK(server.metric("vitrine_websockets") == 0);
  CHECK(server.still_serves());
}

TEST_CASE("the authority is the one thing that plain HTTP gets there") {
  CertificateFolder folder;
  LiveServerOptions options = with_tls(folder);
  options.authority = folder.files.certificate;
  LiveServer server(options);
  RawClient plain(server.port());
  std::string head, body;
  plain.send("GET /authority.crt HTTP/1.1\r\nHost: localhost\r\n\r\n");
  CHECK(plain.read_response(&body, &head) == 200);
  CHECK(holds(head, "Content-Type: application/x-x509-ca-cert\r\n"));
  CHECK(body.rfind("-----BEGIN CERTIFICATE-----", 0) == 0);
  plain.send(kGetHealth);
  CHECK(plain.read_response() == 400);
}

TEST_CASE("a handshake that is never finished is cut, and its place is free again") {
  CertificateFolder folder;
  LiveServerOptions options = with_tls(folder);
  options.timeouts.request = 1000;
  options.caps = {3, 3};
  LiveServer server(options);
  RawClient silent(server.port()), half(server.port()), garbage(server.port());
  half.send(std::string_view("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11));
  garbage.send(std::string(64, '\x01'));
  CHECK(silent.wait_closed());
  CHECK(half.wait_closed());
  CHECK(garbage.wait_closed());
  CHECK(wait_until([&] { return server.still_serves(); }));
}

TEST_CASE("a renewed certificate is shown to who comes then, and who is there stays") {
  CertificateFolder folder;
  LiveServerOptions options = with_tls(folder);
  std::mutex mutex;
  std::string log;
  options.log = [&](const std::string& line) {
    const std::lock_guard lock(mutex);
    log += line;
  };
  const auto logged = [&](const std::string& part) {
    return wait_until([&] {
      const std::lock_guard lock(mutex);
      return holds(log, part);
    });
  };
  LiveServer server(options);
  RawClient staying = server.open_recording(random_id());
  CHECK(days_shown(server) == 1);
  write_certificate(folder.files, {.valid_seconds = 86400 * 9 + 3600});
  REQUIRE(logged(": the new certificate is used, valid until "));
  CHECK(days_shown(server) == 9);
  write(folder.files.certificate, "nonsense");
  REQUIRE(logged(": holds no certificate in PEM; the certificate before stays\n"));
  CHECK(days_shown(server) == 9);
  staying.send(make_close(1000));
  CHECK(staying.read_close_code() == 1000);
}

TEST_CASE("the program serves by https, and does not start with a pair that cannot be used") {
  CertificateFolder folder;
  TemporaryDirectory data;
  const auto pair = [&](const std::string& certificate, const std::string& key) {
    return ServerProcess::Options{
        data.path(), 0, 0, {"--tls-certificate", certificate, "--tls-key", key}};
  };
  {
    ServerProcess server(pair(folder.files.certificate, folder.files.key));
    REQUIRE(server.is_running());
    RawClient client(server.port());
    REQUIRE(client.start_tls());
    client.send(kGetHealth);
    CHECK(client.read_response() == 200);
    server.send_signal(SIGTERM);
    CHECK(server.wait() == 0);
  }
  ServerProcess wrong(pair(folder.files.key, folder.files.key));
  CHECK_FALSE(wrong.is_running());
  CHECK(wrong.exit_status() == 3);
  ServerProcess half({data.path(), 0, 0, {"--tls-certificate", folder.files.certificate}});
  CHECK(half.exit_status() == 2);
}
