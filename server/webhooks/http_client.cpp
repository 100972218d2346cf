// SPDX-License-Identifier: MIT
#include "server/webhooks/http_client.h"

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <atomic>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "server/webhooks/address_rules.h"

namespace vitrine {

namespace {

constexpr int kPollMs = 1000;  // woken earlier by curl_multi_wakeup()
constexpr size_t kMaxHeaderBytes = 64 * 1024;

// Once a process, before any thread.
bool init_curl() {
  static const bool done = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return done;
}

PeerAddress address_of(const sockaddr* socket_address) {
  PeerAddress address;
  if (socket_address->sa_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, socket_address, sizeof six);
    std::memcpy(address.bytes.data(), &six.sin6_addr, 16);
  } else if (socket_address->sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, socket_address, sizeof four);
    address.bytes[10] = address.bytes[11] = 0xff;
    std::memcpy(address.bytes.data() + 12, &four.sin_addr, 4);
  }
  return address;  // of another family: all zero, which is not public
}

// One request on its way.
struct Call {
  HttpRequest request;
  const HttpLimits* limits = nullptr;
  CURL* easy = nullptr;
  curl_slist* headers = nullptr;
  std::string body;
  size_t header_bytes = 0;
  bool refused_address = false;
  bool too_large = false;

  ~Call() {
    if (easy != nullptr) curl_easy_cleanup(easy);
    curl_slist_free_all(headers);
  }
};

curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr* wanted) {
  Call& call = *static_cast<Call*>(self);
  if (!call.limits->allow_private && !is_public_address(address_of(&wanted->addr))) {
    call.refused_address = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(wanted->family, wanted->socktype | SOCK_CLOEXEC, wanted->protocol);
}

size_t take_body(char* bytes, size_t, size_t size, void* self) {
  Call& call = *static_cast<Call*>(self);
  call.too_large = call.body.size() + size > call.limits->max_answer;
  if (call.too_large) return 0;
  call.body.append(bytes, size);
  return size;
}

size_t take_header(char*, size_t, size_t size, void* self) {
  Call& call = *static_cast<Call*>(self);
  call.header_bytes += size;
  call.too_large = call.header_bytes > kMaxHeaderBytes;
  return call.too_large ? 0 : size;
}

bool add_header(Call& call, const std::string& line) {
  curl_slist* longer = curl_slist_append(call.headers, line.c_str());
  if (longer == nullptr) return false;
  call.headers = longer;
  return true;
}

void set_limits(CURL* easy, const HttpLimits& limits) {
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // nor one that the environment names
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, limits.allow_private ? "http,https" : "https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect_ms));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.whole_ms));
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // a name server that is silent keeps nobody
  curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
}

bool prepare(Call& call, const HttpLimits& limits) {
  call.limits = &limits;
  call.easy = curl_easy_init();
  if (call.easy == nullptr) return false;
  set_limits(call.easy, limits);
  bool whole = add_header(call, "Content-Type: application/json") && add_header(call, "Expect:") &&
               add_header(call, "User-Agent: Vitrine");
  for (const auto& [name, value] : call.request.headers) {
    whole = whole && add_header(call, name + ": " + value);
  }
  curl_easy_setopt(call.easy, CURLOPT_URL, call.request.url.c_str());
  curl_easy_setopt(call.easy, CURLOPT_HTTPHEADER, call.headers);
  curl_easy_setopt(call.easy, CURLOPT_POST, 1L);
  curl_easy_setopt(call.easy, CURLOPT_POSTFIELDS, call.request.body.data());
  curl_easy_setopt(call.easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(call.request.body.size()));
  curl_easy_setopt(call.easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(call.easy, CURLOPT_OPENSOCKETDATA, &call);
  curl_easy_setopt(call.easy, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(call.easy, CURLOPT_WRITEDATA, &call);
  curl_easy_setopt(call.easy, CURLOPT_HEADERFUNCTION, take_header);
  curl_easy_setopt(call.easy, CURLOPT_HEADERDATA, &call);
  return whole;
}

Status status_of(const Call& call, CURLcode result) {
  if (result == CURLE_OK) return Status();
  if (call.refused_address) {
    return Status(StatusCode::PermissionDenied,
                  "its address is not a public one; --allow-private-webhooks allows it");
  }
  if (call.too_large) {
    return Status(
        StatusCode::ResourceExhausted,
        "its answer is longer than " + std::to_string(call.limits->max_answer) + " bytes");
  }
  if (result == CURLE_UNSUPPORTED_PROTOCOL && !call.limits->allow_private) {
    return Status(StatusCode::PermissionDenied,
                  "plain http is refused; --allow-private-webhooks allows it");
  }
  return Status(StatusCode::Unavailable, curl_easy_strerror(result));
}

}  // namespace

class HttpClient::Worker {
 public:
  Worker(const HttpLimits& limits, std::function<void()> wake)
      : limits_(limits), wake_(std::move(wake)), multi_(init_curl() ? curl_multi_init() : nullptr) {
    if (multi_ != nullptr) thread_ = std::thread([this] { run(); });
  }
  ~Worker();

  bool submit(HttpRequest&& request);
  std::vector<HttpAnswer> take_answers();

 private:
  void run();
  void begin_waiting();
  void begin(HttpRequest&& request);
  void finish_done();
  void finish(std::unique_ptr<Call> call, Status status);

  const HttpLimits limits_;
  const std::function<void()> wake_;
  CURLM* const multi_;
  std::atomic<bool> stopping_{false};

  std::mutex mutex_;
  // Protected by mutex_:
  std::deque<HttpRequest> waiting_;
  std::vector<HttpAnswer> answers_;
  size_t open_ = 0;  // submitted, and no answer yet

  std::map<CURL*, std::unique_ptr<Call>> calls_;  // the thread's
  std::thread thread_;                            // last: it uses all of the above
};

HttpClient::Worker::~Worker() {
  stopping_ = true;
  if (multi_ == nullptr) return;
  curl_multi_wakeup(multi_);
  thread_.join();
  for (const auto& [easy, call] : calls_) curl_multi_remove_handle(multi_, easy);
  calls_.clear();
  curl_multi_cleanup(multi_);
}

bool HttpClient::Worker::submit(HttpRequest&& request) {
  if (multi_ == nullptr) return false;
  {
    const std::lock_guard lock(mutex_);
    if (open_ >= limits_.max_waiting) return false;
    ++open_;
    waiting_.push_back(std::move(request));
  }
  curl_multi_wakeup(multi_);
  return true;
}

std::vector<HttpAnswer> HttpClient::Worker::take_answers() {
  const std::lock_guard lock(mutex_);
  return std::exchange(answers_, {});
}

void HttpClient::Worker::run() {
  while (!stopping_) {
    begin_waiting();
    int running = 0;
    curl_multi_perform(multi_, &running);
    finish_done();
    curl_multi_poll(multi_, nullptr, 0, kPollMs, nullptr);
  }
}

void HttpClient::Worker::begin_waiting() {
  while (calls_.size() < limits_.max_parallel) {
    HttpRequest request;
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.empty()) return;
      request = std::move(waiting_.front());
      waiting_.pop_front();
    }
    begin(std::move(request));
  }
}

