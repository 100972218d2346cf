// SPDX-License-Identifier: MIT
#include "engine/ui/semantics.h"

#include <catch2/catch.hpp>

#include "engine/ui/focus.h"
#include "engine/ui/widget.h"

using namespace vitrine::ui;

namespace {

// A screen of named buttons, some of them in dialogs, some disabled: "a [card x y! ] b".
struct Described {
  SemanticTree tree;

  SemanticNode& add(std::string_view name, Role role = Role::Button) {
    SemanticNode& node = tree.add();
    node.id = widget_id(name);
    node.name = name;
    node.role = role;
    node.activatable = role == Role::Button;
    return node;
  }
  static void disable(SemanticNode& button) {  // as ui::Button describes it
    button.state.disabled = true;
    button.activatable = false;
  }
  void open_modal(std::string_view name) {
    add(name, Role::Dialog).state.modal = true;
    tree.open();
  }
  void show(std::string_view words) {
    tree.begin();
    while (!words.empty()) {
      const size_t end = words.find(' ');
      const std::string_view word = words.substr(0, end);
      if (word == "]") {
        tree.close();
      } else if (word.front() == '[') {
        open_modal(word.substr(1));
      } else if (word.back() == '!') {
        disable(add(word.substr(0, word.size() - 1)));
      } else {
        add(word);
      }
      words = end == std::string_view::npos ? std::string_view{} : words.substr(end + 1);
    }
    tree.end();
  }
  std::string_view name_of(uint32_t id) const {
    const SemanticNode* node = id != 0 ? tree.find(id) : nullptr;
    return node ? std::string_view(node->name) : std::string_view("nowhere");
  }
};

struct Followed : Described {
  Focus focus;

  void show(std::string_view words) {
    Described::show(words);
    focus.follow(tree);
  }
  std::string_view step(int direction) {
    focus.move(tree, direction);
    return at();
  }
  std::string_view at() const { return name_of(focus.id()); }
};

}  // namespace

TEST_CASE("a node lies in the innermost open one") {
  Described screen;
  screen.show("a [outer b [inner c ] d ] e");
  const SemanticTree& tree = screen.tree;
  CHECK(tree.find("a")->parent == 0);
  CHECK(tree.find("b")->parent == widget_id("outer"));
  CHECK(tree.find("c")->parent == widget_id("inner"));
  CHECK(tree.find("d")->parent == widget_id("outer"));
  CHECK(tree.find("e")->parent == 0);
}

TEST_CASE("only what the topmost modal holds can be reached") {
  Described screen;
  screen.show("a [card x ] b [sure y ] c");
  CHECK(screen.tree.modal() == widget_id("sure"));
  for (const std::string_view name : {"a", "card", "x", "b", "c"}) {
    CHECK_FALSE(screen.tree.find(name)->reachable);
  }
  CHECK(screen.tree.find("sure")->reachable);
  CHECK(screen.tree.find("y")->reachable);
  CHECK(screen.name_of(screen.tree.next_activatable(widget_id("y"), +1)) == "y");
}

TEST_CASE("what holds a modal stays reachable so that the modal is") {
  Described screen;
  screen.tree.begin();
  screen.add("page", Role::Group);
  screen.tree.open();
  screen.add("a");
  screen.open_modal("sure");
  screen.add("y");
  screen.tree.close();
  screen.tree.close();
  screen.tree.end();
  CHECK(screen.tree.find("page")->reachable);
  CHECK(screen.tree.find("y")->reachable);
  CHECK_FALSE(screen.tree.find("a")->reachable);
}

TEST_CASE("a tree that is built again forgets what was in it") {
  Described screen;
  screen.show("a [sure y ] b");
  screen.tree.begin();
  SemanticNode& node = screen.add("a");
  CHECK(node.description.empty());
  CHECK(node.parent == 0);
  screen.tree.end();
  CHECK(screen.tree.modal() == 0);
  CHECK(screen.tree.find("a")->reachable);
  CHECK(screen.tree.find("y") == nullptr);
}

