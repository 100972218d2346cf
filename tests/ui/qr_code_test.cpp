// SPDX-License-Identifier: MIT
#include "engine/ui/qr_code.h"

#include <string>

#include <catch2/catch.hpp>

#include "engine/ui/qr_panel.h"
#include "tests/fakes/fake_canvas.h"

using namespace vitrine;
using namespace vitrine::ui;

namespace {

constexpr std::string_view kAddress = "https://shop.example/c/lip-popup#t=7f3a09c4e1b25d68";

// A finder pattern's rings: dark 7, light 5, dark 3.
bool is_finder(const QrCode& code, int left, int top) {
  for (int y = 0; y < 7; ++y) {
    for (int x = 0; x < 7; ++x) {
      const int dx = x < 3 ? 3 - x : x - 3, dy = y < 3 ? 3 - y : y - 3;
      const int ring = dx > dy ? dx : dy;
      if (code.is_dark(left + x, top + y) != (ring != 2)) return false;
    }
  }
  return true;
}

// What a camera sees: whether the middle of each module was drawn dark.
bool drawn_dark(const test::FakeCanvas& canvas, Vec2 at) {
  bool dark = false;
  for (const auto& filled : canvas.filled) {
    if (filled.rect.contains(at)) dark = filled.color.r + filled.color.g + filled.color.b < 1;
  }
  return dark;
}

}  // namespace

TEST_CASE("a code has its three finders and grows with the text") {
  QrCode code;
  REQUIRE(code.encode("A").ok());
  CHECK(code.size() == 21);
  REQUIRE(code.encode(kAddress).ok());
  const int size = code.size();
  CHECK(size > 21);
  CHECK(size <= 57);
  CHECK(is_finder(code, 0, 0));
  CHECK(is_finder(code, size - 7, 0));
  CHECK(is_finder(code, 0, size - 7));
}

TEST_CASE("outside of a code everything is light") {
  QrCode code;
  CHECK(code.size() == 0);
  CHECK_FALSE(code.is_dark(0, 0));
  REQUIRE(code.encode(kAddress).ok());
  for (const int far : {-1, -1000, 57, 5000}) {
    CHECK_FALSE(code.is_dark(far, 3));
    CHECK_FALSE(code.is_dark(3, far));
  }
}

TEST_CASE("what is too long is refused with its length and the limit") {
  QrCode code;
  CHECK(code.encode(std::string(QrCode::kMostBytes, 'a')).ok());
  const Status status = code.encode(std::string(QrCode::kMostBytes + 1, 'a'));
  CHECK(status.code() == StatusCode::ResourceExhausted);
  CHECK(status.to_string().find("214") != std::string::npos);
  CHECK(status.to_string().find("213") != std::string::npos);
  CHECK(code.size() == 0);
  CHECK_FALSE(code.encode(std::string(100'000, '1')).ok());
  CHECK(code.encode(std::string(500, '1')).ok());  // digits take less room
}

TEST_CASE("nothing, zero bytes and broken UTF-8 are refused") {
  QrCode code;
  CHECK(code.encode("").code() == StatusCode::InvalidArgument);
  CHECK(code.encode(std::string_view("a\0b", 3)).code() == StatusCode::InvalidArgument);
  CHECK(code.encode("\xff").code() == StatusCode::InvalidArgument);
  CHECK(code.size() == 0);
}

TEST_CASE("the panel draws each module where it belongs, on whole pixels, with a quiet zone") {
  for (const Rect bounds : {Rect{180, 440, 720, 720}, Rect{33.3f, 21.7f, 300.5f, 300.5f}}) {
    test::Drawing drawing;
    Painter painter = drawing.painter();
    QrPanel panel("code");
    REQUIRE(panel.set_content(kAddress).ok());
    panel.set_bounds(bounds);
    panel.set_frame("art/qr-frame.svg", 632 / 720.0f);
    panel.draw(painter);
    const Rect area = panel.code_area(1);
    const int size = panel.code().size();
    const float module = area.width / static_cast<float>(size);
    CHECK(module == Approx(rounded(module)));
    CHECK(area.x == rounded(area.x));
    const Rect field = bounds.outset(bounds.width * (632 / 720.0f - 1) / 2);
    const float quiet = QrPanel::kQuietZone * module - 1;
    CHECK(area.x - field.x >= quiet);
    CHECK(field.right() - area.right() >= quiet);
    CHECK(area.y - field.y >= quiet);
    int wrong = 0;
    for (int y = -4; y < size + 4; ++y) {
      for (int x = -4; x < size + 4; ++x) {
        const Vec2 middle{area.x + (static_cast<float>(x) + 0.5f) * module,
                          area.y + (static_cast<float>(y) + 0.5f) * module};
        wrong += drawn_dark(drawing.canvas, middle) != panel.code().is_dark(x, y);
      }
    }
    CHECK(wrong == 0);
  }
}

TEST_CASE("a panel whose content was refused is empty and still says what it is for") {
  test::Drawing drawing;
  Painter painter = drawing.painter();
  QrPanel panel("code");
  panel.set_label("Scan to claim on your phone");
  panel.set_bounds({0, 0, 500, 500});
  REQUIRE(panel.set_content(kAddress).ok());
  CHECK_FALSE(panel.set_content(std::string(1000, 'x')).ok());
  CHECK(panel.is_empty());
  panel.draw(painter);
  SemanticTree tree;
  tree.begin();
  panel.describe(tree);
  tree.end();
  CHECK(tree[0].role == Role::Image);
  CHECK(tree[0].label == "Scan to claim on your phone");
}

TEST_CASE("the scan line runs only while somebody is expected and never with reduced motion") {
  QrPanel panel("code");
  REQUIRE(panel.set_content(kAddress).ok());
  CHECK(panel.at_rest());
  panel.set_scanning(true);
  CHECK_FALSE(panel.at_rest());
  panel.set_reduced_motion(true);
  CHECK(panel.at_rest());
}
