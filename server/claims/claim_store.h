// SPDX-License-Identifier: MIT
// Where claims, their money and their stock are kept. Written for whoever implements it: memory
// (tests), SQLite (the default), one day PostgreSQL. What a command does is decided once, in
// claim_ledger.h, over the table that an implementation provides; one suite,
// tests/server/claim_store_test.cpp, runs over all of them.
//
// Words. A *pool* is a number of equal things to be had at one price ("lip-popup/true-red"). A
// *holder* is whoever claims, anonymous: a phone. A *member* is the same person as the brand's own
// programme knows them, kept as a keyed hash beside the claim and in the clear in `member_link`
// alone. A *hold* keeps one thing for a holder until a time. See engine/rules/claim.h for states.
//
// Always, after every command and every crash: stock = remaining + claims that take stock.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id128.h"
#include "engine/base/status.h"
#include "engine/rules/claim.h"

namespace vitrine {

// Minor units (fen, cents) of an ISO 4217 currency; never a fraction, never without its currency.
struct Money {
  int64_t minor = 0;
  std::string currency;  // three capital letters; "" only with 0
  friend bool operator==(const Money&, const Money&) = default;
};

struct Pool {
  std::string pool;   // CAMPAIGN/PRODUCT, two identifiers
  int64_t stock = 0;  // how many there ever were; 0 to 10^9
  int64_t taken = 0;  // by claims that take stock; 0 <= taken <= stock
  bool open = true;   // closed: no new claim
  Money price;        // of a new claim that nobody was shown another for; a claim keeps its own
  friend bool operator==(const Pool&, const Pool&) = default;

