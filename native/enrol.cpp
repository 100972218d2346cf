// SPDX-License-Identifier: MIT
#include "native/enrol.h"

#include <memory>
#include <optional>
#include <thread>

#include "engine/base/json/json.h"
#include "native/key_identity.h"

namespace vitrine {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kBetweenTries = std::chrono::milliseconds(500);

Result<HttpResponse> ask_once(LwsClient& client, const HttpRequest& request,
                              Clock::time_point deadline) {
  // Shared: an answer that comes after the deadline still finds its place.
  const auto answer = std::make_shared<std::optional<Result<HttpResponse>>>();
  client.request(request,
                 [answer](Result<HttpResponse> response) { answer->emplace(std::move(response)); });
  while (!*answer && Clock::now() < deadline) {
    client.poll();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  if (!*answer) return Status{StatusCode::Unavailable, "the server does not answer"};
  return std::move(**answer);
}

Result<HttpResponse> ask(LwsClient& client, const HttpRequest& request,
                         Clock::time_point deadline) {
  for (;;) {
    Result<HttpResponse> answer = ask_once(client, request, deadline);
    const bool is_final = answer.ok() && answer.value().status < 500;
    if (is_final || Clock::now() + kBetweenTries >= deadline) return answer;
    std::this_thread::sleep_for(kBetweenTries);
  }
}

bool is_code(const std::string& code) {
  for (const char c : code) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && c != '-') return false;
  }
  return !code.empty() && code.size() <= 64;
}

Status refusal(const HttpResponse& response) {
  if (response.status == 403) {
    return {StatusCode::PermissionDenied,
            "the server refused the code: it is unknown, used or older than 10 minutes; "
            "`vitrine device add NAME` prints a new one"};
  }
  if (response.status == 429) {
    return {StatusCode::PermissionDenied, "too many attempts; wait a minute and try again"};
  }
  return {StatusCode::Unavailable,
          "the server answered " + std::to_string(response.status) + " to /api/enrol"};
}

}  // namespace

Status enrol(LwsClient& client, const std::string& code, const std::filesystem::path& data_dir,
             std::chrono::milliseconds patience) {
  if (!is_code(code)) return {StatusCode::PermissionDenied, "--enrol: not a code"};
  KeyIdentity identity;
  const Status prepared = identity.prepare(data_dir, code);
  if (!prepared.ok()) return prepared;
  HttpRequest request;
  request.path = "/api/enrol";
  request.json_body =
      "{\"code\": \"" + code + "\", \"key\": \"" + identity.public_key_hex() + "\"}";
  request.max_bytes = 4096;
  const Result<HttpResponse> response = ask(client, request, Clock::now() + patience);
  if (!response.ok()) return response.status();
  if (response.value().status != 200) return refusal(response.value());
  JsonDocument document;
  if (!document.parse(response.value().body)) {
    return {StatusCode::Unavailable, "the server's answer to /api/enrol is not JSON"};
  }
  const auto device = document.root().find("device").string();
  if (!device) return {StatusCode::Unavailable, "the server's answer names no device"};
  return identity.adopt(data_dir, *device);
}

}  // namespace vitrine
