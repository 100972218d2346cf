// SPDX-License-Identifier: MIT
// The moment something is somebody's: the lipstick crouches, shoots up among rays and confetti, and
// comes to rest lower, where a card rises. Its clock also moves the card, the words and the buttons
// of the scene around it.
#pragma once

#include <optional>
#include <string_view>

#include "engine/scene/scene.h"
#include "engine/ui/flash_limiter.h"
#include "engine/ui/timeline.h"
#include "scenes/props/confetti.h"
#include "scenes/props/rays.h"
#include "scenes/props/traveller.h"

namespace vitrine::scenes {

class Celebration {
 public:
  // What moves when, 0..1 each.
  enum Part : size_t {
    kCrouch,
    kRelease,
    kRaysGrow,
    kTitle,
    kLine,
    kSettle,
    kCardRises,
    kFirstButton,
    kSecondButton
  };
  // Where the lipstick stands, and how high it is.
  struct Place {
    Vec2 stand;
    float height = 0;
  };
  static constexpr float kBurstAt = 0.6f;  // seconds
  static constexpr float kEnd = 4.5f;      // when all of it is still

  // `seed`: of its confetti. Expects: the product outlives it, nothing else was called before.
  void set(const campaign::Product& product, float unit, uint64_t seed);
  // While celebrating, and on the card; light and rays reach over `size`.
  void layout(const Place& high, const Place& low, Size size);
  void set_reduced_motion(bool reduced);

  // From the beginning; `from`: where the lipstick comes from. With reduced motion it is there at
  // once, with a few pieces of confetti over `area`.
  void start(const std::optional<scene::SharedElement>& from, const Rect& area);
  // Pictures: as it is so many seconds after its start.
  void pose(float at);
  // It has been: only what stays is seen.
  void finish() { timeline_.finish(); }
  void update(float dt);

  // Left: the lipstick is drawn here no more.
  scene::SharedElement leave();

  const ui::Timeline& timeline() const { return timeline_; }
  float value(Part part) const { return timeline_.value(part); }
  bool at_rest() const { return timeline_.at_rest(); }

  // Behind everything, and over everything. What is between them is the scene's.
  void draw_light(ui::Painter& painter);
  void draw_flash(ui::Painter& painter) const;
  void draw_product(ui::Painter& painter) const;
  // Comes with that part: paler and lower until it is there.
  void draw_rising(ui::Painter& painter, ui::Button& button, Part part) const;
  // Comes larger than it stays; `align` tells about which end.
  void draw_title(ui::Painter& painter, std::string_view words, const Rect& area,
                  gfx::TextAlign align) const;
  void draw_line(ui::Painter& painter, std::string_view words, const Rect& area,
                 gfx::TextAlign align) const;

 private:
  Place place() const;
  void burst();
  Vec2 middle() const { return high_.stand - Vec2{0, 0.5f * high_.height}; }
  void draw_glow(ui::Painter& painter) const;

  const campaign::Product* product_ = nullptr;
  ui::Timeline timeline_;
  ui::FlashLimiter flashes_;
  bool flashing_ = false;
  bool reduced_motion_ = false;
  bool left_ = false;
  float clock_ = 0;  // never ends: rays turn, the bullet breathes
  Rays rays_;
  std::optional<Confetti> confetti_;
  Traveller traveller_;
  std::optional<Rect> appear_over_;  // in the next update
  Place high_, low_;
};

}  // namespace vitrine::scenes
