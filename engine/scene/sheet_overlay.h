// SPDX-License-Identifier: MIT
// An overlay that is a sheet. In one place also for the page's weight: where each sheet's overlay
// did the same by functions of its own, the link made one of them, which then belongs to no gate,
// and all that it calls came with the first screen (docs/page.md).
#pragma once

#include "engine/scene/overlay.h"
#include "engine/ui/bottom_sheet.h"

namespace vitrine::scene {

class SheetOverlay : public Overlay {
 public:
  void open() override { sheet_.open(); }
  void show_open() override { sheet_.show_open(); }
  void close() override { sheet_.close(); }
  bool is_seen() const override { return sheet_.is_seen(); }
  void handle(const input::PointerEvent& event) override { sheet_.handle(event); }
  void draw(ui::Painter& painter) override { sheet_.draw(painter); }
  void describe(ui::SemanticTree& tree) const override { sheet_.describe(tree); }
  bool activate(uint32_t id) override { return sheet_.activate(id); }
  void focus_moved(uint32_t id) override { sheet_.focus_moved(id); }
  void back() override { context_->host.close(kind_); }
  void release() override { sheet_.release(); }

 protected:
  // `sheet` is the subclass's and lives as long.
  SheetOverlay(OverlayKind kind, ui::BottomSheet& sheet) : sheet_(sheet), kind_(kind) {}
  // Whether it was activated, which is recorded then.
  bool follow(ui::Button& button) {
    if (!button.take_activated()) return false;
    const Entry by = button.activated_by_finger() ? Entry::Pointer : context_->entry;
    record_activation(context_->recorder, button.name(), by);
    return true;
  }

  const OverlayContext* context_ = nullptr;  // set by layout()

 private:
  ui::BottomSheet& sheet_;
  OverlayKind kind_;
};

}  // namespace vitrine::scene