  int64_t remaining() const { return stock - taken; }
};

// What the holder agreed to, or not, before the claim was made.
struct Consent {
  std::string purpose;       // "terms", "guardian", "statistics"
  std::string text_version;  // of the words that were shown, the campaign's
  std::string language;      // they were shown in
  bool agreed = false;
  int64_t time = 0;  // ms since 1970 UTC, the server's clock
  friend bool operator==(const Consent&, const Consent&) = default;
};

// A name for a new claim or holder: milliseconds first, then what `random` has (80 bits of it), so
// that those made together lie together on the disk. Any other name would do; this one costs less.
Id128 time_ordered_id(int64_t now, const Id128& random);

// Claim::valid_ms of a claim that was held by a version that did not keep it.
inline constexpr int64_t kValidityNotKept = -1;

struct Claim {
  Id128 claim;
  std::string pool;
  std::string holder;   // at most 64 bytes
  std::string product;  // an identifier
  Id128 session;        // of the screen it began at; none: begun on the phone
  rules::ClaimState state = rules::ClaimState::Held;
  rules::ReleaseReason reason = rules::ReleaseReason::None;
  Money price;
  bool needs_follow = true;  // before it can be paid or issued
  bool followed = false;
  std::string member_hash;  // of who followed, at most 64 bytes; "": nobody yet, or erased
  // Of the payment that the voucher stands on; without one, of the newest. Further payments of the
  // claim, and what is to be refunded of them, are in the table of payments alone.
  rules::PaymentState payment = rules::PaymentState::None;
  std::string payment_reference;  // the provider's, of that payment
  std::string code;               // of the voucher; "" until issued
  int64_t held_time = 0;          // ms since 1970 UTC, all of them; 0: not yet
  int64_t hold_until = 0;
  int64_t issued_time = 0;
  int64_t valid_until = 0;  // of the voucher, first moment at which it is none any more; 0: no end
  int64_t ended_time = 0;   // redeemed, released or voided
  // How long its voucher is good from its issue on, as was agreed; 0: without an end.
  int64_t valid_ms = kValidityNotKept;
  std::string provider;  // who lets its holder follow and takes the money; "": was not kept
  friend bool operator==(const Claim&, const Claim&) = default;
};

// One payment at a provider. A claim may have several: a declined one, and one that worked.
struct Payment {
  std::string reference;  // the provider's; unique; at most 128 bytes
  Id128 claim;            // none: the provider told of money that nobody here had begun
  Money amount;           // asked for; once the provider has it, what it has
  rules::PaymentState state = rules::PaymentState::Pending;
  int64_t begun_time = 0;
  int64_t changed_time = 0;
  friend bool operator==(const Payment&, const Payment&) = default;
};

// A person, in the clear: the only table that has one.
struct MemberLink {
  Id128 session;  // that the person's interactions carry
  Id128 claim;
  std::string provider;  // "sandbox"
  std::string member;    // the provider's name for the person, at most 128 bytes
  int64_t time = 0;
  friend bool operator==(const MemberLink&, const MemberLink&) = default;
};

enum class ClaimVerb : uint8_t {
  SetPool,  // pool, stock, price, open: makes it or changes it
  // request_key, claim, pool, holder, product, session, until, needs_follow, consents, valid_ms,
  // provider, price
  Hold,
  Follow,        // claim, provider, member, member_hash
  Issue,         // claim, code, until: of a claim without a price
  BeginPayment,  // claim, payment_reference, amount
  // payment_reference, amount, code, until: the provider has the money. claim: whose it is, where
  // this payment was not begun here. Whatever the answer, the money is kept and accounted for,
  // unless it is BadCommand or CodeInUse: then nothing is, and it is to be told again.
  Pay,
  FailPayment,  // payment_reference
  // payment_reference: the money went back, told before or after it was told that it came. A
  // payment that was not known is kept, with no amount: what is told of it later changes nothing.
  Refund,
  Release,  // claim, reason: of what is held; Refused: of whose holder has not followed
  Void,     // claim, actor: of what is issued
  Redeem,   // request_key, code, actor
  // Releases up to `count` holds whose time is over at `now`, or would be over after `until` only
  // (0: however late): no hold is that long, the clock was set back while nobody was there to see.
  Expire,
  MoveHolds,  // `until`: by how many ms the clock was set, back if negative; holds move with it
  // provider, member, member_hash ("": of the claims that links still name): removes the person and
  // the hash, leaves claims and money. Nobody knows them afterwards: they could claim once more.
  // member is "" where a claim's hash is all that is left of them.
  EraseMember,
  RetireLinks,  // removes up to `count` member links older than `until`
};

std::string_view claim_verb_name(ClaimVerb verb);  // "set_pool", ...

// What is asked. Members that the verb does not name are ignored.
struct ClaimCommand {
  ClaimVerb verb = ClaimVerb::Hold;
  int64_t now = 0;  // the server's clock, ms since 1970 UTC
  // Chosen by whoever asks, once for each thing they want; 1 to 128 bytes. The same key again gets
  // the same claim, whatever has happened since. It is the holder's (Hold) or the actor's (Redeem)
  // own: another's same key is another.
  std::string request_key = {};
  Id128 claim = {};  // Hold: of the new claim, time_ordered_id()
  std::string pool = {};
  std::string holder = {};
  std::string product = {};
  Id128 session = {};
  int64_t stock = 0;
  bool open = true;
  bool needs_follow = true;
  Money amount = {};  // price of a pool, or amount of a payment
  // Hold: end of the hold. Issue, Pay: Claim::valid_until, where its row has no validity. Expire,
  // MoveHolds, RetireLinks
  int64_t until = 0;
  std::string code = {};  // Issue, Pay: of the voucher to be made, random. Redeem: of the voucher
  std::string provider = {};
  std::string member = {};
  std::string member_hash = {};  // at most 64 bytes
  std::string payment_reference = {};
  rules::ReleaseReason reason = rules::ReleaseReason::None;
  std::string actor = {};  // who did it, for the ledger: "phone", "staff", "sandbox", a till
  uint32_t count = 0;
  std::vector<Consent> consents = {};
  int64_t valid_ms = kValidityNotKept;  // Hold: of the claim
  // Hold: that was shown to who agreed; nothing: the pool's.
  std::optional<Money> price = {};
};

enum class ClaimAnswer : uint8_t {
  Done,
  Repeated,        // it was done before: nothing changed, `claim` is as it is now
  AlreadyHas,      // Hold: the holder has a claim of this pool that takes stock; it is in `claim`
  AlreadyClaimed,  // Follow: the member has, under another holder; this claim was released
  SoldOut,
  PoolClosed,
  NoSuchPool,
  NoSuchClaim,  // or voucher, or payment
  NotNow,       // the claim's or payment's state does not allow it; `claim` says which it is in
  NotFollowed,  // following comes before paying
  WrongAmount,  // not the claim's price, or another currency. Pay: kept, and due for refund
  StockTaken,   // SetPool: less than is taken already
  VoucherOver,  // Redeem: after valid_until
  CodeInUse,    // Issue, Pay: another voucher has this code; take another
  BadCommand,   // a member is missing or beyond its limit, or a key is used for two things
};

std::string_view claim_answer_name(ClaimAnswer answer);  // "done", "sold_out", ...

struct ClaimOutcome {
  ClaimAnswer answer = ClaimAnswer::Done;
  std::optional<Claim> claim = {};  // as it is after the command
  std::optional<Pool> pool = {};    // of that claim, or of SetPool
  // Pay, Void: money has to go back (late and sold out, paid twice, wrong amount, voided).
  bool refund_due = false;
  uint32_t changed = 0;  // Expire, MoveHolds, EraseMember, RetireLinks: how many
};

// What became of a command that was handed to somebody who applies it.
struct ClaimCompletion {
  uint64_t number = 0;  // the submitter's
  ClaimCommand command;
  // Not Ok: `outcome` says nothing. ResourceExhausted: nothing was done, the storage is full, and
  // it may be asked again. Anything else: what was done is unknown; asked again with the same
  // request key or payment reference it is done once.
  Status status;
  ClaimOutcome outcome;
};

// One line of the ledger: append-only, what audit and webhooks read. Every claim, pool or payment
// that a command changed has its line; a command that changed nothing has none.
struct ClaimEvent {
  uint64_t position = 0;  // rises by one
  int64_t time = 0;
  ClaimVerb verb{};
  ClaimAnswer answer{};
  Id128 claim;  // none: about a pool
  std::string pool;
  rules::ClaimState state{};  // of the claim afterwards
  rules::PaymentState payment{};
  Money amount;       // of the payment, else the price
  int64_t stock = 0;  // of the pool afterwards
  int64_t taken = 0;
  std::string reference;  // payment, voucher code masked, reason, or whose programme
  std::string actor;
  friend bool operator==(const ClaimEvent&, const ClaimEvent&) = default;
};

// Where a reading of payments goes on: behind that one. References alone are unique, times are not.
struct PaymentPlace {
  int64_t begun_time = 0;
  std::string reference = {};  // "": before everything that was begun then
  friend auto operator<=>(const PaymentPlace&, const PaymentPlace&) = default;
};

struct PaymentCount {
  int64_t payments = 0;
  int64_t oldest_time = 0;  // the least changed_time of these; 0: there are none
};

// Reads behind the writer's back, as StoreReader does: own connection, sees only what is durable.
// One thread at a time. It may outlive the ClaimStore.
class ClaimReader {
 public:
  virtual ~ClaimReader() = default;

