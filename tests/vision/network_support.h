// SPDX-License-Identifier: MIT
// What the tests of the networks share: the golden set (tools/vision/train/golden.py) and weights
// files that were changed by hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::test {

using Bytes = std::vector<uint8_t>;

inline constexpr int kGoldenSize = 48;  // of the landmark net
inline constexpr int kGoldenWidth = 45, kGoldenHeight = 38;

// From the repository's root; fails the test when it is not there.
Bytes read_bytes(const std::string& path);
// "landmarks", "detector".
Bytes golden_network(std::string_view kind);
std::vector<float> golden_values(std::string_view kind);
// The same noise as golden.py's.
std::vector<float> golden_noise(int count);
std::vector<float> golden_picture(int width, int height);

// Where the weights begin: behind the line "end".
size_t body_of(const Bytes& file);
// With the head's first `from` replaced by `to`.
Bytes with_head(const Bytes& file, std::string_view from, std::string_view to);
// With the sum at the end that fits what is there.
Bytes mended(Bytes file);

}  // namespace vitrine::test
