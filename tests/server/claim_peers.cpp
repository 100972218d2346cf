// SPDX-License-Identifier: MIT
#include "tests/server/claim_peers.h"

#include <catch2/catch.hpp>

#include "engine/base/json/json.h"
#include "server/crypto.h"
#include "tests/server/web_asking.h"

namespace vitrine::test {

using protocol::ClaimAct;
using protocol::ClaimKind;

namespace {

std::string member_of(const std::string& text, std::string_view name) {
  JsonDocument document;
  if (!document.parse(text)) return "";
  const JsonValue value = document.root().find(name);
  if (value.is(JsonType::Integer)) return std::to_string(*value.integer());
  return std::string(value.string().value_or(""));
}

RawClient connect(LiveServer& server, bool has_origin) {
  RawClient client(server.port());
  const std::string host = "127.0.0.1:" + std::to_string(server.port());
  std::vector<std::string> headers = {"Host: " + host, "Sec-WebSocket-Protocol: vitrine.claim.1"};
  headers.push_back(has_origin ? "Origin: http://" + host : "Origin:");
  REQUIRE(client.open_websocket(headers));
  return client;
}

}  // namespace

ClaimPeer::ClaimPeer(LiveServer& server, bool has_origin)
    : server_(server),
      has_origin_(has_origin),
      client_(std::make_unique<RawClient>(connect(server, has_origin))) {}

void ClaimPeer::send(std::string_view text) {
  client_->send(make_text(text));
}

void ClaimPeer::act(ClaimKind kind, ClaimAct act) {
  act.request = ++requests_;
  act.language = "zh";
  act.terms_version = "1";
  std::string text;
  protocol::encode_claim_act(kind, act, text);
  send(text);
}

std::string ClaimPeer::read_state() {
  const std::optional<Frame> frame = client_->read_frame();
  if (!frame || frame->opcode != 1) return "";
  return state_ = frame->payload;
}

std::string ClaimPeer::member(std::string_view name) const {
  return member_of(state_, name);
}

std::string ClaimPeer::stage() {
  if (state_.empty()) read_state();
  return member("stage");
}

bool ClaimPeer::wait_for(std::string_view stage) {
  // An answer to what was asked last, not something from before.
  while (state_.empty() || member("stage") != stage ||
         (requests_ > 0 && member("answered") != std::to_string(requests_))) {
    if (read_state().empty()) return false;
  }
  return true;
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

ScreenPeer::ScreenPeer(LiveServer& server, const std::string& name) : ClaimPeer(server, false) {
  const TestDevice device = name.empty() ? server.device() : server.enrol(name);
  send(device.claim_hello(nonce()));
}

void ScreenPeer::open(std::string_view product) {
  ClaimAct made;
  made.session = random_id();
  made.product = product;
  act(ClaimKind::Open, made);
}

PhonePeer::PhonePeer(LiveServer& server)
    : ClaimPeer(server, true), join_key_(random_id()), agree_key_(random_id()) {
  send(hello_text(server, ""));
}

std::string PhonePeer::hello_text(LiveServer& server, std::string_view holder) {
  const Answer answer = post_json(server.port(), "/api/token", R"({"campaign":"lip-popup"})");
  REQUIRE(answer.status == 200);
  const std::string token = member_of(answer.body, "token");
  protocol::ClaimHello hello;
  hello.token = token;
  hello.holder = holder;
  hello.campaign = "lip-popup";
  hello.build = "test";
  std::string text;
  protocol::encode_claim_hello(hello, text);
  return text;
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

void PhonePeer::reconnect() {
  const std::string holder = member("holder");
  client_ = std::make_unique<RawClient>(connect(server_, has_origin_));
  state_.clear();
  requests_ = 0;
  send(hello_text(server_, holder));
}

}  // namespace vitrine::test
