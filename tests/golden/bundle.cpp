// SPDX-License-Identifier: MIT
#include "tests/golden/bundle.h"

#include <cstdio>
#include <cstring>

namespace vitrine::golden {
namespace {

void append_u32(std::string& out, size_t value) {
  for (int shift = 0; shift < 32; shift += 8) {
    out.push_back(static_cast<char>((value >> shift) & 255));
  }
}

bool take_u32(std::string_view& bytes, uint32_t& value) {
  if (bytes.size() < 4) return false;
  value = 0;
  for (int i = 3; i >= 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[static_cast<size_t>(i)]);
  }
  bytes.remove_prefix(4);
  return true;
}

bool take(std::string_view& bytes, size_t size, std::string& out) {
  if (bytes.size() < size) return false;
  out.assign(bytes.substr(0, size));
  bytes.remove_prefix(size);
  return true;
}

// FNV-1a, 64 bits.
uint64_t hash_of(std::string_view text) {
  uint64_t hash = 14695981039346656037ull;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return hash;
}

}  // namespace

std::string encode_bundle(const Bundle& bundle) {
  std::string out;
  for (const auto& [name, bytes] : bundle) {
    append_u32(out, name.size());
    append_u32(out, bytes.size());
    out.append(name).append(bytes);
  }
  return out;
}

bool decode_bundle(std::string_view bytes, Bundle& bundle) {
  bundle.clear();
  while (!bytes.empty()) {
    uint32_t name_size = 0;
    uint32_t size = 0;
    std::string name;
    if (!take_u32(bytes, name_size) || !take_u32(bytes, size)) return false;
    if (!take(bytes, name_size, name) || !take(bytes, size, bundle[name])) return false;
  }
  return true;
}

std::string encode_image(const VectorImage& image) {
  std::string out;
  append_u32(out, image.image.width);
  append_u32(out, image.image.height);
  const float geometry[8] = {image.bounds.x,       image.bounds.y,       image.bounds.width,
                             image.bounds.height,  image.view_box.x,     image.view_box.y,
                             image.view_box.width, image.view_box.height};
  out.append(reinterpret_cast<const char*>(geometry), sizeof geometry);
  out.append(reinterpret_cast<const char*>(image.image.pixels.data()), image.image.pixels.size());
  return out;
}

bool decode_image(std::string_view bytes, VectorImage& image) {
  float geometry[8];
  if (!take_u32(bytes, image.image.width) || !take_u32(bytes, image.image.height)) return false;
  if (bytes.size() != sizeof geometry + size_t{4} * image.image.width * image.image.height) {
    return false;
  }
  std::memcpy(geometry, bytes.data(), sizeof geometry);
  image.bounds = {geometry[0], geometry[1], geometry[2], geometry[3]};
  image.view_box = {geometry[4], geometry[5], geometry[6], geometry[7]};
  const auto* pixels = reinterpret_cast<const uint8_t*>(bytes.data()) + sizeof geometry;
  image.image.pixels.assign(pixels, pixels + bytes.size() - sizeof geometry);
  return true;
}

std::string drawing_name(const VectorRequest& request) {
  const Color& color = request.current_color;
  char text[160];
  std::snprintf(text, sizeof text, "drawing/%016llx-%.40s-%ux%u-%02x%02x%02x",
                static_cast<unsigned long long>(hash_of(request.document)),
                std::string(request.group).c_str(), request.width, request.height,
                static_cast<unsigned>(color.r * 255.0f + 0.5f),
                static_cast<unsigned>(color.g * 255.0f + 0.5f),
                static_cast<unsigned>(color.b * 255.0f + 0.5f));
  return text;
}

}  // namespace vitrine::golden
