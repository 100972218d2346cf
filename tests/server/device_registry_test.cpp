// SPDX-License-Identifier: MIT
// What every registry of devices promises.
#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "engine/protocol/enrolment_code.h"
#include "server/crypto.h"
#include "server/store/device_registry.h"
#include "server/store/enrolment_code.h"
#include "server/store/sqlite_db.h"
#include "server/store/sqlite_device_registry.h"
#include "tests/server/temporary_directory.h"

using namespace vitrine;

namespace {

constexpr int64_t kNow = 1'700'000'000'000;

Ed25519PublicKey key(uint8_t byte) {
  Ed25519PublicKey key;
  key.fill(byte);
  return key;
}

struct Fixture {
  explicit Fixture(const std::string& kind) {
    REQUIRE(init_crypto());
    if (kind == "memory") {
      registry = make_memory_device_registry();
    } else {
      registry = open_sqlite_device_registry(directory.path()).value();
    }
  }

  Device find(std::string_view name) { return registry->find(name).value().value(); }

  test::TemporaryDirectory directory;
  std::unique_ptr<DeviceRegistry> registry;
};

#define FOR_EVERY_REGISTRY() Fixture fixture(GENERATE(as<std::string>{}, "memory", "sqlite"))

}  // namespace

TEST_CASE("a device is invited, trades its code for its key and is enrolled") {
  FOR_EVERY_REGISTRY();
  const std::string code = fixture.registry->invite("kiosk-1", kNow).value();
  CHECK(code.size() == 19);
  CHECK(fixture.find("kiosk-1").state == DeviceState::Invited);
  CHECK_FALSE(fixture.find("kiosk-1").public_key.has_value());
  const Result<Device> device = fixture.registry->enrol(code, key(7), kNow + 1000);
  REQUIRE(device.ok());
  CHECK(device.value().name == "kiosk-1");
  CHECK(fixture.find("kiosk-1").state == DeviceState::Enrolled);
  CHECK(fixture.find("kiosk-1").public_key == key(7));
  CHECK(fixture.find("kiosk-1").enrolled_time == kNow + 1000);
}

TEST_CASE("whoever guesses codes waits for nobody's lock, and a good code is not spent by one") {
  const test::TemporaryDirectory directory;
  REQUIRE(init_crypto());
  const auto registry = open_sqlite_device_registry(directory.path(), 100).value();
  const std::string code = registry->invite("kiosk-1", kNow).value();
  SqliteDb other;
  REQUIRE(other.open(directory.path() + "/devices.sqlite3", SqliteOpen::ReadWrite, 1000).ok());
  REQUIRE(other.execute("BEGIN IMMEDIATE").ok());
  CHECK(registry->enrol("AAAA-BBBB-CCCC-DDDD", key(7), kNow).status().code() ==
        StatusCode::PermissionDenied);
  CHECK(registry->enrol(code, key(7), kNow).status().code() == StatusCode::Unavailable);
  REQUIRE(other.execute("ROLLBACK").ok());
  CHECK(registry->enrol(code, key(7), kNow).ok());
}

TEST_CASE("no kiosk may have the name under which pages record") {
  FOR_EVERY_REGISTRY();
  CHECK(fixture.registry->invite("web", kNow).status().code() == StatusCode::InvalidArgument);
  CHECK(fixture.registry->invite("web-1", kNow).ok());
}

TEST_CASE("a code works as people type it") {
  FOR_EVERY_REGISTRY();
  std::string code = fixture.registry->invite("kiosk-1", kNow).value();
  for (char& c : code) {
    if (c == '-') c = ' ';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '0') c = 'o';
  }
  CHECK(fixture.registry->enrol(code, key(1), kNow).ok());
}

TEST_CASE("whoever lost the answer asks again with the same key, until the code would expire") {
  FOR_EVERY_REGISTRY();
  const std::string code = fixture.registry->invite("kiosk-1", kNow).value();
  REQUIRE(fixture.registry->enrol(code, key(1), kNow).ok());
  const Result<Device> again = fixture.registry->enrol(code, key(1), kNow + kEnrolmentLifeMs - 1);
  REQUIRE(again.ok());
  CHECK(again.value().name == "kiosk-1");
  CHECK_FALSE(fixture.registry->enrol(code, key(1), kNow + kEnrolmentLifeMs).ok());
  REQUIRE(fixture.registry->revoke("kiosk-1", kNow).ok());
  CHECK_FALSE(fixture.registry->enrol(code, key(1), kNow).ok());
  CHECK(fixture.find("kiosk-1").state == DeviceState::Revoked);
}

