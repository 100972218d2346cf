// SPDX-License-Identifier: MIT
#include "server/providers/provider_settings.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "server/private_file.h"
#include "server/webhooks/address_rules.h"

namespace vitrine {

namespace {

constexpr size_t kMaxName = 32;
constexpr size_t kMaxSecrets = 2;

Status refuse(std::string message) {
  return Status(StatusCode::InvalidArgument, std::move(message));
}

bool is_provider_name(std::string_view name) {
  const auto fine = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !name.empty() && name.size() <= kMaxName && fine(name[0]) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return fine(c) || c == '-'; });
}

Status add_secret(std::vector<WebhookSecret>& secrets, std::string_view text) {
  const std::optional<WebhookSecret> secret = WebhookSecret::parse(text);
  if (!secret) return refuse("no secret; it is whsec_ and 24 to 64 bytes in base64");
  if (secrets.size() == kMaxSecrets) return refuse("at most two, the newest first");
  secrets.push_back(*secret);
  return Status();
}

Status set_url(ProviderSettings& settings, std::string_view text) {
  while (!text.empty() && text.back() == '/') text.remove_suffix(1);
  const Result<WebhookUrl> url = parse_webhook_url(text);
  if (!url.ok()) return url.status();
  if (text.find('?') != std::string_view::npos) return refuse("the address has a query (?)");
  settings.url = text;
  return Status();
}

Status apply(ProviderSettings& settings, std::string_view key, std::string_view value) {
  if (key == "url") return set_url(settings, value);
  if (key == "send-secret") return add_secret(settings.send, value);
  if (key == "receive-secret") return add_secret(settings.receive, value);
  return refuse("no such key; there are url, send-secret and receive-secret");
}

std::string_view trim(std::string_view text) {
  const size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

}  // namespace

Result<ProviderSettings> parse_provider_settings(std::string_view name, std::string_view file,
                                                 std::string_view text) {
  if (!is_provider_name(name) || name == "sandbox") {
    return refuse("a provider's name is 1 to 32 of a-z 0-9 - and not sandbox");
  }
  ProviderSettings settings;
  settings.name = name;
  for (int number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
    if (line.empty() || line[0] == '#') continue;
    const std::string_view key = line.substr(0, line.find_first_of(" \t"));
    const Status status = apply(settings, key, trim(line.substr(key.size())));
    if (status.ok()) continue;
    const bool known = key == "url" || key == "send-secret" || key == "receive-secret";
    return refuse(std::string(file) + ":" + std::to_string(number) + ": " +
                  (known ? std::string(key) + ": " : std::string()) + status.message());
  }
  if (settings.url.empty() || settings.send.empty() || settings.receive.empty()) {
    return refuse(std::string(file) + ": needs url, send-secret and receive-secret, one a line");
  }
  return settings;
}

Result<ProviderSettings> read_provider_settings(std::string_view option) {
  const size_t equals = option.find('=');
  if (equals == std::string_view::npos) return refuse("is to be NAME=FILE");
  const std::string file(option.substr(equals + 1));
  const Result<std::optional<std::string>> text = read_private_file(file);
  if (!text.ok()) return refuse(text.status().message());
  if (!text.value()) return refuse(file + ": no such file");
  return parse_provider_settings(option.substr(0, equals), file, *text.value());
}

}  // namespace vitrine
