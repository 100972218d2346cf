// SPDX-License-Identifier: MIT
#include "tests/server/claim_visitor.h"

#include <chrono>
#include <utility>

#include "server/crypto.h"

namespace vitrine::test {

using protocol::ClaimAct;
using protocol::ClaimKind;

namespace {

constexpr int kMostSteps = 10'000;  // of one shopper; a server that is down is asked every 5 ms
constexpr const char* kProducts[] = {"cherry-night", "true-red", "jujube"};

// The sandbox takes letters for a member's name.
std::string member_name(Random& random) {
  std::string name = "sample-";
  for (int i = 0; i < 12; ++i) name += static_cast<char>('a' + random.below(26));
  return name;
}

int post_form(uint16_t port, const std::string& path, const std::string& form) {
  RawClient client(port);
  client.send("POST " + path +
              " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
              "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " +
              std::to_string(form.size()) + "\r\n\r\n" + form);
  return client.read_response();
}

}  // namespace

ClaimVisitor::ClaimVisitor(TestDevice screen, const std::atomic<uint16_t>& port, uint64_t seed)
    : device_(std::move(screen)), port_(port), random_(seed) {
  thread_ = std::thread([this] { run(); });
}

ClaimVisitor::~ClaimVisitor() {
  stop();
}

void ClaimVisitor::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

bool ClaimVisitor::count(bool answered) {
  if (answered) ++steps_;
  return answered;
}

void ClaimVisitor::run() {
  while (!stopping_ && wrong_.empty()) {
    Shopper shopper;
    shopper.session = random_id();
    shopper.join_key = random_id();
    shopper.agree_key = random_id();
    shopper.end.product = kProducts[random_.below(3)];
    // Some come again under another phone, for the same thing: they have had it.
    const bool again = !visits_.empty() && random_.below(6) == 0;
    shopper.end.member = again ? visits_.back().member : member_name(random_);
    if (again) shopper.end.product = visits_.back().product;
    shopper.gives_up = random_.below(8) == 0;
    phone_.reset();
    receive(shopper);
    visits_.push_back(std::move(shopper.end));
  }
}

void ClaimVisitor::receive(Shopper& shopper) {
  for (int tries = 0; wrong_.empty(); ++tries) {
    if (tries == kMostSteps) wrong_ = "a shopper gets no further than " + phone_->member("stage");
    if (!seat_screen() || !seat_phone(shopper)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      continue;
    }
    if (is_over(shopper)) return;
    if (!go_on(shopper)) phone_.reset();
  }
}

bool ClaimVisitor::seat_screen() {
  if (screen_ && screen_->is_open()) return true;
  screen_ = std::make_unique<ClaimWire>(port_, false);
  if (!screen_->is_open() || !screen_->send(device_.claim_hello(screen_->nonce()))) return false;
  ++connections_;
  return count(screen_->read_state());
}

// With the name that it was given, if it has one.
bool ClaimVisitor::seat_phone(Shopper& shopper) {
  if (phone_ && phone_->is_open()) return true;
  phone_ = std::make_unique<ClaimWire>(port_, true);
  const std::string token = phone_->is_open() ? page_token(port_) : "";
  if (token.empty() || !phone_->send(phone_hello(token, shopper.end.holder))) return false;
  ++connections_;
  return count(phone_->read_state());
}

// Of this shopper and product: whatever the screen shows from before is another's.
bool ClaimVisitor::show_ticket(const Shopper& shopper) {
  ClaimAct open;
  open.session = shopper.session;
  open.product = shopper.end.product;
  return count(screen_->act(ClaimKind::Open, open) != 0 && screen_->read_answer());
}

bool ClaimVisitor::join(Shopper& shopper) {
  if (!show_ticket(shopper)) return screen_.reset(), true;
  if (screen_->member("reason") == "sold_out") {
    shopper.end.reason = "sold_out";
    return true;
  }
  const std::optional<Id128> ticket = Id128::from_hex(screen_->member("ticket"));
  // Asked too often on this connection: another one.
  if (!ticket) return screen_.reset(), true;
  ClaimAct join;
  join.ticket = *ticket;
  join.key = random_id();
  shopper.joined = true;
  shopper.agree_key = random_id();
  return phone_->act(ClaimKind::Join, join) != 0 && phone_->read_answer();
}

bool ClaimVisitor::visit_page(ClaimKind kind, const std::string& form) {
  const std::string stage = phone_->member("stage");
  if (phone_->act(kind) == 0 || !phone_->read_answer()) return false;
  const std::string page = phone_->member("action");
  // The server has something to clear up first: asked again, and not too often.
  if (page.empty()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    return true;
  }
  if (post_form(port_, page, form) != 303) return true;
  return phone_->read_until([&] { return phone_->member("stage") != stage; });
}

bool ClaimVisitor::go_on(Shopper& shopper) {
  const std::string stage = phone_->member("stage");
  if (!phone_->member("holder").empty()) shopper.end.holder = phone_->member("holder");
  bool answered = false;
  if (stage == "agreeing") {
    ClaimAct agree;
    agree.key = shopper.agree_key;
    agree.terms = agree.guardian = true;
    answered = phone_->act(ClaimKind::Agree, agree) != 0 && phone_->read_answer();
  } else if (stage == "following") {
    answered = visit_page(ClaimKind::Follow, "choice=follow&member=" + shopper.end.member);
  } else if (stage == "paying" && shopper.gives_up) {
    answered = phone_->act(ClaimKind::Cancel) != 0 && phone_->read_answer();
  } else if (stage == "paying") {
    answered = visit_page(ClaimKind::Pay, random_.below(4) == 0 ? "choice=twice" : "choice=pay");
  } else {
    answered = join(shopper);
  }
  if (!phone_->member("holder").empty()) shopper.end.holder = phone_->member("holder");
  return count(answered);
}

bool ClaimVisitor::is_over(Shopper& shopper) {
  const std::string stage = phone_->member("stage");
  if (!shopper.end.reason.empty()) return true;
  if (stage == "issued") {
    shopper.end.code = phone_->member("code");
    if (shopper.end.code.empty()) wrong_ = "issued, and no code for the phone";
    return true;
  }
  if (stage != "ended") return false;
  // What ended because the server or the link was lost is begun anew.
  const std::string reason = phone_->member("reason");
  const bool for_good = reason == "already_claimed" || reason == "sold_out" ||
                        (reason == "cancelled" && shopper.gives_up);
  if (for_good) shopper.end.reason = reason;
  if (reason == "voided" || reason == "follow_refused") wrong_ = "ended: " + reason;
  return for_good;
}

}  // namespace vitrine::test
