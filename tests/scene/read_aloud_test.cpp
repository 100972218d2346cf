// SPDX-License-Identifier: MIT
#include "engine/scene/read_aloud.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "engine/scene/spoken_text.h"
#include "tests/fakes/counted_allocations.h"
#include "tests/fakes/fake_audio.h"

using namespace vitrine;
using namespace vitrine::scene;

namespace {

using Said = std::vector<std::string>;

ui::SemanticNode node(ui::Role role, std::string label) {
  ui::SemanticNode made;
  made.role = role;
  made.label = std::move(label);
  made.activatable = role == ui::Role::Button;
  return made;
}

struct Listening {
  fakes::FakeSpeech speech;
  ReadAloud reader{speech};
  ui::SemanticTree tree;

  // A screen with a heading and two buttons; `focus`: 0 none, 1 or 2.
  void show(std::string_view heading, int focus, bool selected = false) {
    tree.begin();
    add(10, ui::Role::Heading, heading, {0, 0, 500, 50}, false);
    add(11, ui::Role::Button, "Open", {0, 100, 100, 50}, focus == 1);
    add(12, ui::Role::Button, "Back", {0, 200, 100, 50}, focus == 2).state.selected = selected;
    tree.end();
    reader.follow(tree, "en");
  }
  ui::SemanticNode& add(uint32_t id, ui::Role role, std::string_view label, Rect bounds,
                        bool focused) {
    ui::SemanticNode& made = tree.add();
    made.id = id;
    made.role = role;
    made.label = label;
    made.bounds = bounds;
    made.activatable = role == ui::Role::Button;
    made.state.focused = focused;
    return made;
  }
};

}  // namespace

TEST_CASE("label, role and state are said, in the language shown") {
  ui::SemanticNode button = node(ui::Role::Button, "True Red");
  CHECK(spoken_text(button, "en") == "True Red, button");
  button.state.selected = true;
  CHECK(spoken_text(button, "en") == "True Red, button, selected");
  button.label = "正红";
  button.state.disabled = true;
  CHECK(spoken_text(button, "zh") == "正红，按钮，已选中，不可用");
  CHECK(spoken_text(node(ui::Role::Text, "Three steps"), "en") == "Three steps");
  CHECK(spoken_text(node(ui::Role::Heading, "Eight reds"), "en") == "Eight reds, heading");
}

TEST_CASE("values and switches say how they stand") {
  ui::SemanticNode amount = node(ui::Role::SpinButton, "Pieces");
  amount.value = "3 for ¥99";
  CHECK(spoken_text(amount, "en") == "Pieces, number, left and right to change, 3 for 99 yuan");
  ui::SemanticNode loop = node(ui::Role::Switch, "大字");
  loop.state.checked = ui::Toggle::On;
  CHECK(spoken_text(loop, "zh") == "大字，开关，开");
  loop.state.checked = ui::Toggle::Off;
  CHECK(spoken_text(loop, "zh") == "大字，开关，关");
  ui::SemanticNode size = node(ui::Role::Radio, "M");
  size.state.checked = ui::Toggle::On;
  CHECK(spoken_text(size, "en") == "M, choice, chosen");
  ui::SemanticNode filter = node(ui::Role::Button, "Filter");
  filter.state.expanded = ui::Toggle::Off;
  filter.description = "12 of 40";
  CHECK(spoken_text(filter, "en") == "Filter, button, closed, 12 of 40");
  CHECK(spoken_text(node(ui::Role::Link, "Terms"), "en") == "Terms, link");
}

TEST_CASE("the volume is said in words") {
  CHECK(spoken_volume(85, false, "en") == "Volume 85 per cent");
  CHECK(spoken_volume(85, false, "zh") == "音量百分之85");
  CHECK(spoken_volume(85, true, "en") == "Sound off");
  CHECK(spoken_volume(0, false, "zh") == "声音已关");
}

TEST_CASE("a language without words of the engine's own gets English ones") {
  CHECK(spoken_text(node(ui::Role::Button, "Ouvrir"), "fr") == "Ouvrir, button");
}

TEST_CASE("what has no label is not read out as a bare role") {
  CHECK(spoken_text(node(ui::Role::Button, ""), "en").empty());
}

TEST_CASE("prices are said as people say them, marks for the eye are not") {
  CHECK(read_out("¥99", "zh") == "99元");
  CHECK(read_out("now ¥1,299.50!", "en") == "now 1,299.50 yuan!");
  CHECK(read_out("￥5", "zh") == "5元");
  CHECK(read_out("¥5, then ¥1,299.", "en") == "5 yuan, then 1,299 yuan.");
  CHECK(read_out("¥.", "en") == " yuan.");
  CHECK(read_out("A → B", "en") == "A   B");
  CHECK(read_out("¥", "en") == " yuan");
  CHECK(read_out("", "en").empty());
  CHECK(read_out("\xFF\xC3", "en").size() == 2);
}

