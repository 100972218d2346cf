// SPDX-License-Identifier: MIT
// One product in a shopper's hand. README.md lists parameters, texts and states.
#include <algorithm>
#include <utility>
#include <vector>

#include "engine/scene/scene.h"
#include "scenes/props/backdrops.h"
#include "scenes/props/product_sheet.h"
#include "scenes/props/screen_scene.h"
#include "scenes/props/showcase.h"
#include "scenes/props/top_bar.h"

namespace vitrine::scenes {
namespace {

using campaign::Product;
constexpr float kArrived = 1.3f;  // seconds after it was entered: everything stands

class ProductScene final : public ScreenScene {
 public:
  void enter(scene::SceneContext& context,
             const std::optional<scene::SharedElement>& arrived) override;
  void layout() override;
  bool animates_entrance() const override { return !context_->reduced_motion; }
  std::optional<scene::SharedElement> leave() override;
  void update(float dt) override;
  scene::Backdrop backdrop() const override;
  void draw(ui::Painter& painter) override;
  void draw_shared(ui::Painter& painter) override { showcase_.draw_shared(painter); }
  void describe(ui::SemanticTree& tree) const override;
  std::span<const std::string_view> states() const override { return kStates; }
  void show_state(std::string_view state) override;
  bool at_rest() const override { return since_ >= kArrived; }

 private:
  static constexpr std::string_view kStates[] = {"rest",         "turned",       "turned_away",
                                                 "twisted_down", "chosen_other", "arriving"};

  void find_products(const Product* arrived);
  const Product& chosen() const { return *products_[chosen_]; }
  void choose(size_t index);
  void follow_input();
  void record_handling();
  void record_view();

