// SPDX-License-Identifier: MIT
#include <charconv>
#include <chrono>
#include <optional>
#include <string>

#include "engine/base/rfc3339.h"
#include "native/tools/arguments.h"
#include "native/tools/command.h"
#include "server/claims/sqlite_claim_store.h"
#include "server/crypto.h"
#include "server/webhooks/address_rules.h"
#include "server/webhooks/webhook_book.h"

namespace vitrine::tools {
namespace {

constexpr std::string_view kHelp =
    "Usage: vitrine webhook add NAME URL --data DIR\n"
    "       vitrine webhook list --data DIR\n"
    "       vitrine webhook dead NAME --data DIR\n"
    "       vitrine webhook retry NAME [SEQUENCE] --data DIR\n"
    "       vitrine webhook rotate NAME --data DIR\n"
    "       vitrine webhook remove NAME --data DIR\n"
    "Says who is told what happens to claims, while the server runs or not (docs/webhooks.md).\n\n"
    "  add      prints the secret that messages are signed with; told is what happens from now on\n"
    "  list     NAME, STATE (active, disabled), URL, DELIVERED, FAILED (attempts), WAITING, DEAD,\n"
    "           LAST (success), ERROR (of the last failure); tabs between\n"
    "  dead     what was given up after a day: SEQUENCE, TYPE, ATTEMPTS, FIRST (attempt), ERROR\n"
    "  retry    sends that again, all of it or one, and enables an endpoint that was disabled\n"
    "  rotate   prints another secret; the one before signs along for a day\n"
    "  remove   forgets it, with what was not delivered\n\n"
    "  --data DIR   the server's data directory\n"
    "NAME is 1 to 63 of a-z 0-9 . _ - and begins with a letter or digit. URL is https; http and\n"
    "private addresses need vitrine-server --allow-private-webhooks.\n";

int64_t now_ms() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

int failed(const CommandContext& context, const Status& status) {
  if (status.code() == StatusCode::InvalidArgument) {
    return usage_error(context, "webhook", status.message());
  }
  environment_error(context, "webhook", status.message());
  const bool is_problem =
      status.code() == StatusCode::NotFound || status.code() == StatusCode::AlreadyExists;
  return is_problem ? kProblems : kEnvironment;
}

std::string time_text(int64_t time_ms) {
  std::string text;
  if (time_ms != 0) append_rfc3339(text, time_ms);
  return text.empty() ? "-" : text;
}

// Where the ledger is now; before a server ever ran, at its beginning.
Result<uint64_t> newest_line(const std::string& directory) {
  const auto reader = open_sqlite_claim_reader(directory);
  if (reader.status().code() == StatusCode::NotFound) return uint64_t{0};
  if (!reader.ok()) return reader.status();
  return reader.value()->newest_event();
}

int add(const CommandContext& context, WebhookBook& book, const std::string& directory,
        std::string_view name, std::string_view url) {
  const Result<uint64_t> newest = newest_line(directory);
  if (!newest.ok()) return failed(context, newest.status());
  const auto endpoint = book.add(name, url, newest.value(), now_ms());
  if (!endpoint.ok()) return failed(context, endpoint.status());
  print(context.out, endpoint.value().secret + "\n");
  const WebhookUrl parsed = parse_webhook_url(url).value();
  if (!parsed.is_https) {
    print(context.err, "plain http: the server needs --allow-private-webhooks to call it\n");
  } else if (is_private_host(parsed.host)) {
    print(context.err,
          parsed.host +
              ": no public address: the server needs --allow-private-webhooks to call it\n");
  }
  return kOk;
}

int list(const CommandContext& context, WebhookBook& book) {
  const auto endpoints = book.list();
  if (!endpoints.ok()) return failed(context, endpoints.status());
  for (const WebhookEndpoint& one : endpoints.value()) {
    print(context.out, one.name + "\t" + (one.disabled.empty() ? "active" : "disabled") + "\t" +
                           one.url + "\t" + std::to_string(one.delivered) + "\t" +
                           std::to_string(one.failed) + "\t" + std::to_string(one.waiting) + "\t" +
                           std::to_string(one.dead) + "\t" + time_text(one.delivered_time) + "\t" +
                           (one.error.empty() ? "-" : one.error) + "\n");
  }
  return kOk;
}

int dead(const CommandContext& context, WebhookBook& book, std::string_view name) {
  const auto deliveries = book.dead(name);
  if (!deliveries.ok()) return failed(context, deliveries.status());
  for (const WebhookDelivery& one : deliveries.value()) {
    print(context.out, std::to_string(one.position) + "\t" + one.type + "\t" +
                           std::to_string(one.attempts) + "\t" + time_text(one.first_time) + "\t" +
                           one.error + "\n");
  }
  return kOk;
}

int retry(const CommandContext& context, WebhookBook& book,
          std::span<const std::string_view> operands) {
  std::optional<uint64_t> position;
  if (operands.size() == 3) {
    const std::string_view text = operands[2];
    uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size() && number > 0;
    if (!whole || number > uint64_t{1} << 53) {
      return usage_error(context, "webhook", "SEQUENCE is a number that `dead` prints");
    }
    position = number;
  }
  const Result<uint64_t> count = book.retry(operands[1], position, now_ms());
  if (!count.ok()) return failed(context, count.status());
  print(context.out, std::to_string(count.value()) + "\n");
  return kOk;
}

int rotate(const CommandContext& context, WebhookBook& book, std::string_view name) {
  const auto endpoint = book.rotate(name, now_ms());
  if (!endpoint.ok()) return failed(context, endpoint.status());
  print(context.out, endpoint.value().secret + "\n");
  return kOk;
}

int remove(const CommandContext& context, WebhookBook& book, std::string_view name) {
  const Status status = book.remove(name);
  return status.ok() ? kOk : failed(context, status);
}

bool is_call(std::span<const std::string_view> operands) {
  const std::string_view verb = operands.empty() ? std::string_view() : operands[0];
  const size_t count = operands.size();
  if (verb == "list") return count == 1;
  if (verb == "add") return count == 3;
  if (verb == "retry") return count == 2 || count == 3;
  return (verb == "dead" || verb == "rotate" || verb == "remove") && count == 2;
}

int run(const CommandContext& context) {
  static constexpr Option kOptions[] = {{"data", true}};
  const Result<Arguments> parsed = Arguments::parse(context.arguments, kOptions);
  if (!parsed.ok()) return usage_error(context, "webhook", parsed.status().message());
  const auto operands = parsed.value().operands();
  if (!is_call(operands)) {
    return usage_error(context, "webhook",
                       "expected: add NAME URL, list, dead NAME, retry NAME [SEQUENCE], "
                       "rotate NAME, or remove NAME");
  }
  if (!parsed.value().has("data")) return usage_error(context, "webhook", "--data DIR is missing");
  if (!init_crypto()) {
    return environment_error(context, "webhook", "the system gives no random bytes");
  }
  const std::string directory(parsed.value().value("data"));
  const auto opened = WebhookBook::open(directory);
  if (!opened.ok()) return failed(context, opened.status());
  WebhookBook& book = *opened.value();
  if (operands[0] == "add") return add(context, book, directory, operands[1], operands[2]);
  if (operands[0] == "list") return list(context, book);
  if (operands[0] == "dead") return dead(context, book, operands[1]);
  if (operands[0] == "retry") return retry(context, book, operands);
  if (operands[0] == "rotate") return rotate(context, book, operands[1]);
  return remove(context, book, operands[1]);
}

}  // namespace

extern const Command command_webhook = {"webhook", "say who is told what happens to claims", kHelp,
                                        run};

}  // namespace vitrine::tools
