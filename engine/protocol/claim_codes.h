// SPDX-License-Identifier: MIT
// Where a claim is, why it ended and what went wrong on the way, by name: as the wire, interactions
// and docs/claim-protocol.md say it (a test compares them with these lists).
//
//   screen:  None ─► Asking ─► Waiting ──► Agreeing ─► Following ─► Paying ─► Issued ─► Redeemed
//   phone:           Invited ─► Joining ──┘  every step on both
//
// Ended may follow everything, with its reason.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace vitrine::protocol {

// X(Enumerator, name)
#define VITRINE_CLAIM_STAGES(X)                                                            \
  X(None, none)           /* nothing has begun */                                          \
  X(Asking, asking)       /* screen: a code is on its way */                               \
  X(Waiting, waiting)     /* screen: the code is shown, nobody has joined */               \
  X(Invited, invited)     /* phone: came by a code that is not spent; joining spends it */ \
  X(Joining, joining)     /* phone: has asked to join */                                   \
  X(Agreeing, agreeing)   /* joined; the phone is asked whether it agrees */               \
  X(Following, following) /* agreed; the shop is to be followed at the provider's */       \
  X(Paying, paying)       /* followed; the price is to be paid at the provider's */        \
  X(Issued, issued)       /* there is a voucher, on the phone */                           \
  X(Redeemed, redeemed)   /* it was taken at a till */                                     \
  X(Ended, ended)         /* without a voucher, or it was taken back */

#define VITRINE_CLAIM_ENDS(X)                                                                      \
  X(None, )                                                                                        \
  X(CodeOver, code_over)             /* nobody joined in time, or somebody else did */             \
  X(NotMe, not_me)                   /* one end said that these two do not belong together */      \
  X(SessionOver, session_over)       /* the shopper at the screen has gone */                      \
  X(Cancelled, cancelled)            /* by the shopper */                                          \
  X(HoldOver, hold_over)             /* the time to follow and pay ran out; the thing went back */ \
  X(FollowRefused, follow_refused)   /* the provider would not let them follow */                  \
  X(AlreadyClaimed, already_claimed) /* the same person has had one */                             \
  X(SoldOut, sold_out)                                                                             \
  X(Closed, closed) /* by staff, or this campaign hands nothing out */                             \
  X(Voided, voided) /* staff took the voucher back; money goes back too */

// What did not work a moment ago; the stage stays and the shopper may try again.
#define VITRINE_CLAIM_NOTICES(X)                                                                 \
  X(None, )                                                                                      \
  X(NotConnected, not_connected)         /* the client's own: goes on when there is a network */ \
  X(Declined, declined)                  /* the provider declined the payment */                 \
  X(PaymentCancelled, payment_cancelled) /* back from the provider without having paid */        \
  X(FollowCancelled, follow_cancelled)   /* ... without having followed */                       \
  X(ProviderTimedOut, provider_timed_out)                                                        \
  X(Busy, busy) /* the server is asked too much, or its disk is full; nothing is lost */

// Where somebody is in a screen's line (engine/rules/queue.h).
#define VITRINE_QUEUE_STAGES(X)                                                  \
  X(None, none)       /* has no number; of a screen: nobody is called */         \
  X(Waiting, waiting) /* phone: has a number */                                  \
  X(Called, called)   /* is to come to the screen */                             \
  X(Arrived, arrived) /* has said that they are there */                         \
  X(Served, served)   /* phone: the screen was theirs */                         \
  X(Skipped, skipped) /* phone: did not come in time; may take another number */ \
  X(Full, full)       /* phone: too many wait */                                 \
  X(Closed, closed)   /* phone: this code is no screen's, or nobody waits in line there */

#define X(enumerator, name) enumerator,
enum class QueueStage : uint8_t { VITRINE_QUEUE_STAGES(X) };
enum class ClaimStage : uint8_t { VITRINE_CLAIM_STAGES(X) };
enum class ClaimEnd : uint8_t { VITRINE_CLAIM_ENDS(X) };
enum class ClaimNotice : uint8_t { VITRINE_CLAIM_NOTICES(X) };
#undef X

// Whose turn is still to come, or has come: the number is theirs.
constexpr bool has_number(QueueStage stage) {
  return stage == QueueStage::Waiting || stage == QueueStage::Called ||
         stage == QueueStage::Arrived;
}

std::string_view claim_stage_name(ClaimStage stage);
std::optional<ClaimStage> find_claim_stage(std::string_view name);
std::string_view claim_end_name(ClaimEnd end);  // "": none
std::optional<ClaimEnd> find_claim_end(std::string_view name);
std::string_view claim_notice_name(ClaimNotice notice);  // "": none
std::optional<ClaimNotice> find_claim_notice(std::string_view name);
std::string_view queue_stage_name(QueueStage stage);
std::optional<QueueStage> find_queue_stage(std::string_view name);

}  // namespace vitrine::protocol