TEST_CASE(
    "a code that is wrong, spent, expired, replaced or taken back gets one and the same answer") {
  FOR_EVERY_REGISTRY();
  std::string code = fixture.registry->invite("kiosk-1", kNow).value();
  int64_t now = kNow;
  SECTION("wrong") {
    code = make_enrolment_code();
  }
  SECTION("no code at all") {
    code = "'; DROP TABLE device; --";
  }
  SECTION("empty") {
    code = "";
  }
  SECTION("spent") {
    REQUIRE(fixture.registry->enrol(code, key(1), kNow).ok());
  }
  SECTION("expired") {
    now = kNow + kEnrolmentLifeMs;
  }
  SECTION("replaced") {
    REQUIRE(fixture.registry->invite("kiosk-1", kNow).ok());
  }
  SECTION("taken back") {
    REQUIRE(fixture.registry->revoke("kiosk-1", kNow).ok());
  }
  const Result<Device> device = fixture.registry->enrol(code, key(2), now);
  REQUIRE_FALSE(device.ok());
  CHECK(device.status().code() == StatusCode::PermissionDenied);
  CHECK(device.status().message() == enrolment_refused().message());
  CHECK(fixture.find("kiosk-1").public_key != key(2));
}

TEST_CASE("an enrolled device keeps its key until a new code is used, also after a revocation") {
  FOR_EVERY_REGISTRY();
  REQUIRE(fixture.registry->enrol(fixture.registry->invite("kiosk-1", kNow).value(), key(1), kNow)
              .ok());
  const std::string again = fixture.registry->invite("kiosk-1", kNow).value();
  CHECK(fixture.find("kiosk-1").state == DeviceState::Enrolled);
  CHECK(fixture.find("kiosk-1").public_key == key(1));
  REQUIRE(fixture.registry->enrol(again, key(2), kNow).ok());
  CHECK(fixture.find("kiosk-1").public_key == key(2));
  REQUIRE(fixture.registry->revoke("kiosk-1", kNow + 5).ok());
  CHECK(fixture.find("kiosk-1").state == DeviceState::Revoked);
  const std::string third = fixture.registry->invite("kiosk-1", kNow + 6).value();
  CHECK(fixture.find("kiosk-1").state == DeviceState::Revoked);
  REQUIRE(fixture.registry->enrol(third, key(3), kNow + 7).ok());
  CHECK(fixture.find("kiosk-1").state == DeviceState::Enrolled);
}

TEST_CASE("names that would trouble a shell, a path or a header are refused") {
  FOR_EVERY_REGISTRY();
  for (const char* name :
       {"", "Kiosk", "a b", "../x", ".hidden", "-x", "a/b", "a\nb", "k\xc3\xa9"}) {
    INFO(name);
    CHECK(fixture.registry->invite(name, kNow).status().code() == StatusCode::InvalidArgument);
  }
  CHECK_FALSE(fixture.registry->invite(std::string(64, 'a'), kNow).ok());
  CHECK(fixture.registry->invite(std::string(63, 'a'), kNow).ok());
  CHECK(fixture.registry->revoke("nobody", kNow).code() == StatusCode::NotFound);
}

TEST_CASE("the list is by name and the version tells of every change") {
  FOR_EVERY_REGISTRY();
  const uint64_t before = fixture.registry->version().value();
  REQUIRE(fixture.registry->invite("b", kNow).ok());
  REQUIRE(fixture.registry->invite("a", kNow).ok());
  const std::vector<Device> devices = fixture.registry->list().value();
  REQUIRE(devices.size() == 2);
  CHECK(devices[0].name == "a");
  const uint64_t between = fixture.registry->version().value();
  CHECK(between != before);
  REQUIRE(fixture.registry->revoke("a", kNow).ok());
  CHECK(fixture.registry->version().value() != between);
}

TEST_CASE("another process's change is seen, and no code stands in the file") {
  REQUIRE(init_crypto());
  const test::TemporaryDirectory directory;
  auto server = open_sqlite_device_registry(directory.path()).value();
  auto tool = open_sqlite_device_registry(directory.path()).value();
  const uint64_t before = server->version().value();
  const std::string code = tool->invite("kiosk-1", kNow).value();
  CHECK(server->version().value() != before);
  CHECK(server->enrol(code, key(1), kNow).ok());
  for (const char* file : {"/devices.sqlite3", "/devices.sqlite3-wal"}) {
    std::ifstream stream(directory.path() + file, std::ios::binary);
    std::stringstream bytes;
    bytes << stream.rdbuf();
    CHECK(bytes.str().find(*protocol::normalise_enrolment_code(code)) == std::string::npos);
    CHECK(bytes.str().find(code) == std::string::npos);
  }
}
