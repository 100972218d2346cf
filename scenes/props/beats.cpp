// SPDX-License-Identifier: MIT
#include "scenes/props/beats.h"

#include "engine/campaign/language.h"
#include "engine/ui/describe.h"
#include "engine/ui/motion.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

constexpr float kStrikeAt = 0.6f;
// From when to when each is said.
constexpr float kStays[kBeats][2] = {{0, kPromiseAt - 0.3f},
                                     {kPromiseAt, kHeroGoesAt},
                                     {kShadesAt, kShadesGoAt},
                                     {kPodiumAt + 0.1f, kPodiumGoAt}};

}  // namespace

Beat beat_at(float time) {
  if (time < kPromiseAt) return Beat::Question;
  if (time < kShadesAt) return Beat::Promise;
  return time < kPodiumAt ? Beat::Shades : Beat::Podium;
}

void BeatHeadlines::read_words(const scene::SceneContext& context,
                               const campaign::Product* product) {
  const auto words = [&](std::string_view key) { return with_prices(context.text(key), product); };
  of(Beat::Question).set(words("attract.question_1"), words("attract.question_2"));
  of(Beat::Promise).set(words("attract.line_1"), words("attract.line_2"));
  of(Beat::Shades).set(words("attract.shades_1"), words("attract.shades_2"));
  of(Beat::Podium).set(words("attract.follow_1"), words("attract.follow_2"));
  line_height_ = campaign::is_written_in_han(context.language) ? 1.14f : 1.1f;
}

void BeatHeadlines::layout(Vec2 head, float width, float size, float podium_size) {
  head_ = head;
  for (Headline& words : headlines_) words.set_room(width, size);
  of(Beat::Podium).set_room(width, podium_size);
}

Headline::Look BeatHeadlines::look(const ui::Painter& painter, Beat beat) const {
  const ui::Theme& theme = painter.theme;
  Headline::Look look{head_, gfx::TextAlign::Start, line_height_, theme.ink, theme.accent};
  if (beat == Beat::Question) look.second = theme.ink;
  if (beat == Beat::Shades) look.second = theme.accent_text;  // the cloth is darker here
  if (beat != Beat::Podium) return look;
  look.first = look.second = theme.on_dark;
  if (painter.metrics.landscape()) return look;
  look.at.x = painter.metrics.safe().center().x;
  look.align = gfx::TextAlign::Center;
  return look;
}

void BeatHeadlines::draw(ui::Painter& painter, float time) {
  for (size_t i = 0; i < kBeats; ++i) {
    Headline::Moment moment{time - kStays[i][0], ui::progress(time, kStays[i][1], 0.3f), 1};
    if (i == 0) moment.strike = ui::ease_out(ui::progress(time, kStrikeAt, 0.25f));
    headlines_[i].draw(painter, look(painter, static_cast<Beat>(i)), moment);
  }
}

void BeatHeadlines::describe(ui::SemanticTree& tree, const ui::Metrics& metrics, Beat beat) const {
  const Headline& shown = headlines_[static_cast<size_t>(beat)];
  const Rect head{head_.x, head_.y, metrics.size.width - 2 * head_.x, shown.size() * line_height_};
  describe_node(tree, ui::Role::Heading, "headline-1", shown.first(), head);
  describe_node(tree, ui::Role::Heading, "headline-2", shown.second(),
                head.moved({0, head.height}));
}

}  // namespace vitrine::scenes
