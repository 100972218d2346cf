// SPDX-License-Identifier: MIT
#include "tests/vision/network_support.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <fstream>
#include <iterator>

namespace vitrine::test {

namespace {

constexpr size_t kSumBytes = 4;
constexpr std::string_view kEnd = "\nend\n";

std::string_view as_text(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Bit by bit, unlike what is tested.
uint32_t crc32(const uint8_t* bytes, size_t count) {
  uint32_t sum = 0xFFFFFFFF;
  for (size_t i = 0; i < count; ++i) {
    sum ^= bytes[i];
    for (int bit = 0; bit < 8; ++bit) sum = sum & 1 ? sum >> 1 ^ 0xEDB88320 : sum >> 1;
  }
  return ~sum;
}

std::string golden_path(std::string_view kind, std::string_view suffix) {
  return "tests/vision/network_golden/" + std::string(kind) + std::string(suffix);
}

}  // namespace

Bytes read_bytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  INFO(path);
  REQUIRE(file);
  return Bytes(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
}

Bytes golden_network(std::string_view kind) {
  return read_bytes(golden_path(kind, ".net"));
}

std::vector<float> golden_values(std::string_view kind) {
  const Bytes bytes = read_bytes(golden_path(kind, ".expected"));
  std::vector<float> values(bytes.size() / sizeof(float));
  std::memcpy(values.data(), bytes.data(), values.size() * sizeof(float));
  return values;
}

std::vector<float> golden_picture(int width, int height) {
  return golden_noise(3 * width * height);
}

std::vector<float> golden_noise(int count) {
  std::vector<float> values;
  for (uint32_t i = 0; i < static_cast<uint32_t>(count); ++i) {
    const uint32_t noise = (i * 2654435761u + 12345u) >> 8;
    values.push_back(static_cast<float>(noise / 16777216.0 * 4 - 2));
  }
  return values;
}

size_t body_of(const Bytes& file) {
  const size_t end = as_text(file).find(kEnd);
  REQUIRE(end != std::string_view::npos);
  return end + kEnd.size();
}

Bytes with_head(const Bytes& file, std::string_view from, std::string_view to) {
  const size_t at = as_text(file).find(from);
  REQUIRE(at != std::string_view::npos);
  Bytes out(file.begin(), file.begin() + static_cast<ptrdiff_t>(at));
  out.insert(out.end(), to.begin(), to.end());
  out.insert(out.end(), file.begin() + static_cast<ptrdiff_t>(at + from.size()), file.end());
  return out;
}

Bytes mended(Bytes file) {
  const size_t body = body_of(file), end = file.size() - kSumBytes;
  const uint32_t sum = crc32(file.data() + body, end - body);
  for (size_t i = 0; i < kSumBytes; ++i) file[end + i] = static_cast<uint8_t>(sum >> 8 * i);
  return file;
}

}  // namespace vitrine::test
