// SPDX-License-Identifier: MIT
// The two ends of a claim over fakes: a screen and a phone, at the claim's scene.
#pragma once

#include <catch2/catch.hpp>

#include <string>
#include <utility>

#include "tests/app/app_fixture.h"
#include "tests/fakes/fake_claims.h"

namespace vitrine::test {

using claim::EndReason;
using claim::Notice;
using claim::Role;
using claim::Stage;

struct ClaimEnd : AppFixture {
  fakes::FakeClaims claims;

  explicit ClaimEnd(Size size) : AppFixture() { rebuild(size, {}); }
  ClaimEnd(Size size, app::AppOptions options) : AppFixture() { rebuild(size, std::move(options)); }

  void rebuild(Size size, app::AppOptions options) {
    options.mode = "test";
    options.seed = 1;
    options.claims = &claims;
    app = app::App::create({clock, random, assets, transport, store, identity, glyphs, decoder,
                            vectors, audio, speech, claim_transport, keepsakes, links, home_screen},
                           options, scenes::all_kinds());
    resize(size);
    REQUIRE(show_sample());
    run(2);
  }
  void press(std::string_view name) {
    INFO(name);
    REQUIRE(shows(name));
    tap(middle_of(name));
    run(40);
  }
  void go_to_claim() {
    press("start");
    press("open");
    run(60);
    press("take");
    run(60);
  }
  void come_to(Stage stage, EndReason reason = EndReason::None) {
    claims.come_to(stage, reason);
    run(60);
  }
  std::string label_of(std::string_view name) {
    const ui::SemanticNode* node = app->semantics().find(name);
    return node ? node->label : std::string();
  }
  bool can_press(std::string_view name) {
    const ui::SemanticNode* node = app->semantics().find(name);
    return node && node->can_focus();
  }
  bool shows_scene(const std::string& id) {
    return app->statistics_json().find("\"scene\":\"" + id + "\"") != std::string::npos;
  }
};

struct KioskEnd : ClaimEnd {
  KioskEnd() : ClaimEnd({1080, 1920}) { go_to_claim(); }
  void wait_for_phone() {
    claims.set().link = "https://shop.example/c/lip-popup#c=7Q2K5MXN8RDT4WYB";
    claims.set().seconds_left = claims.set().seconds_whole = 180;
    come_to(Stage::Waiting);
  }
  void join() {
    claims.set().own_mark = "47";
    claims.set().other_mark = "12";
    come_to(Stage::Agreeing);
  }
};

struct PhoneEnd : ClaimEnd {
  explicit PhoneEnd(Stage stage, Size size = {390, 844}) : ClaimEnd(size) {
    claims.set().role = Role::Phone;
    claims.set().connected = true;
    claims.set().product = "berry-jelly";
    claims.set().own_mark = "12";
    claims.set().other_mark = "47";
    claims.come_to(stage);
    go_to_claim();
  }
};

}  // namespace vitrine::test