TEST_CASE("switched off it is silent, whatever happens") {
  Listening listening;
  listening.show("Wall", 1);
  listening.reader.announce("saved", "en", SpeechPriority::Interrupt);
  listening.reader.touch(listening.tree, {10, 110}, "en");
  CHECK(listening.speech.said.empty());
}

TEST_CASE("switched on it says the screen and the focus, then only what changes") {
  Listening listening;
  listening.show("Wall", 1);
  listening.reader.set_on(true);
  listening.show("Wall", 1);
  CHECK(listening.speech.said == Said{"Wall, heading", "Open, button"});
  CHECK(listening.speech.said_now.size() == 2);
  for (int i = 0; i < 10; ++i) listening.show("Wall", 1);
  CHECK(listening.speech.said.size() == 2);
  listening.show("Wall", 2);
  CHECK(listening.speech.said.back() == "Back, button");
  CHECK(listening.speech.said_now == Said{"Back, button"});
  listening.show("Wall", 2, true);
  CHECK(listening.speech.said.back() == "Back, button, selected");
  listening.show("Attract", 0);
  CHECK(listening.speech.said_now == Said{"Attract, heading"});
}

TEST_CASE("a steady screen costs no memory") {
  Listening listening;
  listening.reader.set_on(true);
  listening.show("Wall", 1);
  listening.show("Wall", 1);
  const size_t before = test::allocations;
  for (int i = 0; i < 10; ++i) listening.reader.follow(listening.tree, "en");
  CHECK(test::allocations == before);
}

TEST_CASE("a finger hears the smallest thing under it, an empty place nothing") {
  Listening listening;
  listening.reader.set_on(true);
  listening.show("Wall", 0);
  listening.add(13, ui::Role::Group, "whole screen", {0, 0, 1000, 1000}, false);
  listening.reader.touch(listening.tree, {10, 110}, "en");
  CHECK(listening.speech.said.back() == "Open, button");
  const size_t before = listening.speech.said.size();
  listening.reader.touch(listening.tree, {2000, 2000}, "en");
  CHECK(listening.speech.said.size() == before);
}

TEST_CASE("a dialog that opens is said with what has the focus in it, then the screen again") {
  Listening listening;
  listening.reader.set_on(true);
  listening.show("Wall", 1);
  listening.tree.begin();
  listening.add(10, ui::Role::Heading, "Wall", {}, false);
  listening.add(20, ui::Role::Dialog, "Are you still there?", {}, false).state.modal = true;
  listening.tree.open();
  listening.add(21, ui::Role::Button, "Yes", {}, true);
  listening.tree.close();
  listening.tree.end();
  listening.reader.follow(listening.tree, "en");
  CHECK(listening.speech.said_now == Said{"Are you still there?, dialog", "Yes, button"});
  listening.show("Wall", 1);
  CHECK(listening.speech.said_now == Said{"Wall, heading", "Open, button"});
}

TEST_CASE("words whose role or state is live are said when they change, urgent ones at once") {
  Listening listening;
  listening.reader.set_on(true);
  const auto show = [&](std::string_view polite, std::string_view urgent) {
    listening.tree.begin();
    listening.add(30, ui::Role::Status, polite, {}, false);
    listening.add(31, ui::Role::Alert, urgent, {}, false);
    listening.tree.end();
    listening.reader.follow(listening.tree, "en");
  };
  show("One in the basket", "");
  show("One in the basket", "");
  CHECK(listening.speech.said == Said{"One in the basket"});
  show("Two in the basket", "");
  CHECK(listening.speech.said_now == Said{"One in the basket", "Two in the basket"});
  show("Two in the basket", "Ends in 20 seconds");
  CHECK(listening.speech.said_now == Said{"Ends in 20 seconds"});
}

TEST_CASE("an announcement waits for what is being said") {
  Listening listening;
  listening.reader.set_on(true);
  listening.show("Wall", 1);
  listening.reader.announce("Saved for ¥99", "en", SpeechPriority::Queue);
  CHECK(listening.speech.said_now.size() == 3);
  CHECK(listening.speech.said_now.back() == "Saved for 99 yuan");
}

TEST_CASE("with the shopper the voice goes in the middle of a word") {
  Listening listening;
  listening.reader.set_on(true);
  listening.show("Wall", 1);
  listening.reader.hush();
  CHECK_FALSE(listening.speech.speaking());
  listening.reader.set_on(false);
  listening.show("Wall", 2);
  CHECK_FALSE(listening.speech.speaking());
}

TEST_CASE("a device without a voice goes on in silence") {
  Listening listening;
  listening.speech.missing = true;
  listening.reader.set_on(true);
  listening.show("Wall", 1);
  listening.show("Wall", 2);
  CHECK(listening.speech.said.empty());
  CHECK(listening.speech.problem() == "no voice");
}
