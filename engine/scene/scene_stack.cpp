// SPDX-License-Identifier: MIT
#include "engine/scene/scene_stack.h"

#include <utility>

#include "engine/scene/line_sign.h"
#include "engine/scene/out_of_reach.h"

namespace vitrine::scene {
namespace {

using input::Handled;
using input::PointerPhase;

ui::SilkRamp mix(const ui::SilkRamp& a, const ui::SilkRamp& b, float t) {
  return {lerp(a[0], b[0], t), lerp(a[1], b[1], t), lerp(a[2], b[2], t), lerp(a[3], b[3], t)};
}

gfx::BackgroundKind background_of(const SceneContext& context) {
  return gfx::find_background(
      context.scene.string("background", context.campaign.theme().background));
}

gfx::Silk silk_of(const Backdrop& backdrop) {
  const ui::SilkRamp& r = backdrop.ramp;
  const ui::SilkRamp& n = backdrop.next;
  gfx::Silk silk{};
  silk.shadow = r[0], silk.base = r[1], silk.light = r[2], silk.sheen = r[3];
  silk.next_shadow = n[0], silk.next_base = n[1], silk.next_light = n[2], silk.next_sheen = n[3];
  silk.wipe = backdrop.wipe;
  return silk;
}

// What words on it stand on, more or less.
Color middle_of(const Backdrop& backdrop) {
  if (backdrop.night > 0.5f) return {0, 0, 0, 1};
  return (backdrop.wipe > 0.5f ? backdrop.next : backdrop.ramp)[1];
}

}  // namespace

void SceneStack::show(const SceneKind& kind, std::unique_ptr<SceneContext> context, Change change) {
  std::optional<SharedElement> shared;
  const bool travel = change == Change::Travel && current_.scene;
  release();
  if (travel) {
    if (!left_) shared = current_.scene->leave();
    leaving_.scene.reset();
    leaving_ = std::move(current_);
    transition_ = 0;
  } else {
    clear();
  }
  left_ = false;
  current_.context = std::move(context);
  current_.scene = kind.make();
  current_.scene->enter(*current_.context, shared);
  current_.scene->layout();
}

void SceneStack::open(OverlayKind kind, std::unique_ptr<Overlay> overlay,
                      std::unique_ptr<OverlayContext> context) {
  fingers_ = 0;
  current_.scene->release();
  overlays_.open(kind, std::move(overlay), std::move(context));
}

void SceneStack::leave() {
  if (current_.scene && !left_) (void)current_.scene->leave();
  left_ = true;
}

void SceneStack::forget() {
  tree_.forget();
  if (fingers_ > 0) return;
  touch_ = {};
  dent_.jump(0);
}

void SceneStack::clear() {
  overlays_.clear();
  current_.scene.reset();
  current_.context.reset();
  leaving_.scene.reset();
  leaving_.context.reset();
  transition_ = 1;
}

void SceneStack::relayout(const Surroundings& now) {
  for (Slot* slot : {&leaving_, &current_}) {
    if (!slot->scene) continue;
    slot->context->metrics = now.metrics;
    slot->context->language = now.language;
    slot->context->next_language = now.next_language;
    slot->context->reduced_motion = now.reduced_motion;
    slot->scene->layout();
  }
  overlays_.relayout(now.metrics, now.language, now.reduced_motion);
}

Handled SceneStack::handle(const input::PointerEvent& event) {
  focus_.hide();
  if (overlays_.is_modal()) {
    overlays_.handle(event);
    return Handled::Yes;
  }
  touch_ = event.position;
  if (event.phase == PointerPhase::Down) ++fingers_;
  const bool ends = event.phase == PointerPhase::Up || event.phase == PointerPhase::Cancel;
  if (ends && fingers_ > 0) --fingers_;
  return current_.scene ? current_.scene->handle(event) : Handled::No;
}

void SceneStack::update(float dt) {
  if (!current_.scene) return;
  current_.context->by_keyboard = focus_.visible();
  dent_.set_target(fingers_ > 0 ? 1.0f : 0.0f);
  dent_.update(dt);
  if (!frozen_) silk_time_ += dt * mixed_backdrop().speed;
  if (transition_ < 1) transition_ = clamp(transition_ + dt / kTransitionSeconds, 0, 1);
  if (leaving_.scene) leaving_.scene->update(dt);
  if (leaving_.scene && transition_ >= 1) {
    leaving_.scene.reset();
    leaving_.context.reset();
  }
  current_.scene->update(dt);
  overlays_.update(dt);
}

Backdrop SceneStack::mixed_backdrop() const {
  Backdrop to = current_.scene->backdrop();
  if (!leaving_.scene) return to;
  const Backdrop from = leaving_.scene->backdrop();
  const float t = ui::ease_in_out(transition_);
  const ui::SilkRamp& shown = from.wipe > 0.5f ? from.next : from.ramp;
  to.ramp = mix(shown, to.ramp, t);
  to.speed = lerp(from.speed, to.speed, t);
  to.night = lerp(from.night, to.night, t);
  return to;
}

void SceneStack::draw_backdrop(ui::Painter& painter) {
  const Backdrop backdrop = mixed_backdrop();
  gfx::Silk silk = silk_of(backdrop);
  silk.time = silk_time_;
  silk.touch = touch_ - Vec2{painter.metrics.screen.x, painter.metrics.screen.y};
  silk.press = dent_.value();
  if (backdrop.night < 1) draw_day(painter, silk);
  if (backdrop.night <= 0) return;
  silk.kind = gfx::BackgroundKind::Night;
  painter.canvas.push_opacity(backdrop.night);
  painter.canvas.draw_silk(silk);
  painter.canvas.pop_opacity();
}

void SceneStack::draw_day(ui::Painter& painter, gfx::Silk silk) {
  silk.kind = background_of(*current_.context);
  const bool changes = leaving_.context != nullptr && background_of(*leaving_.context) != silk.kind;
  if (changes) {
    gfx::Silk before = silk;
    before.kind = background_of(*leaving_.context);
    painter.canvas.draw_silk(before);
    painter.canvas.push_opacity(ui::ease_in_out(transition_));
  }
  painter.canvas.draw_silk(silk);
  if (changes) painter.canvas.pop_opacity();
}

void SceneStack::draw_slot(ui::Painter& painter, Slot& slot, float opacity, float rise) {
  if (!slot.scene || opacity <= 0) return;
  const bool whole = opacity >= 1;
  if (!whole) {
    painter.canvas.push_opacity(opacity);
    painter.canvas.push_transform(Transform2D::translation({0, rise}));
  }
  slot.scene->draw(painter);
  if (!whole) {
    painter.canvas.pop_transform();
    painter.canvas.pop_opacity();
  }
}

void SceneStack::draw(ui::Painter& painter) {
  if (!current_.scene) return;
  draw_backdrop(painter);
  const float travel = current_.context->reduced_motion ? 0 : painter.metrics.grid * 5;
  const float gone = ui::ease_out(ui::progress(transition_, 0, 0.45f));
  const float come = ui::ease_out(ui::progress(transition_, 0.2f, 0.8f));
  // Where it stood: what both scenes have in common, as their bars, is not seen twice.
  draw_slot(painter, leaving_, 1 - gone, 0);
  const bool by_itself = current_.scene->animates_entrance();
  draw_slot(painter, current_, by_itself ? 1 : come, travel * (1 - come));
  draw_out_of_reach(painter, current_.context->campaign, current_.context->language,
                    middle_of(mixed_backdrop()));
  current_.scene->draw_shared(painter);
  overlays_.draw(painter);
  if (focus_.visible()) draw_focus(painter);
}

void SceneStack::draw_focus(ui::Painter& painter) {
  if (const ui::SemanticNode* node = tree_.find(focus_.id())) {
    ui::draw_focus_ring(painter, node->bounds, node->corner);
  }
}

void SceneStack::describe(const LineSign* sign) {
  tree_.begin();
  if (current_.scene) current_.scene->describe(tree_);
  if (sign) sign->describe(tree_);
  overlays_.describe(tree_);
  tree_.end();
  focus_.follow(tree_);
  tree_.mark_focus(focus_.id());
  tell_focus();
}

void SceneStack::tell_focus() {
  if (focus_.id() == told_focus_) return;
  told_focus_ = focus_.id();
  if (overlays_.is_modal()) return overlays_.focus_moved(told_focus_);
  if (current_.scene) current_.scene->focus_moved(told_focus_);
}

bool SceneStack::activate(uint32_t id, Entry entry) {
  if (!current_.scene) return false;
  const ui::SemanticNode* node = tree_.find(id);
  if (node && !node->reachable) return false;
  if (overlays_.is_modal()) return overlays_.activate(id, entry);
  current_.context->entry = entry;
  return current_.scene->activate(id);
}

void SceneStack::move_focus(int direction) {
  focus_.move(tree_, direction);
}

bool SceneStack::activate_focused() {
  return focus_.visible() && activate(focus_.id(), Entry::Keyboard);
}

void SceneStack::step_focused(int direction) {
  if (!current_.scene || focus_.id() == 0) return;
  focus_.show();
  const uint32_t focused = overlays_.is_modal() ? overlays_.step(focus_.id(), direction)
                                                : current_.scene->step(focus_.id(), direction);
  if (focused != 0) focus_.set(tree_, focused, true);
}

void SceneStack::back() {
  if (overlays_.is_modal()) return overlays_.back();
  if (current_.scene) current_.scene->back();
}

bool SceneStack::write(uint32_t id, const ui::TextInput& input) {
  const auto take = [&](uint32_t to) {
    return overlays_.is_modal() ? overlays_.write(to, input) : current_.scene->write(to, input);
  };
  if (!current_.scene) return false;
  if (id != 0) return take(id);
  return (focus_.id() != 0 && take(focus_.id())) || take(0);
}

void SceneStack::release() {
  fingers_ = 0;
  focus_.clear();
  overlays_.release();
  told_focus_ = 0;
  if (current_.scene) current_.scene->release();
}

}  // namespace vitrine::scene
