// SPDX-License-Identifier: MIT
#include "tests/bench/load_setup.h"

#include <sodium.h>

#include <array>
#include <cstdlib>

#include "server/store/device_registry.h"
#include "tests/server/raw_client.h"

namespace vitrine::bench {

LoadOptions enrolled_load(const std::string& data) {
  LoadOptions options;
  std::array<uint8_t, 32> key{};
  crypto_sign_keypair(key.data(), options.secret_key.data());
  auto registry = open_sqlite_device_registry(data);
  if (!registry.ok()) std::exit(1);
  const auto code = registry.value()->invite(options.device, 1);
  if (!code.ok() || !registry.value()->enrol(code.value(), key, 2).ok()) std::exit(1);
  return options;
}

std::string staff_get(uint16_t port, std::string_view path) {
  test::RawClient client(port);
  std::string request = "GET ";
  request.append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
  std::string body;
  if (!client.send(request) || client.read_response(&body) != 200) return {};
  return body;
}

double metric(uint16_t staff_port, std::string_view name) {
  const std::string body = staff_get(staff_port, "/metrics");
  const size_t at = body.find("\n" + std::string(name) + " ");
  return at == std::string::npos ? -1 : std::atof(body.c_str() + at + name.size() + 2);
}

}  // namespace vitrine::bench
