// SPDX-License-Identifier: MIT
// Where `vitrine track` writes, and what it leaves alone.
#include "native/tools/track/results.h"

#include "tests/tools/track/track_support.h"

using namespace vitrine;
using track::TrackOptions;

TEST_CASE("track says what it stores before it stores it") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(2);
  TrackOptions options = options_for(folder.path() / "a.y4m");
  CHECK(run(options).err.find("stored") == std::string::npos);
  options.json = (folder.path() / "seen.jsonl").string();
  options.overlay = (folder.path() / "seen.png").string();
  const Run done = run(options);
  CHECK(done.out.empty());
  CHECK(done.err.find("landmarks of faces are stored in " + options.json) != std::string::npos);
  CHECK(done.err.find("pictures of the film are stored in " + options.overlay) !=
        std::string::npos);
  CHECK(lines_of(read_file(options.json)).size() == 2);
}

TEST_CASE("of a camera it says that pictures are of who is before it") {
  const TemporaryFolder folder;
  TrackOptions options;
  options.camera = "first";
  options.overlay = (folder.path() / "seen.png").string();
  track::Results results(options);
  const Paper err;
  REQUIRE(results.begin(stdout, err.file()).ok());
  CHECK(err.text().find("pictures of who is before the camera are stored in " + options.overlay) !=
        std::string::npos);
}

TEST_CASE("output that cannot be written exits with 3 and names the place") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(2);
  TrackOptions options = options_for(folder.path() / "a.y4m");
  options.json = (folder.path() / "none" / "seen.jsonl").string();
  const Run no_file = run(options);
  CHECK(no_file.code == tools::kEnvironment);
  CHECK(no_file.err.find(options.json) != std::string::npos);
  options.json = "";
  options.overlay = (folder.path() / "a.y4m" / "folder").string();
  CHECK(run(options).code == tools::kEnvironment);
  options.overlay = (folder.path() / "none" / "seen.png").string();
  CHECK(run(options).code == tools::kEnvironment);
}

TEST_CASE("an output that is full is told once, whether at a line or at the end") {
  const TemporaryFolder folder;
  for (const int pictures : {1, 40}) {
    std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(pictures);
    TrackOptions options = options_for(folder.path() / "a.y4m");
    options.json = "/dev/full";
    const Run full = run(options);
    CHECK(full.code == tools::kEnvironment);
    const size_t told = full.err.find("/dev/full: cannot be written");
    REQUIRE(told != std::string::npos);
    CHECK(full.err.find("written", told + 28) == std::string::npos);
  }
}

TEST_CASE("a result never takes the place of the film or of the other result") {
  const TemporaryFolder folder;
  const std::string whole = film(2), path = (folder.path() / "a.y4m").string();
  std::ofstream(path, std::ios::binary) << whole;
  std::filesystem::create_symlink("a.y4m", folder.path() / "link.png");
  std::filesystem::create_hard_link(path, folder.path() / "twin.jsonl");
  std::filesystem::create_directory(folder.path() / "b");
  const auto place = [&folder](const char* name) { return (folder.path() / name).string(); };
  for (const std::string& json :
       {path, place("twin.jsonl"), place("link.png"), place("b/../a.y4m")}) {
    TrackOptions options = options_for(path);
    options.json = json;
    const Run done = run(options);
    CHECK(done.code == tools::kUsage);
    CHECK(done.err.find("is the film itself") != std::string::npos);
    CHECK(read_file(path) == whole);
  }
  TrackOptions options = options_for(path);
  options.overlay = place("link.png");
  CHECK(run(options).code == tools::kUsage);
  options.json = options.overlay = place("new.png");
  CHECK(run(options).err.find("the same file") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(options.json));
  CHECK(read_file(path) == whole);
}

