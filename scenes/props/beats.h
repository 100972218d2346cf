// SPDX-License-Identifier: MIT
// The beats by which passers-by are called, when each comes, and what is said in large words in it.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "engine/scene/scene.h"
#include "scenes/props/headline.h"

namespace vitrine::scenes {

enum class Beat : uint8_t { Question, Promise, Shades, Podium };
inline constexpr size_t kBeats = 4;

// When things happen in one round, seconds.
inline constexpr float kPromiseAt = 2.6f;
inline constexpr float kShadesAt = 7.3f, kShadesGoAt = 13.0f;
inline constexpr float kHeroGoesAt = kShadesAt - 0.3f;
inline constexpr float kPodiumAt = 13.4f, kPodiumGoAt = 19.2f;
inline constexpr float kRound = 20;

Beat beat_at(float time);

class BeatHeadlines {
 public:
  // Texts `attract.question_1` and so on.
  void read_words(const scene::SceneContext& context, const campaign::Product* product);
  // All begin at `head` and fit `width`; at most so large, the podium's at most `podium_size`.
  void layout(Vec2 head, float width, float size, float podium_size);
  float line_height() const { return line_height_; }
  // For the one that comes, before it is drawn or described.
  void prepare(gfx::Canvas& canvas, Beat beat) { of(beat).prepare(canvas); }
  void draw(ui::Painter& painter, float time);
  void describe(ui::SemanticTree& tree, const ui::Metrics& metrics, Beat beat) const;

 private:
  Headline& of(Beat beat) { return headlines_[static_cast<size_t>(beat)]; }
  Headline::Look look(const ui::Painter& painter, Beat beat) const;

  std::array<Headline, kBeats> headlines_;
  Vec2 head_;
  float line_height_ = 1.12f;
};

}  // namespace vitrine::scenes
