// SPDX-License-Identifier: MIT
// Films of a painted face for `vitrine track`, and what it says of them.
#pragma once

#include <catch2/catch.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "native/tools/command.h"
#include "native/tools/track/track.h"
#include "tests/native/temporary_folder.h"
#include "tests/vision/painted_faces.h"

namespace vitrine {

constexpr int kWidth = 160;
constexpr int kHeight = 120;

// What was written to it so far.
class Paper {
 public:
  Paper() : file_(std::tmpfile()) {}
  ~Paper() { std::fclose(file_); }
  Paper(const Paper&) = delete;
  Paper& operator=(const Paper&) = delete;
  std::FILE* file() const { return file_; }
  std::string text() const {
    std::string all(static_cast<size_t>(std::ftell(file_)), '\0');
    std::rewind(file_);
    all.resize(std::fread(all.data(), 1, all.size(), file_));
    return all;
  }

 private:
  std::FILE* file_;
};

inline char byte_of(double value) {
  return static_cast<char>(static_cast<uint8_t>(value + 0.5));
}

// The painting in JPEG's colours, without thinning them out.
inline std::string y4m_picture(const test::Painting& painting) {
  std::string planes[3];
  for (int y = 0; y < kHeight; ++y) {
    for (int x = 0; x < kWidth; ++x) {
      const uint8_t* p = painting.at(x, y);
      planes[0] += byte_of(0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]);
      planes[1] += byte_of(128 - 0.168736 * p[0] - 0.331264 * p[1] + 0.4999 * p[2]);
      planes[2] += byte_of(128 + 0.4999 * p[0] - 0.418688 * p[1] - 0.081312 * p[2]);
    }
  }
  return "FRAME\n" + planes[0] + planes[1] + planes[2];
}

// A face that moves to the right, two pixels a picture.
inline std::string film(int pictures) {
  std::string bytes = "YUV4MPEG2 W160 H120 F30:1 Ip A1:1 C444 XCOLORRANGE=FULL\n";
  for (int i = 0; i < pictures; ++i) {
    test::Painting painting(kWidth, kHeight);
    paint(painting, {{60 + 2.0f * static_cast<float>(i), 60}, 30, 0});
    bytes += y4m_picture(painting);
  }
  return bytes;
}

struct Run {
  int code = 0;
  std::string out, err;
};

inline Run run(const track::TrackOptions& options,
               std::unique_ptr<FaceModels> models = std::make_unique<test::SpotModels>()) {
  Paper out, err;
  Run done;
  done.code = track::track_source(options, std::move(models), out.file(), err.file());
  done.out = out.text();
  done.err = err.text();
  return done;
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    REQUIRE(end != std::string::npos);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

inline track::TrackOptions options_for(const std::filesystem::path& film) {
  track::TrackOptions options;
  options.film = film.string();
  return options;
}

}  // namespace vitrine
