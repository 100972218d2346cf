// SPDX-License-Identifier: MIT
// Two sides share one mutex. The App's side queues commands and drains events; the service thread
// runs commands and every libwebsockets callback. Only lws_cancel_service crosses over.
#include "native/lws_client.h"

#include <libwebsockets.h>

#include <array>
#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

#include "native/lws_client_http_internal.h"
#include "native/lws_client_socket_internal.h"

namespace vitrine {
namespace {

constexpr uint16_t kNotText = 1003;
constexpr uint16_t kTooLarge = 1009;
constexpr uint16_t kGoingAway = 1001;
constexpr auto kPoliteEnd = std::chrono::milliseconds(500);

int on_websocket(lws* wsi, lws_callback_reasons reason, void* user, void* in, size_t size);
int on_http(lws* wsi, lws_callback_reasons reason, void* user, void* in, size_t size);

struct Event {
  enum class Kind { Open, Message, Close, Http } kind;
  std::string text;
  uint16_t code = 0;
  std::function<void()> report;
};

class LwsClientImpl final : public LwsClient {
 public:
  explicit LwsClientImpl(LwsClientOptions options)
      : options_(std::move(options)),
        host_header_(options_.server.authority()),
        protocols_{{{options_.subprotocol.c_str(), on_websocket, 0, 65536, 0, nullptr, 0},
                    {kHttpProtocol, on_http, 0, kHttpPiece, 0, nullptr, 0},
                    {nullptr, nullptr, 0, 0, 0, nullptr, 0}}},
        exchanges_(host_header_, [this](std::function<void()> report) {
          push({Event::Kind::Http, {}, 0, std::move(report)});
        }) {
    policy_.secs_since_valid_ping = options_.ping_seconds;
    policy_.secs_since_valid_hangup = options_.dead_seconds;
  }

  ~LwsClientImpl() override {
    stop_ = true;
    if (context_ != nullptr) lws_cancel_service(context_);
    if (thread_.joinable()) thread_.join();
    if (context_ != nullptr) lws_context_destroy(context_);
  }

  Status start() {
    lws_set_log_level(0, nullptr);  // what fails is told through on_close and Status
    lws_context_creation_info info{};
    info.port = CONTEXT_PORT_NO_LISTEN;
    info.protocols = protocols_.data();
    info.user = this;
    info.options = LWS_SERVER_OPTION_DO_SSL_GLOBAL_INIT;
    info.connect_timeout_secs = options_.connect_timeout_seconds;
    info.timeout_secs = options_.connect_timeout_seconds;
    if (!options_.ca_file.empty()) info.client_ssl_ca_filepath = options_.ca_file.c_str();
    context_ = lws_create_context(&info);
    if (context_ == nullptr) {
      return {StatusCode::Unavailable,
              "cannot start the network; check the file descriptor limit and --ca"};
    }
    thread_ = std::thread([this] { serve(); });
    return {};
  }

  void set_listener(TransportListener* listener) override { listener_ = listener; }

  void connect() override {
    post([this] { begin_socket(); });
  }

  bool send(std::string_view message) override {
    if (!open_) return false;
    {
      const std::lock_guard lock(mutex_);
      if (outgoing_bytes_ + message.size() > kQueueBytes) return false;
      outgoing_bytes_ += message.size();
      std::string framed(LWS_PRE, '\0');
      framed.append(message);
      outgoing_.push_back(std::move(framed));
    }
    post([this] {
      if (socket_.established) lws_callback_on_writable(socket_.wsi);
    });
    return true;
  }

  void close(uint16_t code, std::string_view reason) override {
    post([this, code, text = std::string(reason)] { begin_close(code, text); });
  }

  void request(HttpRequest request, HttpDone done) override {
    auto exchange = std::make_shared<ClientExchange>();
    exchange->request = std::move(request);
    exchange->done = std::move(done);
    post([this, exchange] {
      exchanges_.begin(exchange, connect_info(exchange->request.path.c_str()));
    });
  }

  void poll() override {
    std::deque<Event> due;
    {
      const std::lock_guard lock(mutex_);
      due.swap(events_);
      incoming_bytes_ = 0;
    }
    if (due.empty()) return;
    for (Event& event : due) deliver(event);
    post([this] { resume_reading(); });
  }

