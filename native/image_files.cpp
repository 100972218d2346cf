// SPDX-License-Identifier: MIT
#include "native/image_files.h"

#include <unistd.h>

#include <stb_image.h>
#include <stb_image_write.h>

#include <cerrno>
#include <fstream>
#include <memory>
#include <system_error>
#include <utility>

namespace vitrine {
namespace {

constexpr int kMaxSide = 4096;

void premultiply(std::vector<uint8_t>& pixels) {
  for (size_t i = 0; i + 3 < pixels.size(); i += 4) {
    const unsigned alpha = pixels[i + 3];
    for (size_t c = 0; c < 3; ++c) {
      pixels[i + c] = static_cast<uint8_t>((pixels[i + c] * alpha + 127) / 255);
    }
  }
}

void append(void* context, void* data, int size) {
  static_cast<std::string*>(context)->append(static_cast<const char*>(data),
                                             static_cast<size_t>(size));
}

std::vector<uint8_t> without_alpha(const Image& image) {
  std::vector<uint8_t> rgb;
  rgb.reserve(size_t{image.width} * image.height * 3);
  for (size_t i = 0; i + 3 < image.pixels.size(); i += 4) {
    rgb.insert(rgb.end(), image.pixels.begin() + static_cast<std::ptrdiff_t>(i),
               image.pixels.begin() + static_cast<std::ptrdiff_t>(i + 3));
  }
  return rgb;
}

}  // namespace

Result<Image> decode_image(std::span<const uint8_t> bytes) {
  int width = 0;
  int height = 0;
  const auto size = static_cast<int>(bytes.size());
  // The size is read first: it decides how much memory the decoder would take.
  if (stbi_info_from_memory(bytes.data(), size, &width, &height, nullptr) == 0) {
    return Status{StatusCode::InvalidArgument, "not a PNG or JPEG picture"};
  }
  if (width > kMaxSide || height > kMaxSide) {
    return Status{StatusCode::ResourceExhausted, "picture of " + std::to_string(width) + " x " +
                                                     std::to_string(height) +
                                                     " pixels; at most 4096 a side"};
  }
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
      stbi_load_from_memory(bytes.data(), size, &width, &height, nullptr, 4), stbi_image_free);
  if (pixels == nullptr) return Status{StatusCode::InvalidArgument, "damaged picture"};
  Image image{static_cast<uint32_t>(width), static_cast<uint32_t>(height), {}};
  image.pixels.assign(pixels.get(), pixels.get() + size_t{image.width} * image.height * 4);
  premultiply(image.pixels);
  return image;
}

Status write_png(const Image& image, const std::filesystem::path& file) {
  const std::vector<uint8_t> rgb = without_alpha(image);
  std::string bytes;
  const int width = static_cast<int>(image.width);
  if (stbi_write_png_to_func(append, &bytes, width, static_cast<int>(image.height), 3, rgb.data(),
                             width * 3) == 0) {
    return {StatusCode::Internal, "cannot encode " + file.string()};
  }
  std::error_code error;
  if (std::filesystem::exists(file, error) && !std::filesystem::is_regular_file(file, error)) {
    // To take the place of a device or a folder is never what was meant.
    return {StatusCode::InvalidArgument, "cannot write " + file.string() + "; it is no file"};
  }
  // Of this process alone: another may be writing the same picture.
  const std::filesystem::path partial =
      file.string() + "." + std::to_string(::getpid()) + ".partial";
  errno = 0;  // a stream does not set it where it fails without asking the system
  std::ofstream stream(partial, std::ios::binary);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  if (stream) {
    std::filesystem::rename(partial, file, error);
  } else {
    error.assign(errno == 0 ? EIO : errno, std::generic_category());
  }
  if (error) {
    std::error_code ignored;
    std::filesystem::remove(partial, ignored);
    return {StatusCode::Unavailable,
            "cannot write " + file.string() + ": " + error.message() + "; check the folder"};
  }
  return {};
}

void StbImageDecoder::decode(std::span<const uint8_t> bytes, Done done) {
  worker_.post([copy = std::vector<uint8_t>(bytes.begin(), bytes.end()),
                done = std::move(done)]() -> Worker::Report {
    auto image = std::make_shared<Result<Image>>(decode_image(copy));
    return [image, done] { done(std::move(*image)); };
  });
}

}  // namespace vitrine
