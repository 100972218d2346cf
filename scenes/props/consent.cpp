// SPDX-License-Identifier: MIT
#include "scenes/props/consent.h"

#include <algorithm>

#include "engine/base/fill_in.h"
#include "engine/scene/engine_texts.h"
#include "engine/ui/describe.h"

namespace vitrine::scenes {
namespace {

constexpr std::string_view kNames[] = {"fact-follow", "fact-sees", "fact-hidden"};
constexpr std::string_view kIcons[] = {"icon-heart", "icon-shield", "icon-lock"};
constexpr std::string_view kKeys[] = {"claim.fact_follow", "claim.fact_sees", "claim.fact_hidden"};
constexpr std::string_view kDetails[] = {"claim.fact_follow_detail", "claim.fact_sees_detail",
                                         "claim.fact_hidden_detail"};
// Of a fact's height: two lines with air between them and the next fact's. Where they would become
// too small to be read, one line.
constexpr float kName = 0.38f, kDetail = 0.34f, kOneLine = 0.5f;
constexpr float kLeastDetail = 12.5f;  // points of the phone's design
constexpr size_t kYes = 1;

}  // namespace

Consent::Consent() {
  statistics_.add("statistics-no");
  statistics_.add("statistics-yes");
}

void Consent::add_to(ui::Screen& screen) {
  screen.add(read_);
  screen.add(terms_);
  screen.add(guardian_);
  screen.add(statistics_);
}

void Consent::set_shown(bool shown) {
  shown_ = shown;
  read_.set_shown(shown && has_notes_);
  terms_.set_shown(shown);
  guardian_.set_shown(shown && asks_guardian_);
  statistics_.set_shown(shown && !refused_);
}

void Consent::clear() {
  terms_.set_ticked(false);
  guardian_.set_ticked(false);
  terms_.set_missed(false);
  guardian_.set_missed(false);
  pointed_out_ = false;
  statistics_.choose(0);
}

void Consent::tick_all() {
  terms_.set_ticked(true);
  guardian_.set_ticked(asks_guardian_);
}

bool Consent::is_complete() const {
  return terms_.ticked() && (guardian_.ticked() || !asks_guardian_);
}

void Consent::point_out() {
  pointed_out_ = true;
  terms_.set_missed(true);
  guardian_.set_missed(asks_guardian_);
}

claim::Agreement Consent::agreement() const {
  return {terms_.ticked(), asks_guardian_ && guardian_.ticked(),
          !refused_ && statistics_.chosen() == kYes};
}

void Consent::layout(const scene::SceneContext& context, const ClaimPlaces& places, bool refused) {
  const ui::Metrics& m = context.metrics;
  refused_ = refused;
  const auto age = static_cast<int>(context.campaign.claim().guardian_age);
  asks_guardian_ = age > 0;
  facts_area_ = places.facts;
  for (size_t i = 0; i < kFacts; ++i) {
    facts_[i] = {std::string(context.text(kKeys[i])), std::string(context.text(kDetails[i])), {}};
    facts_[i].told = facts_[i].name + ": " + facts_[i].detail;
  }
  const float words = m.phone() ? 15.0f : 34.0f;
  has_notes_ = places.notes.height > 0;
  if (has_notes_) read_.set_label(context.text("claim.read"));
  read_.set_text_size(words);
  read_.set_bounds(places.notes);
  terms_.set_label(context.text("claim.terms"));
  terms_.set_bounds(places.terms);
  std::string guardian(context.text("claim.guardian"));
  fill_in(guardian, "{age}", scene::NumberText(age).view());
  guardian_.set_label(guardian);
  guardian_.set_bounds(places.guardian);
  for (ui::CheckBox* box : {&terms_, &guardian_}) {
    box->set_text_size(words);
    box->set_least_target(m.target);
  }
  question_ = context.text(refused_ ? "claim.statistics_refused" : "claim.statistics");
  statistics_.set_label(question_);
  statistics_[0].set_label(context.text("claim.statistics_no"));
  statistics_[kYes].set_label(context.text("claim.statistics_yes"));
  const Rect& all = places.statistics;
  const float chips = std::max(m.target, 0.62f * all.height);
  question_area_ = {all.x, all.y, all.width,
                    refused_ ? all.height : std::max(all.height - chips, 0.0f)};
  statistics_.layout({all.x, all.bottom() - chips, all.width, chips}, m.phone() ? 10.0f : 24.0f,
                     words, m.target);
  set_shown(shown_);
}

bool Consent::update() {
  const bool terms = terms_.take_changed(), guardian = guardian_.take_changed();
  return statistics_.take_chosen().has_value() || terms || guardian;
}

Rect Consent::fact(size_t index) const {
  const float third = facts_area_.height / kFacts;
  return {facts_area_.x, facts_area_.y + third * static_cast<float>(index), facts_area_.width,
          third};
}

void Consent::draw_fact(ui::Painter& painter, size_t index) const {
  const ui::Theme& theme = painter.theme;
  const Rect area = fact(index);
  const bool phone = painter.metrics.phone();
  const float u = phone ? 1.0f : 2.2f;
  const float side = std::min(0.86f * area.height, 48 * u);
  const Rect disc{area.x, area.center().y - side / 2, side, side};
  painter.canvas.fill_rect(disc, gfx::CornerRadii::all(side / 2),
                           gfx::Paint::solid(theme.silk_warm[2]));
  ui::draw_drawing_centered(painter,
                            {"art/icons.svg", kIcons[index], 0.5f * side * 5, 0, theme.accent_text},
                            disc.center());
  gfx::TextStyle name, detail;
  name.weight = FontWeight::Bold;
  name.color = theme.ink;
  detail.color = theme.mute;
  const float left = disc.right() + 14 * u, width = area.right() - left;
  const Fact& fact = facts_[index];
  if (kDetail * area.height < kLeastDetail * u) {
    return draw_in_one_line(painter, fact, {left, area.y, width, area.height});
  }
  name.size = std::min(17 * u, kName * area.height);
  detail.size = std::min(15 * u, kDetail * area.height);
  const float middle = area.center().y + 0.04f * area.height;
  ui::draw_label(painter, fact.name, {left, middle - 1.3f * name.size, width, 1.3f * name.size},
                 name, 0.5f);
  ui::draw_label(painter, fact.detail, {left, middle, width, 1.3f * detail.size}, detail, 0.5f);
}

void Consent::draw_in_one_line(ui::Painter& painter, const Fact& fact, const Rect& area) const {
  gfx::TextStyle name, detail;
  name.size = detail.size =
      std::min((painter.metrics.phone() ? 15.0f : 34.0f), kOneLine * area.height);
  name.weight = FontWeight::Bold;
  name.color = painter.theme.ink;
  detail.color = painter.theme.mute;
  const float gap = 0.6f * name.size;
  const float names = painter.canvas.measure_text(fact.name, 0, name).width;
  const float all = names + gap + painter.canvas.measure_text(fact.detail, 0, detail).width;
  const float fits = std::min(area.width / all, 1.0f);
  name.size *= fits;
  detail.size *= fits;
  const float begin = area.x + (names + gap) * fits;
  ui::draw_label(painter, fact.name, {area.x, area.y, names * fits + 1, area.height}, name);
  ui::draw_label(painter, fact.detail, {begin, area.y, area.right() - begin + 1, area.height},
                 detail);
}

void Consent::draw(ui::Painter& painter) {
  if (!shown_) return;
  for (size_t i = 0; i < kFacts; ++i) draw_fact(painter, i);
  read_.draw(painter);
  terms_.draw(painter);
  guardian_.draw(painter);
  gfx::TextStyle style;
  style.size = painter.metrics.phone() ? 15.0f : 32.0f;
  style.size = std::min(style.size, 0.8f * question_area_.height);
  style.color = painter.theme.ink;
  ui::draw_label(painter, question_, question_area_, style, 0.6f);
  statistics_.draw(painter);
}

void Consent::describe(ui::SemanticTree& tree) const {
  if (!shown_) return;
  for (size_t i = 0; i < kFacts; ++i) {
    describe_node(tree, ui::Role::Text, kNames[i], facts_[i].told, fact(i));
  }
  if (refused_) {
    describe_node(tree, ui::Role::Text, "statistics-refused", question_, question_area_);
  }
}

}  // namespace vitrine::scenes