  // From here on: service thread.

  // What is of neither kind is the last word of a connection that is already over.
  int event(lws* wsi, lws_callback_reasons reason, void* in, size_t size) {
    if (wsi == socket_.wsi && wsi != nullptr) return websocket_event(wsi, reason, in, size);
    return exchanges_.event(wsi, reason, in, size);
  }

  int websocket_event(lws* wsi, lws_callback_reasons reason, void* in, size_t size) {
    switch (reason) {
      case LWS_CALLBACK_CLIENT_FILTER_PRE_ESTABLISH:
        return socket_.check_subprotocol(options_.subprotocol);
      case LWS_CALLBACK_CLIENT_ESTABLISHED:
        return established();
      case LWS_CALLBACK_CLIENT_RECEIVE:
        return received(wsi, static_cast<const char*>(in), size);
      case LWS_CALLBACK_CLIENT_WRITEABLE:
        return writable();
      case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
        socket_.peer_closes(static_cast<const uint8_t*>(in), size);
        return 0;
      case LWS_CALLBACK_CLIENT_CONNECTION_ERROR:
        if (in != nullptr) socket_.close_reason = connection_error(in, size);
        ended();
        return 0;
      case LWS_CALLBACK_CLIENT_CLOSED:
      case LWS_CALLBACK_WSI_DESTROY:
        ended();
        return 0;
      default:
        return 0;
    }
  }

  void run_commands() {
    std::deque<std::function<void()>> due;
    {
      const std::lock_guard lock(mutex_);
      due.swap(commands_);
    }
    for (auto& command : due) command();
  }

 private:
  void post(std::function<void()> command) {
    {
      const std::lock_guard lock(mutex_);
      commands_.push_back(std::move(command));
    }
    lws_cancel_service(context_);
  }

  void deliver(Event& event) {
    if (event.kind == Event::Kind::Http) return event.report();
    if (event.kind == Event::Kind::Open) open_ = true;
    if (event.kind == Event::Kind::Close) open_ = false;
    if (listener_ == nullptr) return;
    switch (event.kind) {
      case Event::Kind::Open:
        return listener_->on_open();
      case Event::Kind::Message:
        return listener_->on_message(event.text);
      case Event::Kind::Close:
        return listener_->on_close(event.code, event.text);
      case Event::Kind::Http:
        return;
    }
  }

