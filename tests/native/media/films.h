// SPDX-License-Identifier: MIT
// Films for tests: .y4m by hand, the others by FFmpeg's encoders, and what waits for a camera.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include "native/media/film_camera.h"
#include "native/media/media_camera.h"

namespace vitrine {

constexpr int kFilmWidth = 32;
constexpr int kFilmHeight = 24;

// A film played once, a picture whenever one is wanted.
inline std::unique_ptr<media::MediaCamera> once(const std::filesystem::path& path) {
  return media::make_film_camera(
      {path.string(), media::FilmRepeat::Once, media::FilmPace::AsWanted});
}

// Picture i of a film: brightness 20 + i all over, grey.
inline std::string y4m_picture(int i, int width = kFilmWidth, int height = kFilmHeight) {
  const auto pixels = static_cast<size_t>(width) * static_cast<size_t>(height);
  return "FRAME\n" + std::string(pixels, static_cast<char>(20 + i)) +
         std::string(pixels / 2, static_cast<char>(128));
}

inline std::string y4m_head(int width = kFilmWidth, int height = kFilmHeight, int rate = 30) {
  return "YUV4MPEG2 W" + std::to_string(width) + " H" + std::to_string(height) + " F" +
         std::to_string(rate) + ":1 Ip A1:1 C420jpeg\n";
}

inline std::string y4m_film(int pictures, int rate = 30) {
  std::string film = y4m_head(kFilmWidth, kFilmHeight, rate);
  for (int i = 0; i < pictures; ++i) film += y4m_picture(i);
  return film;
}

inline void write_file(const std::filesystem::path& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

struct FilmNotes {
  int turn = 0;              // clockwise degrees that make it upright, as a phone notes them
  bool flip = false;         // and then a flip from left to right
  int leap_seconds = 0;      // by so much later than it should be is the film's second half
  int stray_seconds = 0;     // by so much, where nothing leaps, its middle picture alone
  bool index_first = false;  // an .mp4 that can be played before it is there whole
  bool grain = false;        // 256 x 192 of noise, thousands of bytes a picture, and square pixels
};

// The same pictures 64 x 48, by FFmpeg's `encoder` ("mjpeg", "mpeg4"...) in the kind of file that
// the name says.
void encode_film(const std::filesystem::path& path, const char* encoder, int pictures,
                 const FilmNotes& notes = {});

// Polls until the camera is in this state, a minute at most.
inline bool reaches(media::MediaCamera& camera, CameraState state) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (std::chrono::steady_clock::now() < end) {
    camera.poll();
    if (camera.state() == state) return true;
    camera.wait_for_news(std::chrono::milliseconds(20));
  }
  UNSCOPED_INFO("still " << camera_state_name(camera.state()) << ": "
                         << camera.problem().to_string());
  return false;
}

// The next picture, polling for a minute at most; null: none came or none can come any more.
inline const CameraFrame* next_picture(media::MediaCamera& camera) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  while (std::chrono::steady_clock::now() < end) {
    camera.poll();
    if (const CameraFrame* frame = camera.newest_frame()) return frame;
    const CameraState state = camera.state();
    if (state == CameraState::Ended || state == CameraState::Failed ||
        state == CameraState::Denied) {
      return nullptr;
    }
    camera.wait_for_news(std::chrono::milliseconds(20));
  }
  return nullptr;
}

}  // namespace vitrine
