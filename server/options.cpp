// SPDX-License-Identifier: MIT
#include "server/options.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <optional>
#include <utility>

namespace vitrine {

namespace {

using Apply = Status (*)(ServerOptions& options, std::string_view value);

struct OptionRow {
  std::string_view name;
  bool has_value;
  Apply apply;
};

Status usage(std::string message) {
  return Status(StatusCode::InvalidArgument, message + "\nTry 'vitrine-server --help'.");
}

// What is wrong with an option's value; apply_named() says of which option.
Status refuse(std::string message) {
  return Status(StatusCode::InvalidArgument, std::move(message));
}

Status set_address(ListenAddress& target, std::string_view text) {
  Result<ListenAddress> address = parse_listen_address(text);
  if (!address.ok()) return address.status();
  target = std::move(address).value();
  return Status();
}

Status set_count(size_t& target, std::string_view text, size_t most) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), target);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (whole && target > 0 && target <= most) return Status();
  return refuse(std::string(text) + ": not a whole number from 1 to " + std::to_string(most));
}

Status check_origin(std::string_view text) {
  const bool has_scheme = text.rfind("http://", 0) == 0 || text.rfind("https://", 0) == 0;
  const size_t host = text.find("//") + 2;
  const bool has_path = text.find('/', host) != std::string_view::npos;
  if (has_scheme && host < text.size() && !has_path) return Status();
  return refuse(std::string(text) +
                ": not an origin; write scheme and host, as https://shop.example");
}

Status add_origin(ServerOptions& options, std::string_view text) {
  options.origins.emplace_back(text);
  return check_origin(text);
}

Status set_public_url(ServerOptions& options, std::string_view text) {
  options.public_url = text;
  return check_origin(text);
}

// One or more, with commas between.
Status add_proxies(TrustedProxies& proxies, std::string_view text) {
  while (true) {
    const size_t comma = text.find(',');
    const std::string_view one = text.substr(0, comma);
    const std::optional<PeerAddress> address = parse_peer_address(one);
    if (!address) {
      return refuse(std::string(one) + ": not an address; write numbers, as 127.0.0.1 or ::1");
    }
    proxies.addresses.push_back(*address);
    if (comma == std::string_view::npos) return Status();
    text.remove_prefix(comma + 1);
  }
}

Status set_text(std::string& target, std::string_view text) {
  target = text;
  return text.empty() ? refuse("needs a value that is not empty") : Status();
}

Status add_provider(ServerOptions& options, std::string_view text) {
  Result<ProviderSettings> settings = read_provider_settings(text);
  if (!settings.ok()) return refuse(settings.status().message());
  for (const ProviderSettings& one : options.providers) {
    if (one.name == settings.value().name) return refuse(one.name + ": is given twice");
  }
  options.providers.push_back(std::move(settings).value());
  return Status();
}

// They are told people's choices and money's: plain http is for a machine of the same store.
Status check_providers(const ServerOptions& options) {
  for (const ProviderSettings& one : options.providers) {
    if (options.allow_private_webhooks || one.url.rfind("https://", 0) == 0) continue;
    return usage("--provider " + one.name + ": " + one.url +
                 ": plain http needs --allow-private-webhooks");
  }
  return Status();
}

constexpr int kMaxRetentionDays = 36500;
constexpr size_t kMostConnections = 1'000'000, kDaySeconds = 86400;

// "90" for every campaign that is not named, "lip-popup=30" for one.
Status set_retention(RetentionPolicy& policy, std::string_view text) {
  const size_t equals = text.find('=');
  const bool named = equals != std::string_view::npos;
  const std::string_view number = named ? text.substr(equals + 1) : text;
  int days = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), days);
  const bool whole = error == std::errc() && end == number.data() + number.size();
  if (!whole || days < 1 || days > kMaxRetentionDays || equals == 0) {
    return refuse(std::string(text) +
                  ": not a retention; write days from 1 to 36500, as 180, or lip-popup=30 for a "
                  "campaign");
  }
  if (named) {
    policy.days_by_campaign[std::string(text.substr(0, equals))] = days;
  } else {
    policy.default_days = days;
  }
  return Status();
}

using O = ServerOptions;
using V = std::string_view;

