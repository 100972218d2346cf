// SPDX-License-Identifier: MIT
// The loop's own half: accepting, deadlines, stopping. The library's half is ws_server.cpp.
#include <algorithm>
#include <chrono>
#include <utility>

#include "engine/base/assert.h"
#include "server/ws_server_internal.h"

namespace vitrine {

namespace {

constexpr double kTickSeconds = 0.25;
constexpr int64_t kSweepMs = 1000;
// One listener must not keep the others waiting.
constexpr int kAcceptsATurn = 64;

int64_t monotonic_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

WsServer::Impl* impl_of(struct ev_loop* loop) {
  return static_cast<WsServer::Impl*>(ev_userdata(loop));
}

}  // namespace

WsServer::Impl::Impl(const Options& options_in, WsHandler& handler_in)
    : options(options_in), handler(handler_in) {}

WsServer::Impl::~Impl() {
  destroy_context();
  if (loop == nullptr) return;
  for (auto& door : doors) ev_io_stop(loop, &door->watcher);
  ev_loop_destroy(loop);
}

Status WsServer::Impl::start() {
  for (const auto& [kind, address] : options.listen) {
    Result<Listener> listener = Listener::open(address);
    if (!listener.ok()) return listener.status();
    const bool is_staff = kind == ListenerKind::Staff;
    const ConnectionLimits limits(is_staff ? options.staff_caps : options.caps);
    doors.push_back(std::unique_ptr<Door>(
        new Door{this, kind, std::move(listener).value(), limits, nullptr, {}}));
  }
  if (options.tls) {
    Result<TlsCertificate> opened = TlsCertificate::open(*options.tls);
    if (!opened.ok()) return opened.status();
    certificate = std::move(opened).value();
  }
  loop = ev_loop_new(EVFLAG_AUTO);
  if (loop == nullptr) return Status(StatusCode::Internal, "libev has no loop for this system");
  ev_set_userdata(loop, this);
  now_ms = monotonic_ms();
  if (Status status = create_context(); !status.ok()) return status;
  for (auto& door : doors) {
    ev_io_init(
        &door->watcher,
        [](struct ev_loop*, ev_io* watcher, int) {
          auto* ready = static_cast<Door*>(watcher->data);
          ready->server->accept_all(*ready);
        },
        door->listener.descriptor(), EV_READ);
    door->watcher.data = door.get();
    ev_io_start(loop, &door->watcher);
  }
  ev_async_init(&wake_watcher, [](struct ev_loop* l, ev_async*, int) {
    Impl* impl = impl_of(l);
    impl->now_ms = monotonic_ms();
    impl->handler.on_wake();
    impl->answer_undecided();
    if (impl->stop_asked && !impl->stopping) impl->begin_stop();
  });
  ev_async_start(loop, &wake_watcher);
  ev_timer_init(
      &tick_watcher, [](struct ev_loop* l, ev_timer*, int) { impl_of(l)->tick(); }, kTickSeconds,
      kTickSeconds);
  ev_timer_start(loop, &tick_watcher);
  ev_timer_init(
      &accept_watcher, [](struct ev_loop* l, ev_timer*, int) { impl_of(l)->resume_accepting(); },
      options.timeouts.accept_pause * 1e-3, 0);
  return Status();
}

void WsServer::Impl::accept_all(Door& door) {
  now_ms = monotonic_ms();
  for (int i = 0; i < kAcceptsATurn; ++i) {
    const Listener::Accept accept = door.listener.accept_one();
    if (accept.outcome == Listener::Outcome::Nothing) return;
    if (accept.outcome == Listener::Outcome::Exhausted) return pause_accepting();
    const bool is_proxy = door.kind == ListenerKind::Public && options.proxies.trusts(accept.peer);
    if (!door.limits.try_enter(accept.peer, is_proxy)) {
      ++stats.refused_limit;
      abort_descriptor(accept.descriptor);
      continue;
    }
    ++stats.accepted;
    if (options.send_buffer > 0) set_send_buffer(accept.descriptor, options.send_buffer);
    adopt(door, accept.descriptor, accept.peer);
  }
}

// The kernel keeps reporting who waits; without a pause that is a busy loop until someone leaves.
void WsServer::Impl::pause_accepting() {
  ++stats.accept_pauses;
  for (auto& door : doors) ev_io_stop(loop, &door->watcher);
  ev_timer_set(&accept_watcher, options.timeouts.accept_pause * 1e-3, 0);
  ev_timer_start(loop, &accept_watcher);
}

void WsServer::Impl::resume_accepting() {
  if (stopping) return;
  for (auto& door : doors) ev_io_start(loop, &door->watcher);
}

void WsServer::Impl::answer(Connection& connection) {
  HttpExchange& exchange = *connection.http;
  std::optional<WebResponse> response = handler.on_http(exchange.request);
  if (!response) return undecided.push_back(connection.id);
  exchange.response = std::move(*response);
  exchange.has_response = true;
  request_writable(connection);
}

void WsServer::Impl::answer_undecided() {
  for (const ConnectionId id : std::exchange(undecided, {})) {
    Connection* connection = find(id);
    if (connection != nullptr && connection->http && !connection->http->has_response) {
      answer(*connection);
    }
  }
}

Connection* WsServer::Impl::add_connection(Door& door, const PeerAddress& peer) {
  if (free_slots.empty()) {
    free_slots.push_back(static_cast<uint32_t>(slots.size()));
    slots.emplace_back();
  }
  const uint32_t index = free_slots.back();
  free_slots.pop_back();
  Slot& slot = slots[index];
  slot.connection = std::make_unique<Connection>();
  slot.connection->id = uint64_t{++slot.generation} << 32 | index;
  slot.connection->listener = door.kind;
  slot.connection->peer = peer;
  slot.connection->heard_ms = slot.connection->phase_ms = now_ms;
  ++stats.connections;
  return slot.connection.get();
}

void WsServer::Impl::remove_connection(Connection* connection) {
  door_of(connection->listener).limits.leave(connection->peer);
  --stats.connections;
  const uint32_t index = static_cast<uint32_t>(connection->id);
  slots[index].connection.reset();
  free_slots.push_back(index);
  if (stopping && stats.connections == 0) ev_break(loop, EVBREAK_ALL);
}

bool WsServer::Impl::pass_to_client(Connection& connection, const PeerAddress& client) {
  if (client == connection.peer) return true;
  if (!door_of(connection.listener).limits.try_pass(connection.peer, client)) {
    ++stats.refused_limit;
    return false;
  }
  connection.peer = client;
  return true;
}

WsServer::Impl::Door& WsServer::Impl::door_of(ListenerKind kind) {
  const auto found = std::find_if(doors.begin(), doors.end(),
                                  [kind](const auto& door) { return door->kind == kind; });
  VITRINE_ASSERT(found != doors.end());
  return **found;
}

Connection* WsServer::Impl::find(ConnectionId id) {
  const uint32_t index = static_cast<uint32_t>(id);
  if (index >= slots.size()) return nullptr;
  Connection* connection = slots[index].connection.get();
  return connection != nullptr && connection->id == id ? connection : nullptr;
}

void WsServer::Impl::note_close(uint16_t code) {
  if (code < std::size(stats.closed_by_code)) ++stats.closed_by_code[code];
}

void WsServer::Impl::tick() {
  now_ms = monotonic_ms();
  handler.on_tick();
  poll_certificate();
  cut_lingering();
  if (stopping && now_ms - stop_ms > options.stop_deadline_ms) {
    ev_break(loop, EVBREAK_ALL);
  } else if (now_ms - swept_ms >= kSweepMs) {
    swept_ms = now_ms;
    // By index: a session's tick may close things.
    for (size_t i = 0; i < slots.size(); ++i) {
      Connection* connection = slots[i].connection.get();
      if (connection == nullptr || connection->ending) continue;
      connection->session ? check_websocket(*connection) : check_http(*connection);
    }
  }
  nudge();
}

void WsServer::Impl::poll_certificate() {
  if (!certificate) return;
  const std::string line = certificate->poll(now_ms);
  if (!line.empty() && options.log) options.log(line);
}

void WsServer::Impl::mark_ending(Connection& connection) {
  if (connection.ending) return;
  connection.ending = true;
  connection.phase_ms = now_ms;
  ending.push_back(connection.id);
}

void WsServer::Impl::cut_lingering() {
  std::vector<ConnectionId> still_there;
  for (const ConnectionId id : ending) {
    Connection* connection = find(id);
    if (connection == nullptr) continue;
    const bool is_late = now_ms - connection->phase_ms >= options.timeouts.linger;
    if (connection->cut || is_late) cut(*connection);
    still_there.push_back(id);
  }
  ending = std::move(still_there);
}

void WsServer::Impl::check_http(Connection& connection) {
  const bool sending = connection.http && connection.http->has_response;
  const bool waiting = !connection.http && connection.phase_ms != connection.heard_ms;
  const int limit = sending   ? options.timeouts.http_response
                    : waiting ? options.timeouts.http_idle
                              : options.timeouts.request;
  if (now_ms - connection.phase_ms >= limit) cut(connection);
}

void WsServer::Impl::check_websocket(Connection& connection) {
  const WsTimeouts& limit = options.timeouts;
  connection.session->on_tick();
  service(connection);
  if (connection.ending) return;
  if (connection.stalled_ms != 0 && now_ms - connection.stalled_ms >= limit.slow_reader) {
    note_close(4411);
    return cut(connection);
  }
  if (connection.assembler.in_progress() && !connection.paused &&
      now_ms - connection.phase_ms >= limit.message) {
    return begin_close(connection, 4412);
  }
  // What is paused by us is not the other end's silence.
  if (connection.paused) connection.heard_ms = now_ms;
  const int64_t silent = now_ms - connection.heard_ms;
  if (silent >= limit.idle) {
    note_close(4412);
    return cut(connection);
  }
  if (silent >= limit.ping_after && connection.pinged_ms == 0) {
    connection.pinged_ms = now_ms;
    connection.ping_due = true;
    request_writable(connection);
  }
}

// Nothing new is taken; what was taken is settled and acknowledged; then everybody is told to come
// back later. A second signal does not hurry it: the deadline does.
void WsServer::Impl::begin_stop() {
  stopping = true;
  stop_ms = now_ms = monotonic_ms();
  ev_timer_stop(loop, &accept_watcher);
  for (auto& door : doors) {
    ev_io_stop(loop, &door->watcher);
    door->listener.close();
  }
  handler.on_stop();
  // On a slow disk that took a while, which nobody's manners are to blame for.
  now_ms = monotonic_ms();
  close_all_going_away();
  if (stats.connections == 0) ev_break(loop, EVBREAK_ALL);
}

void WsServer::Impl::close_all_going_away() {
  for (Slot& slot : slots) {
    Connection* connection = slot.connection.get();
    if (connection == nullptr || connection->ending) continue;
    if (connection->session) {
      begin_close(*connection, 1001);
    } else if (!connection->http || !connection->http->has_response) {
      cut(*connection);
    }
  }
  nudge();
}

Result<std::unique_ptr<WsServer>> WsServer::open(const Options& options, WsHandler& handler) {
  auto impl = std::make_unique<Impl>(options, handler);
  if (Status status = impl->start(); !status.ok()) return status;
  return std::unique_ptr<WsServer>(new WsServer(std::move(impl)));
}

WsServer::WsServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WsServer::~WsServer() = default;

const ListenAddress& WsServer::address(ListenerKind kind) const {
  for (const auto& door : impl_->doors) {
    if (door->kind == kind) return door->listener.address();
  }
  VITRINE_ASSERT(!"a listener of this kind was asked for in Options::listen");
  return impl_->doors.front()->listener.address();
}

// Before run(), so that a signal that comes as soon as the addresses are told finds its handler.
void WsServer::watch_signals() {
  const auto on_signal = [](struct ev_loop* loop, ev_signal*, int) {
    Impl* impl = impl_of(loop);
    if (!impl->stopping) impl->begin_stop();
  };
  ev_signal_init(&impl_->term_watcher, on_signal, SIGTERM);
  ev_signal_init(&impl_->interrupt_watcher, on_signal, SIGINT);
  ev_signal_start(impl_->loop, &impl_->term_watcher);
  ev_signal_start(impl_->loop, &impl_->interrupt_watcher);
}

void WsServer::run() {
  ev_run(impl_->loop, 0);
}

void WsServer::wake() {
  ev_async_send(impl_->loop, &impl_->wake_watcher);
}

void WsServer::stop() {
  impl_->stop_asked = true;
  wake();
}

void WsServer::service(ConnectionId connection) {
  Connection* found = impl_->find(connection);
  if (found != nullptr && found->session && !found->closing) impl_->write_and_service(*found);
}

WsSession* WsServer::session(ConnectionId connection) {
  Connection* found = impl_->find(connection);
  return found == nullptr || found->closing ? nullptr : found->session.get();
}

const WsStats& WsServer::stats() const {
  return impl_->stats;
}

}  // namespace vitrine
