// SPDX-License-Identifier: MIT
#include "native/audio/wav.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "native/file_assets.h"

using namespace vitrine;

namespace {

using Bytes = std::vector<uint8_t>;

void put(Bytes& to, uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) to.push_back(static_cast<uint8_t>(value >> (8 * i)));
}

void put(Bytes& to, const char* tag) {
  for (int i = 0; i < 4; ++i) to.push_back(static_cast<uint8_t>(tag[i]));
}

struct Head {
  uint32_t format = 1;
  uint32_t channels = 1;
  uint32_t rate = 24000;
  uint32_t bits = 16;
  uint32_t says = 8;  // bytes the data chunk claims
  size_t holds = 8;   // and has
};

Bytes wav(const Head& head) {
  Bytes bytes;
  put(bytes, "RIFF");
  put(bytes, 36 + head.says, 4);
  put(bytes, "WAVE");
  put(bytes, "fmt ");
  put(bytes, 16, 4);
  put(bytes, head.format, 2);
  put(bytes, head.channels, 2);
  put(bytes, head.rate, 4);
  put(bytes, head.rate * 2 * head.channels, 4);
  put(bytes, 2 * head.channels, 2);
  put(bytes, head.bits, 2);
  put(bytes, "data");
  put(bytes, head.says, 4);
  for (size_t i = 0; i < head.holds; ++i) bytes.push_back(static_cast<uint8_t>(i));
  return bytes;
}

std::string message(const Bytes& bytes) {
  const Result<PcmClip> clip = parse_wav(bytes);
  return clip.ok() ? "ok" : clip.status().message();
}

}  // namespace

TEST_CASE("the product's own sounds are read") {
  const Result<std::string> bytes = read_asset("assets/sounds", "chime.wav");
  REQUIRE(bytes.ok());
  const auto* data = reinterpret_cast<const uint8_t*>(bytes.value().data());
  const Result<PcmClip> clip = parse_wav({data, bytes.value().size()});
  REQUIRE(clip.ok());
  CHECK(clip.value().rate == 24000);
  CHECK(clip.value().channels == 1);
  CHECK(clip.value().frames() == 19200);
}

TEST_CASE("samples are little-endian and signed") {
  const Result<PcmClip> clip = parse_wav(wav({}));
  REQUIRE(clip.ok());
  CHECK(clip.value().samples == std::vector<int16_t>{0x0100, 0x0302, 0x0504, 0x0706});
  Head loud;
  loud.says = loud.holds = 2;
  Bytes bytes = wav(loud);
  bytes[bytes.size() - 1] = 0x80;
  CHECK(parse_wav(bytes).value().samples.at(0) == -32768);
}

TEST_CASE("a program that writes to a pipe cannot know its size: what is there is heard") {
  Head head;
  head.says = 0x7FFFF000;
  CHECK(parse_wav(wav(head)).value().frames() == 4);
  head.says = 0xFFFFFFFF;
  CHECK(parse_wav(wav(head)).value().frames() == 4);
}

TEST_CASE("every cut of a good file is refused or read, never beyond its end") {
  const Bytes whole = wav({});
  for (size_t size = 0; size < whole.size(); ++size) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size));
    const Result<PcmClip> clip = parse_wav(cut);
    CHECK(clip.ok() == (size >= 46));
  }
}

TEST_CASE("every wrong byte of a head is refused or read without harm") {
  const Bytes whole = wav({});
  for (size_t at = 0; at < whole.size(); ++at) {
    for (const int value : {0, 1, 0x7F, 0x80, 0xFF}) {
      Bytes bytes = whole;
      bytes[at] = static_cast<uint8_t>(value);
      const Result<PcmClip> clip = parse_wav(bytes);
      if (clip.ok()) CHECK(clip.value().samples.size() <= 4);
    }
  }
}

TEST_CASE("what is not played is named, with the number found") {
  Head head;
  head.bits = 24;
  CHECK(message(wav(head)).find("24 bits") != std::string::npos);
  head = {};
  head.format = 17;
  CHECK(message(wav(head)).find("format 17") != std::string::npos);
  head = {};
  head.channels = 6;
  CHECK(message(wav(head)).find("6 channels") != std::string::npos);
  head.channels = 0;
  CHECK(message(wav(head)).find("0 channels") != std::string::npos);
  head = {};
  head.rate = 4294967295u;
  CHECK(message(wav(head)).find("4294967295 frames") != std::string::npos);
  head.rate = 0;
  CHECK(message(wav(head)).find("0 frames") != std::string::npos);
  CHECK(message({}).find("not a WAV") != std::string::npos);
  CHECK(message(Bytes(100, 'x')).find("not a WAV") != std::string::npos);
}

TEST_CASE("an hour of sound is refused before it is copied") {
  Head head;
  head.rate = 8000;
  head.holds = head.says = 8000 * 2 * 31;
  CHECK(message(wav(head)).find("30 seconds") != std::string::npos);
}

TEST_CASE("other chunks are stepped over, odd ones too") {
  Bytes bytes = wav({});
  Bytes extra;
  put(extra, "LIST");
  put(extra, 3, 4);
  put(extra, 0, 4);  // three and the one that makes it even
  bytes.insert(bytes.begin() + 36, extra.begin(), extra.end());
  CHECK(parse_wav(bytes).value().frames() == 4);
}

TEST_CASE("sound before its format is refused") {
  Bytes bytes = wav({});
  bytes.erase(bytes.begin() + 12, bytes.begin() + 36);
  CHECK(message(bytes).find("before the format") != std::string::npos);
}
