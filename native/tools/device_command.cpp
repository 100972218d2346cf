// SPDX-License-Identifier: MIT
#include <chrono>
#include <string>

#include "engine/base/rfc3339.h"
#include "native/tools/arguments.h"
#include "native/tools/command.h"
#include "server/crypto.h"
#include "server/store/device_registry.h"

namespace vitrine::tools {
namespace {

constexpr std::string_view kHelp =
    "Usage: vitrine device add NAME --data DIR [--quiet]\n"
    "       vitrine device list --data DIR\n"
    "       vitrine device revoke NAME --data DIR\n"
    "Says which kiosks may record, while the server runs or not.\n\n"
    "  add      prints a one-time code, good for ten minutes: vitrine-kiosk --enrol CODE\n"
    "           for a name that is there already it is a new key's invitation\n"
    "           --quiet: the code alone, without the advice on standard error\n"
    "  list     NAME, STATE (invited, enrolled, revoked), ADDED, ENROLLED; tabs between\n"
    "  revoke   the server cuts the device off and refuses it from then on\n\n"
    "  --data DIR   the server's data directory\n"
    "NAME is 1 to 63 of a-z 0-9 . _ - and begins with a letter or digit.\n";

int64_t now_ms() {
  const auto since = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

int failed(const CommandContext& context, const Status& status) {
  if (status.code() == StatusCode::InvalidArgument) {
    return usage_error(context, "device", status.message());
  }
  environment_error(context, "device", status.message());
  return status.code() == StatusCode::NotFound ? kProblems : kEnvironment;
}

int add(const CommandContext& context, DeviceRegistry& registry, std::string_view name,
        bool quiet) {
  const Result<std::string> code = registry.invite(name, now_ms());
  if (!code.ok()) return failed(context, code.status());
  // The code alone on standard output: CODE=$(vitrine device add ...).
  print(context.out, code.value() + "\n");
  if (quiet) return kOk;
  print(context.err, "enrol within ten minutes: vitrine-kiosk --enrol " + code.value() + " ...\n");
  return kOk;
}

std::string time_text(int64_t time_ms) {
  std::string text;
  if (time_ms != 0) append_rfc3339(text, time_ms);
  return text.empty() ? "-" : text;
}

int list(const CommandContext& context, DeviceRegistry& registry) {
  const Result<std::vector<Device>> devices = registry.list();
  if (!devices.ok()) return failed(context, devices.status());
  for (const Device& device : devices.value()) {
    print(context.out, device.name + "\t" + std::string(device_state_name(device.state)) + "\t" +
                           time_text(device.added_time) + "\t" + time_text(device.enrolled_time) +
                           "\n");
  }
  return kOk;
}

int revoke(const CommandContext& context, DeviceRegistry& registry, std::string_view name) {
  const Status status = registry.revoke(name, now_ms());
  return status.ok() ? kOk : failed(context, status);
}

int run(const CommandContext& context) {
  static constexpr Option kOptions[] = {{"data", true}, {"quiet", false}};
  const Result<Arguments> parsed = Arguments::parse(context.arguments, kOptions);
  if (!parsed.ok()) return usage_error(context, "device", parsed.status().message());
  const auto operands = parsed.value().operands();
  const std::string_view verb = operands.empty() ? std::string_view() : operands[0];
  const size_t expected = verb == "list" ? 1 : 2;
  if ((verb != "add" && verb != "list" && verb != "revoke") || operands.size() != expected) {
    return usage_error(context, "device", "expected: add NAME, list, or revoke NAME");
  }
  const bool quiet = parsed.value().has("quiet");
  if (quiet && verb != "add") return usage_error(context, "device", "--quiet belongs to add");
  if (!parsed.value().has("data")) return usage_error(context, "device", "--data DIR is missing");
  if (!init_crypto())
    return environment_error(context, "device", "the system gives no random bytes");
  const auto registry = open_sqlite_device_registry(std::string(parsed.value().value("data")));
  if (!registry.ok()) return failed(context, registry.status());
  if (verb == "list") return list(context, *registry.value());
  if (verb == "add") return add(context, *registry.value(), operands[1], quiet);
  return revoke(context, *registry.value(), operands[1]);
}

}  // namespace

extern const Command command_device = {"device", "add, list and revoke the kiosks that may record",
                                       kHelp, run};

}  // namespace vitrine::tools
