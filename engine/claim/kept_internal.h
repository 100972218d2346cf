// SPDX-License-Identifier: MIT
// What a phone remembers of its claims when the page is closed: which phone it is, where its claim
// was, what it asked for and was not answered, and its vouchers, which it must be able to show
// without a network. In memory too, for a browser may keep nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/id128.h"
#include "engine/claim/claim_service.h"
#include "engine/claim/invitation.h"
#include "engine/platform/keepsakes.h"
#include "engine/rules/voucher_proof.h"

namespace vitrine::claim {

struct KeptJoin {
  Invitation invitation;
  Id128 key;
  int64_t time_ms = 0;  // by the phone's clock
};

struct KeptAgree {
  Id128 key;
  // To which claim, as the server named it: it is sent again for that one alone.
  Id128 session;  // none: it named none
  std::string product;
  Agreement agreement;
  std::string terms_version, language;  // identifiers, as the product
};

// Where the claim was that its person has not put aside yet.
struct KeptClaim {
  Stage stage = Stage::None;
  EndReason reason = EndReason::None;
  std::string product;  // an identifier
  int64_t price = 0;
  std::string currency;
  Id128 session = {};  // under which the phone records; none: its own
  friend bool operator==(const KeptClaim&, const KeptClaim&) = default;
};

struct KeptVoucher {
  std::string code;  // as rules::voucher_code() writes it
  rules::VoucherSecret secret{};
  int64_t valid_until_ms = 0;  // 0: no end
  std::string product;
  bool seen = false;
  // That was paid for it; 0: nothing, or it was kept by a page that did not keep it.
  int64_t price = 0;  // minor units
  std::string currency = {};
  friend bool operator==(const KeptVoucher&, const KeptVoucher&) = default;
};

class Kept {
 public:
  // A person comes back with a few; beyond it the oldest are forgotten.
  static constexpr size_t kMostVouchers = 16;
  static constexpr int64_t kJoinMs = 10 * 60 * 1000;  // a ticket is long over by then

  // `keepsakes` outlives it.
  explicit Kept(Keepsakes& keepsakes) : keepsakes_(keepsakes) {}

  // What can be read; vouchers whose time is over are left out. `now_ms`: by the phone's clock.
  void load(int64_t now_ms);

  const std::string& holder() const { return holder_; }
  void set_holder(std::string_view holder);
  // Where there was none yet, another tab may have one by now. True: it has.
  bool look_for_holder();

  const std::optional<KeptClaim>& claim() const { return claim_; }
  void set_claim(std::optional<KeptClaim> claim);
  const std::optional<KeptJoin>& join() const { return join_; }
  void set_join(std::optional<KeptJoin> join);
  const std::optional<KeptAgree>& agree() const { return agree_; }
  void set_agree(std::optional<KeptAgree> agree);

  // By how much the server's clock is ahead of the phone's, in milliseconds.
  int64_t clock_offset_ms() const { return clock_offset_ms_; }
  void set_clock_offset_ms(int64_t offset_ms);

  // Oldest first.
  const std::vector<KeptVoucher>& vouchers() const { return vouchers_; }
  const KeptVoucher* find_voucher(std::string_view code) const;
  // Of those that nobody has seen, or else of all; null: there is none.
  const KeptVoucher* newest_voucher() const;
  // One of that code is replaced; it stays seen, and keeps its price where the new one has none.
  void put_voucher(KeptVoucher voucher);
  void remove_voucher(std::string_view code);
  void see_voucher(std::string_view code);
  bool has_unseen() const;

 private:
  void load_holder();
  void load_claim();
  void load_join(int64_t now_ms);
  void load_agree();
  void load_vouchers(int64_t now_ms);
  void store_vouchers();

  Keepsakes& keepsakes_;
  std::string holder_;
  std::optional<KeptClaim> claim_;
  std::optional<KeptJoin> join_;
  std::optional<KeptAgree> agree_;
  std::vector<KeptVoucher> vouchers_;
  int64_t clock_offset_ms_ = 0;
};

}  // namespace vitrine::claim
