// SPDX-License-Identifier: MIT
#include "server/http/http.h"

#include <algorithm>

#include "server/http/security_headers.h"

namespace vitrine {

WebResponse text_response(RouteClass route, int status, std::string_view text) {
  WebResponse response;
  response.status = status;
  response.route = route;
  response.body = std::make_shared<const std::string>(text);
  return response;
}

WebResponse json_response(RouteClass route, int status, std::string json) {
  WebResponse response;
  response.status = status;
  response.route = route;
  response.content_type = "application/json";
  response.body = std::make_shared<const std::string>(std::move(json));
  return response;
}

std::string_view http_reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 204:
      return "No Content";
    case 302:
      return "Found";
    case 303:
      return "See Other";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 421:
      return "Misdirected Request";
    case 426:
      return "Upgrade Required";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 503:
      return "Service Unavailable";
    default:
      return "Error";
  }
}

namespace {

void append_header(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

bool has_header(const WebResponse& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const auto& header) { return header.first == name; });
}

}  // namespace

std::string serialize_head(const WebResponse& response, bool keep_alive) {
  std::string out = "HTTP/1.1 " + std::to_string(response.status) + " ";
  out.append(http_reason(response.status)).append("\r\n");
  const size_t length = response.body ? response.body->size() : 0;
  if (response.status != 304 && response.status != 204) {
    if (length > 0) append_header(out, "Content-Type", response.content_type);
    append_header(out, "Content-Length", std::to_string(length));
  }
  for (const SecurityHeader& header : security_headers(response.route)) {
    if (!has_header(response, header.name)) append_header(out, header.name, header.value);
  }
  for (const auto& [name, value] : response.headers) append_header(out, name, value);
  append_header(out, "Connection", keep_alive && !response.close ? "keep-alive" : "close");
  return out.append("\r\n");
}

}  // namespace vitrine
