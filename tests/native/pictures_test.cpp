// SPDX-License-Identifier: MIT
// Drawings, pictures and letters, without a GL context.
#include <sys/resource.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <fstream>
#include <optional>
#include <sstream>

#include "native/font_files.h"
#include "native/image_files.h"
#include "native/rsvg_rasterizer.h"
#include "tests/native/temporary_folder.h"

using namespace vitrine;

namespace {

// A red square left top, a group in currentColor right bottom, within 100 x 50.
constexpr const char* kDrawing = R"svg(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"
  color="#00ff00"><rect id="square" x="0" y="0" width="20" height="20" fill="#ff0000"/>
  <g id="shade" transform="translate(60 20)"><rect width="30" height="20" fill="currentColor"/></g>
  <g id="nothing"/></svg>)svg";

VectorRequest request_of(std::string_view group, uint32_t width, uint32_t height) {
  VectorRequest request;
  request.document = kDrawing;
  request.group = group;
  request.width = width;
  request.height = height;
  request.current_color = Color::rgb(0x0000ff);
  return request;
}

struct Pixel {
  int r, g, b, a;
  friend bool operator==(const Pixel&, const Pixel&) = default;
};

Pixel pixel(const Image& image, uint32_t x, uint32_t y) {
  const uint8_t* p = image.pixels.data() + (size_t{y} * image.width + x) * 4;
  return {p[0], p[1], p[2], p[3]};
}

gfx::FontBytes font_bytes(const std::string& bytes) {
  auto copy = std::make_shared<std::string>(bytes);
  const auto* data = reinterpret_cast<const uint8_t*>(copy->data());
  return {std::shared_ptr<const uint8_t>(copy, data), copy->size()};
}

}  // namespace

TEST_CASE("a whole drawing fills the size asked for, currentColor is what was asked for") {
  const auto drawing = rasterize_svg(request_of("", 200, 100));
  REQUIRE(drawing.ok());
  const Image& image = drawing.value().image;
  CHECK(image.width == 200);
  CHECK(image.height == 100);
  CHECK(pixel(image, 10, 10) == Pixel{255, 0, 0, 255});
  CHECK(pixel(image, 150, 60) == Pixel{0, 0, 255, 255});
  CHECK(pixel(image, 100, 10) == Pixel{0, 0, 0, 0});
}

TEST_CASE("a group is its own pixels and says where they lie") {
  const auto group = rasterize_svg(request_of("shade", 200, 100));
  REQUIRE(group.ok());
  CHECK(group.value().image.width == 60);
  CHECK(group.value().image.height == 40);
  CHECK(group.value().bounds == Rect{60, 20, 30, 20});
  CHECK(pixel(group.value().image, 0, 0) == Pixel{0, 0, 255, 255});
  CHECK(pixel(group.value().image, 59, 39) == Pixel{0, 0, 255, 255});
}

TEST_CASE("the groups of a real drawing lie within it") {
  std::ifstream stream("assets/campaigns/lip-popup/art/lipstick.svg");
  std::stringstream text;
  text << stream.rdbuf();
  const std::string document = text.str();
  VectorRequest request = request_of("bullet-tint", 160, 460);
  request.document = document;
  const auto tint = rasterize_svg(request);
  REQUIRE(tint.ok());
  CHECK(tint.value().bounds.x == Approx(110).margin(3));
  CHECK(tint.value().bounds.bottom() == Approx(414).margin(3));
  CHECK(pixel(tint.value().image, tint.value().image.width / 2, tint.value().image.height - 20) ==
        Pixel{0, 0, 255, 255});
}

TEST_CASE("an empty group is an empty picture, a missing one is not found") {
  const auto empty = rasterize_svg(request_of("nothing", 200, 100));
  REQUIRE(empty.ok());
  CHECK(empty.value().image.pixels.empty());
  CHECK(rasterize_svg(request_of("nobody", 200, 100)).status().code() == StatusCode::NotFound);
}

TEST_CASE("what is no drawing, too large or of no size is refused") {
  VectorRequest request = request_of("", 200, 100);
  request.document = "<html>";
  CHECK(rasterize_svg(request).status().code() == StatusCode::InvalidArgument);
  request.document =
      R"(<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>)";
  CHECK(rasterize_svg(request).status().code() == StatusCode::InvalidArgument);
  CHECK(rasterize_svg(request_of("", 5000, 10)).status().code() == StatusCode::ResourceExhausted);
  CHECK(rasterize_svg(request_of("", 0, 0)).status().code() == StatusCode::InvalidArgument);
  const std::string large = std::string(2u << 20, ' ') + kDrawing;
  request.document = large;
  CHECK(rasterize_svg(request).status().code() == StatusCode::ResourceExhausted);
}

TEST_CASE("a drawing cannot read another file") {
  const TemporaryFolder folder;
  const auto secret = folder.path() / "secret.png";
  Image image{1, 1, {255, 255, 255, 255}};
  REQUIRE(write_png(image, secret).ok());
  const std::string document =
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><image href="file://)" +
      secret.string() + R"(" width="10" height="10"/></svg>)";
  VectorRequest request = request_of("", 10, 10);
  request.document = document;
  const auto drawing = rasterize_svg(request);
  REQUIRE(drawing.ok());
  CHECK(pixel(drawing.value().image, 5, 5) == Pixel{0, 0, 0, 0});
}

TEST_CASE("the rasteriser answers from poll, once, in order") {
  RsvgRasterizer rasterizer;
  std::vector<uint32_t> widths;
  for (uint32_t width : {10u, 20u, 30u}) {
    rasterizer.rasterize(request_of("", width, 10), [&widths](Result<VectorImage> drawing) {
      widths.push_back(drawing.value().image.width);
    });
  }
  rasterizer.drain();
  CHECK(widths.empty());
  rasterizer.poll();
  rasterizer.poll();
  CHECK(widths == std::vector<uint32_t>{10, 20, 30});
}

