// SPDX-License-Identifier: MIT
// Each keepsake is words with a space between, a voucher a line. What cannot be read is as if it
// had never been kept.
#include <algorithm>
#include <charconv>
#include <utility>

#include "engine/base/hex.h"
#include "engine/claim/kept_internal.h"
#include "engine/protocol/dictionary.h"
#include "engine/protocol/limits.h"
#include "engine/rules/voucher_code.h"

namespace vitrine::claim {
namespace {

constexpr std::string_view kHolder = "claim.holder";
constexpr std::string_view kClaim = "claim.stage";
constexpr std::string_view kJoin = "claim.join";
constexpr std::string_view kAgree = "claim.agree";
constexpr std::string_view kVouchers = "claim.vouchers";
constexpr std::string_view kClock = "claim.clock";
constexpr std::string_view kNothing = "-";  // a word that is ""
constexpr int64_t kClockStepMs = 1000;      // a smaller change is not worth writing

std::string_view next_word(std::string_view& rest, char end = ' ') {
  const size_t at = rest.find(end);
  const std::string_view word = rest.substr(0, at);
  rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
  return word == kNothing ? std::string_view() : word;
}

std::optional<int64_t> number_of(std::string_view word) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  const bool whole = error == std::errc() && end == word.data() + word.size();
  // Whatever it is, time or money: nothing overflows.
  if (!whole || value > protocol::kMaxTimeMs || value < -protocol::kMaxTimeMs) return std::nullopt;
  return value;
}

bool is_identifier(std::string_view word) {
  return protocol::is_identifier(word, protocol::kMaxIdLength);
}

void add(std::string& line, std::string_view word) {
  if (!line.empty() && line.back() != '\n') line += ' ';
  line += word.empty() ? kNothing : word;
}

std::optional<KeptVoucher> read_voucher(std::string_view line) {
  KeptVoucher voucher;
  const auto code = rules::normalise_voucher_code(next_word(line));
  const std::string_view secret = next_word(line);
  const auto valid_until = number_of(next_word(line));
  const std::string_view product = next_word(line);
  if (!code || !from_hex(secret, voucher.secret) || !valid_until || !is_identifier(product)) {
    return std::nullopt;
  }
  voucher.code = *code;
  voucher.valid_until_ms = *valid_until;
  voucher.product = product;
  voucher.seen = next_word(line) == "seen";
  const int64_t price = number_of(next_word(line)).value_or(0);
  const std::string_view currency = next_word(line);
  if (price > 0 && currency.size() == 3) {
    voucher.price = price;
    voucher.currency = currency;
  }
  return voucher;
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 127; });
}

}  // namespace

void Kept::load(int64_t now_ms) {
  load_holder();
  clock_offset_ms_ = number_of(keepsakes_.get(kClock)).value_or(0);
  load_claim();
  load_join(now_ms);
  load_agree();
  load_vouchers(now_ms);
}

void Kept::load_holder() {
  const std::string holder = keepsakes_.get(kHolder);
  holder_ = is_printable(holder) && holder.size() <= protocol::kMaxTokenLength ? holder : "";
}

bool Kept::look_for_holder() {
  if (!holder_.empty()) return false;
  load_holder();
  return !holder_.empty();
}

void Kept::load_claim() {
  claim_.reset();
  const std::string text = keepsakes_.get(kClaim);
  std::string_view rest = text;
  KeptClaim claim;
  const auto stage = protocol::find_claim_stage(next_word(rest));
  claim.reason = protocol::find_claim_end(next_word(rest)).value_or(EndReason::None);
  claim.product = next_word(rest);
  const auto price = number_of(next_word(rest));
  claim.currency = next_word(rest).substr(0, 3);
  claim.session = Id128::from_hex(next_word(rest)).value_or(Id128());
  if (!stage || !price || *price < 0 || !is_identifier(claim.product)) return;
  claim.stage = *stage;
  claim.price = *price;
  claim_ = std::move(claim);
}

void Kept::load_join(int64_t now_ms) {
  join_.reset();
  const std::string text = keepsakes_.get(kJoin);
  std::string_view rest = text;
  const auto invitation = parse_invitation(next_word(rest));
  const auto key = Id128::from_hex(next_word(rest));
  const auto time_ms = number_of(next_word(rest));
  if (!invitation || !key || !time_ms || now_ms - *time_ms > kJoinMs || *time_ms > now_ms) return;
  join_ = KeptJoin{*invitation, *key, *time_ms};
}

void Kept::load_agree() {
  agree_.reset();
  const std::string text = keepsakes_.get(kAgree);
  std::string_view rest = text;
  KeptAgree agree;
  const auto key = Id128::from_hex(next_word(rest));
  agree.agreement = {true, next_word(rest) == "1", next_word(rest) == "1"};
  agree.terms_version = next_word(rest);
  agree.language = next_word(rest);
  agree.product = next_word(rest);
  agree.session = Id128::from_hex(next_word(rest)).value_or(Id128());
  if (!key || !is_identifier(agree.terms_version) || !is_identifier(agree.language) ||
      !is_identifier(agree.product)) {
    return;
  }
  agree.key = *key;
  agree_ = std::move(agree);
}

