// SPDX-License-Identifier: MIT
// Where everything stands while something is claimed, or a number waited with, on each page of it
// and each size of screen. Pure.
#pragma once

#include "engine/claim/claim_service.h"
#include "engine/ui/metrics.h"

namespace vitrine::scenes {

enum class ClaimPage : uint8_t {
  Code,      // screen: to be scanned
  Together,  // screen: somebody is at it with their phone
  Invited,   // phone: may join
  Agreeing,  // phone: what is agreed to
  Provider,  // phone: to follow, to pay
  Prize,     // both
  Ended,     // both
  Number,    // phone: in the line for a screen; no claim's
};
// Never Number.
ClaimPage claim_page(const claim::View& view);
// Whether it stands on the deep cloth; else on the calm one, under a deep head.
bool is_deep(const claim::View& view);

// What of a page there is; the rest takes no room.
struct ClaimNeeds {
  bool notice = false;
  bool guardian = false;
  bool refused = false;  // Agreeing: a line stands where the question about statistics would
  bool notes = false;    // Agreeing: what is agreed to can be read in full
  bool note = false;     // Invited, Prize, Number: what is going on
  bool primary = true;   // the first button
  bool secondary = true;
};

// No height: there is none, or no room for it.
struct ClaimPlaces {
  float unit = 1;       // scene units a point of the kiosk's design
  bool beside = false;  // words stand beside the picture, from the left
  float head = 0;       // of a calm page: where its deep head ends
  Rect title, line;
  Rect picture;  // code, marks, sign, ticket or number: as large as it may be
  Rect pill, notice, steps, card, marks, facts;
  Rect terms, guardian, statistics;
  Rect notes;  // opens what can be read in full; beside the second button where it has no row
  Rect primary, secondary, link, small_print;
};

// `top`: where the top bar ends.
ClaimPlaces place_claim(ClaimPage page, bool deep, const ClaimNeeds& needs,
                        const ui::Metrics& metrics, float top);

}  // namespace vitrine::scenes
