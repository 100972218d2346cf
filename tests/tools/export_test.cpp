// SPDX-License-Identifier: MIT
// `vitrine export` and `vitrine device`, as a shell sees them.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstdio>
#include <string>
#include <vector>

#include "engine/base/json/json.h"
#include "native/tools/command.h"
#include "native/tools/export_format.h"
#include "server/store/device_registry.h"
#include "server/store/sqlite_store.h"
#include "tests/server/group_builder.h"
#include "tests/server/temporary_directory.h"
#include "tests/tools/vitrine_program.h"

using namespace vitrine;
using namespace vitrine::tools;
using vitrine::test::GroupBuilder;
using vitrine::test::incarnation;
using vitrine::test::Run;
using vitrine::test::vitrine_program;

namespace {

std::string cell(std::string_view text) {
  std::string out;
  append_csv_cell(out, text);
  return out;
}

size_t lines(const std::string& text) {
  return static_cast<size_t>(std::count(text.begin(), text.end(), '\n'));
}

struct Recorded {
  Recorded() {
    store = open_sqlite_store({directory.path(), {}, 4000, {}}).value();
    builder.stream("kiosk-1", incarnation(1), 0).rows(2);
    builder.campaign = "spring";
    builder.time += 86400000;
    builder.row("{\"product\":\"\\\"a\\\", b\"}");
    REQUIRE(store->append(builder.group()).ok());
  }

  test::TemporaryDirectory directory;
  std::unique_ptr<Store> store;
  GroupBuilder builder;
};

}  // namespace

TEST_CASE("a cell that a spreadsheet would run is only text") {
  CHECK(cell("=1+1") == "'=1+1");
  CHECK(cell("+1") == "'+1");
  CHECK(cell("-1") == "'-1");
  CHECK(cell("@SUM(A1)") == "'@SUM(A1)");
  CHECK(cell("\tx") == "'\tx");
  CHECK(cell("\rx") == "\"'\rx\"");
  CHECK(cell("=HYPERLINK(\"x\",\"y\")") == "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
  CHECK(cell("a=b") == "a=b");
}

TEST_CASE("a cell is quoted when and as RFC 4180 asks") {
  CHECK(cell("") == "");
  CHECK(cell("plain") == "plain");
  CHECK(cell("a,b") == "\"a,b\"");
  CHECK(cell("a\"b") == "\"a\"\"b\"");
  CHECK(cell("a\r\nb") == "\"a\r\nb\"");
}

TEST_CASE("JSON lines are whole CloudEvents, written while the store is open") {
  const Recorded recorded;
  const Run outcome =
      vitrine_program({"export", "--data", recorded.directory.path(), "--campaign", "lip-popup"});
  CHECK(outcome.code == kOk);
  CHECK(outcome.err == "2 interactions\n");
  REQUIRE(lines(outcome.out) == 2);
  JsonDocument document;
  REQUIRE(document.parse(outcome.out.substr(0, outcome.out.find('\n'))));
  const JsonValue event = document.root();
  CHECK(event.find("specversion").string() == "1.0");
  CHECK(event.find("id").string() == incarnation(1).to_hex() + ":1");
  CHECK(event.find("source").string() == "kiosk-1");
  CHECK(event.find("type").string() == "screen_touched");
  // 49 ms before it was sent, and it came at ...007.
  CHECK(event.find("time").string() == "2023-11-14T22:13:19.958Z");
  CHECK(event.find("devicetime").string() == "2023-11-14T22:13:19.951Z");
  CHECK(event.find("receivedtime").string() == "2023-11-14T22:13:20.007Z");
  CHECK(event.find("data").find("n").integer() == 1);
}

TEST_CASE("CSV has a header and a line an interaction, its data quoted") {
  const Recorded recorded;
  const Run outcome = vitrine_program(
      {"export", "--data=" + recorded.directory.path(), "--campaign=spring", "--format=csv"});
  CHECK(outcome.code == kOk);
  REQUIRE(lines(outcome.out) == 2);
  CHECK(outcome.out.substr(0, csv_header().size()) == csv_header());
  CHECK(outcome.out.find("\"{\"\"product\"\":\"\"\\\"\"a\\\"\", b\"\"}\"\r\n") !=
        std::string::npos);
}

TEST_CASE("a span of time is chosen by when the server received") {
  const Recorded recorded;
  const std::string data = recorded.directory.path();
  CHECK(lines(vitrine_program({"export", "--data", data, "--since", "2023-11-15"}).out) == 1);
  CHECK(lines(vitrine_program({"export", "--data", data, "--until", "2023-11-15"}).out) == 2);
  CHECK(lines(vitrine_program({"export", "--data", data}).out) == 3);
}

TEST_CASE("export says what was called wrongly or is not there") {
  const test::TemporaryDirectory directory;
  CHECK(vitrine_program({"export"}).code == kUsage);
  CHECK(vitrine_program({"export", "--data", "x", "--format", "xml"}).code == kUsage);
  CHECK(vitrine_program({"export", "--data", "x", "--since", "yesterday"}).code == kUsage);
  CHECK(vitrine_program({"export", "--data", "x", "y"}).code == kUsage);
  const Run outcome = vitrine_program({"export", "--data", directory.path() + "/none"});
  CHECK(outcome.code == kEnvironment);
  CHECK(outcome.err.find("no such data directory") != std::string::npos);
}

TEST_CASE("an export into a full disk fails aloud") {
  const Recorded recorded;
  std::FILE* full = std::fopen("/dev/full", "w");
  std::FILE* err = std::tmpfile();
  REQUIRE(full != nullptr);
  const std::string data = recorded.directory.path();
  const std::vector<std::string_view> arguments = {"export", "--data", data};
  CHECK(run_program(arguments, full, err) == kEnvironment);
  std::fclose(full);
  std::fclose(err);
}

TEST_CASE("a device is added, listed and revoked beside a running server") {
  const Recorded recorded;
  const std::string data = recorded.directory.path();
  auto server = open_sqlite_device_registry(data).value();
  const Run added = vitrine_program({"device", "add", "kiosk-9", "--data", data});
  CHECK(added.code == kOk);
  REQUIRE(lines(added.out) == 1);
  CHECK(vitrine_program({"device", "list", "--data", data}).out.find("kiosk-9\tinvited\t") == 0);
  const std::string code = added.out.substr(0, added.out.size() - 1);
  Ed25519PublicKey key{};
  REQUIRE(server->enrol(code, key, 4'000'000'000'000).status().code() ==
          StatusCode::PermissionDenied);
  REQUIRE(server->enrol(code, key, 1'700'000'000'000).ok());
  CHECK(vitrine_program({"device", "revoke", "kiosk-9", "--data", data}).code == kOk);
  CHECK(server->find("kiosk-9").value()->state == DeviceState::Revoked);
  CHECK(vitrine_program({"device", "revoke", "nobody", "--data", data}).code == kProblems);
  CHECK(vitrine_program({"device", "add", "Bad Name", "--data", data}).code == kUsage);
  CHECK(vitrine_program({"device", "add", "--data", data}).code == kUsage);
  CHECK(vitrine_program({"device", "list"}).code == kUsage);
}
