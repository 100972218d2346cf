// SPDX-License-Identifier: MIT
// Keys drawn on the screen: what the keypad and the keyboard have in common. Several fingers may
// type at once, each key answers the first that went down on it; Delete repeats while it is held.
// For deriving: the subclass says which keys there are and what they do.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/input/tap.h"
#include "engine/ui/hold_repeat.h"
#include "engine/ui/motion.h"
#include "engine/ui/widget.h"

namespace vitrine::ui {

class KeyPanel : public Widget {
 public:
  static constexpr size_t kMost = 48;

  enum class KeyKind : uint8_t { Character, Space, Delete, Shift, Enter };

  // What screen readers say of the keys that are not a character; copied.
  struct KeyWords {
    std::string_view space{}, erase{}, shift{}, enter{};
  };
  void set_key_words(const KeyWords& words);
  void set_ground(Ground ground) { ground_ = ground; }
  void set_enabled(bool enabled);

  input::Handled handle(const input::PointerEvent& event) override;
  void update(float dt) override;
  void draw(Painter& painter) override;
  void describe(SemanticTree& tree) const override;
  bool activate(uint32_t id) override;
  bool at_rest() const override;
  void release() override;

 protected:
  struct Key {
    KeyKind kind = KeyKind::Character;
    char character = 0;  // ASCII, as it is typed now
    Rect bounds;
    bool enabled = true;
    bool on = false;      // Shift that holds for the next letter
    bool locked = false;  // and for all after it
    input::Tap tap;
    Spring press{0, {0.16f, 0.7f}};
  };

  // `name` lives as long as the panel; keys are called NAME-a, NAME-delete.
  explicit KeyPanel(std::string_view name) : name_(name) {}

  // In reading order. Expects: fewer than kMost.
  Key& add_key(KeyKind kind, char character, const Rect& bounds);
  void clear_keys() { count_ = 0; }
  size_t key_count() const { return count_; }
  Key& key(size_t index) { return keys_[index]; }
  std::string_view name() const { return name_; }
  // Whether the node `id` is one of its keys.
  bool has_key(uint32_t id) const;
  Ground ground() const { return ground_; }
  bool enabled() const { return enabled_; }

  // Least side of what answers a finger, and the size of a character on its key.
  void set_measures(float least_target, float text_size);
  // A key did what it is there for.
  virtual void typed(const Key& key) = 0;

 private:
  Rect hit_area(const Key& key) const;
  bool can_press(const Key& key) const { return enabled_ && key.enabled; }
  void typed_once(Key& key);
  void draw_key(Painter& painter, const Key& key) const;
  void draw_cap(Painter& painter, const Key& key, float radius) const;
  void draw_face(Painter& painter, const Key& key, const Color& color) const;
  static float corner_of(const Key& key) { return key.bounds.height * 0.22f; }
  std::string_view word_of(const Key& key) const;
  void name_key(const Key& key, std::string& name) const;
  uint32_t id_of(const Key& key) const;

  std::string_view name_;
  std::string space_, erase_, shift_, enter_;
  Ground ground_ = Ground::Light;
  bool enabled_ = true;
  float least_target_ = 0;
  float text_size_ = 44;
  std::array<Key, kMost> keys_{};
  size_t count_ = 0;
  HoldRepeat erase_hold_;
};

}  // namespace vitrine::ui
