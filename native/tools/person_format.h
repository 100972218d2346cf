// SPDX-License-Identifier: MIT
// Everything that is held about a person as one JSON object, for that person.
#pragma once

#include <string>

#include "engine/base/status.h"
#include "native/tools/person.h"

namespace vitrine::tools {

// Links, claims with their consents and payments, and what was recorded in their sessions (as
// CloudEvents). Reads all that was recorded once. What is not there any more is not in it.
Result<std::string> person_as_json(const std::string& directory, const Person& person);

}  // namespace vitrine::tools
