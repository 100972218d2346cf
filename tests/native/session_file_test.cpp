// SPDX-License-Identifier: MIT
#include "native/kiosk/session_file.h"

#include <catch2/catch.hpp>

#include "tests/app/app_fixture.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

// A kiosk of the sample and its data folder. A SessionFile has done all it was told when it is
// gone.
struct Screen {
  AppFixture fixture;
  const TemporaryFolder folder;

  Screen() { REQUIRE(fixture.show_sample()); }

  void frames(SessionFile& file, int count, int64_t ms = 200) {
    for (int i = 0; i < count; ++i) {
      fixture.run(1, ms);
      file.follow(*fixture.app);
    }
  }
  bool is_noted() const { return SessionFile(folder.path()).load().has_value(); }
};

}  // namespace

TEST_CASE("a session stays noted until its end is stored, so that a crash before finds it") {
  Screen screen;
  {
    SessionFile file(screen.folder.path());
    screen.fixture.tap({540, 900});
    screen.frames(file, 5);
  }
  CHECK(screen.is_noted());
  {
    SessionFile file(screen.folder.path());
    REQUIRE(file.load());
    screen.fixture.store.automatic = false;
    screen.frames(file, 400);
    REQUIRE(screen.fixture.app->session_id().is_none());
  }
  CHECK(screen.is_noted());
  {
    SessionFile file(screen.folder.path());
    REQUIRE(file.load());
    screen.fixture.store.automatic = true;
    screen.frames(file, 10);
  }
  CHECK_FALSE(screen.is_noted());
}

TEST_CASE("whoever comes while the disk takes nothing is noted once the one before is stored") {
  Screen screen;
  {
    SessionFile file(screen.folder.path());
    screen.fixture.tap({540, 900});
    screen.frames(file, 5);
    screen.fixture.store.automatic = false;
    screen.frames(file, 400);
    screen.fixture.tap({540, 900}, 2);
    screen.frames(file, 5);
    screen.fixture.store.automatic = true;
    screen.frames(file, 10);
  }
  const auto noted = SessionFile(screen.folder.path()).load();
  REQUIRE(noted);
  CHECK(noted->id == screen.fixture.app->session_id());
}
