// SPDX-License-Identifier: MIT
#include "engine/ui/toast.h"

#include <string>

#include <catch2/catch.hpp>

#include "engine/ui/progress.h"
#include "tests/fakes/fake_canvas.h"

using namespace vitrine;
using namespace vitrine::ui;

namespace {

void run(Widget& widget, float seconds, float rate = 60) {
  const int frames = static_cast<int>(seconds * rate + 0.5f);
  for (int i = 0; i < frames; ++i) widget.update(1 / rate);
}

SemanticNode described(const Widget& widget) {
  SemanticTree tree;
  tree.begin();
  widget.describe(tree);
  tree.end();
  return tree[0];
}

// Until it is gone.
float seconds_shown(Toast& toast, float rate) {
  float seconds = 0;
  while (!toast.at_rest() && seconds < 60) {
    toast.update(1 / rate);
    seconds += 1 / rate;
  }
  return seconds;
}

}  // namespace

TEST_CASE("a toast comes, is told politely, and goes by itself") {
  Toast toast("toast");
  toast.show("Back online");
  run(toast, 0.1f);
  CHECK(toast.words() == "Back online");
  CHECK(described(toast).role == Role::Status);
  CHECK(described(toast).label == "Back online");
  run(toast, 6);
  CHECK(toast.at_rest());
  CHECK(described(toast).label.empty());
}

TEST_CASE("it stays equally long at any frame rate, longer for long words and for slow readers") {
  Toast slow("toast"), fast("toast"), long_one("toast"), patient("toast");
  slow.show("Copied");
  fast.show("Copied");
  long_one.show("The network is back: what you chose meanwhile was kept and can be claimed now");
  patient.set_patience(1.5f);
  patient.show("Copied");
  const float at_20 = seconds_shown(slow, 20), at_144 = seconds_shown(fast, 144);
  CHECK(at_20 == Approx(at_144).margin(0.12));
  CHECK(at_20 >= 3);
  CHECK(seconds_shown(long_one, 60) > at_144 + 2);
  CHECK(seconds_shown(patient, 60) > at_144 * 1.3f);
}

TEST_CASE("toasts wait for each other, and the same is not said twice") {
  Toast toast("toast");
  for (const std::string_view words : {"one", "two", "one", "two", "three"}) toast.show(words);
  std::string order;
  for (int i = 0; i < 3000 && !toast.at_rest(); ++i) {
    toast.update(0.016f);
    if (!toast.words().empty() && !order.ends_with(toast.words())) order += toast.words();
  }
  CHECK(order == "onetwothree");
}

TEST_CASE("more toasts than can wait lose the oldest that waits, never the one shown") {
  Toast toast("toast");
  for (int i = 0; i < 9; ++i) toast.show("number " + std::to_string(i));
  run(toast, 0.1f);
  CHECK(toast.words() == "number 0");
  std::string last;
  int shown = 0;
  for (int i = 0; i < 5000 && !toast.at_rest(); ++i) {
    toast.update(0.016f);
    if (toast.words().empty() || toast.words() == last) continue;
    last = toast.words();
    ++shown;
  }
  CHECK(shown == 5);
  CHECK(last == "number 8");
}

TEST_CASE("nothing of a toast is left after it was cleared") {
  Toast toast("toast");
  toast.show("Copied: 4711");
  toast.show("Your code is masked");
  run(toast, 0.5f);
  toast.clear();
  CHECK(toast.at_rest());
  CHECK(toast.words().empty());
  toast.show("next");
  run(toast, 0.1f);
  CHECK(toast.words() == "next");
}

TEST_CASE("of a toast that has gone, or never came, nothing is left in memory") {
  Toast toast("toast");
  // Short enough to lie in the object itself.
  const auto holds = [&](std::string_view words) {
    return std::string_view(reinterpret_cast<const char*>(&toast), sizeof toast).find(words) !=
           std::string_view::npos;
  };
  toast.show("your code 4711");
  for (const std::string_view words : {"of 12:30", "b", "c", "d", "e"}) toast.show(words);
  CHECK(holds("4711"));
  CHECK_FALSE(holds("2:30"));  // one too many
  for (int i = 0; i < 1000 && toast.words() != "b"; ++i) toast.update(0.016f);
  REQUIRE(toast.words() == "b");
  CHECK_FALSE(holds("4711"));
}

TEST_CASE("a toast stands within its area, also when its words take two lines") {
  test::Drawing drawing;
  Painter painter = drawing.painter();
  Toast toast("toast");
  toast.layout({54, 1500, 972, 300}, 34);
  toast.show(std::string(90, 'w'));
  run(toast, 2);
  toast.draw(painter);
  REQUIRE(drawing.canvas.filled.size() == 1);
  const Rect box = drawing.canvas.filled[0].rect;
  CHECK(box.x >= 54);
  CHECK(box.right() <= 54 + 972);
  CHECK(box.bottom() == Approx(1800).margin(1));
}

TEST_CASE("progress says how far it is, or that nobody knows") {
  Progress progress("loading", Progress::Shape::Bar);
  progress.set_bounds({0, 0, 400, 16});
  progress.set_share(0.5f);
  CHECK(described(progress).range.now == 50);
  CHECK_FALSE(progress.at_rest());
  run(progress, 3);
  CHECK(progress.at_rest());
  progress.set_share(7);
  CHECK(described(progress).range.now == 100);
  progress.set_unknown();
  CHECK_FALSE(described(progress).range.known());
  CHECK_FALSE(progress.at_rest());
}

TEST_CASE("a bar fills from nothing to its whole width and not beyond") {
  test::Drawing drawing;
  Painter painter = drawing.painter();
  Progress progress("loading", Progress::Shape::Bar);
  progress.set_bounds({100, 100, 400, 16});
  progress.draw(painter);
  CHECK(drawing.canvas.filled.size() == 1);  // the track alone
  progress.jump(1);
  drawing.canvas.forget();
  progress.draw(painter);
  CHECK(drawing.canvas.filled[1].rect == Rect{100, 100, 400, 16});
  progress.set_unknown();
  for (int i = 0; i < 100; ++i) {
    progress.update(0.05f);
    drawing.canvas.forget();
    progress.draw(painter);
    CHECK(drawing.canvas.filled[1].rect.x >= 100);
    CHECK(drawing.canvas.filled[1].rect.right() <= 500.5f);
  }
}