TEST_CASE("a result never takes the place of weights or of the film as a picture") {
  const TemporaryFolder folder;
  const std::string whole = film(2), path = (folder.path() / "frame-000001.png").string();
  std::ofstream(path, std::ios::binary) << whole;
  TrackOptions options = options_for(path);
  options.overlay = folder.path().string();
  Run done = run(options);
  CHECK(done.code == tools::kUsage);
  CHECK(done.err.find("where the film has the name of a picture") != std::string::npos);
  CHECK(read_file(path) == whole);
  for (const char* name : {"detector.net", "landmarks.net", "lips.net", "eye.net"}) {
    std::ofstream(folder.path() / name) << "weights";
    TrackOptions other = options_for(path);
    other.models = folder.path().string();
    other.json = (folder.path() / name).string();
    done = run(other);
    CHECK(done.code == tools::kUsage);
    CHECK(done.err.find("is a file of weights") != std::string::npos);
    CHECK(read_file(folder.path() / name) == "weights");
  }
}

TEST_CASE("earlier results stay where the film is none") {
  const TemporaryFolder folder;
  const std::filesystem::path json = folder.path() / "seen.jsonl";
  std::ofstream(json) << "precious";
  TrackOptions options = options_for((folder.path() / "none.y4m").string());
  options.json = json.string();
  CHECK(run(options).code == tools::kEnvironment);
  CHECK(read_file(json) == "precious");
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(1);
  options.film = (folder.path() / "a.y4m").string();
  CHECK(run(options).code == tools::kOk);
  CHECK(read_file(json).rfind("{\"frame\":1,", 0) == 0);
}

TEST_CASE("no file of results is left behind where the film is none") {
  const TemporaryFolder folder;
  const std::filesystem::path json = folder.path() / "seen.jsonl";
  TrackOptions options = options_for((folder.path() / "none.y4m").string());
  options.json = json.string();
  CHECK(run(options).code == tools::kEnvironment);
  CHECK_FALSE(std::filesystem::exists(json));
}

TEST_CASE("no folder of pictures is left behind where the film is none") {
  const TemporaryFolder folder;
  TrackOptions options = options_for((folder.path() / "none.y4m").string());
  options.overlay = (folder.path() / "seen").string();
  CHECK(run(options).code == tools::kEnvironment);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "seen"));
  std::filesystem::create_directory(folder.path() / "seen");
  CHECK(run(options).code == tools::kEnvironment);
  CHECK(std::filesystem::exists(folder.path() / "seen"));
}

TEST_CASE("results for a link to nothing are refused, and no file is made") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(1);
  std::filesystem::create_symlink("nothing.jsonl", folder.path() / "seen.jsonl");
  TrackOptions options = options_for(folder.path() / "a.y4m");
  options.json = (folder.path() / "seen.jsonl").string();
  const Run refused = run(options);
  CHECK(refused.code == tools::kEnvironment);
  CHECK(refused.err.find("a link to nothing") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(folder.path() / "nothing.jsonl"));
}

TEST_CASE("a file that took the name of the results meanwhile is nobody's to take away") {
  const TemporaryFolder folder;
  const std::filesystem::path json = folder.path() / "seen.jsonl";
  TrackOptions options = options_for((folder.path() / "none.y4m").string());
  options.json = json.string();
  {
    Paper err;
    track::Results results(options);
    REQUIRE(results.begin(err.file(), err.file()).ok());
    std::filesystem::rename(json, folder.path() / "old.jsonl");
    std::ofstream(json) << "precious";
  }
  CHECK(read_file(json) == "precious");
}

TEST_CASE("two at once do not mix their lines in one file") {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "a.y4m", std::ios::binary) << film(3);
  TrackOptions options = options_for(folder.path() / "a.y4m");
  options.json = (folder.path() / "seen.jsonl").string();
  {
    Paper err;
    track::Results other(options);
    REQUIRE(other.begin(err.file(), err.file()).ok());
    const Run second = run(options);
    CHECK(second.code == tools::kEnvironment);
    CHECK(second.err.find("another `vitrine track` writes to it") != std::string::npos);
  }
  CHECK(run(options).code == tools::kOk);
  CHECK(lines_of(read_file(options.json)).size() == 3);
  // What was in the file before is gone.
  options.frames = 1;
  CHECK(run(options).code == tools::kOk);
  CHECK(lines_of(read_file(options.json)).size() == 1);
}
