// SPDX-License-Identifier: MIT
// Which of a campaign's texts say what a claim has come to, and what a claim looks like in
// pictures.
#pragma once

#include <string>
#include <string_view>

#include "engine/campaign/campaign.h"
#include "engine/claim/claim_service.h"

namespace vitrine::scenes {

// Keys of texts: "claim.code_title"; of an end "claim.", its name and what it is.
struct ClaimKeys {
  std::string title;
  std::string line;         // what is to be done, or what happened
  std::string_view status;  // what is going on meanwhile; "": nothing
};
ClaimKeys claim_keys(const claim::View& view);
// A phone's person is told how the page comes to the home screen.
bool tells_how(const claim::View& view);
// What did not work; "" for Notice::None.
std::string_view notice_key(claim::Notice notice);

// A group of icons.svg that stands for that end.
std::string_view end_icon(claim::EndReason reason);

// The screen can ask for another code after this end.
bool can_begin_anew(claim::EndReason reason);

// `text` with {date} (2026-11-27), {month}, {day} and {time} of the moment filled in, by a clock
// that many minutes from UTC. `months`: twelve names with a space between; a month without one is
// its number.
std::string with_moment(std::string_view text, std::string_view months, int64_t time_ms,
                        int utc_offset_minutes);

// What the product costs in this claim: as the server holds it, or the campaign where the server
// has said nothing yet. Prices may be changed while a claim is under way.
campaign::Price agreed_price(const claim::View& view, const campaign::Product& product);

// A picture's claim by the name of the scene's state, for that product; the screen's waiting one
// for any other name.
claim::View claim_in_picture(std::string_view state, const campaign::Product& product,
                             std::string_view address);

}  // namespace vitrine::scenes
