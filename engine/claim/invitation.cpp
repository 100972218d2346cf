// SPDX-License-Identifier: MIT
#include "engine/claim/invitation.h"

#include "engine/protocol/dictionary.h"
#include "engine/protocol/limits.h"

namespace vitrine::claim {
namespace {

constexpr size_t kTicketDigits = 32;
constexpr std::string_view kQueue = "queue=";

}  // namespace

std::string invitation_address(std::string_view page, const Invitation& invitation) {
  std::string address(page);
  return address.append("#claim=")
      .append(invitation.ticket.to_hex())
      .append(".")
      .append(invitation.product);
}

std::optional<Invitation> parse_invitation(std::string_view text) {
  if (text.size() <= kTicketDigits || text[kTicketDigits] != '.') return std::nullopt;
  const auto ticket = Id128::from_hex(text.substr(0, kTicketDigits));
  const std::string_view product = text.substr(kTicketDigits + 1);
  if (!ticket || ticket->is_none() || !protocol::is_identifier(product, protocol::kMaxIdLength)) {
    return std::nullopt;
  }
  return Invitation{*ticket, std::string(product)};
}

std::string queue_address(std::string_view page, const Id128& code) {
  std::string address(page);
  return address.append("#").append(kQueue).append(code.to_hex());
}

std::optional<Id128> parse_queue(std::string_view text) {
  if (text.substr(0, kQueue.size()) != kQueue) return std::nullopt;
  const auto code = Id128::from_hex(text.substr(kQueue.size()));
  return code && !code->is_none() ? code : std::nullopt;
}

}  // namespace vitrine::claim