constexpr OptionRow kOptions[] = {
    {"listen", true, [](O& o, V v) { return set_address(o.listen, v); }},
    {"staff-listen", true, [](O& o, V v) { return set_address(o.staff_listen, v); }},
    {"data", true, [](O& o, V v) { return set_text(o.data, v); }},
    {"campaigns", true, [](O& o, V v) { return set_text(o.campaigns, v); }},
    {"web", true, [](O& o, V v) { return set_text(o.web, v); }},
    {"tls-certificate", true, [](O& o, V v) { return set_text(o.tls.certificate, v); }},
    {"tls-key", true, [](O& o, V v) { return set_text(o.tls.key, v); }},
    {"tls-authority", true, [](O& o, V v) { return set_text(o.authority, v); }},
    {"trust-proxy", true, [](O& o, V v) { return add_proxies(o.proxies, v); }},
    {"origin", true, [](O& o, V v) { return add_origin(o, v); }},
    {"public-url", true, [](O& o, V v) { return set_public_url(o, v); }},
    {"retention", true, [](O& o, V v) { return set_retention(o.retention, v); }},
    {"no-page-worker", false,
     [](O& o, V) {
       o.page_worker = false;
       return Status();
     }},
    {"memory-store", false,
     [](O& o, V) {
       o.memory_store = true;
       return Status();
     }},
    {"new-claims", false,
     [](O& o, V) {
       o.new_claims = true;
       return Status();
     }},
    {"provider", true, [](O& o, V v) { return add_provider(o, v); }},
    {"allow-private-webhooks", false,
     [](O& o, V) {
       o.allow_private_webhooks = true;
       return Status();
     }},
    {"max-connections", true,
     [](O& o, V v) { return set_count(o.max_connections, v, kMostConnections); }},
    {"max-per-address", true,
     [](O& o, V v) { return set_count(o.max_per_address, v, kMostConnections); }},
    {"stop-seconds", true, [](O& o, V v) { return set_count(o.stop_seconds, v, kDaySeconds); }},
    {"help", false,
     [](O& o, V) {
       o.action = O::Action::Help;
       return Status();
     }},
    {"version", false,
     [](O& o, V) {
       o.action = O::Action::Version;
       return Status();
     }},
};

const OptionRow* find_option(std::string_view name) {
  for (const OptionRow& row : kOptions) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

// `place`: what stands before the option's name in messages, "--" or "FILE:LINE: ".
Status apply_named(ServerOptions& options, std::string_view place, std::string_view name,
                   std::optional<V> value) {
  const std::string shown = std::string(place) + std::string(name);
  const OptionRow* row = find_option(name);
  if (row == nullptr) return usage(shown + ": no such option");
  if (row->has_value && !value) return usage(shown + ": needs a value");
  if (!row->has_value && value) return usage(shown + ": takes no value");
  const Status status = row->apply(options, value.value_or(V()));
  return status.ok() ? status : usage(shown + " " + status.message());
}

Status apply_file(ServerOptions& options, const std::string& file) {
  std::ifstream in(file);
  if (!in) return usage(file + ": cannot be read");
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    const size_t begin = line.find_first_not_of(" \t");
    if (begin == std::string::npos || line[begin] == '#') continue;
    const size_t end = line.find_last_not_of(" \t\r") + 1;
    const size_t gap = std::min(line.find_first_of(" \t", begin), end);
    const size_t value = line.find_first_not_of(" \t", gap);
    std::optional<V> text;
    if (gap < end) text = V(line).substr(value, end - value);
    const Status status = apply_named(options, file + ":" + std::to_string(number) + ": ",
                                      V(line).substr(begin, gap - begin), text);
    if (!status.ok()) return status;
  }
  return in.bad() ? usage(file + ": cannot be read") : Status();
}

// The value of `--config`, wherever it stands: the file comes before the rest.
Status apply_config(ServerOptions& options, const std::vector<std::string>& arguments) {
  std::optional<std::string> file;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const bool joined = arguments[i].rfind("--config=", 0) == 0;
    if (!joined && arguments[i] != "--config") continue;
    if (!joined && i + 1 == arguments.size()) return usage("--config: needs a value");
    if (file) return usage("--config: is given twice");
    file = joined ? arguments[i].substr(9) : arguments[++i];
  }
  return file ? apply_file(options, *file) : Status();
}

Status apply_argument(ServerOptions& options, const std::vector<std::string>& arguments,
                      size_t& i) {
  const std::string_view argument = arguments[i];
  if (argument == "-h") return apply_named(options, "--", "help", {});
  if (argument.rfind("--", 0) != 0 || argument.size() == 2) {
    return usage(std::string(argument) + ": unexpected argument");
  }
  const size_t equals = argument.find('=');
  const std::string_view name =
      argument.substr(2, equals - 2 < argument.size() ? equals - 2 : equals);
  std::optional<V> value;
  if (equals != std::string_view::npos) value = argument.substr(equals + 1);
  const OptionRow* row = find_option(name);
  const bool takes_next = !value && (name == "config" || (row != nullptr && row->has_value));
  if (takes_next && i + 1 < arguments.size()) value = arguments[++i];
  if (name == "config") return Status();
  return apply_named(options, "--", name, value);
}

}  // namespace

