// SPDX-License-Identifier: MIT
#include "engine/claim/screen_end_internal.h"

#include <utility>

#include "engine/base/wipe.h"
#include "engine/claim/invitation.h"

namespace vitrine::claim {
namespace {

using protocol::ClaimKind;
using protocol::ClaimState;

constexpr int64_t kRetryUs = 5'000'000;  // a code that the server would not give
constexpr int64_t kOverUs = 5'000'000;   // a code that ended, of which nobody says so

// A server that knows of nothing here, or speaks of what is the clients' own.
bool is_nothing(Stage stage) {
  return stage == Stage::None || stage == Stage::Asking || stage == Stage::Invited ||
         stage == Stage::Joining;
}

}  // namespace

bool ScreenEnd::needs_line() const {
  return (campaign_.hands_out || campaign_.has_queue) && has_name_;
}

void ScreenEnd::campaign_changed() {
  page_.clear();
  has_name_ = !seams_.identity.device().empty();
}

void ScreenEnd::begin(std::string_view product) {
  if (product.empty()) return;
  const std::string wanted(product);  // may be the View's own
  forget();
  product_ = wanted;
  show(view_.product, product_);
  open_code();
}

// Whose claim it is, the next set_session() or the sending decides.
void ScreenEnd::open_code() {
  retry_us_ = 0;
  if (line_.open()) {
    show(view_.link, std::string_view());
    show(view_.stage, Stage::Asking);
  } else {
    show_plain_code();
  }
  wish_ = Wish{.kind = ClaimKind::Open, .product = product_};
  notice_ = Notice::None;
  show(view_.busy, false);
  line_.hurry();
}

void ScreenEnd::open_later() {
  drop_wish();
  show_plain_code();
  retry_us_ = seams_.clock.monotonic_us() + kRetryUs;
}

// Leads to no claim, but to what the campaign is about.
void ScreenEnd::show_plain_code() {
  show(view_.stage, Stage::Waiting);
  show(view_.link, page_.empty() ? campaign_.page : page_);
  run_down(0, 0);
}

void ScreenEnd::end() {
  if (!has_begun()) return;
  line_.send(ClaimKind::Close, {});  // without a line the next hello's answer is closed
  forget();
}

void ScreenEnd::forget() {
  wipe(product_);
  begun_for_ = {};
  retry_us_ = 0;
  wish_.reset();
  clear_view();
  line_.wipe();
}

void ScreenEnd::set_session(const Id128& session) {
  session_ = session;
  if (!has_begun()) return;
  if (begun_for_.is_none()) begun_for_ = session;
  if (begun_for_ != session) end();
}

void ScreenEnd::here() {
  if (view_.queue.stage != QueueStage::Called) return;
  protocol::ClaimAct act;
  act.number = view_.queue.number;
  line_.send(ClaimKind::Here, act);
}

// A page's address and the line's code; whose number is called nobody at the screen learns.
void ScreenEnd::follow_line(const ClaimState& state) {
  show_queue(state.queue);
  const bool has_line =
      campaign_.has_queue && !state.queue.code.is_none() && is_web_address(state.page);
  show(view_.queue.link, has_line ? queue_address(state.page, state.queue.code) : std::string());
}

// On every connection anew: until then the server calls nobody.
void ScreenEnd::tell_whether_free() {
  if (view_.queue.link.empty() || !line_.open()) return;
  const bool free = session_.is_none() && !closed_;
  if (told_free_ == free) return;
  if (line_.send(free ? ClaimKind::Free : ClaimKind::Engaged, {}) != 0) told_free_ = free;
}

void ScreenEnd::update() {
  tell_whether_free();
  const int64_t now = seams_.clock.monotonic_us();
  if (!has_begun()) return;
  if (begun_for_.is_none()) begun_for_ = session_;
  if (retry_us_ != 0 && now >= retry_us_) open_code();
  if (view_.stage == Stage::Waiting && !wish_ && is_over_since(kOverUs)) open_code();
  if (!wants_code() || wish_->request != 0 || !line_.open()) return;
  // A session is random and opens nothing: one for nobody is as good.
  wish_->session = begun_for_.is_none() ? random_id(seams_.random) : begun_for_;
  send_wish();
}

void ScreenEnd::give_up() {
  const bool code = wants_code();
  drop_wish();
  if (code) open_later();
  notice_ = Notice::Busy;
}

bool ScreenEnd::fits(const Wish& wish) const {
  return wish.kind == ClaimKind::Open || is_joined();
}

void ScreenEnd::on_lost() {
  End::on_lost();
  told_free_.reset();
  show(view_.queue.link, std::string_view());
  show_queue({});
  if (view_.stage == Stage::Asking || view_.stage == Stage::Waiting) show_plain_code();
}

void ScreenEnd::on_state(const ClaimState& state, bool first) {
  show(view_.connected, true);
  follow_line(state);
  if (!has_begun()) {
    // What was left while there was no line ends now.
    if (first && state.stage != Stage::None) line_.send(ClaimKind::Close, {});
    return;
  }
  if (wants_code()) {
    // Of anything else that is open here nobody at this screen wants to hear.
    if (!is_answer(state)) return;
    drop_wish();
    if (is_nothing(state.stage)) {
      open_later();
      notice_ = state.notice;
      return;
    }
  } else if (is_nothing(state.stage)) {
    // The server has begun anew. What is at its end stays on screen.
    if (retry_us_ == 0 && (is_joined() || view_.stage == Stage::Waiting)) {
      first ? open_code() : open_later();
    }
    return;
  }
  if (is_answer(state)) drop_wish();
  show_state(state);
  if (wish_ && !fits(*wish_)) drop_wish();
  if (first) send_wish();
}

void ScreenEnd::show_state(const ClaimState& state) {
  retry_us_ = 0;
  show_common(state);
  show_link(state);
  show(view_.code, state.code);
}

void ScreenEnd::show_link(const ClaimState& state) {
  if (state.stage != Stage::Waiting) return show(view_.link, std::string_view());
  if (!is_web_address(state.page) || state.ticket.is_none()) return open_later();
  page_ = state.page;
  show(view_.link, invitation_address(page_, {state.ticket, view_.product}));
}

std::unique_ptr<End> make_screen_end(const LinkSeams& seams, const LinkOptions& options) {
  return std::make_unique<ScreenEnd>(seams, options);
}

}  // namespace vitrine::claim
