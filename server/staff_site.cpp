// SPDX-License-Identifier: MIT
#include "server/staff_site.h"

#include <string_view>

#include "server/generated/console_files.h"
#include "server/generated/console_page.h"
#include "server/http/routes.h"

namespace vitrine {

namespace {

WebResponse staff_file(std::string_view type, std::string_view text) {
  WebResponse response = text_response(RouteClass::Staff, 200, text);
  response.content_type = type;
  return response;
}

// A foreign page can be made to reach loopback under its own name (its DNS answers 127.0.0.1), and
// would then read as if it came from here. Only a request that names this machine did.
bool names_loopback(std::string_view host) {
  const size_t port = host.rfind(':');
  if (port != std::string_view::npos && host.back() != ']') host = host.substr(0, port);
  if (host.empty() || host == "localhost" || host == "[::1]") return true;  // empty: no browser
  return host.rfind("127.", 0) == 0 &&
         host.find_first_not_of("0123456789.") == std::string_view::npos;
}

WebResponse console_file(std::string_view path) {
  if (path == "/console") path = "/console/console.html";
  path.remove_prefix(std::string_view("/console/").size());
  for (const ConsoleFile& file : kConsoleFiles) {
    if (file.name == path) return staff_file(file.type, file.text);
  }
  return text_response(RouteClass::Staff, 404, "not found\n");
}

WebResponse refuse(StaffAuth::Verdict verdict) {
  if (verdict == StaffAuth::Verdict::TooMany) {
    WebResponse response = text_response(RouteClass::Staff, 429, "too many attempts; wait\n");
    response.headers.emplace_back("Retry-After", "10");
    return response;
  }
  WebResponse response = text_response(RouteClass::Staff, 401, "the staff password, please\n");
  response.headers.emplace_back("WWW-Authenticate",
                                "Basic realm=\"Vitrine staff\", charset=\"UTF-8\"");
  return response;
}

void append_socket_metrics(std::string& out, const WsStats& stats) {
  const auto line = [&](std::string_view name, std::string_view type, std::string_view help,
                        uint64_t value) {
    out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name);
    out.append(" ").append(type).append("\n").append(name).append(" ");
    out.append(std::to_string(value)).append("\n");
  };
  line("vitrine_connections", "gauge", "Open sockets", stats.connections);
  line("vitrine_websockets", "gauge", "Open WebSockets", stats.websockets);
  line("vitrine_accepted_total", "counter", "Sockets accepted", stats.accepted);
  line("vitrine_refused_limit_total", "counter", "Sockets refused by a connection limit",
       stats.refused_limit);
  line("vitrine_handshakes_refused_total", "counter", "WebSocket handshakes refused",
       stats.handshakes_refused);
  line("vitrine_accept_pauses_total", "counter", "Times that descriptors ran out",
       stats.accept_pauses);
  line("vitrine_cut_total", "counter", "Connections ended without a completed close", stats.cut);
  out.append(
      "# HELP vitrine_closed_total WebSockets closed by the server, by code\n"
      "# TYPE vitrine_closed_total counter\n");
  for (size_t code = 0; code < std::size(stats.closed_by_code); ++code) {
    if (stats.closed_by_code[code] == 0) continue;
    out.append("vitrine_closed_total{code=\"").append(std::to_string(code)).append("\"} ");
    out.append(std::to_string(stats.closed_by_code[code])).append("\n");
  }
}

}  // namespace

std::optional<WebResponse> StaffSite::handle(const WebRequest& request) {
  if (!parts_.auth->asks() && !names_loopback(request.host)) {
    return text_response(RouteClass::Error, 421, "ask for 127.0.0.1 or localhost here\n");
  }
  const StaffAuth::Verdict verdict =
      parts_.auth->check(request.authorization, request.peer, parts_.clock->monotonic_us());
  if (verdict == StaffAuth::Verdict::Pending) return std::nullopt;
  if (verdict != StaffAuth::Verdict::Welcome) return refuse(verdict);
  const Route* route = find_route(ListenerKind::Staff, request.path);
  if (route == nullptr) return text_response(RouteClass::Staff, 404, "not found\n");
  if (route->allows(request.method)) {
    return StaffApi::has(request.path) ? parts_.api->handle(request) : get(request);
  }
  WebResponse response = text_response(RouteClass::Staff, 405, "method not allowed\n");
  response.headers.emplace_back("Allow", route->methods);
  response.close = true;
  return response;
}

WebResponse StaffSite::get(const WebRequest& request) const {
  const std::string_view path = request.path;
  if (path == "/live" || path == "/") return staff_file("text/html; charset=utf-8", kLiveHtml);
  if (path == "/live.css") return staff_file("text/css; charset=utf-8", kLiveCss);
  if (path == "/live.js") return staff_file("text/javascript; charset=utf-8", kLiveJs);
  if (path.rfind("/console", 0) == 0) return console_file(path);
  if (path == "/api/docs") return staff_file("text/html; charset=utf-8", kApiHtml);
  if (path == "/api/openapi.yaml") return staff_file("application/yaml", kOpenApi);
  if (path == "/metrics") {
    return staff_file("text/plain; version=0.0.4; charset=utf-8", metrics());
  }
  if (path == "/api/live") {
    return json_response(
        RouteClass::Staff, 200,
        parts_.live->to_json(parts_.clock->wall_ms(), parts_.sockets().connections));
  }
  return text_response(RouteClass::Staff, 404, "not found\n");
}

std::string StaffSite::metrics() const {
  std::string out;
  parts_.live->append_metrics(out);
  append_socket_metrics(out, parts_.sockets());
  if (parts_.more_metrics) parts_.more_metrics(out);
  return out;
}

}  // namespace vitrine
