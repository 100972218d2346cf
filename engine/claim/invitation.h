// SPDX-License-Identifier: MIT
// What a screen's code says to the phone that reads it: behind `#claim=` TICKET.PRODUCT, behind
// `#queue=` the code of the line of who wait for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/base/id128.h"

namespace vitrine::claim {

struct Invitation {
  Id128 ticket;
  std::string product;  // an identifier
};

// "PAGE#claim=TICKET.PRODUCT"
std::string invitation_address(std::string_view page, const Invitation& invitation);

// Of TICKET.PRODUCT; whatever else stands behind a '#' is none.
std::optional<Invitation> parse_invitation(std::string_view text);

// "PAGE#queue=CODE"
std::string queue_address(std::string_view page, const Id128& code);

// Of queue=CODE. Nothing: it is no line's.
std::optional<Id128> parse_queue(std::string_view text);

}  // namespace vitrine::claim
