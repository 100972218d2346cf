// SPDX-License-Identifier: MIT
// A weights file is taken whole or refused with words that say what, where, which limit and what to
// do: cut off, damaged, of another kind, with sizes that lie, with numbers that are none.
#include "engine/vision/network_file.h"

#include <catch2/catch.hpp>
#include <cstring>
#include <limits>

#include "tests/fakes/counted_allocations.h"
#include "tests/vision/network_support.h"

using namespace vitrine;
using namespace vitrine::test;

namespace {

Status status_of(const Bytes& file, NetworkKind kind = NetworkKind::Detector) {
  const Result<NetworkFile> result = NetworkFile::read(file, kind);
  return result.ok() ? Status() : result.status();
}

bool contains(const Status& status, std::string_view words) {
  return status.message().find(words) != std::string::npos;
}

// Refused with these words and a cure.
void check_refused(const Bytes& file, StatusCode code, std::string_view words) {
  const Status status = status_of(file);
  INFO(status.to_string());
  CHECK(status.code() == code);
  CHECK(contains(status, "weights of the detector network: "));
  CHECK(contains(status, words));
  CHECK(contains(status, "export it again"));
}

void check_head_refused(std::string_view from, std::string_view to, std::string_view words) {
  INFO(from << " -> " << to);
  check_refused(with_head(golden_network("detector"), from, to), StatusCode::InvalidArgument,
                words);
}

Bytes from_text(std::string_view text) {
  return {text.begin(), text.end()};
}

Bytes first(const Bytes& file, size_t count) {
  return {file.begin(), file.begin() + static_cast<ptrdiff_t>(count)};
}

// Of the first layer: `position` 0 for its first scale, `outputs` for its first bias.
Bytes with_number(float value, int position) {
  Bytes file = golden_network("detector");
  constexpr size_t kFirstWeights = 3 * 3 * 3 * 3;
  const size_t at = body_of(file) + kFirstWeights + sizeof(float) * static_cast<size_t>(position);
  std::memcpy(file.data() + at, &value, sizeof value);
  return mended(file);
}

}  // namespace

TEST_CASE("a weights file is read with its sizes and every layer") {
  const Bytes file = golden_network("landmarks");
  const Result<NetworkFile> result = NetworkFile::read(file, NetworkKind::Landmarks);
  REQUIRE(result.ok());
  CHECK(result.value().size() == kGoldenSize);
  REQUIRE(result.value().layers().size() == 23);
  const NetworkLayer& layer = result.value().layers()[5];
  CHECK(to_text(layer.shape) == "conv 60 60 3 1 1 1 60");
  CHECK(layer.values.size() == 60 * 9);
  CHECK(layer.scale(59) > 0);
  CHECK(layer.name == "early.12.body.3");
}

TEST_CASE("a file that is cut off is damaged, wherever it was cut") {
  const Bytes file = golden_network("detector");
  CHECK(status_of(file).ok());
  CHECK(contains(status_of({}), "the file is empty"));
  // Every place of the head, and of the body the ends, the middle and around each part.
  for (size_t size = 1; size < file.size(); size += size < body_of(file) + 100 ? 1 : 97) {
    const Status status = status_of(first(file, size));
    INFO(size << ": " << status.to_string());
    REQUIRE(status.code() == StatusCode::DataLoss);
    REQUIRE(contains(status, "cut off"));
  }
  const size_t one_less = file.size() - 1;
  check_refused(first(file, one_less), StatusCode::DataLoss,
                std::to_string(one_less) + " bytes of " + std::to_string(file.size()));
}

TEST_CASE("bytes behind the end are refused") {
  Bytes file = golden_network("detector");
  const std::string end = std::to_string(file.size());
  file.push_back(0);
  check_refused(file, StatusCode::DataLoss, "1 bytes after the end, which is at " + end);
}

TEST_CASE("a flipped bit anywhere in the weights is noticed by the sum") {
  const Bytes file = golden_network("detector");
  for (size_t at = body_of(file); at < file.size(); at += 41) {
    Bytes changed = file;
    changed[at] = static_cast<uint8_t>(changed[at] ^ 1 << at % 8);
    REQUIRE(contains(status_of(changed), "CRC-32"));
  }
}

TEST_CASE("weights that were changed together with their sum are other weights, not an error") {
  Bytes file = golden_network("detector");
  for (size_t i = 0; i < 81; ++i) file[body_of(file) + i] = 0x80;
  CHECK(contains(status_of(file), "CRC-32"));
  CHECK(status_of(mended(file)).ok());
}

TEST_CASE("scales and biases that are no numbers or too large are refused, the sum being right") {
  constexpr float kNothing = std::numeric_limits<float>::quiet_NaN();
  constexpr float kInfinite = std::numeric_limits<float>::infinity();
  for (const float value : {kNothing, kInfinite, -kInfinite, 2e6f, -1e-3f, 3e38f}) {
    check_refused(with_number(value, 0), StatusCode::InvalidArgument,
                  "layer \"body.0\", scale of output 0 is ");
  }
  for (const float value : {kNothing, kInfinite, -kInfinite, 2e6f, -2e6f}) {
    check_refused(with_number(value, 3 + 2), StatusCode::InvalidArgument,
                  "layer \"body.0\", bias of output 2 is ");
  }
  CHECK(status_of(with_number(0, 0)).ok());
  CHECK(status_of(with_number(-1e6f, 3)).ok());
}