Result<ServerOptions> parse_server_options(const std::vector<std::string>& arguments) {
  ServerOptions options;
  if (Status status = apply_config(options, arguments); !status.ok()) return status;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (Status status = apply_argument(options, arguments, i); !status.ok()) return status;
  }
  const bool needs_data = options.action == ServerOptions::Action::Serve && !options.memory_store;
  if (needs_data && options.data.empty()) {
    return usage("--data DIR is missing: where the interactions are kept");
  }
  if (options.tls.certificate.empty() != options.tls.key.empty()) {
    return usage("--tls-certificate and --tls-key: one needs the other");
  }
  if (Status status = check_providers(options); !status.ok()) return status;
  return options;
}

std::vector<std::string> missing_folders(const ServerOptions& options) {
  const std::pair<std::string_view, const std::string&> folders[] = {
      {"--campaigns", options.campaigns}, {"--web", options.web}};
  std::vector<std::string> missing;
  for (const auto& [option, folder] : folders) {
    std::error_code unknown;
    if (folder.empty() || std::filesystem::is_directory(folder, unknown)) continue;
    missing.push_back(std::string(option) + " " + folder +
                      ": no such folder; what is in it is served as soon as it is there");
  }
  return missing;
}

std::string_view server_help() {
  return "Usage: vitrine-server --data DIR [OPTION]...\n"
         "Serve the page, take interactions and keep them, each exactly once.\n"
         "\n"
         "  --listen HOST:PORT        the public listener (127.0.0.1:8080); port 0: any free one\n"
         "  --staff-listen HOST:PORT  the staff listener (127.0.0.1:8081); off loopback it asks\n"
         "                            for the password that the first start prints\n"
         "  --data DIR                where everything is kept; made when missing\n"
         "  --campaigns DIR           folder of campaign folders\n"
         "  --web DIR                 folder of the page\n"
         "  --tls-certificate FILE    the public listener speaks HTTPS and WSS; PEM, with its "
         "chain\n"
         "  --tls-key FILE            its key. Both are read again when they were replaced\n"
         "  --tls-authority FILE      certificate of a store's own authority; offered to phones "
         "at\n"
         "                            /authority.crt, by plain HTTP too\n"
         "  --trust-proxy ADDRESS[,ADDRESS]  proxies whose X-Forwarded-For is believed; limits "
         "then go\n"
         "                            by the address in it\n"
         "  --origin URL              a further origin whose pages may record; may be repeated\n"
         "  --public-url URL          where phones find this server, for the codes that screens\n"
         "                            show; without it, as each screen addresses it\n"
         "  --retention DAYS          how long interactions are kept (180); CAMPAIGN=DAYS for one\n"
         "                            campaign, may be repeated\n"
         "  --provider NAME=FILE      somebody outside of the server who lets people follow and "
         "takes\n"
         "                            their money: address and secrets; may be repeated\n"
         "  --allow-private-webhooks  webhooks and providers may be at private addresses, and "
         "plain "
         "http\n"
         "  --config FILE             options, one a line, without the dashes\n"
         "  --no-page-worker          no service worker for pages; a phone that has one drops it "
         "and\n"
         "                            all it kept at its next visit\n"
         "  --memory-store            keep interactions in memory only; for tests\n"
         "  --new-claims              begin a new store of claims where the keys say there was "
         "one:\n"
         "                            everything is handed out once more\n"
         "  --max-connections N       in all (20000)\n"
         "  --max-per-address N       from one address (6000): a mall shares one\n"
         "  --stop-seconds N          when it is asked to stop: the longest it may take (5)\n"
         "  -h, --help                show this and exit\n"
         "      --version             show the version and exit\n"
         "\n"
         "Prints 'public http://HOST:PORT/' (https: with TLS) and 'staff http://HOST:PORT/live' "
         "when\n"
         "it serves.\n"
         "SIGTERM or SIGINT: settles and acknowledges what it took, then exits; a disk that does\n"
         "not answer does not keep it longer than --stop-seconds.\n"
         "\n"
         "Exit status: 0 stopped as asked, 2 command line or configuration, 3 cannot listen\n"
         "(address, certificate), 4 cannot store, 5 internal error.\n";
}

}  // namespace vitrine
