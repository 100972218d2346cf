// SPDX-License-Identifier: MIT
// What a kiosk shows after starts that ended too soon.
#include "native/kiosk/start_history.h"

#include <catch2/catch.hpp>

#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "native/kiosk/campaign_feed.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;

namespace {

namespace fs = std::filesystem;

constexpr int64_t kMinuteUs = 60'000'000;

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// One start that lives so long with frames on screen, by a clock of its own.
StartStep start(const TemporaryFolder& folder, int64_t lives_us) {
  StartHistory history(folder.path(), kMinuteUs);
  REQUIRE(history.begin().ok());
  for (int64_t at = 0; at <= lives_us; at += 1'000'000) history.frame_shown(5'000'000 + at);
  return step_after(history.short_starts());
}

}  // namespace

TEST_CASE("three short starts lead to the last good campaign, a fourth to the plain screen") {
  const TemporaryFolder folder;
  for (int i = 0; i < 3; ++i) CHECK(start(folder, 59'000'000) == StartStep::Usual);
  CHECK(start(folder, 10'000'000) == StartStep::LastGood);
  for (int i = 0; i < 3; ++i) CHECK(start(folder, 0) == StartStep::Plain);
}

TEST_CASE("a start that lives a minute ends the count, whatever it showed") {
  const TemporaryFolder folder;
  for (int i = 0; i < 3; ++i) start(folder, 0);
  CHECK(start(folder, kMinuteUs) == StartStep::LastGood);
  for (int i = 0; i < 2; ++i) CHECK(start(folder, 0) == StartStep::Usual);
  CHECK(start(folder, kMinuteUs) == StartStep::Usual);
  for (int i = 0; i < 3; ++i) CHECK(start(folder, 0) == StartStep::Usual);
  CHECK(start(folder, 0) == StartStep::LastGood);
}

TEST_CASE("a minute without a frame is no life") {
  const TemporaryFolder folder;
  StartHistory history(folder.path(), kMinuteUs);
  REQUIRE(history.begin().ok());
  history.frame_shown(10 * kMinuteUs);  // the first came late
  CHECK(text_of(folder.path() / "starts") == "1\n");
}

TEST_CASE("an end by its own will forgets the short starts, one with a named failure keeps them") {
  const TemporaryFolder folder;
  for (int i = 0; i < 2; ++i) start(folder, 0);
  {
    StartHistory history(folder.path(), kMinuteUs);
    REQUIRE(history.begin().ok());
    CHECK(text_of(folder.path() / "starts") == "3\n");
    history.take_back();
    CHECK(text_of(folder.path() / "starts") == "2\n");
  }
  StartHistory history(folder.path(), kMinuteUs);
  REQUIRE(history.begin().ok());
  history.end_well();
  CHECK(text_of(folder.path() / "starts") == "0\n");
}

TEST_CASE("a damaged count is none, and one that cannot be written is said") {
  const TemporaryFolder folder;
  for (const char* text : {"", "many", "-7", "99999999999999999999", "\xff\xfe"}) {
    CAPTURE(text);
    std::ofstream(folder.path() / "starts") << text;
    CHECK(start(folder, 0) == StartStep::Usual);
  }
  StartHistory history(folder.path() / "gone", kMinuteUs);
  CHECK_FALSE(history.begin().ok());
  CHECK(history.short_starts() == 0);
}

namespace {

// A server that publishes one campaign and answers at once.
struct Publisher final : LwsClient {
  std::string published;
  int status = 200;

  void set_listener(TransportListener*) override {}
  void connect() override {}
  bool send(std::string_view) override { return false; }
  void close(uint16_t, std::string_view) override {}
  void poll() override {}
  void request(HttpRequest, HttpDone done) override { done(HttpResponse{status, published}); }
};

// One kiosk's campaigns over several starts.
struct Screen {
  TemporaryFolder folder;
  Publisher server;

  enum Life { Short, Good };
  // What is on screen first, then what after the server answered; "" is the plain screen.
  using Shown = std::pair<std::string, std::string>;

  Shown start(StartStep step, const std::string& published, Life life,
              const std::function<void(CampaignFeed&)>& staff = {}) {
    server.published = published;
    auto opened = CampaignFeed::open({"lip", folder.path(), step, kMinuteUs}, &server);
    REQUIRE(opened.ok());
    CampaignFeed& feed = *opened.value();
    std::string shown;
    take(feed, shown);
    const std::string first = shown;
    if (staff) staff(feed);
    feed.poll(1);
    take(feed, shown);
    feed.frame_shown(0);
    if (life == Good) feed.frame_shown(kMinuteUs);
    return {first, shown};
  }
  static void take(CampaignFeed& feed, std::string& shown) {
    const std::optional<CampaignText> campaign = feed.take();
    if (!campaign) return;
    feed.set_verdict(*campaign, true);
    shown = campaign->json;
  }
  size_t versions() const {
    size_t count = 0;
    for (const auto& entry : fs::directory_iterator(folder.path() / "campaigns/lip")) {
      count += entry.is_directory() ? 1 : 0;
    }
    return count;
  }
};

using Shown = Screen::Shown;

}  // namespace

