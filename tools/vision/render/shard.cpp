// SPDX-License-Identifier: MIT
#include "tools/vision/render/shard.h"

#include <cstring>
#include <sstream>

namespace vitrine::faces {
namespace {

// Points, pose, visibility, then presence, tone, light, flags and two spare bytes.
constexpr size_t kFaceBytes = kLandmarkCount * 8 + 12 + kLandmarkCount + 3 + 4;

uint8_t* put(uint8_t* out, const void* bytes, size_t count) {
  std::memcpy(out, bytes, count);
  return out + count;
}

uint8_t* pack_face(const FaceTruth& face, LightClass light, uint8_t* out) {
  const float pose[3] = {face.pose.yaw, face.pose.pitch, face.pose.roll};
  const uint8_t small[3] = {static_cast<uint8_t>(face.presence), face.tone,
                            static_cast<uint8_t>(light)};
  const uint16_t spare = 0;
  out = put(out, face.point.data(), sizeof face.point);
  out = put(out, pose, sizeof pose);
  out = put(out, face.seen.data(), sizeof face.seen);
  out = put(out, small, sizeof small);
  out = put(out, &face.flags, sizeof face.flags);
  return put(out, &spare, sizeof spare);
}

}  // namespace

const char* framing_name(Framing framing) {
  switch (framing) {
    case Framing::kCrop:
      return "crop";
    case Framing::kFrame:
      return "frame";
    case Framing::kEmpty:
      return "empty";
  }
  return "";
}

size_t record_bytes(int size) {
  return static_cast<size_t>(size) * static_cast<size_t>(size) * 3 + kMaskSide * kMaskSide +
         kMaxFaces * kFaceBytes;
}

std::string shard_header(const ShardHeader& header) {
  std::ostringstream text;
  text << "vitrine-faces 1\nframing " << framing_name(header.wanted.framing) << "\nseed "
       << header.seed << "\nfirst " << header.first << "\ncount " << header.count << "\nsize "
       << header.wanted.size << "\ntones " << header.wanted.tones.first + 1 << "-"
       << header.wanted.tones.first + header.wanted.tones.count << "\nmask " << kMaskSide
       << "\nfaces " << kMaxFaces << "\npoints " << kLandmarkCount << "\nrecord_bytes "
       << record_bytes(header.wanted.size) << "\n";
  for (const LandmarkGroup& group : kLandmarkGroups)
    text << "group " << group.name << " " << group.first << " " << group.count << "\n";
  text << "mirror";
  for (int i : mirrored_landmarks()) text << " " << i;
  text << "\nlights";
  for (const char* name : kLightNames) text << " " << name;
  text << "\nflags";
  for (const char* name : kFlagNames) text << " " << name;
  text << "\nend\n";
  return text.str();
}

void pack_record(const Sample& sample, int size, uint8_t* out) {
  std::memset(out, 0, record_bytes(size));
  out = put(out, sample.picture.rgb.data(), sample.picture.rgb.size());
  out = put(out, sample.mask.data(), sample.mask.size());
  for (const FaceTruth& face : sample.faces) out = pack_face(face, sample.light, out);
}

}  // namespace vitrine::faces
