// SPDX-License-Identifier: MIT
#include "native/kiosk/album.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

#include "native/image_files.h"

namespace vitrine {
namespace {

constexpr uint32_t kSmallSide = 480;

Image small(const Image& image) {
  const bool wide = image.width > image.height;
  return made_smaller(image, wide ? kSmallSide * image.height / image.width : kSmallSide);
}

}  // namespace

void Album::add(const std::string& sheet, std::string_view row, std::string_view column,
                Image picture) {
  add_small(sheet, row, column, picture);
  save(sheet + "-" + std::string(row) + "-" + std::string(column), std::move(picture));
}

void Album::add_small(const std::string& sheet, std::string_view row, std::string_view column,
                      const Image& picture) {
  sheets_[sheet].add(row, column, small(picture));
}

Status Album::finish(const Lettering& lettering) {
  for (const auto& [name, sheet] : sheets_) save(name, sheet.compose(lettering));
  writer_.drain();
  return written_;
}

void Album::save(const std::string& name, Image picture) {
  std::string file = name + ".png";
  std::replace(file.begin(), file.end(), ' ', '-');
  file = folder_ + "/" + file;
  std::printf("%s\n", file.c_str());
  writer_.post([this, file, image = std::make_shared<Image>(std::move(picture))]() {
    const Status status = write_png(*image, file);
    if (!status.ok()) written_ = status;
    return Worker::Report();
  });
}

}  // namespace vitrine
