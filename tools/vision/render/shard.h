// SPDX-License-Identifier: MIT
// Packs samples into files for the trainer; docs/vision/shards.md describes the format.
#pragma once

#include <string>

#include "tools/vision/render/scene.h"

namespace vitrine::faces {

struct ShardHeader {
  uint64_t seed = 0, first = 0, count = 0;
  Wanted wanted;
};

std::string shard_header(const ShardHeader& header);
size_t record_bytes(int size);
// Writes one record of record_bytes(size) bytes to `out`.
void pack_record(const Sample& sample, int size, uint8_t* out);
const char* framing_name(Framing framing);

}  // namespace vitrine::faces