TEST_CASE("a campaign that ends starts gives way to the one before and does not come back") {
  Screen screen;
  CHECK(screen.start(StartStep::Usual, "old", Screen::Good) == Shown{"", "old"});
  for (int i = 0; i < 3; ++i) screen.start(StartStep::Usual, "new", Screen::Short);
  CHECK(screen.start(StartStep::LastGood, "new", Screen::Good) == Shown{"old", "old"});
  CHECK(screen.start(StartStep::Usual, "new", Screen::Good) == Shown{"old", "old"});
  CHECK(screen.start(StartStep::Usual, "mended", Screen::Good) == Shown{"old", "mended"});
  CHECK(screen.start(StartStep::Usual, "mended", Screen::Good) == Shown{"mended", "mended"});
}

TEST_CASE("without the server the last good campaign is shown whole, from the disk") {
  Screen screen;
  screen.start(StartStep::Usual, "old", Screen::Good);
  screen.start(StartStep::Usual, "new", Screen::Short);
  auto feed = CampaignFeed::open({"lip", screen.folder.path(), StartStep::LastGood}, nullptr);
  REQUIRE(feed.ok());
  CHECK(feed.value()->take()->json == "old");
}

TEST_CASE("a campaign is good only once it was on screen long enough, in one go") {
  Screen screen;
  screen.start(StartStep::Usual, "old", Screen::Good);
  screen.start(StartStep::Usual, "new", Screen::Good);
  CHECK(screen.start(StartStep::LastGood, "new", Screen::Short) == Shown{"new", "new"});
}

TEST_CASE("a campaign that comes while the kiosk runs has its own minute to prove itself") {
  Screen screen;
  screen.start(StartStep::Usual, "old", Screen::Good);
  screen.server.published = "new";
  auto feed = CampaignFeed::open({"lip", screen.folder.path(), StartStep::Usual, kMinuteUs},
                                 &screen.server);
  std::string shown;
  Screen::take(*feed.value(), shown);
  feed.value()->frame_shown(kMinuteUs);
  feed.value()->poll(1);
  Screen::take(*feed.value(), shown);
  REQUIRE(shown == "new");
  feed.value()->frame_shown(2 * kMinuteUs);
  feed.value().reset();
  CHECK(screen.start(StartStep::LastGood, "new", Screen::Short).first == "old");
}

TEST_CASE("the plain screen shows nothing that failed, and at once what is published anew") {
  Screen screen;
  screen.start(StartStep::Usual, "old", Screen::Good);
  screen.start(StartStep::Usual, "new", Screen::Short);
  CHECK(screen.start(StartStep::Plain, "new", Screen::Short) == Shown{"", ""});
  CHECK(screen.start(StartStep::Plain, "old", Screen::Short) == Shown{"", ""});
  CHECK(screen.start(StartStep::Plain, "mended", Screen::Good) == Shown{"", "mended"});
}

TEST_CASE("the only campaign is never barred: power cuts are not its fault") {
  Screen screen;
  for (int i = 0; i < 3; ++i) screen.start(StartStep::Usual, "only", Screen::Short);
  CHECK(screen.start(StartStep::LastGood, "only", Screen::Short) == Shown{"only", "only"});
  CHECK(screen.start(StartStep::Plain, "only", Screen::Short) == Shown{"", ""});
  CHECK(screen.start(StartStep::Usual, "only", Screen::Good) == Shown{"only", "only"});
}

TEST_CASE("staff who start over get the newest campaign whatever came of it") {
  Screen screen;
  screen.start(StartStep::Usual, "old", Screen::Good);
  screen.start(StartStep::Usual, "new", Screen::Short);
  screen.start(StartStep::LastGood, "new", Screen::Good);
  const auto start_over = [](CampaignFeed& feed) { feed.start_over(); };
  CHECK(screen.start(StartStep::Usual, "new", Screen::Good, start_over) == Shown{"old", "new"});
  CHECK(screen.start(StartStep::Usual, "new", Screen::Short) == Shown{"new", "new"});
}

TEST_CASE("two versions are kept at most: the newest and the good one") {
  Screen screen;
  for (const char* published : {"a", "b", "c", "d"}) {
    screen.start(StartStep::Usual, published, Screen::Good);
    CHECK(screen.versions() <= 2);
  }
  for (const char* published : {"e", "f"}) {
    screen.start(StartStep::Usual, published, Screen::Short);
    CHECK(screen.versions() == 2);
  }
  CHECK(screen.start(StartStep::LastGood, "f", Screen::Short) == Shown{"d", "d"});
}

TEST_CASE("a server that has no such campaign is named once, and again after it had it") {
  const TemporaryFolder folder;
  Publisher server;
  auto feed = CampaignFeed::open({"lip", folder.path()}, &server);
  REQUIRE(feed.ok());
  int64_t now_us = 0;
  const auto asked = [&](int status) {
    server.status = status;
    feed.value()->poll(now_us += kMinuteUs);
    return feed.value()->take_problem();
  };
  CHECK(asked(404) == "--campaign lip: the server answered 404; it has no campaign of this id");
  CHECK(asked(404).empty());
  CHECK(asked(503) == "--campaign lip: the server answered 503");
  CHECK(asked(200).empty());
  CHECK_FALSE(asked(404).empty());
}

TEST_CASE("a folder's campaign is shown until the plain screen") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "campaign.json") << "own";
  for (const StartStep step : {StartStep::Usual, StartStep::LastGood, StartStep::Plain}) {
    auto feed = CampaignFeed::open({folder.path().string(), "", step}, nullptr);
    REQUIRE(feed.ok());
    CHECK(feed.value()->take().has_value() == (step != StartStep::Plain));
  }
}
