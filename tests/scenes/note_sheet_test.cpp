// SPDX-License-Identifier: MIT
// What is agreed to in full, on its sheet: every word is come to, and none is lost sight of.
#include "tests/scenes/claim_ends.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr std::string_view kRules = "活动规则: ";
constexpr size_t kSentence = 18;  // bytes of long_rules() that are in no other sentence

// As long as a campaign may write them, no two sentences alike.
std::string long_rules() {
  std::string rules;
  size_t letters = 0;
  for (int i = 0; letters < 490; ++i) {
    const std::string number = std::to_string(i);
    rules += "第" + number + "条是这样写的。";
    letters += number.size() + 8;
  }
  for (; letters < 499; ++letters) rules += "字";
  return rules + "终";
}

struct Reader : PhoneEnd {
  explicit Reader(Size size = {390, 844}) : PhoneEnd(Stage::Agreeing, size) {}

  void open(const std::string& rules) {
    std::string campaign = sample_campaign();
    const size_t at = campaign.find("\"zh\": \"", campaign.find("\"claim.note_1\"")) + 7;
    campaign.replace(at, campaign.find('"', at) - at, rules);
    REQUIRE(app->show_campaign(campaign, "campaign.json").ok());
    run(2);
    go_to_claim();
    press("read-notes");
    run(60);
  }
  void turn(Size size) {
    resize(size);
    run(60);
  }
  bool reads_rules() { return label_of("note").starts_with(kRules); }
  std::string words() { return label_of("note").substr(kRules.size()); }
  // With the keyboard.
  bool go_to(std::string_view name) {
    for (int i = 0; i < 40; ++i) {
      const ui::SemanticNode* node = app->semantics().find(name);
      if (node && node->state.focused) return true;
      app->handle(app::Key::Tab);
      run(1);
    }
    return false;
  }
  void enter() {
    app->handle(app::Key::Enter);
    run(60);
  }
};

}  // namespace

TEST_CASE("what is agreed to can be read in full, and reading it agrees to nothing") {
  PhoneEnd phone(Stage::Agreeing);
  CHECK_FALSE(phone.shows("note"));
  phone.press("read-notes");
  phone.run(60);
  CHECK(phone.label_of("note").starts_with("活动规则: "));
  // The words that an agreement names (terms_version).
  CHECK(phone.label_of("note-version") == "2026-11 ・ 1/2");
  CHECK_FALSE(phone.can_press("agree"));
  phone.press("note-next");
  CHECK(phone.label_of("note").starts_with("隐私说明: "));
  CHECK_FALSE(phone.can_press("note-next"));
  phone.press("note-previous");
  CHECK(phone.label_of("note").starts_with("活动规则: "));
  phone.press("note-done");
  phone.run(60);
  CHECK_FALSE(phone.shows("note"));
  CHECK(phone.app->semantics().find("terms")->state.checked == ui::Toggle::Off);
  CHECK(phone.claims.asked.empty());
  CHECK(phone.can_press("agree"));
}

TEST_CASE("keys alone open the rules, turn their pages and lead back") {
  Reader phone;
  REQUIRE(phone.go_to("read-notes"));
  phone.enter();
  REQUIRE(phone.go_to("note-next"));
  phone.enter();
  CHECK(phone.label_of("note").starts_with("隐私说明: "));
  CHECK(ui::live_of(*phone.app->semantics().find("note")) == ui::Live::Polite);
  phone.app->handle(app::Key::Escape);
  phone.run(60);
  CHECK_FALSE(phone.shows("note"));
  REQUIRE(phone.shows("agree"));
  CHECK(phone.app->semantics().find("read-notes")->state.focused);
}

TEST_CASE("what is read does not lie over what comes next") {
  PhoneEnd phone(Stage::Agreeing);
  phone.press("read-notes");
  phone.run(60);
  phone.come_to(Stage::Ended, EndReason::SessionOver);
  phone.run(60);
  CHECK_FALSE(phone.shows("note"));
  CHECK(phone.shows("done"));
}

