// SPDX-License-Identifier: MIT
#include "native/enrol.h"

#include <memory>
#include <optional>
#include <thread>

#include "engine/base/json/json.h"
#include "engine/protocol/enrolment_code.h"
#include "native/key_identity.h"

namespace vitrine {
namespace {

using Clock = std::chrono::steady_clock;

// Nothing: the deadline came first.
std::optional<Result<HttpResponse>> ask_once(LwsClient& client, const HttpRequest& request,
                                             Clock::time_point deadline) {
  // Shared: an answer that comes after the deadline still finds its place.
  const auto answer = std::make_shared<std::optional<Result<HttpResponse>>>();
  client.request(request,
                 [answer](Result<HttpResponse> response) { answer->emplace(std::move(response)); });
  while (!*answer && Clock::now() < deadline) {
    client.poll();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return std::move(*answer);
}

// Too many attempts may be our own, and one whose answer was lost may have spent the code.
bool is_final(const Result<HttpResponse>& answer, bool is_first) {
  if (!answer.ok()) return false;
  return answer.value().status < 500 && (is_first || answer.value().status != 429);
}

Result<HttpResponse> ask(LwsClient& client, const HttpRequest& request, const EnrolTiming& timing) {
  const Clock::time_point deadline = Clock::now() + timing.patience;
  // What an attempt was told counts, though the last one is cut off by the deadline.
  Result<HttpResponse> told = Status{StatusCode::Unavailable, "the server does not answer"};
  for (bool is_first = true;; is_first = false) {
    std::optional<Result<HttpResponse>> answer = ask_once(client, request, deadline);
    if (!answer) return told;
    told = std::move(*answer);
    const auto wait = told.ok() ? timing.after_answer : timing.after_silence;
    if (is_final(told, is_first) || Clock::now() + wait >= deadline) return told;
    std::this_thread::sleep_for(wait);
  }
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

Status enrol(LwsClient& client, const std::string& typed, const std::filesystem::path& data_dir,
             const EnrolTiming& timing) {
  // However it was typed: one code, one key.
  const std::optional<std::string> code = protocol::normalise_enrolment_code(typed);
  if (!code) {
    return {
        StatusCode::PermissionDenied,
        "--enrol: not a code; it has 16 letters and digits, as `vitrine device add NAME` prints "
        "it"};
  }
  KeyIdentity identity;
  const Status prepared = identity.prepare(data_dir, *code);
  if (!prepared.ok()) return prepared;
  HttpRequest request;
  request.path = "/api/enrol";
  request.json_body =
      "{\"code\": \"" + *code + "\", \"key\": \"" + identity.public_key_hex() + "\"}";
  request.max_bytes = 4096;
  const Result<HttpResponse> response = ask(client, request, timing);
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
