// SPDX-License-Identifier: MIT
// Every limit of docs/protocol.md, "Limits". Both ends compile the same numbers; what the server
// may lower for a connection it says in its welcome.
#pragma once

#include <cstddef>
#include <cstdint>

namespace vitrine::protocol {

inline constexpr size_t kMaxFrameBytes = 64 * 1024;
inline constexpr size_t kMaxRowBytes = 4 * 1024;  // one row as written in the frame
inline constexpr uint32_t kMaxRows = 256;         // of one batch
inline constexpr uint32_t kMaxDepth = 8;          // nesting of a frame
inline constexpr uint32_t kMaxValues = 16384;     // JSON values in a frame
inline constexpr uint64_t kMaxSequence = uint64_t{1} << 53;
inline constexpr int64_t kMaxTimeMs = 253402300799999;  // 9999-12-31T23:59:59.999Z
inline constexpr size_t kMaxIdLength = 64;              // device, campaign, brand, scene
inline constexpr size_t kMaxBuildLength = 64;
inline constexpr size_t kMaxTokenLength = 1024;
inline constexpr size_t kNonceHexLength = 64;       // 32 random bytes
inline constexpr size_t kSignatureHexLength = 128;  // Ed25519
inline constexpr uint32_t kMaxScenes = 64;          // named in a hello
inline constexpr uint32_t kMaxLossTypes = 64;       // counted in one loss
inline constexpr uint32_t kMaxWindowBatches = 64;
inline constexpr uint32_t kDefaultWindowBatches = 8;
inline constexpr uint32_t kHashWindowRows = 256;  // resends compared by hash

// The campaign of what happened before there was one.
inline constexpr char kNoCampaign[] = "none";

inline constexpr char kSubprotocol[] = "vitrine.1";
inline constexpr char kCloudEventsSubprotocol[] = "cloudevents.json";

}  // namespace vitrine::protocol
