// SPDX-License-Identifier: MIT
#include "tools/vision/render/clip_files.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "tools/vision/render/part_file.h"

namespace vitrine::faces {
namespace {

std::string y4m_head(ClipSize size) {
  return "YUV4MPEG2 W" + std::to_string(size.width()) + " H" + std::to_string(size.height) + " F" +
         std::to_string(kClipRate) + ":1 Ip A1:1 C420jpeg\n";
}

char byte_of(float value) {
  return static_cast<char>(static_cast<uint8_t>(std::clamp(value + 0.5f, 0.f, 255.f)));
}

Vec3 pixel_of(const Picture& picture, int x, int y) {
  const uint8_t* p = &picture.rgb[static_cast<size_t>(y * picture.width + x) * 3];
  return {static_cast<float>(p[0]), static_cast<float>(p[1]), static_cast<float>(p[2])};
}

// JPEG's YCbCr, each colour for four pixels.
std::string y4m_picture(const Picture& picture) {
  std::string out = "FRAME\n";
  for (int y = 0; y < picture.height; ++y) {
    for (int x = 0; x < picture.width; ++x)
      out += byte_of(dot(pixel_of(picture, x, y), Vec3{0.299f, 0.587f, 0.114f}));
  }
  for (const Vec3 mix : {Vec3{-0.168736f, -0.331264f, 0.5f}, Vec3{0.5f, -0.418688f, -0.081312f}}) {
    for (int y = 0; y < picture.height; y += 2) {
      for (int x = 0; x < picture.width; x += 2) {
        const Vec3 sum = pixel_of(picture, x, y) + pixel_of(picture, x + 1, y) +
                         pixel_of(picture, x, y + 1) + pixel_of(picture, x + 1, y + 1);
        out += byte_of(128 + dot(sum * 0.25f, mix));
      }
    }
  }
  return out;
}

// Of somebody who is there: others are left out.
const char* presence_name(Presence presence) {
  return presence == Presence::kFace ? "face" : "covered";
}

// The oval is left out: it is a convention more than an edge, and a sixth of the file.
bool is_kept(size_t landmark) {
  return landmark < 92 || landmark >= 116;
}

void append(std::string& line, const char* format, double value) {
  char text[40];
  std::snprintf(text, sizeof text, format, value);
  line += text;
}

std::string face_json(size_t id, const FaceTruth& truth, float distance_cm) {
  std::string line = "{\"id\":" + std::to_string(id) + ",\"presence\":\"" +
                     presence_name(truth.presence) + "\",\"pose\":[";
  append(line, "%.3f,", static_cast<double>(truth.pose.yaw));
  append(line, "%.3f,", static_cast<double>(truth.pose.pitch));
  append(line, "%.3f],\"distance_mm\":", static_cast<double>(truth.pose.roll));
  append(line, "%.0f,\"tenths\":[", static_cast<double>(distance_cm) * 10);
  std::string unseen;
  for (size_t i = 0; i < truth.point.size(); ++i) {
    if (!is_kept(i)) continue;
    if (i > 0) line += ',';
    append(line, "%.0f,", std::round(static_cast<double>(truth.point[i].x) * 10));
    append(line, "%.0f", std::round(static_cast<double>(truth.point[i].y) * 10));
    if (truth.seen[i] != Seen::kVisible) {
      unseen += (unseen.empty() ? "" : ",") + std::to_string(i);
    }
  }
  return line + "],\"unseen\":[" + unseen + "]}";
}

std::string frame_json(int frame, const ClipFrame& drawn) {
  std::string line = "{\"frame\":" + std::to_string(frame) + ",\"faces\":[";
  for (size_t i = 0; i < drawn.faces.size(); ++i) {
    if (drawn.faces[i].presence == Presence::kNone) continue;
    if (line.back() != '[') line += ',';
    line += face_json(i, drawn.faces[i], drawn.distance_cm[i]);
  }
  return line + "]}\n";
}

std::string head_json(const ClipPlan& plan, ClipSize size, uint64_t seed, long long frames) {
  return "{\"clip\":\"" + std::string(plan.name) + "\",\"shows\":\"" + plan.shows +
         "\",\"seed\":" + std::to_string(seed) + ",\"width\":" + std::to_string(size.width()) +
         ",\"height\":" + std::to_string(size.height) +
         ",\"frames_per_second\":" + std::to_string(kClipRate) +
         ",\"focal_length\":" + std::to_string(size.focal()) +
         ",\"frames\":" + std::to_string(frames) + ",\"persons\":" + std::to_string(plan.persons) +
         "}\n";
}

}  // namespace

bool write_clip(const HeadModel& model, const ClipPlan& plan, ClipSize size, uint64_t seed,
                long long most, const std::filesystem::path& folder) {
  const std::string name = plan.name;
  PartFile film(folder / (name + ".y4m")), truth(folder / (name + ".jsonl"));
  const long long frames = std::min<long long>(plan.frames, most);
  bool written = film.write(y4m_head(size)) && truth.write(head_json(plan, size, seed, frames));
  Clip clip(model, plan, size, seed);
  for (int frame = 0; frame < frames && written; ++frame) {
    const ClipFrame drawn = clip.draw(frame);
    written = film.write(y4m_picture(drawn.picture)) && truth.write(frame_json(frame, drawn));
  }
  // Both are whole or neither: drawing ended where one could not be written. The film comes last,
  // so that none is there without its truth.
  return film.close() && truth.close() && truth.put_in_place() && film.put_in_place();
}

}  // namespace vitrine::faces