TEST_CASE("a file of the other kind is refused with both kinds' names") {
  const Status status = status_of(golden_network("landmarks"));
  CHECK(status.code() == StatusCode::InvalidArgument);
  CHECK(contains(status, "\"kind landmarks\" instead of \"kind detector\""));
}

TEST_CASE("what is no weights file, or of another version, is said to be so") {
  for (const char* text : {"<!doctype html>\n<html>", "version https://git-lfs",
                           "\x89PNG\r\n\x1a\n", "vitrine-nes 1\n", "\n", "VITRINE-NET 1\n"}) {
    check_refused(from_text(text), StatusCode::InvalidArgument, "no weights file");
  }
  check_refused(Bytes(100000, 0), StatusCode::InvalidArgument, "no weights file");
  check_head_refused("vitrine-net 1", "vitrine-net 2",
                     "version \"2\", this program reads version 1");
  check_head_refused("vitrine-net 1\n", "vitrine-net 1\r\n", "version \"1?\"");
}

TEST_CASE("a head that does not end is refused at its limit") {
  Bytes file = first(golden_network("detector"), 36);
  for (int i = 0; i < 900; ++i) {
    for (const char c : std::string_view("dense a 1 1\n")) file.push_back(static_cast<uint8_t>(c));
  }
  check_refused(file, StatusCode::InvalidArgument, "no \"end\" in the first 8192 bytes");
}

TEST_CASE("sizes out of bounds are refused with the bounds") {
  for (const char* size : {"size 0", "size 15", "size 1025", "size -64", "size 64 64", "size",
                           "size 6e1", "size 99999999999999999999", "Size 64"}) {
    check_head_refused("size 64", size, "16 to 1024 in steps of 1");
  }
  const Bytes file = with_head(golden_network("landmarks"), "size 48", "size 50");
  CHECK(contains(status_of(file, NetworkKind::Landmarks), "32 to 128 in steps of 16"));
  // Its mask would have more cells than a face's has.
  const Bytes large = with_head(golden_network("landmarks"), "size 48", "size 144");
  CHECK(contains(status_of(large, NetworkKind::Landmarks), "32 to 128 in steps of 16"));
}

TEST_CASE("a head that claims a gigabyte is refused before any memory is taken for it") {
  const std::string huge = "conv body.0 3 9999999 3 2 1 1 1";
  check_head_refused("conv body.0 3 3 3 2 1 1 1", huge, "9999999 outputs, 1 to 64 are possible");
  check_head_refused("conv body.3 3 6", "conv body.3 9999999 9999999", "where the network has");
  Bytes file = with_head(golden_network("landmarks"), "432 12\n", "432 1000000\n");
  CHECK(contains(status_of(file, NetworkKind::Landmarks), "1 to 1024 are possible"));
  check_refused(Bytes(NetworkFile::kMaxBytes + 1), StatusCode::InvalidArgument,
                "at most 4194304 are read");
}

TEST_CASE("a layer that is not where the network has it is named with what belongs there") {
  check_head_refused("conv body.3 3 6 3 2", "conv body.3 3 6 3 1",
                     "layer 2, \"body.3\", is \"conv 3 6 3 1 1 1 1\" where the network has "
                     "\"conv 3 6 3 2 1 1 1\"");
  check_head_refused("conv body.12 12 12 3 1 2 2 1", "conv body.12 12 12 3 1 2 2 0", "layer 5");
  check_head_refused("conv body.12 12 12 3 1 2 2 1", "dense body.12 12 12", "\"dense 12 12\"");
  check_head_refused("conv outputs 12 4 1 1 0 1 1\n", "", "7 layers, the network has 8");
  check_head_refused("\nend\n", "\nconv more 4 4 1 1 0 1 1\nend\n", "9 layers, the network has 8");
  check_head_refused("size 64\n", "size 64\nend\n", "0 layers, the network has 8");
}

TEST_CASE("a line that is no layer is shown, as far as it can be") {
  for (const char* line :
       {"conv body.3 3 6 3 2 1 1", "conv body.3 3 6 3 2 1 1 1 1", "conv  3 6 3 2 1 1 1",
        "conv body.3 3 6 3 2 -1 1 1", "conv body.3 3 6 +3 2 1 1 1", "pool body.3 2", "",
        "conv body.3 3 6 3 2 1 1 1 ", "END"}) {
    check_head_refused("conv body.3 3 6 3 2 1 1 1", line, "line 5, ");
  }
  check_head_refused("conv body.3 3 6 3 2 1 1 1", "\x01\xff" + std::string(100, 'x'),
                     "\"??" + std::string(38, 'x') + "…\", is no layer");
}

TEST_CASE("a zero in any number of the head is refused") {
  const Bytes file = golden_network("landmarks");
  size_t tried = 0;
  for (size_t at = 0; at + 1 < body_of(file); ++at) {
    if (file[at] != ' ' || file[at + 1] < '1' || file[at + 1] > '9') continue;
    Bytes changed = file;
    changed[at + 1] = '0';
    REQUIRE(!status_of(changed, NetworkKind::Landmarks).ok());
    ++tried;
  }
  CHECK(tried > 100);
}
