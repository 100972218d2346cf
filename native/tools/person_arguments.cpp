// SPDX-License-Identifier: MIT
#include "native/tools/person_arguments.h"

#include <optional>
#include <string>

#include "engine/rules/voucher_code.h"

namespace vitrine::tools {
namespace {

Status wrong(std::string message) {
  return {StatusCode::InvalidArgument, std::move(message)};
}

}  // namespace

Result<WhichPerson> which_person(const Arguments& arguments) {
  if (!arguments.operands().empty()) {
    return wrong("unexpected \"" + std::string(arguments.operands()[0]) + "\"");
  }
  if (arguments.value("data").empty()) return wrong("--data DIR is missing");
  const bool by_member = arguments.has("provider") || arguments.has("member");
  if (int(by_member) + int(arguments.has("code")) + int(arguments.has("claim")) != 1) {
    return wrong("expected one of --provider NAME --member NAME, --code CODE and --claim ID");
  }
  if (by_member) {
    const ByMember by{std::string(arguments.value("provider")),
                      std::string(arguments.value("member"))};
    if (by.provider.empty() || by.member.empty()) {
      return wrong("--provider NAME and --member NAME belong together");
    }
    return WhichPerson(by);
  }
  if (arguments.has("code")) {
    const std::optional<std::string> code = rules::normalise_voucher_code(arguments.value("code"));
    if (!code)
      return wrong("--code is no voucher's code, or was mistyped; one looks like 7Q2K5-M9D3W-8H1A");
    return WhichPerson(ByCode{*code});
  }
  const std::optional<Id128> claim = Id128::from_hex(arguments.value("claim"));
  if (!claim) return wrong("--claim is no claim's id; one is 32 of 0-9 and a-f");
  if (claim->is_none()) return wrong("--claim of zeros alone is no claim's id; none has it");
  return WhichPerson(ByClaim{*claim});
}

}  // namespace vitrine::tools
