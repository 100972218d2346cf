// SPDX-License-Identifier: MIT
// The server's only use of libcurl: requests to others, on a thread of its own, so that whoever is
// slow or silent is waited for there and nowhere else.
//
// No redirect is followed, no proxy of the environment used, no cookie or connection of another
// host shared. Which address a name has is looked at when it is connected to.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/status.h"

namespace vitrine {

struct HttpLimits {
  // Plain HTTP, and addresses that are not public (address_rules.h), are called too.
  bool allow_private = false;
  size_t max_waiting = 1000;  // requests, those on their way included
  size_t max_parallel = 32;   // on their way at once
  size_t max_answer = 65536;  // bytes of an answer's body
  int64_t connect_ms = 5'000;
  int64_t whole_ms = 10'000;  // from its beginning to the last byte of the answer
};

// A POST of JSON.
struct HttpRequest {
  uint64_t number = 0;  // the caller's
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

struct HttpAnswer {
  uint64_t number = 0;
  // Not Ok: there was no whole answer. PermissionDenied: the address may not be called.
  // Unavailable: not reached, or too slow. ResourceExhausted: more than max_answer. The message
  // names no address but the host's.
  Status status;
  int code = 0;  // 200, of a whole answer
  std::string body;
};

// What callers see of it, so that a test can answer in its place. One caller thread.
class HttpCaller {
 public:
  virtual ~HttpCaller() = default;
  // False: too many are waiting, or it was stopped; nothing was taken and no answer comes.
  virtual bool submit(HttpRequest&& request) = 0;
  // Every answer that came since the last call.
  virtual std::vector<HttpAnswer> take_answers() = 0;
};

class HttpClient final : public HttpCaller {
 public:
  // `wake`: called on the client's thread when there are answers and were none; does not block.
  HttpClient(const HttpLimits& limits, std::function<void()> wake);
  // Gives up what is on its way.
  ~HttpClient() override;

  bool submit(HttpRequest&& request) override;
  std::vector<HttpAnswer> take_answers() override;

 private:
  class Worker;
  std::unique_ptr<Worker> worker_;
};

}  // namespace vitrine
