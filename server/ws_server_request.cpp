// SPDX-License-Identifier: MIT
// What libwebsockets parsed of a request, as the rest of the server reads it.
#include <libwebsockets.h>

#include "server/ws_server_internal.h"

namespace vitrine {

namespace {

std::string header(lws* wsi, lws_token_indexes token) {
  const int size = lws_hdr_total_length(wsi, token);
  if (size <= 0) return {};
  std::string value(static_cast<size_t>(size) + 1, '\0');
  const int copied = lws_hdr_copy(wsi, value.data(), static_cast<int>(value.size()), token);
  value.resize(copied > 0 ? static_cast<size_t>(copied) : 0);
  return value;
}

// One that the library does not know. `name`: in lower case, with its colon.
std::string custom_header(lws* wsi, std::string_view name) {
  const int name_size = static_cast<int>(name.size());
  const int size = lws_hdr_custom_length(wsi, name.data(), name_size);
  if (size <= 0) return {};
  std::string value(static_cast<size_t>(size) + 1, '\0');
  const int copied = lws_hdr_custom_copy(wsi, value.data(), static_cast<int>(value.size()),
                                         name.data(), name_size);
  value.resize(copied > 0 ? static_cast<size_t>(copied) : 0);
  return value;
}

// The library has decoded it; a decoded line end must not come into a header of ours.
void append_encoded(std::string& out, std::string_view text) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~=";
  for (const char c : text) {
    if (kPlain.find(c) != std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<uint8_t>(c);
    out += {'%', "0123456789ABCDEF"[byte >> 4], "0123456789ABCDEF"[byte & 15]};
  }
}

std::string query_of(lws* wsi) {
  std::string query;
  std::string part;
  for (int i = 0;; ++i) {
    const int size = lws_hdr_fragment_length(wsi, WSI_TOKEN_HTTP_URI_ARGS, i);
    if (size <= 0) return query;
    part.assign(static_cast<size_t>(size) + 1, '\0');
    const int copied =
        lws_hdr_copy_fragment(wsi, part.data(), size + 1, WSI_TOKEN_HTTP_URI_ARGS, i);
    part.resize(copied > 0 ? static_cast<size_t>(copied) : 0);
    if (i > 0) query += '&';
    append_encoded(query, part);
  }
}

// A second field of these would let two readers of one request disagree about it.
bool has_repeated_header(lws* wsi) {
  for (const lws_token_indexes token :
       {WSI_TOKEN_HOST, WSI_TOKEN_ORIGIN, WSI_TOKEN_KEY, WSI_TOKEN_VERSION,
        WSI_TOKEN_HTTP_CONTENT_LENGTH, WSI_TOKEN_HTTP_TRANSFER_ENCODING,
        WSI_TOKEN_HTTP_AUTHORIZATION, WSI_TOKEN_UPGRADE}) {
    if (lws_hdr_fragment_length(wsi, token, 1) > 0) return true;
  }
  return false;
}

WebMethod method_of(lws* wsi) {
  if (lws_hdr_total_length(wsi, WSI_TOKEN_GET_URI) > 0) return WebMethod::Get;
  if (lws_hdr_total_length(wsi, WSI_TOKEN_POST_URI) > 0) return WebMethod::Post;
  if (lws_hdr_total_length(wsi, WSI_TOKEN_HEAD_URI) > 0) return WebMethod::Head;
  return WebMethod::Other;
}

}  // namespace

WebRequest request_of(lws* wsi, const Connection& connection) {
  WebRequest request;
  request.listener = connection.listener;
  request.peer = connection.peer;
  request.method = method_of(wsi);
  char* path = nullptr;
  int size = 0;
  if (lws_http_get_uri_and_method(wsi, &path, &size) >= 0 && size > 0) {
    request.path.assign(path, static_cast<size_t>(size));
  }
  request.query = query_of(wsi);
  request.host = header(wsi, WSI_TOKEN_HOST);
  request.origin = header(wsi, WSI_TOKEN_ORIGIN);
  request.authorization = header(wsi, WSI_TOKEN_HTTP_AUTHORIZATION);
  request.cookie = header(wsi, WSI_TOKEN_HTTP_COOKIE);
  request.if_none_match = header(wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH);
  request.if_match = header(wsi, WSI_TOKEN_HTTP_IF_MATCH);
  request.accept_encoding = header(wsi, WSI_TOKEN_HTTP_ACCEPT_ENCODING);
  request.content_type = header(wsi, WSI_TOKEN_HTTP_CONTENT_TYPE);
  request.webhook_id = custom_header(wsi, "webhook-id:");
  request.webhook_timestamp = custom_header(wsi, "webhook-timestamp:");
  request.webhook_signature = custom_header(wsi, "webhook-signature:");
  request.malformed =
      has_repeated_header(wsi) || lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) > 0;
  return request;
}

UpgradeRequest upgrade_of(lws* wsi, const Connection& connection) {
  UpgradeRequest upgrade;
  upgrade.http = request_of(wsi, connection);
  upgrade.upgrade = header(wsi, WSI_TOKEN_UPGRADE);
  upgrade.version = header(wsi, WSI_TOKEN_VERSION);
  upgrade.key = header(wsi, WSI_TOKEN_KEY);
  upgrade.protocols = header(wsi, WSI_TOKEN_PROTOCOL);
  upgrade.has_length = lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) > 0;
  return upgrade;
}

bool wants_keep_alive(lws* wsi) {
  const std::string version = header(wsi, WSI_TOKEN_HTTP);
  std::string connection = header(wsi, WSI_TOKEN_CONNECTION);
  for (char& c : connection) c = static_cast<char>(c | 0x20);
  return version.find("1.1") != std::string::npos && connection.find("close") == std::string::npos;
}

std::string forwarded_for_of(lws* wsi) {
  return header(wsi, WSI_TOKEN_X_FORWARDED_FOR);
}

std::string content_length_of(lws* wsi) {
  return header(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH);
}

}  // namespace vitrine