TEST_CASE("the focus goes round in reading order, past what is disabled") {
  Followed screen;
  screen.show("a b c");
  CHECK(screen.step(+1) == "a");
  CHECK(screen.step(-1) == "c");
  CHECK(screen.step(+1) == "a");
  screen.tree.begin();
  screen.add("a");
  screen.add("b").state.disabled = true;
  screen.add("c");
  screen.tree.end();
  CHECK(screen.step(+1) == "c");
}

TEST_CASE("the focus goes into a modal, stays there and comes back after it") {
  Followed screen;
  screen.show("a b c");
  screen.focus.set(screen.tree, widget_id("b"), true);
  screen.show("a b c [sure yes no ]");
  CHECK(screen.at() == "yes");
  CHECK(screen.step(+1) == "no");
  CHECK(screen.step(+1) == "yes");
  screen.show("a b c [sure yes no [really ok ] ]");
  CHECK(screen.at() == "ok");
  screen.show("a b c [sure yes no ]");
  CHECK(screen.at() == "yes");
  screen.show("a b c");
  CHECK(screen.at() == "b");
  CHECK(screen.focus.visible());
}

TEST_CASE("two modals that close at once bring the focus back to the screen") {
  Followed screen;
  screen.show("a b");
  screen.focus.set(screen.tree, widget_id("b"), true);
  screen.show("a b [sure yes ]");
  screen.show("a b [sure yes [really ok ] ]");
  screen.show("a b");
  CHECK(screen.at() == "b");
}

TEST_CASE("the focus cannot be set to what a modal covers") {
  Followed screen;
  screen.show("a b [sure yes ]");
  screen.focus.set(screen.tree, widget_id("a"), true);
  CHECK(screen.at() == "yes");
  screen.focus.set(screen.tree, widget_id("nobody"), true);
  CHECK(screen.at() == "yes");
}

TEST_CASE("when its node goes the focus takes what stands in its place") {
  Followed screen;
  screen.show("a b c d");
  screen.focus.set(screen.tree, widget_id("c"), true);
  screen.show("a b d");
  CHECK(screen.at() == "d");
  screen.show("a b");
  CHECK(screen.at() == "b");
  screen.show("x a b");
  CHECK(screen.at() == "b");
  screen.tree.begin();
  screen.tree.end();
  screen.focus.follow(screen.tree);
  CHECK(screen.at() == "nowhere");
  CHECK_FALSE(screen.focus.visible());
}

TEST_CASE("what is disabled under the focus keeps it, and no neighbour is pressed in its stead") {
  Followed screen;
  screen.show("a b c");
  screen.focus.set(screen.tree, widget_id("b"), true);
  screen.show("a b! c");
  CHECK(screen.at() == "b");
  CHECK(screen.focus.visible());
  CHECK(screen.step(+1) == "c");
  CHECK(screen.step(-1) == "a");
  screen.focus.set(screen.tree, widget_id("b"), true);  // nobody comes to it anew
  CHECK(screen.at() == "a");
}

TEST_CASE("what is disabled below a modal does not hold the focus there") {
  Followed screen;
  screen.show("a b c");
  screen.focus.set(screen.tree, widget_id("b"), true);
  screen.show("a b! c [sure yes ]");
  CHECK(screen.at() == "yes");
  screen.show("a b! c");
  CHECK(screen.at() == "b");
}

TEST_CASE("more modals over each other than are remembered lose only the oldest way back") {
  Followed screen;
  screen.show("a");
  screen.focus.set(screen.tree, widget_id("a"), true);
  const std::string_view stacks[] = {"a [m1 b ]", "a [m1 b [m2 c ] ]", "a [m1 b [m2 c [m3 d ] ] ]",
                                     "a [m1 b [m2 c [m3 d [m4 e ] ] ] ]",
                                     "a [m1 b [m2 c [m3 d [m4 e [m5 f ] ] ] ] ]"};
  for (const std::string_view stack : stacks) screen.show(stack);
  CHECK(screen.at() == "f");
  for (int i = 3; i >= 0; --i) screen.show(stacks[i]);
  CHECK(screen.at() == "b");
  screen.show("a");
  CHECK(screen.at() == "a");
}
