// SPDX-License-Identifier: MIT
// Whom a command line means: --provider NAME --member NAME, --code CODE or --claim ID.
#pragma once

#include <string_view>

#include "engine/base/status.h"
#include "native/tools/arguments.h"
#include "native/tools/person.h"

namespace vitrine::tools {

// Lines of a command's help.
inline constexpr std::string_view kPersonHelp =
    "  --data DIR        the server's data directory\n"
    "  --provider NAME   whose programme knows them: sandbox\n"
    "  --member NAME     how that programme calls them\n"
    "  --code CODE       or: of a voucher on their phone\n"
    "  --claim ID        or: of a claim of theirs, 32 hex digits\n";

// InvalidArgument with the message for who called wrongly.
Result<WhichPerson> which_person(const Arguments& arguments);

}  // namespace vitrine::tools