  void serve() {
    while (!stop_) lws_service(context_, 0);
    begin_close(kGoingAway, "");
    const auto deadline = std::chrono::steady_clock::now() + kPoliteEnd;
    while (socket_.alive && std::chrono::steady_clock::now() < deadline) {
      lws_service(context_, -1);
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }

  lws_client_connect_info connect_info(const char* path) {
    lws_client_connect_info info{};
    info.context = context_;
    info.address = options_.server.host.c_str();
    info.port = options_.server.port;
    info.ssl_connection = options_.server.secure ? LCCSCF_USE_SSL : 0;
    info.path = path;
    info.host = host_header_.c_str();
    return info;
  }

  void begin_socket() {
    socket_ = ClientSocket();
    socket_.alive = true;
    forget_outgoing();
    lws_client_connect_info info = connect_info(options_.server.path.c_str());
    info.protocol = options_.subprotocol.c_str();
    info.local_protocol_name = options_.subprotocol.c_str();
    info.retry_and_idle_policy = &policy_;
    info.pwsi = &socket_.wsi;
    if (lws_client_connect_via_info(&info) == nullptr) ended();
  }

  void begin_close(uint16_t code, const std::string& reason) {
    if (!socket_.alive || socket_.closing || socket_.wsi == nullptr) return;
    socket_.closing = true;
    socket_.close_code = code;
    socket_.close_reason = reason;
    if (socket_.established) {
      lws_callback_on_writable(socket_.wsi);
    } else {
      lws_set_timeout(socket_.wsi, PENDING_TIMEOUT_USER_OK, LWS_TO_KILL_ASYNC);
    }
  }

  int established() {
    socket_.established = true;
    push({Event::Kind::Open, {}, 0, {}});
    if (socket_.closing) lws_callback_on_writable(socket_.wsi);
    return 0;
  }

  int received(lws* wsi, const char* bytes, size_t size) {
    if (lws_is_first_fragment(wsi) != 0) socket_.incoming.clear();
    if (lws_frame_is_binary(wsi) != 0) return socket_.refuse(kNotText, "binary message");
    if (socket_.incoming.size() + size > kQueueBytes) {
      return socket_.refuse(kTooLarge, "message too large");
    }
    socket_.incoming.append(bytes, size);
    if (lws_remaining_packet_payload(wsi) != 0 || lws_is_final_fragment(wsi) == 0) return 0;
    push({Event::Kind::Message, std::move(socket_.incoming), 0, {}});
    socket_.incoming.clear();
    const std::lock_guard lock(mutex_);
    if (incoming_bytes_ >= kQueueBytes) lws_rx_flow_control(wsi, 0);
    return 0;
  }

  void resume_reading() {
    if (socket_.established) lws_rx_flow_control(socket_.wsi, 1);
  }

  int writable() {
    std::string message;
    bool more = false;
    {
      const std::lock_guard lock(mutex_);
      if (!outgoing_.empty()) {
        message = std::move(outgoing_.front());
        outgoing_.pop_front();
        outgoing_bytes_ -= message.size() - LWS_PRE;
      }
      more = !outgoing_.empty();
    }
    if (!message.empty() && !socket_.write(message)) return -1;
    if (more) {
      lws_callback_on_writable(socket_.wsi);
      return 0;
    }
    return socket_.closing ? socket_.send_close() : 0;
  }

  // Several callbacks may announce the same end; the first is told.
  void ended() {
    if (!socket_.alive) return;
    socket_.alive = false;
    socket_.established = false;
    socket_.wsi = nullptr;
    forget_outgoing();
    push({Event::Kind::Close, socket_.close_reason, socket_.close_code, {}});
  }

  // At the end of a connection, and again before the next: until the App's side has been told of
  // the end it may go on sending.
  void forget_outgoing() {
    const std::lock_guard lock(mutex_);
    outgoing_.clear();
    outgoing_bytes_ = 0;
  }

  void push(Event event) {
    const std::lock_guard lock(mutex_);
    incoming_bytes_ += event.text.size();
    events_.push_back(std::move(event));
  }

  const LwsClientOptions options_;
  const std::string host_header_;
  const std::array<lws_protocols, 3> protocols_;  // names in options_
  lws_retry_bo_t policy_{};
  lws_context* context_ = nullptr;
  std::thread thread_;
  std::atomic<bool> stop_{false};

  // App's thread.
  TransportListener* listener_ = nullptr;
  bool open_ = false;

  std::mutex mutex_;  // of the five below
  std::deque<std::function<void()>> commands_;
  std::deque<Event> events_;
  std::deque<std::string> outgoing_;  // each with LWS_PRE bytes of room in front
  size_t outgoing_bytes_ = 0;
  size_t incoming_bytes_ = 0;

  // Service thread.
  ClientSocket socket_;
  ClientExchanges exchanges_;
};

// Neither trusts `user`: until a connection is bound to its protocol, libwebsockets tells the first
// protocol about it, with the other's pointer.
LwsClientImpl& client_of(lws* wsi) {
  return *static_cast<LwsClientImpl*>(lws_context_user(lws_get_context(wsi)));
}

int on_websocket(lws* wsi, lws_callback_reasons reason, void*, void* in, size_t size) {
  if (reason == LWS_CALLBACK_EVENT_WAIT_CANCELLED) {
    client_of(wsi).run_commands();
    return 0;
  }
  return client_of(wsi).event(wsi, reason, in, size);
}

int on_http(lws* wsi, lws_callback_reasons reason, void*, void* in, size_t size) {
  return client_of(wsi).event(wsi, reason, in, size);
}

}  // namespace

Result<std::unique_ptr<LwsClient>> LwsClient::create(LwsClientOptions options) {
  auto client = std::make_unique<LwsClientImpl>(std::move(options));
  Status status = client->start();
  if (!status.ok()) return status;
  return std::unique_ptr<LwsClient>(std::move(client));
}

}  // namespace vitrine
