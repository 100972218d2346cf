// SPDX-License-Identifier: MIT
#include "native/kiosk/backlight.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "tests/native/temporary_folder.h"

using namespace vitrine;

namespace {

// As the kernel shows a panel's light.
struct Lights {
  TemporaryFolder folder;

  std::filesystem::path file(const std::string& name, const std::string& what) const {
    return folder.path() / name / what;
  }
  void add(const std::string& name, const std::string& now, const std::string& most) {
    std::filesystem::create_directory(folder.path() / name);
    std::ofstream(file(name, "brightness")) << now << '\n';
    std::ofstream(file(name, "max_brightness")) << most << '\n';
  }
  std::string now(const std::string& name) const {
    std::string text;
    std::ifstream(file(name, "brightness")) >> text;
    return text;
  }
};

}  // namespace

TEST_CASE("the light is told as a part of what it can, and set to one") {
  Lights lights;
  lights.add("intel_backlight", "300", "1200");
  const Backlight light(lights.folder.path());
  REQUIRE(light.level().ok());
  CHECK(light.level().value() == 0.25f);
  CHECK(light.set_level(0.5f).ok());
  CHECK(lights.now("intel_backlight") == "600");
  CHECK(light.level().value() == 0.5f);
}

TEST_CASE("it never goes out, and never beyond what it can") {
  Lights lights;
  lights.add("panel", "7", "7");
  const Backlight light(lights.folder.path());
  CHECK(light.set_level(0).ok());
  CHECK(lights.now("panel") == "1");
  CHECK(light.set_level(3).ok());
  CHECK(lights.now("panel") == "7");
}

TEST_CASE("a screen without one says so, whatever is asked") {
  const Lights lights;
  for (const std::filesystem::path& folder :
       {lights.folder.path(), lights.folder.path() / "none"}) {
    const Backlight light(folder);
    CHECK(light.level().status().code() == StatusCode::NotFound);
    CHECK(light.set_level(1).code() == StatusCode::NotFound);
  }
}

TEST_CASE("what is no light is none: words, nothing, a largest of zero") {
  for (const char* most : {"bright", "", "0", "-4"}) {
    Lights lights;
    lights.add("panel", "3", most);
    CHECK(Backlight(lights.folder.path()).level().status().code() == StatusCode::NotFound);
  }
}

TEST_CASE("one that may not be written is said to be so, with its file") {
  if (geteuid() == 0) return;  // who may write everything cannot see this
  Lights lights;
  lights.add("panel", "3", "7");
  std::filesystem::permissions(lights.file("panel", "brightness"),
                               std::filesystem::perms::owner_read);
  const Backlight light(lights.folder.path());
  CHECK(light.level().status().code() == StatusCode::PermissionDenied);
  CHECK(light.level().status().message().find("panel/brightness") != std::string::npos);
  CHECK(light.set_level(1).code() == StatusCode::PermissionDenied);
  CHECK(lights.now("panel") == "3");
}

TEST_CASE("of several the first by name is the panel's") {
  Lights lights;
  lights.add("b", "1", "10");
  lights.add("a", "2", "10");
  CHECK(Backlight(lights.folder.path()).level().value() == 0.2f);
}