void Kept::load_vouchers(int64_t now_ms) {
  vouchers_.clear();
  const std::string text = keepsakes_.get(kVouchers);
  const int64_t server_ms = now_ms + clock_offset_ms_;
  for (std::string_view rest = text; !rest.empty();) {
    auto voucher = read_voucher(next_word(rest, '\n'));
    if (!voucher || vouchers_.size() == kMostVouchers) continue;
    if (voucher->valid_until_ms != 0 && voucher->valid_until_ms <= server_ms) continue;
    vouchers_.push_back(*std::move(voucher));
  }
}

void Kept::set_holder(std::string_view holder) {
  if (holder == holder_ || !is_printable(holder)) return;
  holder_ = holder;
  keepsakes_.set(kHolder, holder_);
}

void Kept::set_claim(std::optional<KeptClaim> claim) {
  if (claim == claim_) return;
  claim_ = std::move(claim);
  std::string line;
  if (claim_) {
    add(line, protocol::claim_stage_name(claim_->stage));
    add(line, protocol::claim_end_name(claim_->reason));
    add(line, claim_->product);
    add(line, std::to_string(claim_->price));
    add(line, claim_->currency);
    if (!claim_->session.is_none()) add(line, claim_->session.to_hex());
  }
  keepsakes_.set(kClaim, line);
}

void Kept::set_join(std::optional<KeptJoin> join) {
  if (!join && !join_) return;
  join_ = std::move(join);
  std::string line;
  if (join_) {
    add(line, join_->invitation.ticket.to_hex() + "." + join_->invitation.product);
    add(line, join_->key.to_hex());
    add(line, std::to_string(join_->time_ms));
  }
  keepsakes_.set(kJoin, line);
}

void Kept::set_agree(std::optional<KeptAgree> agree) {
  if (!agree && !agree_) return;
  agree_ = std::move(agree);
  std::string line;
  if (agree_) {
    add(line, agree_->key.to_hex());
    add(line, agree_->agreement.guardian ? "1" : "0");
    add(line, agree_->agreement.statistics ? "1" : "0");
    add(line, agree_->terms_version);
    add(line, agree_->language);
    add(line, agree_->product);
    add(line, agree_->session.to_hex());
  }
  keepsakes_.set(kAgree, line);
}

void Kept::set_clock_offset_ms(int64_t offset_ms) {
  const int64_t change = offset_ms - clock_offset_ms_;
  if (change > -kClockStepMs && change < kClockStepMs) return;
  clock_offset_ms_ = offset_ms;
  keepsakes_.set(kClock, std::to_string(offset_ms));
}

const KeptVoucher* Kept::find_voucher(std::string_view code) const {
  for (const KeptVoucher& voucher : vouchers_) {
    if (voucher.code == code) return &voucher;
  }
  return nullptr;
}

const KeptVoucher* Kept::newest_voucher() const {
  const KeptVoucher* newest = nullptr;
  for (const KeptVoucher& voucher : vouchers_) {
    if (!newest || newest->seen || !voucher.seen) newest = &voucher;
  }
  return newest;
}

void Kept::put_voucher(KeptVoucher voucher) {
  const KeptVoucher* held = find_voucher(voucher.code);
  if (held) {
    voucher.seen = held->seen;
    if (voucher.price == 0) {
      voucher.price = held->price;
      voucher.currency = held->currency;
    }
    if (*held == voucher) return;
    vouchers_[static_cast<size_t>(held - vouchers_.data())] = std::move(voucher);
  } else {
    if (vouchers_.size() == kMostVouchers) vouchers_.erase(vouchers_.begin());
    vouchers_.push_back(std::move(voucher));
  }
  store_vouchers();
}

void Kept::remove_voucher(std::string_view code) {
  const KeptVoucher* held = find_voucher(code);
  if (!held) return;
  vouchers_.erase(vouchers_.begin() + (held - vouchers_.data()));
  store_vouchers();
}

void Kept::see_voucher(std::string_view code) {
  for (KeptVoucher& voucher : vouchers_) {
    if (voucher.code == code) voucher.seen = true;
  }
  store_vouchers();
}

bool Kept::has_unseen() const {
  return std::any_of(vouchers_.begin(), vouchers_.end(),
                     [](const KeptVoucher& voucher) { return !voucher.seen; });
}

void Kept::store_vouchers() {
  std::string text;
  for (const KeptVoucher& voucher : vouchers_) {
    if (!text.empty()) text += '\n';
    add(text, voucher.code);
    add(text, to_hex(voucher.secret));
    add(text, std::to_string(voucher.valid_until_ms));
    add(text, voucher.product);
    add(text, voucher.seen ? "seen" : "new");
    if (voucher.price == 0) continue;
    add(text, std::to_string(voucher.price));
    add(text, voucher.currency);
  }
  keepsakes_.set(kVouchers, text);
}

}  // namespace vitrine::claim
