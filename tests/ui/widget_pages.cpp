// SPDX-License-Identifier: MIT
#include <iterator>
#include <string>

#include "engine/ui/button.h"
#include "engine/ui/card.h"
#include "engine/ui/check_box.h"
#include "engine/ui/chip.h"
#include "engine/ui/dialog.h"
#include "engine/ui/keypad.h"
#include "engine/ui/on_screen_keyboard.h"
#include "engine/ui/progress.h"
#include "engine/ui/qr_panel.h"
#include "engine/ui/stepper.h"
#include "engine/ui/text_field.h"
#include "engine/ui/toast.h"
#include "tests/ui/widget_pages.h"

namespace vitrine {
namespace {

using ui::ButtonKind;
using ui::Painter;

constexpr Size kPortrait{1080, 1920};
constexpr Size kLandscape{1920, 1080};
constexpr Size kPhone{390, 844};

void draw_silk(Painter& painter, const ui::SilkRamp& ramp) {
  gfx::Silk silk;
  silk.shadow = ramp[0], silk.base = ramp[1], silk.light = ramp[2], silk.sheen = ramp[3];
  silk.next_shadow = ramp[0], silk.next_base = ramp[1];
  silk.next_light = ramp[2], silk.next_sheen = ramp[3];
  silk.time = 12;
  painter.canvas.draw_silk(silk);
}

// Something to see behind a dialog.
void draw_scene(Painter& painter) {
  draw_silk(painter, painter.theme.silk_calm);
  const Size size = painter.metrics.size;
  const float u = painter.metrics.phone() ? 0.4f : 1;
  gfx::TextStyle title;
  title.family = FontFamily::Display;
  title.weight = FontWeight::Bold;
  title.size = 84 * u;
  title.align = gfx::TextAlign::Center;
  title.color = painter.theme.ink;
  ui::draw_label(painter, "选一支你的红", {0, 180 * u, size.width, 110 * u}, title);
  const gfx::DrawingKey niche{"art/niche.svg", "", 520 * u, 0, painter.theme.brand};
  ui::draw_drawing_centered(painter, niche, {size.width / 2, 760 * u});
  ui::draw_lacquer(painter, {160 * u, size.height - 300 * u, size.width - 320 * u, 136 * u},
                   painter.theme.primary, 56 * u, 0);
}

void draw_still_there(Painter& painter) {
  ui::Dialog dialog("still-there", "stay", "finish");
  dialog.set_words(
      {"还在挑吗？", "没人点的话，这里会清空，留给下一位", "我还在，接着看", "结束", {}, "秒"});
  dialog.set_countdown(15);
  dialog.set_seconds_left(10.8f);
  dialog.layout(painter.canvas, painter.metrics);
  dialog.show_open();
  draw_scene(painter);
  dialog.draw(painter);
}

void draw_offline(Painter& painter) {
  ui::Dialog dialog("offline", "go-on", "staff");
  dialog.set_words({"The network takes a rest",
                    "Colours and mirror still work. As soon as it is back you can claim.",
                    "Go on choosing",
                    "Call staff",
                    "N-02 · 16:42 · connecting",
                    {}});
  dialog.set_icon("art/icons.svg", "icon-offline");
  dialog.layout(painter.canvas, painter.metrics);
  dialog.show_open();
  draw_scene(painter);
  dialog.draw(painter);
}

// Held down by a finger, as it looks after a moment.
void press(ui::Widget& widget, const Rect& bounds) {
  widget.handle({1, input::PointerPhase::Down, bounds.center(), 0});
  for (int i = 0; i < 30; ++i) widget.update(0.016f);
}

enum class Shown : uint8_t { Rest, Pressed, Focused, On, Disabled };
constexpr std::string_view kShownNames[] = {"rest", "pressed", "focus", "on", "disabled"};
constexpr Shown kAllShown[] = {Shown::Rest, Shown::Pressed, Shown::Focused, Shown::On,
                               Shown::Disabled};

// A page of widgets, one row a kind, one column a state.
class Rows {
 public:
  Rows(Painter& painter, ui::Ground ground) : painter_(painter), ground_(ground) {
    const bool deep = ground == ui::Ground::Deep;
    draw_silk(painter, deep ? painter.theme.silk_deep : painter.theme.silk_calm);
    for (size_t i = 0; i < std::size(kAllShown); ++i) write(kShownNames[i], column(i, 50, 40), 26);
    y_ = 110;
  }

