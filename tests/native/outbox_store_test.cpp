// SPDX-License-Identifier: MIT
#include "native/sqlite_outbox_store.h"

#include <signal.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <catch2/catch.hpp>

#include <chrono>
#include <fstream>
#include <optional>
#include <thread>

#include "tests/native/temporary_folder.h"

using namespace vitrine;

namespace {

SqliteOutboxOptions options_in(const TemporaryFolder& folder) {
  SqliteOutboxOptions options;
  options.file = folder.path() / "outbox.sqlite3";
  return options;
}

// What the Outbox does once a frame, until the answer is there.
template <typename T>
T wait_for(SqliteOutboxStore& store, std::optional<T>& answer) {
  store.drain();
  store.poll();
  REQUIRE(answer);
  return std::move(*answer);
}

Status commit(SqliteOutboxStore& store, OutboxChange change) {
  std::optional<Status> answer;
  store.commit(std::move(change), [&](Status status) { answer = std::move(status); });
  return wait_for(store, answer);
}

Result<OutboxContents> load(SqliteOutboxStore& store) {
  std::optional<Result<OutboxContents>> answer;
  store.load([&](Result<OutboxContents> contents) { answer.emplace(std::move(contents)); });
  return wait_for(store, answer);
}

OutboxChange rows(uint64_t first, uint64_t last, size_t size = 40) {
  OutboxChange change;
  for (uint64_t n = first; n <= last; ++n) {
    change.add_rows.push_back({n, "row " + std::to_string(n) + std::string(size, '.')});
  }
  change.next_sequence = last + 1;
  return change;
}

std::vector<uint64_t> sequences(const OutboxContents& contents) {
  std::vector<uint64_t> found;
  for (const OutboxRow& row : contents.rows) found.push_back(row.sequence);
  return found;
}

void overwrite(const std::filesystem::path& file, std::streamoff at, const std::string& bytes) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekp(at);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace

TEST_CASE("a new outbox is empty, has no life and begins at one") {
  const TemporaryFolder folder;
  SqliteOutboxStore store(options_in(folder));
  const auto contents = load(store);
  REQUIRE(contents.ok());
  CHECK(contents.value().lives.empty());
  CHECK(contents.value().next_sequence == 1);
  CHECK(contents.value().rows.empty());
  CHECK(store.durability() == OutboxDurability::Durable);
}

TEST_CASE("what was committed is there after a new start, in order") {
  const TemporaryFolder folder;
  {
    SqliteOutboxStore store(options_in(folder));
    OutboxChange change = rows(1, 3);
    change.lives = "one:1 two:3";
    REQUIRE(commit(store, std::move(change)).ok());
    REQUIRE(commit(store, rows(4, 5)).ok());
  }
  SqliteOutboxStore store(options_in(folder));
  const auto contents = load(store);
  REQUIRE(contents.ok());
  CHECK(contents.value().lives == "one:1 two:3");
  CHECK(contents.value().next_sequence == 6);
  CHECK(sequences(contents.value()) == std::vector<uint64_t>{1, 2, 3, 4, 5});
  CHECK(contents.value().rows[1].row.substr(0, 5) == "row 2");
}

TEST_CASE("settled rows are forgotten, their numbers never come again") {
  const TemporaryFolder folder;
  SqliteOutboxStore store(options_in(folder));
  REQUIRE(commit(store, rows(1, 4)).ok());
  OutboxChange settle;
  settle.settled_through = 4;
  REQUIRE(commit(store, std::move(settle)).ok());
  const auto contents = load(store);
  CHECK(contents.value().rows.empty());
  CHECK(contents.value().next_sequence == 5);
}

TEST_CASE("a loss takes the place of the rows it covers and widens") {
  const TemporaryFolder folder;
  SqliteOutboxStore store(options_in(folder));
  REQUIRE(commit(store, rows(1, 6)).ok());
  OutboxChange loss;
  loss.add_losses = {{1, 2, "outbox_full", R"({"screen_touched": 2})"}};
  REQUIRE(commit(store, loss).ok());
  loss.add_losses = {{1, 3, "outbox_full", R"({"screen_touched": 3})"}};
  REQUIRE(commit(store, std::move(loss)).ok());
  const auto contents = load(store);
  CHECK(sequences(contents.value()) == std::vector<uint64_t>{4, 5, 6});
  REQUIRE(contents.value().losses.size() == 1);
  CHECK(contents.value().losses[0].last == 3);
  CHECK(contents.value().losses[0].count_by_type == R"({"screen_touched": 3})");
}

TEST_CASE("renewing forgets everything in the same commit that adds it again") {
  const TemporaryFolder folder;
  SqliteOutboxStore store(options_in(folder));
  OutboxChange before = rows(10, 12);
  before.lives = "one:1";
  before.add_losses = {{1, 9, "not_held", "{}"}};
  REQUIRE(commit(store, std::move(before)).ok());
  OutboxChange renewed = rows(1, 2);
  renewed.replace_all = true;
  renewed.lives = "two:1";
  REQUIRE(commit(store, std::move(renewed)).ok());
  const auto contents = load(store);
  CHECK(contents.value().lives == "two:1");
  CHECK(sequences(contents.value()) == std::vector<uint64_t>{1, 2});
  CHECK(contents.value().losses.empty());
  CHECK(contents.value().next_sequence == 3);
}

TEST_CASE("commits asked for just before the end are finished") {
  const TemporaryFolder folder;
  {
    SqliteOutboxStore store(options_in(folder));
    for (uint64_t n = 1; n <= 20; ++n) store.commit(rows(n, n), [](Status) {});
  }
  SqliteOutboxStore store(options_in(folder));
  CHECK(load(store).value().rows.size() == 20);
}

TEST_CASE("a file that is no database is set aside and said, and recording goes on") {
  const TemporaryFolder folder;
  const auto file = options_in(folder).file;
  std::ofstream(file) << std::string(8192, 'x');
  SqliteOutboxStore store(options_in(folder));
  const auto contents = load(store);
  REQUIRE_FALSE(contents.ok());
  CHECK(contents.status().code() == StatusCode::DataLoss);
  CHECK(contents.status().message().find(".damaged-1") != std::string::npos);
  CHECK(std::filesystem::exists(file.string() + ".damaged-1"));
  REQUIRE(commit(store, rows(1, 1)).ok());
  CHECK(load(store).value().rows.size() == 1);
  CHECK(store.durability() == OutboxDurability::Durable);
}

TEST_CASE("a damaged page is found at the start, and the second damage has its own name") {
  const TemporaryFolder folder;
  const auto file = options_in(folder).file;
  for (int round = 1; round <= 2; ++round) {
    {
      SqliteOutboxStore store(options_in(folder));
      REQUIRE(commit(store, rows(1, 400)).ok());
    }
    overwrite(file, 4096 * 3, std::string(4096, '\xee'));
    SqliteOutboxStore store(options_in(folder));
    CHECK(load(store).status().code() == StatusCode::DataLoss);
    CHECK(std::filesystem::exists(file.string() + ".damaged-" + std::to_string(round)));
  }
}

TEST_CASE("an outbox that cannot be opened says so and is memory only") {
  SqliteOutboxOptions options;
  options.file = "/proc/nowhere/outbox.sqlite3";
  SqliteOutboxStore store(options);
  const auto contents = load(store);
  CHECK(contents.status().code() == StatusCode::Unavailable);
  CHECK(store.durability() == OutboxDurability::MemoryOnly);
}

namespace {

// While it lives no file may grow beyond `size`: what a full disk is to a program.
class FullDisk {
 public:
  explicit FullDisk(rlim_t size) {
    getrlimit(RLIMIT_FSIZE, &before_);
    signal(SIGXFSZ, SIG_IGN);
    rlimit small = before_;
    small.rlim_cur = size;
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("a full disk refuses the commit whole, and space made later is used") {
  const TemporaryFolder folder;
  SqliteOutboxStore store(options_in(folder));
  REQUIRE(commit(store, rows(1, 2)).ok());

  std::optional<FullDisk> disk(std::in_place, 64 * 1024);
  const Status full = commit(store, rows(3, 600, 400));
  const OutboxDurability durability = store.durability();
  disk.reset();

  INFO(full.message());
  CHECK(full.code() == StatusCode::ResourceExhausted);
  CHECK(durability == OutboxDurability::MemoryOnly);
  CHECK(sequences(load(store).value()) == std::vector<uint64_t>{1, 2});
  REQUIRE(commit(store, rows(3, 600, 400)).ok());
  CHECK(load(store).value().rows.size() == 600);
  CHECK(store.durability() == OutboxDurability::Durable);
}

TEST_CASE("staff hear once that the disk is full, with the cure, and once that it is well again") {
  const TemporaryFolder folder;
  SqliteOutboxStore store(options_in(folder));
  REQUIRE(commit(store, rows(1, 2)).ok());
  CHECK(store.take_news().empty());

  std::optional<FullDisk> disk(std::in_place, 64 * 1024);
  for (int i = 0; i < 3; ++i) (void)commit(store, rows(3, 600, 400)).ok();
  disk.reset();

  const std::string full = store.take_news();
  INFO(full);
  CHECK(full.find("outbox.sqlite3") != std::string::npos);
  const size_t cure = full.find("free some space on this disk");
  CHECK(cure != std::string::npos);
  CHECK(full.find("free some space", cure + 1) == std::string::npos);
  CHECK(store.take_news().empty());
  for (int i = 0; i < 3; ++i) REQUIRE(commit(store, rows(3, 600, 400)).ok());
  CHECK(store.take_news() == "the disk takes records again");
  CHECK(store.take_news().empty());
}

TEST_CASE("an outbox deleted under the program is said and made anew if it can be") {
  const TemporaryFolder folder;
  SqliteOutboxOptions options;
  options.file = folder.path() / "kiosk" / "outbox.sqlite3";
  std::filesystem::create_directory(options.file.parent_path());
  SqliteOutboxStore store(options);
  REQUIRE(commit(store, rows(1, 2)).ok());
  for (const char* suffix : {"", "-wal", "-shm"}) {
    std::filesystem::remove(options.file.string() + suffix);
  }
  CHECK(commit(store, rows(3, 4)).code() == StatusCode::DataLoss);
  OutboxChange anew = rows(1, 4);
  anew.replace_all = true;
  REQUIRE(commit(store, anew).ok());
  CHECK(sequences(load(store).value()) == std::vector<uint64_t>{1, 2, 3, 4});

  std::filesystem::remove_all(options.file.parent_path());
  CHECK(commit(store, rows(5, 5)).code() == StatusCode::DataLoss);
  CHECK(commit(store, rows(5, 5)).code() == StatusCode::Unavailable);
  CHECK(store.durability() == OutboxDurability::MemoryOnly);
}

TEST_CASE("an outbox on a disk that is full at the start is read, and space made later is used") {
  const TemporaryFolder folder;
  {
    SqliteOutboxStore store(options_in(folder));
    REQUIRE(commit(store, rows(1, 2)).ok());
  }
  SqliteOutboxStore store(options_in(folder));
  std::optional<FullDisk> disk(std::in_place, 0);
  const Result<OutboxContents> held = load(store);
  const Status full = commit(store, rows(3, 4));
  disk.reset();

  INFO(held.status().message());
  REQUIRE(held.ok());
  CHECK(sequences(held.value()) == std::vector<uint64_t>{1, 2});
  INFO(full.message());
  CHECK(full.code() == StatusCode::ResourceExhausted);
  REQUIRE(commit(store, rows(3, 4)).ok());
  CHECK(sequences(load(store).value()) == std::vector<uint64_t>{1, 2, 3, 4});
}

namespace {

// Commits rows until it is killed, writing the last reported number to the pipe.
[[noreturn]] void record_until_killed(const SqliteOutboxOptions& options, int out) {
  SqliteOutboxStore store(options);
  uint64_t reported = 0;
  for (uint64_t n = 1;; ++n) {
    store.commit(rows(n, n), [&](Status status) {
      if (!status.ok()) _exit(3);
      ++reported;
      if (write(out, &reported, sizeof reported) < 0) _exit(4);
    });
    if (n % 4 == 0) store.drain();
    store.poll();
  }
}

uint64_t last_reported(int in) {
  uint64_t reported = 0;
  uint64_t value = 0;
  while (read(in, &value, sizeof value) == sizeof value) reported = value;
  return reported;
}

}  // namespace

TEST_CASE("a killed process loses nothing that was reported, and leaves no hole") {
  for (int round = 0; round < 8; ++round) {
    const TemporaryFolder folder;
    int channel[2];
    REQUIRE(pipe(channel) == 0);
    const pid_t child = fork();
    if (child == 0) record_until_killed(options_in(folder), channel[1]);
    close(channel[1]);
    std::this_thread::sleep_for(std::chrono::milliseconds(30 + 17 * round));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    const uint64_t reported = last_reported(channel[0]);
    close(channel[0]);

    SqliteOutboxStore store(options_in(folder));
    const auto contents = load(store);
    REQUIRE(contents.ok());
    const auto found = sequences(contents.value());
    CHECK(found.size() >= reported);
    for (size_t i = 0; i < found.size(); ++i) REQUIRE(found[i] == i + 1);
    CHECK(contents.value().next_sequence == found.size() + 1);
  }
}

TEST_CASE("an outbox of version 1 keeps its rows and its incarnation") {
  const TemporaryFolder folder;
  const SqliteOutboxOptions options = options_in(folder);
  {
    SqliteOutboxStore store(options);
    REQUIRE(commit(store, rows(1, 2)).ok());
  }
  const auto run = [&](const char* sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(options.file.c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
  };
  run("ALTER TABLE state RENAME COLUMN lives TO incarnation;"
      "UPDATE state SET incarnation = x'0102030405060708090a0b0c0d0e0f10';");
  // Cut off before it was numbered, as it should be, and numbered without being changed.
  run(GENERATE("PRAGMA user_version = 0", "PRAGMA user_version = 1", "PRAGMA user_version = 2"));
  for (int start = 0; start < 2; ++start) {
    SqliteOutboxStore store(options);
    const auto contents = load(store);
    REQUIRE(contents.ok());
    CHECK(contents.value().lives == "0102030405060708090a0b0c0d0e0f10");
    CHECK(sequences(contents.value()) == std::vector<uint64_t>{1, 2});
  }
}
