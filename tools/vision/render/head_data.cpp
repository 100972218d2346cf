// SPDX-License-Identifier: MIT
#include "tools/vision/render/head_data.h"

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace vitrine::faces {
namespace {

constexpr int kVertices = 26719;  // the topology that landmark_table.cpp names vertices of
constexpr int kMaxTriangles = 200000;
constexpr int kMaxModes = 500;
constexpr uintmax_t kMaxBytes = 200000000;  // the most that these make are 164 MB
constexpr const char* kMagic = "vitrine-head 1";
constexpr std::array<const char*, 12> kMaterials = {
    "M_Face",          "M_BackHead", "M_GumsTongue",   "M_Teeth",
    "M_ScleraLeft",    "M_IrisLeft", "M_ScleraRight",  "M_IrisRight",
    "M_LacrimalFluid", "M_EyeBlend", "M_EyeOcclusion", "M_EyeLashes"};
// The expressions that faces are drawn with (expression.cpp, clip.cpp), and those that each side of
// the face has one of.
constexpr std::array<const char*, 9> kWholeExpressions = {
    "jawLeft",     "jawOpen",    "jawRight",       "mouthFunnel",   "mouthLeft",
    "mouthPucker", "mouthRight", "mouthRollLower", "mouthRollUpper"};
constexpr std::array<const char*, 20> kSidedExpressions = {
    "browDown",   "browInnerUp", "browOuterUp",  "cheekPuff",    "cheekSquint",
    "eyeBlink",   "eyeLookDown", "eyeLookIn",    "eyeLookOut",   "eyeLookUp",
    "eyeSquint",  "eyeWide",     "mouthDimple",  "mouthFrown",   "mouthLowerDown",
    "mouthPress", "mouthSmile",  "mouthStretch", "mouthUpperUp", "noseSneer"};

struct Header {
  int vertices = 0, triangles = 0, identity_modes = 0;
  std::vector<std::string> materials, expressions;
};

uint32_t crc32(const std::string& bytes, size_t begin, size_t end) {
  static const auto table = [] {
    std::array<uint32_t, 256> entries{};
    for (uint32_t i = 0; i < 256; ++i) {
      uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit)
        value = (value & 1) ? 0xedb88320u ^ (value >> 1) : value >> 1;
      entries[i] = value;
    }
    return entries;
  }();
  uint32_t sum = ~0u;
  for (size_t i = begin; i < end; ++i) {
    sum = table[(sum ^ static_cast<uint8_t>(bytes[i])) & 255] ^ (sum >> 8);
  }
  return ~sum;
}

// What is wrong with the header; "" when nothing. Leaves `text` at the first byte of the arrays.
std::string read_header(std::istringstream& text, Header& header) {
  std::string line;
  if (!std::getline(text, line) || line != kMagic) {
    return "does not begin with \"" + std::string(kMagic) + "\": it is no head file";
  }
  while (std::getline(text, line) && line != "end") {
    std::istringstream words(line);
    std::string key, name;
    words >> key;
    if (key == "vertices") words >> header.vertices;
    if (key == "triangles") words >> header.triangles;
    if (key == "identity_modes") words >> header.identity_modes;
    if (key == "material" && words >> name) header.materials.push_back(name);
    if (key == "expression" && words >> name) header.expressions.push_back(name);
  }
  if (line != "end") return "ends inside its header";
  return "";
}

// The first expression that is drawn with and is not there; "" when all are.
std::string missing_expression(const std::vector<std::string>& names) {
  std::vector<std::string> needed(kWholeExpressions.begin(), kWholeExpressions.end());
  for (const std::string name : kSidedExpressions) {
    needed.push_back(name + "_L");
    needed.push_back(name + "_R");
  }
  for (const std::string& name : needed) {
    if (std::find(names.begin(), names.end(), name) == names.end()) return name;
  }
  return "";
}

std::string check_header(const Header& header) {
  if (header.vertices != kVertices) {
    return "has " + std::to_string(header.vertices) + " vertices, not " + std::to_string(kVertices);
  }
  if (header.triangles < 1 || header.triangles > kMaxTriangles) {
    return "has " + std::to_string(header.triangles) + " triangles; 1 to 200000 are allowed";
  }
  if (header.identity_modes < 1 || header.identity_modes > kMaxModes) {
    return "has " + std::to_string(header.identity_modes) + " identity modes; 1 to 500 are allowed";
  }
  if (header.expressions.empty() || header.expressions.size() > kMaxModes) {
    return "has " + std::to_string(header.expressions.size()) +
           " expressions; 1 to 500 are allowed";
  }
  if (!std::equal(header.materials.begin(), header.materials.end(), kMaterials.begin(),
                  kMaterials.end())) {
    return "lists other materials than ICT-FaceKit's twelve";
  }
  if (std::string name = missing_expression(header.expressions); !name.empty()) {
    return "has no expression " + name + ", which faces are drawn with";
  }
  return "";
}

class ArrayReader {
 public:
  ArrayReader(const std::string& bytes, size_t at) : bytes_(bytes), at_(at) {}
  template <class T>
  std::vector<T> take(size_t count) {
    std::vector<T> values(count);
    std::memcpy(values.data(), bytes_.data() + at_, count * sizeof(T));
    at_ += count * sizeof(T);
    return values;
  }

 private:
  const std::string& bytes_;
  size_t at_;
};

size_t array_bytes(const Header& header) {
  const size_t v = static_cast<size_t>(header.vertices), t = static_cast<size_t>(header.triangles);
  const size_t modes = static_cast<size_t>(header.identity_modes) + header.expressions.size();
  return v * 20 + t * 13 + modes * (4 + v * 6);
}

bool take_triangles(ArrayReader& reader, const Header& header, HeadData& head) {
  const size_t count = static_cast<size_t>(header.triangles);
  const auto corners = reader.take<uint32_t>(count * 3);
  const auto materials = reader.take<uint8_t>(count);
  for (size_t i = 0; i < count; ++i) {
    Triangle triangle{};
    for (size_t k = 0; k < 3; ++k) {
      if (corners[3 * i + k] >= static_cast<uint32_t>(header.vertices)) return false;
      triangle.corner[k] = static_cast<int>(corners[3 * i + k]);
    }
    if (materials[i] >= kMaterials.size()) return false;
    triangle.material = static_cast<Material>(materials[i]);
    head.triangles.push_back(triangle);
  }
  return true;
}

bool all_finite(const HeadData& head) {
  for (Vec3 p : head.position) {
    if (!(std::abs(p.x) < 100 && std::abs(p.y) < 100 && std::abs(p.z) < 100)) return false;
  }
  for (const MoveSet* moves : {&head.identity, &head.expression}) {
    for (float scale : moves->scale) {
      if (!(scale > 0 && scale * 32767 < 50)) return false;
    }
  }
  return true;
}

std::string fill(ArrayReader reader, const Header& header, HeadData& head) {
  const size_t v = static_cast<size_t>(header.vertices);
  head.position = reader.take<Vec3>(v);
  head.uv = reader.take<Vec2>(v);
  if (!take_triangles(reader, header, head))
    return "has a triangle with a corner or a material that is not there";
  for (auto [moves, modes] : {std::pair{&head.identity, static_cast<size_t>(header.identity_modes)},
                              std::pair{&head.expression, header.expressions.size()}}) {
    moves->scale = reader.take<float>(modes);
    moves->value = reader.take<int16_t>(modes * v * 3);
  }
  head.expression_names = header.expressions;
  return all_finite(head) ? ""
                          : "has a position or a scale that is no length of a head in centimetres";
}

// What keeps the file from being read; "" when nothing.
std::string read_bytes(const std::string& path, std::string& bytes) {
  std::error_code problem;
  const auto status = std::filesystem::status(path, problem);
  // Of others, like devices, nobody knows where they end.
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    return "is no regular file";
  const uintmax_t size = std::filesystem::file_size(path, problem);
  if (problem) return "cannot be read: " + problem.message();
  if (size > kMaxBytes)
    return "has " + std::to_string(size) + " bytes; at most " + std::to_string(kMaxBytes) +
           " are allowed";
  std::ifstream file(path, std::ios::binary);
  bytes.resize(size);
  if (file.read(bytes.data(), static_cast<std::streamsize>(size))) return "";
  return "cannot be read";
}

std::string parse(const std::string& bytes, HeadData& head) {
  std::istringstream text(bytes);
  Header header;
  if (std::string wrong = read_header(text, header); !wrong.empty()) return wrong;
  if (std::string wrong = check_header(header); !wrong.empty()) return wrong;
  const size_t begin = static_cast<size_t>(text.tellg()), end = begin + array_bytes(header);
  if (bytes.size() != end + 4) {
    return "has " + std::to_string(bytes.size()) + " bytes, its header asks for " +
           std::to_string(end + 4);
  }
  uint32_t sum = 0;
  std::memcpy(&sum, bytes.data() + end, 4);
  if (sum != crc32(bytes, begin, end)) return "is damaged: its checksum does not fit";
  return fill(ArrayReader(bytes, begin), header, head);
}

}  // namespace

void HeadData::add(const MoveSet& moves, int mode, float weight,
                   std::vector<Vec3>& vertices) const {
  const size_t count = position.size() * 3;
  const int16_t* value = moves.value.data() + static_cast<size_t>(mode) * count;
  const float factor = weight * moves.scale[static_cast<size_t>(mode)];
  float* out = &vertices[0].x;
  for (size_t i = 0; i < count; ++i) out[i] += factor * static_cast<float>(value[i]);
}

std::optional<HeadData> read_head(const std::string& path, std::string& error) {
  const std::string cure = "; make it anew with tools/vision/head/convert.py (docs/vision/head.md)";
  HeadData head;
  std::string bytes, wrong = read_bytes(path, bytes);
  if (wrong.empty()) wrong = parse(bytes, head);
  if (wrong.empty()) return head;
  error = path + " " + wrong + cure;
  return std::nullopt;
}

}  // namespace vitrine::faces
