// SPDX-License-Identifier: MIT
#include "native/audio/wav.h"

#include <cstring>
#include <string>

namespace vitrine {
namespace {

constexpr uint32_t kPcm = 1;
constexpr uint32_t kExtensible = 0xFFFE;  // says its format again, further on
constexpr size_t kChunkHeader = 8;
constexpr size_t kFormatSize = 16;
constexpr size_t kExtensibleSize = 26;

Status broken(const std::string& why) {
  return {StatusCode::InvalidArgument, "WAV: " + why};
}

// Little-endian fields; the caller has looked at the size.
uint32_t read16(std::span<const uint8_t> bytes, size_t at) {
  return bytes[at] | static_cast<uint32_t>(bytes[at + 1]) << 8;
}

uint32_t read32(std::span<const uint8_t> bytes, size_t at) {
  return read16(bytes, at) | read16(bytes, at + 2) << 16;
}

bool is_tag(std::span<const uint8_t> bytes, size_t at, const char* tag) {
  return bytes.size() >= at + 4 && std::memcmp(bytes.data() + at, tag, 4) == 0;
}

Status read_format(std::span<const uint8_t> chunk, PcmClip& clip) {
  if (chunk.size() < kFormatSize) return broken("the format chunk is cut");
  uint32_t format = read16(chunk, 0);
  if (format == kExtensible && chunk.size() >= kExtensibleSize) format = read16(chunk, 24);
  const uint32_t bits = read16(chunk, 14);
  clip.channels = read16(chunk, 2);
  clip.rate = read32(chunk, 4);
  if (format != kPcm || bits != 16) {
    return broken("format " + std::to_string(format) + " of " + std::to_string(bits) +
                  " bits; only PCM (1) of 16 bits is played: convert it");
  }
  if (clip.channels < 1 || clip.channels > 2) {
    return broken(std::to_string(clip.channels) + " channels; 1 or 2 are played");
  }
  if (clip.rate < 8000 || clip.rate > 96000) {
    return broken(std::to_string(clip.rate) + " frames a second; 8000 to 96000 are played");
  }
  return {};
}

Status read_data(std::span<const uint8_t> chunk, PcmClip& clip) {
  if (clip.rate == 0) return broken("sound before the format that explains it");
  const size_t frame = 2 * size_t{clip.channels};
  const size_t frames = chunk.size() / frame;
  if (frames == 0) return broken("no sound in it");
  if (frames > size_t{kMaxClipSeconds} * clip.rate) {
    return broken("longer than " + std::to_string(kMaxClipSeconds) + " seconds");
  }
  clip.samples.resize(frames * clip.channels);
  for (size_t i = 0; i < clip.samples.size(); ++i) {
    clip.samples[i] = static_cast<int16_t>(read16(chunk, 2 * i));
  }
  return {};
}

}  // namespace

Result<PcmClip> parse_wav(std::span<const uint8_t> bytes) {
  if (!is_tag(bytes, 0, "RIFF") || !is_tag(bytes, 8, "WAVE")) return broken("not a WAV file");
  PcmClip clip;
  for (size_t at = 12; bytes.size() - at >= kChunkHeader;) {
    const size_t size = read32(bytes, at + 4);
    const size_t left = bytes.size() - at - kChunkHeader;
    const auto chunk = bytes.subspan(at + kChunkHeader, size < left ? size : left);
    if (is_tag(bytes, at, "data")) {
      const Status status = read_data(chunk, clip);
      if (!status.ok()) return status;
      return clip;
    }
    if (is_tag(bytes, at, "fmt ")) {
      const Status status = read_format(chunk, clip);
      if (!status.ok()) return status;
    }
    if (size >= left) break;
    at += kChunkHeader + size + (size & 1);  // chunks begin at even places
    if (at > bytes.size()) break;
  }
  return broken("no sound in it");
}

}  // namespace vitrine
