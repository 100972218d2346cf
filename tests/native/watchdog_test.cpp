// SPDX-License-Identifier: MIT
// When the service manager hears that the kiosk lives: the rule by itself, the socket, and both
// with a real storage thread between them.
#include "native/kiosk/watchdog.h"

#include <stdlib.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "native/kiosk/service_life.h"
#include "native/service_notifier.h"
#include "native/sqlite_outbox_store.h"
#include "tests/fakes/power_loss_vfs.h"
#include "tests/native/fake_service_manager.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;

namespace {

constexpr int64_t kPatienceUs = 30'000'000;
constexpr int64_t kFrameUs = 16'667;

// Everything lives unless told otherwise. A turn is a frame of 1/60 s and more time where asked.
struct Rule {
  Watchdog watchdog{kPatienceUs};
  int64_t now_us = 1'000'000;
  int64_t scenes_us = 0;
  bool frames = true, time_moves = true, storage = true;

  // How often it was fed.
  int turns(int count, int64_t step_us = kFrameUs) {
    int feeds = 0;
    for (int i = 0; i < count; ++i) {
      now_us += step_us;
      if (time_moves) scenes_us += step_us;
      if (frames) watchdog.frame_shown(scenes_us);
      if (watchdog.take_question(now_us) && storage) watchdog.storage_answered();
      if (!watchdog.may_feed(now_us)) continue;
      watchdog.fed(now_us);
      ++feeds;
    }
    return feeds;
  }
};

}  // namespace

TEST_CASE("a kiosk that lives is fed thrice within the manager's patience, not every frame") {
  Rule rule;
  CHECK(rule.turns(1) == 1);
  const int frames_a_minute = 3600;
  const int feeds = rule.turns(frames_a_minute);
  CHECK(feeds >= 5);
  CHECK(feeds <= 6);
}

TEST_CASE("without frames, or with frames whose scenes stand still, nothing is fed") {
  bool Rule::*const missing = GENERATE(&Rule::frames, &Rule::time_moves);
  Rule rule;
  rule.turns(1);
  rule.*missing = false;
  CHECK(rule.turns(100, 1'000'000) == 0);
  rule.*missing = true;
  CHECK(rule.turns(1, 1'000'000) == 1);
}

TEST_CASE("a storage thread that does not answer ends the feeding") {
  Rule rule;
  rule.turns(1);
  rule.storage = false;
  CHECK(rule.turns(100, 1'000'000) == 0);
  // An answer that comes late is an answer.
  rule.watchdog.storage_answered();
  CHECK(rule.turns(1) == 1);
}

TEST_CASE("an answer counts for one feed only") {
  Watchdog watchdog(kPatienceUs);
  watchdog.frame_shown(1);
  REQUIRE(watchdog.take_question(1));
  watchdog.storage_answered();
  REQUIRE(watchdog.may_feed(1));
  watchdog.fed(1);
  watchdog.frame_shown(kPatienceUs);
  CHECK_FALSE(watchdog.may_feed(kPatienceUs));
  CHECK(watchdog.take_question(kPatienceUs));
  CHECK_FALSE(watchdog.take_question(kPatienceUs));
  CHECK_FALSE(watchdog.may_feed(kPatienceUs));
}

TEST_CASE("a feed that could not be told is still due") {
  Watchdog watchdog(kPatienceUs);
  watchdog.frame_shown(1);
  watchdog.take_question(1);
  watchdog.storage_answered();
  CHECK(watchdog.may_feed(1));
  CHECK(watchdog.may_feed(2));
}

TEST_CASE("where nobody watches nobody is fed or asked") {
  Watchdog watchdog(0);
  watchdog.frame_shown(1);
  CHECK_FALSE(watchdog.take_question(kPatienceUs));
  watchdog.storage_answered();
  CHECK_FALSE(watchdog.may_feed(kPatienceUs));
}

TEST_CASE("messages arrive whole at a socket in the file system and at an abstract one") {
  const TemporaryFolder folder;
  const std::string abstract = "@vitrine-test-" + std::to_string(getpid());
  for (const std::string& address : {(folder.path() / "notify").string(), abstract}) {
    CAPTURE(address);
    FakeServiceManager manager(address);
    ServiceNotifier notifier;
    REQUIRE(notifier.open(address).ok());
    CHECK(notifier.send("READY=1\nSTATUS=shows lip-popup"));
    CHECK(manager.take() == std::vector<std::string>{"READY=1\nSTATUS=shows lip-popup"});
  }
}

TEST_CASE("an address that is none is refused with its name, and nobody there is no crash") {
  for (const std::string& address :
       {std::string("notify"), std::string("/"), std::string("@"), "/" + std::string(200, 'x')}) {
    CAPTURE(address);
    ServiceNotifier notifier;
    const Status opened = notifier.open(address);
    CHECK(opened.code() == StatusCode::InvalidArgument);
    CHECK(opened.message().find("NOTIFY_SOCKET=" + address) == 0);
    CHECK_FALSE(notifier.is_open());
    CHECK_FALSE(notifier.send("READY=1"));
  }
  const TemporaryFolder folder;
  ServiceNotifier notifier;
  REQUIRE(notifier.open((folder.path() / "gone").string()).ok());
  CHECK_FALSE(notifier.send("READY=1"));
}