  std::vector<const Product*> products_;
  size_t chosen_ = 0;
  float since_ = 0;  // seconds since it was entered
  bool recorded_ = false;
  TopBar top_bar_{TopBar::Back::With};
  Showcase showcase_;
  ProductSheet sheet_;
};

void ProductScene::enter(scene::SceneContext& context,
                         const std::optional<scene::SharedElement>& arrived) {
  context_ = &context;
  const std::string_view id = arrived ? arrived->product_id : context.scene.string("product");
  find_products(context.campaign.product(id));
  showcase_.add_to(screen_);
  sheet_.add_to(screen_, products_);
  top_bar_.add_to(screen_);
  const bool travels = arrived && !context.reduced_motion;
  travels ? showcase_.arrive(chosen(), *arrived) : showcase_.stand(chosen());
  sheet_.rise(context.reduced_motion);
  if (context.reduced_motion) since_ = 10;
}

// Of more products than there is room for, the ones most like the one that came.
void ProductScene::find_products(const Product* arrived) {
  products_ = products_of(*context_);
  if (!arrived) arrived = products_.front();
  products_ = similar_shades(products_, *arrived, ShadeGrid::kMost);
  for (size_t i = 0; i < products_.size(); ++i) {
    if (products_[i] == arrived) chosen_ = i;
  }
}

void ProductScene::layout() {
  const ui::Metrics& m = context_->metrics;
  const bool phone = m.phone(), wide = m.landscape();
  const float top = top_bar_.layout(*context_, context_->text("product.back"));
  showcase_.read_words(*context_);
  sheet_.layout(*context_);
  sheet_.show(*context_, chosen(), chosen_, true);

  const Rect safe = m.safe();
  const Rect& sheet = sheet_.bounds();
  const float floor = wide ? safe.bottom() - 16 : sheet.y;
  const float plate_y = floor - (phone ? 61.0f : 142.0f);
  const float stage = wide ? sheet.x - safe.x : safe.width;
  const float plate_x = safe.x + (phone ? stage / 2 : stage * 0.39f);
  // What is drawn of a product ends 140 of its 920 units below the top.
  const float by_height = (plate_y - top - (phone ? 14.0f : 44.0f)) / (880.0f - 140.0f) * 920.0f;
  const float by_width = stage * (phone ? 1.0f : 0.86f);
  const float room = by_height < by_width ? by_height : by_width;
  const float most = phone ? 384.0f : 920.0f;
  showcase_.layout(*context_, {plate_x, plate_y}, room < most ? room : most, floor);
  const float edge = wide ? sheet.x - 40 : safe.right() - 54;
  // Where the stage is low they stand as high as the sheet below them asks.
  const float facts = wide ? top + 90 : std::min(top + 144, sheet.y - 310);
  sheet_.place_facts({edge - 220, facts, 220, 131});
}

std::optional<scene::SharedElement> ProductScene::leave() {
  showcase_.table().release();
  record_handling();
  record_with_product(interactions::ProductLeft{.product_id = chosen().id,
                                                .viewed_ms = static_cast<int64_t>(since_ * 1000)});
  sheet_.sink();
  return showcase_.leave();
}

void ProductScene::choose(size_t index) {
  if (index == chosen_) return;
  record_with_product(interactions::ShadeChosen{.product_id = products_[index]->id,
                                                .from = chosen().id,
                                                .position = static_cast<int64_t>(index)});
  chosen_ = index;
  showcase_.change_to(chosen());
  sheet_.show(*context_, chosen(), chosen_, context_->reduced_motion);
}

void ProductScene::record_handling() {
  if (const auto degrees = showcase_.table().take_turned()) {
    record_with_product(
        interactions::ProductTurned{.product_id = chosen().id, .degrees = *degrees});
  }
  if (const auto percent = showcase_.table().take_twisted()) {
    record_with_product(
        interactions::ProductTwisted{.product_id = chosen().id, .out_percent = *percent});
  }
}

void ProductScene::record_view() {
  if (!std::exchange(recorded_, true)) {
    record_with_product(interactions::ProductViewed{.product_id = chosen().id});
  }
  if (!sheet_.take_revealed()) return;
  const campaign::Price& price = chosen().price;
  record_with_product(interactions::PriceRevealed{
      .product_id = chosen().id, .amount = price.amount, .offer = price.offer});
}

void ProductScene::follow_input() {
  if (top_bar_.update(*context_)) back();
  if (const auto index = sheet_.take_chosen()) choose(*index);
  if (sheet_.button().take_activated()) {
    record_activation(*context_, sheet_.button());
    const std::string_view next = context_->scene.string("next");
    if (!next.empty()) context_->director.go_to(next);
  }
}

void ProductScene::update(float dt) {
  since_ += dt;
  screen_.update(dt);
  showcase_.update(dt);
  sheet_.update(dt);
  follow_input();
  record_handling();
  record_view();
}

void ProductScene::show_state(std::string_view state) {
  constexpr float kDegree = 3.14159265f / 180;
  since_ = kArrived;
  sheet_.settle();
  showcase_.pose(0, 0);
  if (state == "turned") showcase_.pose(-52 * kDegree, 0);
  if (state == "turned_away") showcase_.pose(152 * kDegree, 0.2f);
  if (state == "twisted_down") showcase_.pose(0, 1);
  if (state == "chosen_other") {
    chosen_ = (chosen_ + products_.size() / 2) % products_.size();
    showcase_.stand(chosen());
    sheet_.show(*context_, chosen(), chosen_, true);
  }
  showcase_.update(5);
  if (state != "arriving") return;
  sheet_.rise(false);
  since_ = 0.45f;
  sheet_.update(since_);
}

scene::Backdrop ProductScene::backdrop() const {
  const ui::SilkRamp ramp = tinted(context_->theme.silk_warm, showcase_.shown().shade);
  return {ramp, ramp, 0, 0.5f};
}

void ProductScene::draw(ui::Painter& painter) {
  showcase_.draw(painter, since_);
  showcase_.draw_hint(painter, since_);
  sheet_.draw_facts(painter);
  sheet_.draw(painter);
  top_bar_.draw(painter);
}

void ProductScene::describe(ui::SemanticTree& tree) const {
  top_bar_.describe(tree);
  sheet_.describe(tree);
  showcase_.describe(tree);
  screen_.describe(tree);
}

}  // namespace

std::unique_ptr<scene::Scene> make_product();
std::unique_ptr<scene::Scene> make_product() {
  return std::make_unique<ProductScene>();
}

}  // namespace vitrine::scenes
