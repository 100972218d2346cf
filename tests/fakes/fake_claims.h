// SPDX-License-Identifier: MIT
// A claim::Service that does nothing but write down what it is asked, and shows what a test says.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "engine/claim/claim_service.h"

namespace vitrine::fakes {

class FakeClaims final : public claim::Service {
 public:
  const claim::View& view() const override { return view_; }

  void begin(std::string_view product) override {
    asked.emplace_back("begin " + std::string(product));
    claim::QueueView line = std::move(view_.queue);
    view_ = {};
    view_.queue = std::move(line);
    view_.connected = connected;
    view_.product = product;
    come_to(claim::Stage::Asking);
  }
  void end() override { asked.emplace_back("end"); }
  void not_me() override { asked.emplace_back("not_me"); }
  void join() override { asked.emplace_back("join"); }
  void agree(const claim::Agreement& given) override {
    asked.emplace_back("agree");
    agreement = given;
  }
  void follow() override { asked.emplace_back("follow"); }
  void pay() override { asked.emplace_back("pay"); }
  void cancel() override { asked.emplace_back("cancel"); }
  void dismiss() override { asked.emplace_back("dismiss"); }
  void add_to_home() override { asked.emplace_back("add_to_home"); }
  void take_number() override { asked.emplace_back("take_number"); }
  void leave_number() override { asked.emplace_back("leave_number"); }
  void here() override { asked.emplace_back("here"); }

  // What the other side says next. Change `set`, then come_to().
  claim::View& set() { return view_; }
  void come_to(claim::Stage stage, claim::EndReason reason = claim::EndReason::None) {
    view_.stage = stage;
    view_.reason = reason;
    ++version_;
    view_.version = version_;
  }
  // Whoever is engaged, the line goes on.
  void queue(claim::QueueView next) {
    view_.queue = std::move(next);
    view_.version = ++version_;
  }
  void notice(claim::Notice notice) {
    view_.notice = notice;
    come_to(view_.stage, view_.reason);
  }
  int count(std::string_view what) const {
    return static_cast<int>(std::count(asked.begin(), asked.end(), what));
  }

  std::vector<std::string> asked;  // in order: "begin true-red", "join", ...
  claim::Agreement agreement;      // of the last agree()
  bool connected = true;

 private:
  claim::View view_;
  uint32_t version_ = 0;
};

}  // namespace vitrine::fakes