  virtual Result<std::optional<Claim>> find_claim(const Id128& claim) = 0;
  virtual Result<std::optional<Claim>> find_code(std::string_view code) = 0;
  // Newest first, at most `limit`.
  virtual Status read_holder(std::string_view holder, size_t limit, std::vector<Claim>& claims) = 0;
  virtual Status read_newest(size_t limit, std::vector<Claim>& claims) = 0;
  virtual Status read_pools(std::vector<Pool>& pools) = 0;  // by name
  // How many claims are Held, by pool; pools without one are left out. Costs as much as there are.
  virtual Result<std::map<std::string, int64_t>> count_held() = 0;
  virtual Result<std::optional<Payment>> find_payment(std::string_view reference) = 0;
  // Payments in `state` behind `after` with begun_time < before, by begun_time and reference, at
  // most `limit`: for reconciliation.
  virtual Status read_payments(rules::PaymentState state, const PaymentPlace& after, int64_t before,
                               size_t limit, std::vector<Payment>& payments) = 0;
  // How many are in `state`; costs as much as there are.
  virtual Result<PaymentCount> count_payments(rules::PaymentState state) = 0;
  // By purpose.
  virtual Status read_consents(const Id128& claim, std::vector<Consent>& consents) = 0;
  virtual Status read_member(std::string_view provider, std::string_view member,
                             std::vector<MemberLink>& links) = 0;
  // What is known of one claim's or one member's, for telling a person all of it; slow: each looks
  // through a whole table.
  virtual Status read_links(const Id128& claim, std::vector<MemberLink>& links) = 0;
  virtual Status read_claim_payments(const Id128& claim, std::vector<Payment>& payments) = 0;
  // In the order they were made. `member_hash` is not "".
  virtual Status read_member_claims(std::string_view member_hash, std::vector<Claim>& claims) = 0;
  // Position of the ledger's newest line, 0 when it is empty.
  virtual Result<uint64_t> newest_event() = 0;
  // The ledger behind `after`, at most `limit` lines; returns the position to go on from.
  virtual Result<uint64_t> read_events(uint64_t after, size_t limit,
                                       std::vector<ClaimEvent>& events) = 0;
};

// The writing side. One caller thread: the claim writer's. A disk that reports an error stops the
// process, as with Store.
class ClaimStore {
 public:
  virtual ~ClaimStore() = default;

  // Carries out `commands` one after the other in one transaction and returns when all of it is
  // durable; `outcomes` (cleared first) has one a command. A command that is refused changes
  // nothing and does not fail the others. On any error nothing is stored and no outcome may be
  // told: ResourceExhausted when there is no room, Unavailable when the outcome is unknown.
  virtual Status apply(std::span<const ClaimCommand> commands,
                       std::vector<ClaimOutcome>& outcomes) = 0;

  // After ResourceExhausted: whether there seems to be room again. The thread that applies.
  virtual bool has_room() const { return true; }

  virtual Result<std::unique_ptr<ClaimReader>> open_reader() = 0;
};

}  // namespace vitrine