TEST_CASE("a manager that does not read is not waited for") {
  const TemporaryFolder folder;
  const std::string address = (folder.path() / "notify").string();
  FakeServiceManager manager(address);
  ServiceNotifier notifier;
  REQUIRE(notifier.open(address).ok());
  int taken = 0;
  while (taken < 100000 && notifier.send("WATCHDOG=1")) ++taken;
  CHECK(taken < 100000);
  CHECK(manager.take_feeds() == static_cast<size_t>(taken));
  CHECK(notifier.send("WATCHDOG=1"));
}

TEST_CASE("the environment says who is watched, and children do not inherit it") {
  struct Case {
    const char* process;
    const char* patience;
    int64_t watchdog_us;
  };
  const std::string own = std::to_string(getpid());
  for (const Case& c : {Case{own.c_str(), "30000000", 30'000'000}, Case{"", "30000000", 30'000'000},
                        Case{"1", "30000000", 0}, Case{own.c_str(), "", 0},
                        Case{own.c_str(), "soon", 0}, Case{own.c_str(), "-5", 0}}) {
    CAPTURE(c.process, c.patience);
    setenv("NOTIFY_SOCKET", "@vitrine-nobody", 1);
    setenv("WATCHDOG_PID", c.process, 1);
    setenv("WATCHDOG_USEC", c.patience, 1);
    const ServiceNotifier notifier = ServiceNotifier::from_environment();
    CHECK(notifier.is_open());
    CHECK(notifier.watchdog_us() == c.watchdog_us);
    CHECK(getenv("NOTIFY_SOCKET") == nullptr);
    CHECK(getenv("WATCHDOG_USEC") == nullptr);
  }
  const ServiceNotifier silent = ServiceNotifier::from_environment();
  CHECK_FALSE(silent.is_open());
  CHECK(silent.watchdog_us() == 0);
}

namespace {

// A kiosk's loop without a window: the real notifier, the real store on a disk that can hang.
struct Loop {
  test::PowerLossDisk disk;
  TemporaryFolder folder;
  std::string address = (folder.path() / "notify").string();
  FakeServiceManager manager{address};
  SqliteOutboxStore store{{"/outbox.sqlite3", "", SqliteSync::Full}};
  std::optional<ServiceLife> life;
  int64_t now_us = 0;
  bool hangs = false;

  Loop() {
    setenv("NOTIFY_SOCKET", address.c_str(), 1);
    setenv("WATCHDOG_USEC", std::to_string(kPatienceUs).c_str(), 1);
    unsetenv("WATCHDOG_PID");
    life.emplace(ServiceNotifier::from_environment(), store);
  }
  // A frame a second; the storage thread gets the time it needs, unless that were for ever.
  void frames(int count) {
    for (int i = 0; i < count; ++i) {
      now_us += 1'000'000;
      life->frame_shown(now_us, now_us);
      if (!hangs) store.drain();
      store.poll();
    }
  }
};

}  // namespace

TEST_CASE("the manager hears READY after the first frame, then feeds, then STOPPING") {
  Loop loop;
  CHECK(loop.manager.take().empty());
  loop.frames(1);
  CHECK(loop.manager.take() == std::vector<std::string>{"READY=1"});
  loop.frames(60);
  CHECK(loop.manager.take_feeds() >= 5);
  loop.life->stopping();
  CHECK(loop.manager.take() == std::vector<std::string>{"STOPPING=1"});
}

TEST_CASE("a disk that hangs in the midst of a commit ends the feeding until it comes back") {
  Loop loop;
  loop.frames(60);
  REQUIRE(loop.manager.take_feeds() >= 5);
  loop.disk.hold_syncs();
  OutboxChange change;
  change.add_rows.push_back({1, "{}"});
  change.next_sequence = 2;
  loop.store.commit(change, [](Status) {});
  while (loop.disk.held_syncs() == 0) usleep(1000);
  loop.hangs = true;
  loop.frames(60);
  CHECK(loop.manager.take_feeds() <= 1);  // the one whose question was answered before
  loop.frames(60);
  CHECK(loop.manager.take_feeds() == 0);
  loop.disk.release_syncs();
  loop.hangs = false;
  loop.frames(60);
  CHECK(loop.manager.take_feeds() >= 5);
}

TEST_CASE("the text is said when it changes, not each time it is made") {
  Loop loop;
  CHECK_FALSE(loop.life->wants_text(loop.now_us));
  loop.frames(1);
  CHECK(loop.life->wants_text(loop.now_us));
  loop.manager.take();
  for (const char* text : {"shows a", "shows a", "shows b"}) {
    loop.life->set_text(text, loop.now_us);
    CHECK_FALSE(loop.life->wants_text(loop.now_us));
    loop.now_us += 10'000'000;
    CHECK(loop.life->wants_text(loop.now_us));
  }
  CHECK(loop.manager.take() == std::vector<std::string>{"STATUS=shows a", "STATUS=shows b"});
}