  ui::Ground ground() const { return ground_; }
  Painter& painter() { return painter_; }
  // So many points for the next row, under its name.
  Rect row(std::string_view name, float height) {
    write(name, {54, y_, 900, 34}, 24);
    const Rect area{54, y_ + 44, 972, height};
    y_ += height + 76;
    return area;
  }
  Rect column(size_t index, float y, float height) const {
    constexpr float kGap = 24, kWidth = (972 - 4 * kGap) / 5;
    return {54 + static_cast<float>(index) * (kWidth + kGap), y, kWidth, height};
  }
  // A button of every state.
  template <typename Make>
  void buttons(std::string_view name, float height, Make make, bool round = false) {
    const Rect area = row(name, height);
    for (size_t i = 0; i < std::size(kAllShown); ++i) {
      auto button = make();
      button.set_ground(ground_);
      Rect bounds = column(i, area.y, height);
      if (round) bounds.width = height;
      button.set_bounds(bounds);
      show(button, button.bounds(), kAllShown[i]);
    }
  }

 private:
  template <typename B>
  void show(B& button, const Rect& bounds, Shown shown) {
    if (shown == Shown::On) button.set_selected(true);
    if (shown == Shown::Disabled) button.set_enabled(false);
    if (shown == Shown::Pressed) press(button, bounds);
    button.draw(painter_);
    if (shown != Shown::Focused) return;
    tree_.begin();
    button.describe(tree_);
    tree_.end();
    ui::draw_focus_ring(painter_, bounds, tree_[0].corner);
  }
  void write(std::string_view words, const Rect& area, float size) {
    gfx::TextStyle style;
    style.size = size;
    style.color = ground_ == ui::Ground::Deep ? painter_.theme.on_dark : painter_.theme.mute;
    ui::draw_label(painter_, words, area, style);
  }

  Painter& painter_;
  ui::SemanticTree tree_;
  ui::Ground ground_;
  float y_ = 0;
};

class NamedCard final : public ui::Card {
 public:
  NamedCard() : Card("card") { set_radius(40); }

