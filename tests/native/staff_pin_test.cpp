// SPDX-License-Identifier: MIT
#include "native/kiosk/staff_pin.h"

#include <sys/stat.h>
#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>

#include "tests/native/temporary_folder.h"

using namespace vitrine;

TEST_CASE("a PIN is kept as a hash that only the kiosk may read, and only it is right") {
  const TemporaryFolder folder;
  CHECK_FALSE(has_staff_pin(folder.path()));
  CHECK_FALSE(check_staff_pin(folder.path(), "2580"));
  REQUIRE(save_staff_pin(folder.path(), "2580").ok());
  CHECK(has_staff_pin(folder.path()));
  CHECK(check_staff_pin(folder.path(), "2580"));
  CHECK_FALSE(check_staff_pin(folder.path(), "2581"));
  CHECK_FALSE(check_staff_pin(folder.path(), ""));
  std::ifstream file(folder.path() / "staff_pin");
  const std::string kept{std::istreambuf_iterator<char>(file), {}};
  CHECK(kept.find("$argon2id$") == 0);
  CHECK(kept.find("2580") == std::string::npos);
  struct stat info {};
  REQUIRE(stat((folder.path() / "staff_pin").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
}

TEST_CASE("what is no PIN is refused, and a damaged file opens nothing") {
  const TemporaryFolder folder;
  for (const char* pin : {"", "123", "1234567890123", "12a4", "12 34", "\xff\xff\xff\xff"}) {
    CAPTURE(pin);
    CHECK(save_staff_pin(folder.path(), pin).code() == StatusCode::InvalidArgument);
  }
  CHECK_FALSE(has_staff_pin(folder.path()));
  for (const std::string& text : {std::string(), std::string("1234"), std::string(5000, '$')}) {
    std::ofstream(folder.path() / "staff_pin") << text;
    CHECK_FALSE(check_staff_pin(folder.path(), "1234"));
  }
}
