// SPDX-License-Identifier: MIT
#include "tests/server/claim_peers.h"

#include <catch2/catch.hpp>

#include "server/crypto.h"

namespace vitrine::test {

using protocol::ClaimAct;
using protocol::ClaimKind;

namespace {

std::unique_ptr<ClaimWire> connect(const ClaimVenue& venue, bool has_origin) {
  auto wire = std::make_unique<ClaimWire>(venue.port(), has_origin);
  REQUIRE(wire->is_open());
  return wire;
}

}  // namespace

ClaimPeer::ClaimPeer(const ClaimVenue& venue, bool has_origin)
    : venue_(venue), has_origin_(has_origin), wire_(connect(venue, has_origin)) {}

void ClaimPeer::send(std::string_view text) {
  wire_->send(text);
}

void ClaimPeer::act(ClaimKind kind, ClaimAct act) {
  act.language = "zh";
  wire_->act(kind, act);
}

std::string ClaimPeer::read_state() {
  return wire_->read_state() ? wire_->newest() : "";
}

std::string ClaimPeer::member(std::string_view name) const {
  return wire_->member(name);
}

std::string ClaimPeer::stage() {
  if (wire_->newest().empty()) read_state();
  return member("stage");
}

bool ClaimPeer::wait_for(std::string_view stage) {
  // An answer to what was asked last, not something from before.
  const std::string asked = wire_->requests() > 0 ? std::to_string(wire_->requests()) : "";
  return wire_->read_until(
      [&] { return member("stage") == stage && (asked.empty() || member("answered") == asked); });
}

bool ClaimPeer::wait_for_place(std::string_view stage) {
  return wire_->read_until([&] { return member("queue.stage") == stage; });
}

void ClaimPeer::wait_until_not(std::string_view stage) {
  while (this->stage() == stage && !read_state().empty()) {
  }
}

std::string ClaimPeer::wait_for_action() {
  while (member("action").empty() && !read_state().empty()) {
  }
  return member("action");
}

ScreenPeer::ScreenPeer(const ClaimVenue& venue, const std::string& name) : ClaimPeer(venue, false) {
  const TestDevice device = venue.device(name);
  send(device.claim_hello(nonce()));
}

void ScreenPeer::open(std::string_view product) {
  ClaimAct made;
  made.session = random_id();
  made.product = product;
  act(ClaimKind::Open, made);
}

PhonePeer::PhonePeer(const ClaimVenue& venue)
    : ClaimPeer(venue, true), join_key_(random_id()), agree_key_(random_id()) {
  send(hello_text(venue, ""));
}

std::string PhonePeer::hello_text(const ClaimVenue& venue, std::string_view holder) {
  const std::string token = page_token(venue.port());
  REQUIRE(token != "");
  return phone_hello(token, holder);
}

void PhonePeer::join(const std::string& ticket) {
  ClaimAct made;
  made.ticket = *Id128::from_hex(ticket);
  made.key = join_key_;
  act(ClaimKind::Join, made);
}

void PhonePeer::agree() {
  ClaimAct made;
  made.key = agree_key_;
  made.terms = made.guardian = true;
  act(ClaimKind::Agree, made);
}

void PhonePeer::take_number(const std::string& line) {
  ClaimAct made;
  made.queue = *Id128::from_hex(line);
  act(ClaimKind::TakeNumber, made);
}

void PhonePeer::reconnect() {
  const std::string holder = member("holder");
  wire_ = connect(venue_, has_origin_);
  send(hello_text(venue_, holder));
}

}  // namespace vitrine::test