void HttpClient::Worker::begin(HttpRequest&& request) {
  auto call = std::make_unique<Call>();
  call->request = std::move(request);
  const bool begun =
      prepare(*call, limits_) && curl_multi_add_handle(multi_, call->easy) == CURLM_OK;
  if (!begun) return finish(std::move(call), Status(StatusCode::ResourceExhausted, "no memory"));
  CURL* easy = call->easy;
  calls_.emplace(easy, std::move(call));
}

void HttpClient::Worker::finish_done() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode result = message->data.result;
    CURL* easy = message->easy_handle;
    curl_multi_remove_handle(multi_, easy);
    auto node = calls_.extract(easy);
    Status status = status_of(*node.mapped(), result);
    finish(std::move(node.mapped()), std::move(status));
  }
  begin_waiting();
}

void HttpClient::Worker::finish(std::unique_ptr<Call> call, Status status) {
  HttpAnswer answer;
  answer.number = call->request.number;
  answer.status = std::move(status);
  if (answer.status.ok()) {
    long code = 0;
    curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &code);
    answer.code = static_cast<int>(code);
    answer.body = std::move(call->body);
  }
  bool was_empty = false;
  {
    const std::lock_guard lock(mutex_);
    --open_;
    was_empty = answers_.empty();
    answers_.push_back(std::move(answer));
  }
  if (was_empty && wake_) wake_();
}

HttpClient::HttpClient(const HttpLimits& limits, std::function<void()> wake)
    : worker_(std::make_unique<Worker>(limits, std::move(wake))) {}
HttpClient::~HttpClient() = default;

bool HttpClient::submit(HttpRequest&& request) {
  return worker_->submit(std::move(request));
}

std::vector<HttpAnswer> HttpClient::take_answers() {
  return worker_->take_answers();
}

}  // namespace vitrine
