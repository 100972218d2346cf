// SPDX-License-Identifier: MIT
#include "tests/golden/picture_files.h"

#include <fstream>
#include <iterator>

#include "native/image_files.h"

namespace vitrine::golden {

bool read_png(const std::string& file, Image& image) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  Result<Image> decoded =
      decode_image({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()});
  if (decoded.ok()) image = std::move(decoded).value();
  return decoded.ok();
}

bool write_png(const std::string& file, const Image& image) {
  return vitrine::write_png(image, file).ok();
}

}  // namespace vitrine::golden