TEST_CASE("a campaign that says nothing in full has nothing to open, and no room is lost for it") {
  PhoneEnd phone(Stage::Agreeing);
  const Rect terms = phone.app->semantics().find("terms")->bounds;
  std::string campaign = sample_campaign();
  for (size_t at = 0; (at = campaign.find("claim.note_1", at)) != std::string::npos; ++at) {
    campaign.replace(at, 12, "claim.nope_1");
  }
  REQUIRE(phone.app->show_campaign(campaign, "campaign.json").ok());
  phone.run(2);
  phone.go_to_claim();
  REQUIRE(phone.shows("terms"));
  CHECK_FALSE(phone.shows("read-notes"));
  CHECK(phone.app->semantics().find("terms")->bounds.y < terms.y);
}

TEST_CASE("rules as long as a campaign may write them are read to their end, page by page") {
  const std::string rules = long_rules();
  for (const Size size : {Size{320, 568}, Size{568, 320}, Size{1080, 1920}, Size{1920, 1080}}) {
    INFO(size.width);
    Reader phone(size);
    phone.open(rules);
    std::string read;
    for (int page = 0; page < 60 && phone.reads_rules(); ++page) {
      read += phone.words();
      phone.press("note-next");
    }
    CHECK(read == rules);
  }
}

TEST_CASE("Enter pressed once too often at the last page turns nothing, closes nothing") {
  Reader phone;
  REQUIRE(phone.go_to("read-notes"));
  phone.enter();
  REQUIRE(phone.go_to("note-next"));
  for (int i = 0; i < 3; ++i) phone.enter();
  CHECK(phone.label_of("note").starts_with("隐私说明: "));
  CHECK(phone.app->semantics().find("note-next")->state.focused);
  CHECK(phone.app->semantics().find("note-next")->state.disabled);
  // From there the keys go on as ever, and back at the first page it is the same.
  REQUIRE(phone.go_to("note-previous"));
  for (int i = 0; i < 3; ++i) phone.enter();
  CHECK(phone.label_of("note").starts_with("活动规则: "));
  CHECK(phone.app->semantics().find("note-previous")->state.focused);
}

TEST_CASE("a phone that is turned shows the words that were being read") {
  Reader phone({320, 568});
  phone.open(long_rules());
  phone.press("note-next");
  REQUIRE(phone.reads_rules());
  const std::string upright = phone.words(), first = upright.substr(0, kSentence);
  for (const Size size : {Size{568, 320}, Size{844, 390}, Size{390, 844}, Size{320, 568}}) {
    INFO(size.width);
    phone.turn(size);
    CHECK(phone.words().find(first) != std::string::npos);
  }
  CHECK(phone.words() == upright);  // however often it was turned
}

TEST_CASE(
    "who read to the end while the phone lay is there when it stands, and anew at the start") {
  Reader phone({568, 320});
  phone.open(long_rules());
  const std::string beginning = phone.words().substr(0, kSentence);
  std::string last;
  for (int i = 0; i < 60 && phone.reads_rules(); ++i) {
    last = phone.words();
    phone.press("note-next");
  }
  phone.press("note-previous");
  REQUIRE(phone.words() == last);
  REQUIRE(last.find(beginning) == std::string::npos);
  phone.turn({320, 568});
  REQUIRE(phone.reads_rules());
  CHECK(phone.words().find(last.substr(0, kSentence)) != std::string::npos);
  phone.press("note-done");
  phone.press("read-notes");
  phone.run(60);
  CHECK(phone.words().starts_with(beginning));
}

TEST_CASE("who reads stays at their page, whatever is told behind the sheet") {
  Reader phone({320, 568});
  phone.open(long_rules());
  phone.press("note-next");
  const std::string words = phone.words();
  phone.claims.notice(claim::Notice::Busy);  // the scene lays itself out anew
  phone.run(60);
  CHECK(phone.words() == words);
}