TEST_CASE("a picture written is the picture read") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "a.png";
  const Image image{2, 1, {10, 20, 30, 255, 40, 50, 60, 255}};
  REQUIRE(write_png(image, file).ok());
  std::ifstream stream(file, std::ios::binary);
  std::stringstream text;
  text << stream.rdbuf();
  const std::string bytes = text.str();
  const std::span data(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  const auto read = decode_image(data);
  REQUIRE(read.ok());
  CHECK(read.value().width == 2);
  CHECK(read.value().pixels == image.pixels);
  CHECK_FALSE(decode_image(data.subspan(0, data.size() / 2)).ok());
  CHECK_FALSE(decode_image(data.subspan(8)).ok());
  const Status nowhere = write_png(image, folder.path() / "no" / "folder" / "a.png");
  CHECK(nowhere.message().find("a.png: No such file or directory") != std::string::npos);
}

TEST_CASE("a picture that finds no room says so and leaves what was there") {
  const TemporaryFolder folder;
  const std::filesystem::path file = folder.path() / "a.png";
  const Image small{1, 1, {1, 2, 3, 255}};
  REQUIRE(write_png(small, file).ok());
  Image large{256, 256, {}};
  for (size_t i = 0; i < size_t{256} * 256 * 4; ++i) {
    large.pixels.push_back(static_cast<uint8_t>(i * i * 2654435761u >> 13));
  }
  // As a full disk does it: the first bytes go, the next do not.
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const rlimit few{4096, before.rlim_max};
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &few) == 0);
  const Status full = write_png(large, file);
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, handler);
  CHECK(full.message().find("a.png: File too large") != std::string::npos);
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
  CHECK(std::filesystem::file_size(file) < 200);
}

TEST_CASE("a picture takes the place of a picture alone, never of a folder or a device") {
  const TemporaryFolder folder;
  const Image image{1, 1, {10, 20, 30, 255}};
  const auto link = folder.path() / "device.png";
  std::filesystem::create_symlink("/dev/null", link);
  CHECK(write_png(image, link).message().find("it is no file") != std::string::npos);
  CHECK(std::filesystem::is_symlink(link));
  CHECK_FALSE(write_png(image, folder.path()).ok());
  CHECK(write_png(image, folder.path() / "a.png").ok());
  CHECK(write_png(image, folder.path() / "a.png").ok());
}

TEST_CASE("a picture too large to hold is refused before it is decoded") {
  // A PNG's head that claims 20000 x 6000.
  const std::string head("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x4e\x20\0\0\x17\x70\x08\x06\0\0\0",
                         29);
  const std::span data(reinterpret_cast<const uint8_t*>(head.data()), head.size());
  CHECK(decode_image(data).status().code() == StatusCode::ResourceExhausted);
}

TEST_CASE("letters have the size of their font, spaces have no picture") {
  auto loaded = load_fonts(default_font_folder());
  REQUIRE(loaded.ok());
  gfx::StbGlyphSource& fonts = *loaded.value();
  const FontKey key{FontFamily::Text, FontWeight::Regular, 100};
  const FontMetrics metrics = fonts.metrics(key);
  CHECK(metrics.ascent > 80);
  CHECK(metrics.descent > 10);
  CHECK(fonts.advance(key, "口") == Approx(100).margin(1));

  GlyphBitmap glyph;
  REQUIRE(fonts.rasterize(key, "H", glyph));
  CHECK(glyph.height == Approx(73).margin(3));
  CHECK(glyph.top == glyph.height);
  CHECK(glyph.coverage.size() == size_t{glyph.width} * glyph.height);
  CHECK(*std::max_element(glyph.coverage.begin(), glyph.coverage.end()) == 255);
  REQUIRE(fonts.rasterize(key, " ", glyph));
  CHECK(glyph.width == 0);
  CHECK(glyph.advance > 10);
}

TEST_CASE("a mark is drawn over its letter, and what draws nothing takes no room") {
  auto loaded = load_fonts(default_font_folder());
  gfx::StbGlyphSource& fonts = *loaded.value();
  const FontKey key{FontFamily::Text, FontWeight::Bold, 64};
  const float plain = fonts.advance(key, "心");
  CHECK(fonts.advance(key, "心\xef\xb8\x8f") == plain);  // with a variation selector
  CHECK(fonts.advance(key, "") == 0);
  CHECK(fonts.kerning(key, "A", "V") <= 0);
}

TEST_CASE("a character no campaign has is found in the system's font") {
  auto loaded = load_fonts("/nowhere");
  REQUIRE(loaded.ok());
  CHECK(loaded.value()->has(FontFamily::Text, FontWeight::Regular, U'鑫'));
  CHECK(loaded.value()->has(FontFamily::Display, FontWeight::Regular, U'鑫'));
}

TEST_CASE("a character no font has is drawn as a box") {
  auto loaded = load_fonts(default_font_folder());
  const FontKey key{FontFamily::Text, FontWeight::Regular, 40};
  GlyphBitmap glyph;
  REQUIRE(loaded.value()->rasterize(key, "\xf4\x8f\xbf\xbd", glyph));
  CHECK(glyph.width > 5);
}

TEST_CASE("without fonts nothing is drawn and nothing crashes") {
  auto fonts = gfx::StbGlyphSource::create();
  GlyphBitmap glyph;
  CHECK_FALSE(fonts->rasterize({}, "A", glyph));
  CHECK(fonts->advance({}, "A") == 0);
  CHECK_FALSE(
      fonts->add_face(FontFamily::Text, FontWeight::Regular, font_bytes("no font at all"), "")
          .ok());
}
