// SPDX-License-Identifier: MIT
#include "scenes/props/claim_words.h"

#include <algorithm>

#include "engine/base/fill_in.h"
#include "engine/base/rfc3339.h"

namespace vitrine::scenes {
namespace {

using claim::EndReason;
using claim::Notice;
using claim::Role;
using claim::Stage;
using claim::View;

ClaimKeys end_keys(EndReason reason) {
  const std::string_view name =
      protocol::claim_end_name(reason == EndReason::None ? EndReason::Closed : reason);
  std::string title("claim.");
  title.append(name);
  std::string line = title;
  return {title.append("_title"), line.append("_line"), ""};
}

// In the order of claim::Notice.
constexpr std::string_view kNotices[] = {"",
                                         "claim.notice_not_connected",
                                         "claim.notice_declined",
                                         "claim.notice_payment_cancelled",
                                         "claim.notice_follow_cancelled",
                                         "claim.notice_provider_timed_out",
                                         "claim.notice_busy"};

ClaimKeys screen_keys(const View& view) {
  switch (view.stage) {
    case Stage::Agreeing:
      return {"claim.together_title", "claim.together_line", "claim.screen_agreeing"};
    case Stage::Following:
      return {"claim.together_title", "claim.together_line", "claim.screen_following"};
    case Stage::Paying:
      return {"claim.together_title", "claim.together_line", "claim.screen_paying"};
    default:
      break;
  }
  if (!view.connected) return {"claim.offline_title", "claim.offline_line", ""};
  return {"claim.code_title", "claim.code_line",
          view.stage == Stage::Waiting ? "claim.waiting" : "claim.asking"};
}

ClaimKeys phone_keys(Stage stage) {
  switch (stage) {
    case Stage::Joining:
      return {"claim.invited_title", "claim.invited_line", "claim.joining"};
    case Stage::Agreeing:
      return {"claim.agree_title", "claim.agree_line", ""};
    case Stage::Following:
      return {"claim.follow_title", "claim.follow_line", "claim.kept"};
    case Stage::Paying:
      return {"claim.pay_title", "claim.pay_line", "claim.kept"};
    default:
      return {"claim.invited_title", "claim.invited_line", ""};
  }
}

int two_digits(std::string_view text, size_t at) {
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

// Its number where it has no name.
std::string month_name(std::string_view names, int month) {
  for (int i = 1; i < month; ++i) {
    const size_t end = names.find(' ');
    if (end == std::string_view::npos) return std::to_string(month);
    names.remove_prefix(end + 1);
  }
  return names.empty() ? std::to_string(month) : std::string(names.substr(0, names.find(' ')));
}

void keep_for(View& view, float left, float whole) {
  view.seconds_left = left;
  view.seconds_whole = whole;
}

struct PicturedStage {
  std::string_view state;
  Role role;
  Stage stage;
  EndReason reason = EndReason::None;
  Notice notice = Notice::None;
};
constexpr PicturedStage kPictured[] = {
    {"waiting", Role::Screen, Stage::Waiting},
    {"asking", Role::Screen, Stage::Asking},
    {"offline", Role::Screen, Stage::Waiting, EndReason::None, Notice::NotConnected},
    {"agreeing", Role::Screen, Stage::Agreeing},
    {"paying", Role::Screen, Stage::Paying},
    {"won", Role::Screen, Stage::Issued},
    {"burst", Role::Screen, Stage::Issued},
    {"issued", Role::Screen, Stage::Issued},
    {"redeemed", Role::Screen, Stage::Redeemed},
    {"ended", Role::Screen, Stage::Ended, EndReason::CodeOver},
    {"phone_invited", Role::Phone, Stage::Invited},
    {"phone_joining", Role::Phone, Stage::Joining},
    {"phone_agreeing", Role::Phone, Stage::Agreeing},
    {"phone_missed", Role::Phone, Stage::Agreeing},
    {"phone_agreed", Role::Phone, Stage::Agreeing},
    {"phone_refusing", Role::Phone, Stage::Agreeing},
    {"phone_notes", Role::Phone, Stage::Agreeing},
    {"phone_following", Role::Phone, Stage::Following},
    {"phone_declined", Role::Phone, Stage::Paying, EndReason::None, Notice::Declined},
    {"phone_issued", Role::Phone, Stage::Issued},
    {"phone_home", Role::Phone, Stage::Issued},
    {"phone_home_how", Role::Phone, Stage::Issued},
    {"phone_offline", Role::Phone, Stage::Issued, EndReason::None, Notice::NotConnected},
    {"phone_redeemed", Role::Phone, Stage::Redeemed},
    {"phone_voided", Role::Phone, Stage::Ended, EndReason::Voided},
};

}  // namespace

bool tells_how(const View& view) {
  return view.home == HomeScreen::Offer::HowTo;
}

ClaimKeys claim_keys(const View& view) {
  const bool phone = view.role == Role::Phone;
  if (view.stage == Stage::Ended) return end_keys(view.reason);
  if (view.stage == Stage::Redeemed) return {"claim.redeemed_title", "claim.redeemed_line", ""};
  if (view.stage != Stage::Issued) return phone ? phone_keys(view.stage) : screen_keys(view);
  if (!phone) return {"claim.issued_title", "claim.issued_line", "claim.on_phone"};
  return {"claim.issued_title", "claim.issued_line",
          view.voucher_qr.empty() ? "claim.show_code"
          : tells_how(view)       ? "claim.to_home_how"
                                  : ""};
}

std::string_view notice_key(Notice notice) {
  return kNotices[static_cast<size_t>(notice)];
}

std::string_view end_icon(EndReason reason) {
  switch (reason) {
    case EndReason::CodeOver:
    case EndReason::HoldOver:
      return "icon-clock";
    case EndReason::FollowRefused:
      return "icon-heart";
    case EndReason::AlreadyClaimed:
      return "icon-check";
    case EndReason::SoldOut:
      return "icon-gift";
    case EndReason::NotMe:
    case EndReason::SessionOver:
    case EndReason::Cancelled:
      return "icon-scan";
    case EndReason::None:
    case EndReason::Closed:
    case EndReason::Voided:
      break;
  }
  return "icon-call-staff";
}

bool can_begin_anew(EndReason reason) {
  switch (reason) {
    case EndReason::CodeOver:
    case EndReason::NotMe:
    case EndReason::SessionOver:
    case EndReason::Cancelled:
    case EndReason::HoldOver:
    case EndReason::FollowRefused:
      return true;
    default:
      return false;
  }
}

std::string with_moment(std::string_view text, std::string_view months, int64_t time_ms,
                        int utc_offset_minutes) {
  std::string moment, filled(text);
  append_rfc3339(moment, time_ms + int64_t{60'000} * utc_offset_minutes);
  fill_in(filled, "{date}", std::string_view(moment).substr(0, 10));
  fill_in(filled, "{month}", month_name(months, two_digits(moment, 5)));
  fill_in(filled, "{day}", std::to_string(two_digits(moment, 8)));
  fill_in(filled, "{time}", std::string_view(moment).substr(11, 5));
  return filled;
}

// What is free has no currency: there the stage tells that the server has spoken.
campaign::Price agreed_price(const View& view, const campaign::Product& product) {
  campaign::Price price = product.price;
  const bool held =
      !view.recalled && (view.stage == Stage::Following || view.stage == Stage::Paying);
  const bool told = view.price > 0 || !view.currency.empty();
  if (!told && !(held && view.role == Role::Phone)) return price;
  price.offer = view.price;
  if (view.currency.size() == price.currency.size()) {
    std::copy(view.currency.begin(), view.currency.end(), price.currency.begin());
  }
  return price;
}

View claim_in_picture(std::string_view state, const campaign::Product& product,
                      std::string_view address) {
  const PicturedStage* pictured = kPictured;
  for (const PicturedStage& entry : kPictured) {
    if (entry.state == state) pictured = &entry;
  }
  View view;
  view.role = pictured->role;
  view.stage = pictured->stage;
  view.reason = pictured->reason;
  view.notice = pictured->notice;
  view.connected = view.notice != Notice::NotConnected;
  view.busy = view.stage == Stage::Joining;
  view.product = product.id;
  view.statistics_refused = state == "phone_refusing";
  if (state == "phone_home") view.home = HomeScreen::Offer::Button;
  if (state == "phone_home_how") view.home = HomeScreen::Offer::HowTo;
  if (view.stage == Stage::Waiting) {
    view.link = std::string(address) + (view.connected ? "#c=7Q2K5MXN8RDT4WYB" : "");
    if (view.connected) keep_for(view, 167, 180);
  }
  if (view.stage >= Stage::Agreeing && view.stage <= Stage::Paying) {
    keep_for(view, 142, 180);
    view.own_mark = view.role == Role::Screen ? "47" : "12";
    view.other_mark = view.role == Role::Screen ? "12" : "47";
  }
  view.price = product.price.to_pay();
  view.currency = product.price.currency_code();
  if (view.stage != Stage::Issued && view.stage != Stage::Redeemed) return view;
  view.valid_until_ms = 1795442400000;  // 2026-11-23T14:00Z
  view.utc_offset_minutes = 8 * 60;
  view.code = view.role == Role::Screen ? "•••••-•••••-8H1A" : "7Q2K5-M9D3W-8H1A";
  if (view.role != Role::Phone || view.stage != Stage::Issued || !view.connected) return view;
  view.voucher_qr = "VT1.7Q2K5M9D3W8H1A.00417293";
  view.qr_seconds_left = 21;
  return view;
}

}  // namespace vitrine::scenes