 protected:
  void draw_content(Painter& painter) override {
    gfx::TextStyle style;
    style.family = FontFamily::Display;
    style.weight = FontWeight::Bold;
    style.size = 34;
    style.align = gfx::TextAlign::Center;
    style.color = ground() == ui::Ground::Deep ? painter.theme.on_dark : painter.theme.ink;
    ui::draw_label(painter, "正红宣言", bounds(), style);
  }
};

void draw_buttons(Rows& rows) {
  const bool deep = rows.ground() == ui::Ground::Deep;
  rows.buttons("button", 96, [deep] {
    ui::Button button("go", deep ? ButtonKind::Cream : ButtonKind::Primary);
    button.set_label("5 元带走");
    button.set_text_size(34);
    return button;
  });
  rows.buttons("button, second choice", 96, [] {
    ui::Button button("mirror", ButtonKind::Ghost);
    button.set_label("照镜子");
    button.set_icon("art/icons.svg", "icon-camera", 180);
    button.set_text_size(30);
    return button;
  });
  rows.buttons(
      "button, round", 96,
      [] {
        ui::Button button("access", ButtonKind::Round);
        button.set_icon("art/icons.svg", "icon-accessibility", 220);
        return button;
      },
      true);
  rows.buttons("chip", 76, [] {
    ui::Chip chip("velvet");
    chip.set_label("丝绒");
    chip.set_text_size(30);
    return chip;
  });
  rows.buttons("check box", 96, [] {
    ui::CheckBox box("terms");
    box.set_label("我看过了活动规则");
    box.set_text_size(26);
    return box;
  });
  rows.buttons("card", 130, [] { return NamedCard(); });
}

void draw_stepper(Rows& rows) {
  const Rect area = rows.row("stepper", 88);
  for (size_t i = 0; i < 3; ++i) {
    ui::Stepper stepper("pieces", "fewer", "more");
    stepper.set_range(1, 9);
    stepper.set_value(i == 0 ? 1 : 3);
    stepper.set_ground(rows.ground());
    const Rect bounds{area.x + static_cast<float>(i) * 340, area.y, 290, 88};
    stepper.layout(bounds, 56, 88);
    if (i == 1) press(stepper, {bounds.right() - 88, bounds.y, 88, 88});
    if (i == 2) stepper.set_enabled(false);
    stepper.draw(rows.painter());
  }
}

void draw_fields(Rows& rows) {
  const Rect area = rows.row("text field", 96);
  for (size_t i = 0; i < 4; ++i) {
    ui::TextField field("code", 20,
                        i == 2 ? ui::TextField::Content::Secret : ui::TextField::Content::Plain);
    field.set_hint("优惠码");
    field.set_text_size(34);
    field.set_ground(rows.ground());
    field.set_reduced_motion(true);
    field.set_bounds({area.x + static_cast<float>(i) * 247, area.y, 231, 96});
    if (i > 0) field.insert(i == 2 ? "471" : "SR-02");
    if (i == 1) field.set_active(true);
    if (i == 3) field.set_problem("没有这个码");
    field.update(0);
    field.draw(rows.painter());
  }
  rows.row("", 0);
}

void draw_progress(Rows& rows) {
  const Rect area = rows.row("progress", 88);
  for (size_t i = 0; i < 4; ++i) {
    ui::Progress progress("loading", i < 2 ? ui::Progress::Shape::Bar : ui::Progress::Shape::Ring);
    progress.set_ground(rows.ground());
    const float x = area.x + static_cast<float>(i) * 247;
    progress.set_bounds(i < 2 ? Rect{x, area.y + 36, 231, 16} : Rect{x, area.y, 88, 88});
    progress.jump(0.7f);
    if (i % 2 == 1) progress.set_unknown(), progress.update(0.4f);
    progress.draw(rows.painter());
  }
}

void draw_chips_and_toast(Rows& rows) {
  const Rect area = rows.row("group of chips, toast", 76);
  ui::ChipGroup group("finish");
  for (const std::string_view name : {"velvet", "gloss", "mirror", "mist"}) group.add(name);
  constexpr std::string_view kWords[] = {"丝绒", "水润", "镜光", "薄雾"};
  for (size_t i = 0; i < 4; ++i) group[i].set_label(kWords[i]);
  group.set_ground(rows.ground());
  group.layout(area, 16, 30, 88);
  group.draw(rows.painter());
  ui::Toast toast("toast");
  toast.layout({54, 1800, 972, 110}, 34);
  toast.show("网络回来了，5 元给你留着");
  for (int i = 0; i < 60; ++i) toast.update(0.016f);
  toast.draw(rows.painter());
}

void draw_widgets(Painter& painter, ui::Ground ground) {
  Rows rows(painter, ground);
  draw_buttons(rows);
  draw_stepper(rows);
  draw_fields(rows);
  draw_progress(rows);
  draw_chips_and_toast(rows);
}

void draw_light(Painter& painter) {
  draw_widgets(painter, ui::Ground::Light);
}
void draw_deep(Painter& painter) {
  draw_widgets(painter, ui::Ground::Deep);
}

void draw_typing(Painter& painter, ui::Ground ground) {
  const bool deep = ground == ui::Ground::Deep;
  draw_silk(painter, deep ? painter.theme.silk_deep : painter.theme.silk_calm);
  ui::Keypad keypad("pin", 4, 6, ui::Keypad::Content::Secret);
  keypad.set_key_words({.erase = "删除", .enter = "确定"});
  keypad.set_ground(ground);
  keypad.layout({240, 60, 600, 860}, 20, 88);
  for (const char digit : {'4', '7', '1', '1'}) keypad.write(0, {.text = {&digit, 1}});
  keypad.draw(painter);
  ui::TextField field("name", 20);
  field.set_bounds({54, 1010, 972, 110});
  field.set_text_size(48);
  field.set_ground(ground);
  field.set_reduced_motion(true);
  ui::OnScreenKeyboard keyboard("keys");
  keyboard.set_key_words({"空格", "删除", "大写", "完成"});
  keyboard.set_ground(ground);
  keyboard.set_field(&field);
  keyboard.layout({54, 1160, 972, 640}, 12, 88);
  field.insert("No.03");
  field.update(0);
  press(keyboard, {54 + 2 * 98.4f, 1160 + 130.4f, 86, 118});
  keyboard.draw(painter);
  field.draw(painter);
}

void draw_typing_light(Painter& painter) {
  draw_typing(painter, ui::Ground::Light);
}
void draw_typing_deep(Painter& painter) {
  draw_typing(painter, ui::Ground::Deep);
}

void draw_qr(Painter& painter) {
  draw_silk(painter, painter.theme.silk_deep);
  ui::QrPanel panel("code");
  if (!panel.set_content("https://shop.example/c/lip-popup#t=7f3a09c4e1b25d68").ok()) return;
  panel.set_frame("art/qr-frame.svg", 0.8f);
  panel.set_bounds({180, 440, 720, 720});
  panel.set_scanning(true);
  panel.update(1.3f);
  panel.draw(painter);
}

constexpr GalleryPage kPages[] = {
    {"light", kPortrait, draw_light},
    {"deep", kPortrait, draw_deep},
    {"contrast", kPortrait, draw_light, true},
    {"typing-light", kPortrait, draw_typing_light},
    {"typing-deep", kPortrait, draw_typing_deep},
    {"qr", kPortrait, draw_qr},
    {"still-there", kPortrait, draw_still_there},
    {"still-there-landscape", kLandscape, draw_still_there},
    {"still-there-phone", kPhone, draw_still_there},
    {"offline", kPortrait, draw_offline},
    {"offline-phone", kPhone, draw_offline},
};

}  // namespace

std::span<const GalleryPage> gallery_pages() {
  return kPages;
}

}  // namespace vitrine
