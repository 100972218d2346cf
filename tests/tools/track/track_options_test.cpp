// SPDX-License-Identifier: MIT
// What `vitrine track` is called with: options, and weights that are there.
#include "tests/tools/track/track_support.h"

using namespace vitrine;

namespace {

Status refused(std::initializer_list<std::string_view> arguments) {
  const std::vector<std::string_view> list(arguments);
  return track::parse_track_options(list).status();
}

}  // namespace

TEST_CASE("without weights it is said where they are missing") {
  const TemporaryFolder folder;
  Paper out, err;
  const std::string models = folder.path().string();
  const std::vector<std::string_view> arguments = {"a.y4m", "--models", models};
  CHECK(track::run_track(arguments, out.file(), err.file()) == tools::kEnvironment);
  CHECK(err.text().find(models + "/detector.net") != std::string::npos);
}

TEST_CASE("weights that are none are refused") {
  const TemporaryFolder folder;
  for (const char* name : {"detector.net", "landmarks.net", "lips.net", "eye.net"})
    std::ofstream(folder.path() / name) << (name[0] == 'd' ? "no net" : "");
  Paper out, err;
  const std::string models = folder.path().string();
  const std::vector<std::string_view> arguments = {"a.y4m", "--models", models};
  CHECK(track::run_track(arguments, out.file(), err.file()) == tools::kEnvironment);
  CHECK(err.text().find(models) != std::string::npos);
}

TEST_CASE("options that do not fit together are refused with a reason") {
  CHECK(refused({"a.y4m"}).ok());
  CHECK(refused({"--list"}).ok());
  CHECK(refused({"--camera", "first", "--json", "-"}).ok());
  CHECK_FALSE(refused({}).ok());
  // An empty variable of a script must not open the camera.
  CHECK(refused({""}).message().find("INPUT is empty") != std::string::npos);
  CHECK_FALSE(refused({"--list", "a.y4m"}).ok());
  CHECK_FALSE(refused({"--list", "--camera", "first"}).ok());
  CHECK_FALSE(refused({"a.y4m", "b.y4m"}).ok());
  CHECK_FALSE(refused({"a.y4m", "--camera", "first"}).ok());
  CHECK_FALSE(refused({"a.y4m", "--every", "2"}).ok());
  CHECK_FALSE(refused({"a.y4m", "--every", "2", "--overlay", "a.png"}).ok());
  CHECK(refused({"a.y4m", "--every", "2", "--overlay", "folder"}).ok());
  CHECK(refused({"a.y4m", "--overlay", "run.2"}).ok());
  CHECK(refused({"a.y4m", "--overlay", "out/seen.jpeg"}).message() ==
        "--overlay out/seen.jpeg: pictures are .png files; name out/seen.png, or a folder");
  CHECK(refused({"a.y4m", "--overlay", "out/.png"}).ok());
  CHECK(refused({"a.y4m", "--overlay", ".png"}).message() ==
        "--overlay .png: pictures are .png files; name seen.png, or a folder");
  for (const char* name : {"seen.jsonl", "seen.y4m", "seen.mjpeg", "seen.webm", "seen.mov",
                           "seen.tiff", "seen.JPG", "seen.PNG", "seen.Mp4"}) {
    CHECK_FALSE(refused({"a.y4m", "--overlay", name}).ok());
  }
  CHECK(refused({"a.y4m", "--overlay", "-"}).message() ==
        "--overlay -: pictures go to files; name one that ends in .png, or a folder");
  for (const char* count : {"0", "-1", "1.5", "", "9999999999999999999"}) {
    const Status status = refused({"a.y4m", "--frames", count});
    CHECK(status.code() == StatusCode::InvalidArgument);
    CHECK(status.message().find("--frames") != std::string::npos);
  }
  CHECK_FALSE(refused({"a.y4m", "--colour"}).ok());
}
