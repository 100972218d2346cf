// SPDX-License-Identifier: MIT
#include "engine/scene/still_there.h"

#include <cmath>
#include <string>

#include "engine/scene/engine_texts.h"
#include "engine/ui/dialog.h"

namespace vitrine::scene {
namespace {

constexpr OverlayKind kKind = OverlayKind::StillThere;
// What is told to screen readers as it is passed; a number that changed each second would never
// let them speak.
constexpr int kTold[] = {10, 5};

class StillThere final : public Overlay {
 public:
  void layout(const OverlayContext& context) override;
  void open() override { dialog_.open(); }
  void show_open() override { dialog_.show_open(); }
  void close() override { dialog_.close(); }
  bool is_seen() const override { return dialog_.is_seen(); }
  void handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(ui::Painter& painter) override { dialog_.draw(painter); }
  void describe(ui::SemanticTree& tree) const override { dialog_.describe(tree); }
  bool activate(uint32_t id) override { return dialog_.activate(id); }
  void back() override { context_->host.stay(); }
  void release() override { dialog_.release(); }

 private:
  void follow_clock();
  void tell_time(int seconds);
  void follow_answer();

  const OverlayContext* context_ = nullptr;
  ui::Dialog dialog_{"still-there", "stay", "finish"};
  int told_seconds_ = -1;
};

void StillThere::layout(const OverlayContext& context) {
  context_ = &context;
  dialog_.set_words({.title = context.text("idle.title"),
                     .text = context.text("idle.hint"),
                     .primary = context.text("idle.stay"),
                     .secondary = context.text("idle.end"),
                     .code = {},
                     .countdown = {}});
  dialog_.set_reduced_motion(context.reduced_motion);
  dialog_.set_countdown(context.host.seconds_of(kKind));
  told_seconds_ = -1;  // in the language shown
  follow_clock();
  dialog_.layout(context.canvas, context.metrics);
}

void StillThere::follow_clock() {
  const float left = context_->host.seconds_left(kKind);
  dialog_.set_seconds_left(left);
  tell_time(static_cast<int>(std::ceil(left)));
}

void StillThere::tell_time(int seconds) {
  int told = static_cast<int>(context_->host.seconds_of(kKind));
  for (const int mark : kTold) {
    if (seconds <= mark && mark < told) told = mark;
  }
  if (told == told_seconds_) return;
  told_seconds_ = told;
  dialog_.set_countdown_words(with_seconds(context_->text("idle.left"), told));
}

void StillThere::handle(const input::PointerEvent& event) {
  dialog_.handle(event);
  if (event.phase == input::PointerPhase::Up) context_->host.stay();
}

// A finish that was asked for outweighs the touch that asked it. What the ring's end means is the
// session's to say.
void StillThere::follow_answer() {
  const ui::Dialog::Choice choice = dialog_.take_choice();
  if (choice == ui::Dialog::Choice::None || choice == ui::Dialog::Choice::TimedOut) return;
  const ui::Button& chosen = dialog_.chosen();
  const Entry by = chosen.activated_by_finger() ? Entry::Pointer : context_->entry;
  record_activation(context_->recorder, chosen.name(), by);
  choice == ui::Dialog::Choice::Secondary ? context_->host.finish() : context_->host.stay();
}

void StillThere::update(float dt) {
  dialog_.update(dt);
  follow_answer();
  follow_clock();
}

}  // namespace

std::unique_ptr<Overlay> make_still_there() {
  return std::make_unique<StillThere>();
}

}  // namespace vitrine::scene
