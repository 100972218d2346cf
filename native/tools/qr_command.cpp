// SPDX-License-Identifier: MIT
#include <string>

#include "engine/ui/qr_code.h"
#include "native/tools/arguments.h"
#include "native/tools/command.h"

namespace vitrine::tools {
namespace {

constexpr std::string_view kHelp =
    "Usage: vitrine qr TEXT\n"
    "Shows TEXT, an address say, as a QR code in the terminal, for a phone to read. At most 213\n"
    "bytes.\n";

// The light frame that readers need (ISO/IEC 18004).
constexpr int kQuietModules = 4;

// Two rows of modules in one of letters: a terminal's letters are twice as high as wide. Black on
// white by colour, whatever the terminal's own are.
std::string draw(const ui::QrCode& code) {
  const int last = code.size() + kQuietModules;
  std::string out;
  for (int y = -kQuietModules; y < last; y += 2) {
    out += "\033[30;107m";
    for (int x = -kQuietModules; x < last; ++x) {
      const bool upper = code.is_dark(x, y), lower = code.is_dark(x, y + 1);
      out += upper && lower ? "█" : upper ? "▀" : lower ? "▄" : " ";
    }
    out += "\033[0m\n";
  }
  return out;
}

int run(const CommandContext& context) {
  const Result<Arguments> parsed = Arguments::parse(context.arguments, {});
  if (!parsed.ok()) return usage_error(context, "qr", parsed.status().message());
  const auto operands = parsed.value().operands();
  if (operands.size() != 1) return usage_error(context, "qr", "one TEXT is needed");
  ui::QrCode code;
  const Status status = code.encode(operands[0]);
  if (!status.ok()) return usage_error(context, "qr", status.message());
  print(context.out, draw(code));
  return kOk;
}

}  // namespace

extern const Command command_qr;
const Command command_qr = {"qr", "show a text as a QR code in the terminal", kHelp, run};

}  // namespace vitrine::tools
