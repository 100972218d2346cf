// SPDX-License-Identifier: MIT
// Something is claimed: a screen shows a code, a phone that scans it goes through consent,
// following and paying, and both celebrate. One scene for both ends. README.md lists parameters,
// texts and states.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "engine/scene/scene.h"
#include "scenes/props/claim_board.h"
#include "scenes/props/claim_choices.h"
#include "scenes/props/claim_recorded.h"
#include "scenes/props/claim_words.h"
#include "scenes/props/note_sheet.h"
#include "scenes/props/screen_scene.h"
#include "scenes/props/top_bar.h"
#include "scenes/props/traveller.h"
#include "scenes/props/words.h"

namespace vitrine::scenes {
namespace {

using claim::EndReason;
using claim::Role;
using claim::Stage;
using claim::View;

// Seconds that a phone may keep its screen from asking whether anybody is there: to be found and to
// scan, to read and agree, and beyond the end of what is held for it, which the server tells.
constexpr float kScanFor = 60, kAgreeFor = 120, kTellFor = 5;

class ClaimScene final : public ScreenScene {
 public:
  void enter(scene::SceneContext& context,
             const std::optional<scene::SharedElement>& arrived) override;
  void layout() override;
  bool animates_entrance() const override { return !context_->reduced_motion; }
  std::optional<scene::SharedElement> leave() override;
  void update(float dt) override;
  scene::Backdrop backdrop() const override { return board_.backdrop(); }
  void draw(ui::Painter& painter) override;
  void describe(ui::SemanticTree& tree) const override;
  std::span<const std::string_view> states() const override { return kStates; }
  void show_state(std::string_view state) override;
  bool back() override { return notes_.back() || ScreenScene::back(); }
  bool is_awaited() const override;
  bool at_rest() const override { return board_.at_rest() && notes_.at_rest(); }

 private:
  static constexpr std::string_view kStates[] = {
      "waiting",        "asking",        "offline",
      "agreeing",       "paying",        "won",
      "burst",          "issued",        "redeemed",
      "ended",          "phone_invited", "phone_joining",
      "phone_agreeing", "phone_missed",  "phone_agreed",
      "phone_refusing", "phone_notes",   "phone_following",
      "phone_declined", "phone_issued",  "phone_home",
      "phone_home_how", "phone_offline", "phone_redeemed",
      "phone_voided"};
  using Action = ClaimAction;
  using enum ClaimAction;

  const View& view() const;
  bool can_claim() const;
  bool leads_on() const;
  const campaign::Product& stand_in();
  void begin();
  void follow_view();
  void follow_stage();
  void record_stage();
  float awaited_for() const;
  ClaimChoices choices() const { return claim_choices(view(), context_->claims || pictured_); }
  ui::Button& button_of(Action action) { return buttons_[static_cast<size_t>(action)]; }
  void place_buttons();
  void place_button(std::optional<Action> action, const Rect& bounds, bool first);
  void act(Action action);
  void ask(Action action, claim::Service& claims);
  void follow_input();

  const campaign::Product* product_ = nullptr;
  campaign::Product gone_;  // where the campaign has none of the claim's
  std::optional<scene::SharedElement> arrived_;
  Traveller passing_;  // what arrived, as long as it only leads on
  View shown_;         // in pictures, and where nothing can be claimed
  bool pictured_ = false;
  bool begun_ = false;
  uint32_t version_ = 0;              // of the view that is laid out
  std::optional<uint32_t> asked_at_;  // of the view that something was asked of
  Stage stage_ = Stage::None;         // recorded
  float stage_since_ = 0;             // seconds
  float held_for_ = 0;                // from then on, seconds; 0: nothing is
  ClaimBoard board_;
  NoteSheet notes_;
  TopBar top_bar_{TopBar::Back::With};
  std::array<ui::Button, kClaimActions> buttons_{ui::Button("join", ui::ButtonKind::Primary),
                                                 ui::Button("agree", ui::ButtonKind::Primary),
                                                 ui::Button("follow", ui::ButtonKind::Primary),
                                                 ui::Button("pay", ui::ButtonKind::Primary),
                                                 ui::Button("new-code", ui::ButtonKind::Primary),
                                                 ui::Button("done", ui::ButtonKind::Primary),
                                                 ui::Button("not-me", ui::ButtonKind::Ghost),
                                                 ui::Button("cancel", ui::ButtonKind::Ghost),
                                                 ui::Button("other", ui::ButtonKind::Ghost),
                                                 ui::Button("to-home", ui::ButtonKind::Ghost)};
};

const View& ClaimScene::view() const {
  return pictured_ || !context_->claims ? shown_ : context_->claims->view();
}

// A phone that came by no code can claim nothing, nor can a screen without anybody to ask.
bool ClaimScene::can_claim() const {
  return context_->claims && (view().role == Role::Screen || view().stage != Stage::None);
}

bool ClaimScene::leads_on() const {
  return !pictured_ && !can_claim() && !context_->scene.string("otherwise_scene").empty();
}

void ClaimScene::enter(scene::SceneContext& context,
                       const std::optional<scene::SharedElement>& arrived) {
  context_ = &context;
  arrived_ = arrived;
  const campaign::Campaign& campaign = context.campaign;
  shown_.stage = Stage::Ended;
  shown_.reason = EndReason::Closed;
  const bool phone = view().role == Role::Phone && !view().product.empty();
  product_ = campaign.product(phone     ? std::string_view(view().product)
                              : arrived ? arrived->product_id
                                        : context.scene.string("product"));
  if (!product_ && phone) product_ = &stand_in();
  if (!product_) product_ = products_of(context).front();
  if (arrived) passing_.start(*arrived);
  board_.enter(context, *product_, view(), screen_);
  for (ui::Button& button : buttons_) screen_.add(button);
  top_bar_.add_to(screen_);
  top_bar_.set_on_dark(true);
  screen_.add(notes_);  // over everything
}

// A campaign may have lost the product since: what the phone holds is never shown as another one.
const campaign::Product& ClaimScene::stand_in() {
  gone_.id = gone_.name_text = view().product;
  gone_.price.amount = view().price;
  return gone_;
}

// Only now: what is entered may be a picture.
void ClaimScene::begin() {
  if (std::exchange(begun_, true)) return;
  if (leads_on()) context_->director.go_to(context_->scene.string("otherwise_scene"));
  if (!can_claim()) return;
  if (view().role == Role::Screen) {
    context_->claims->begin(product_->id);
  }
  if (arrived_ && !context_->reduced_motion) board_.arrive(*arrived_);
}

std::optional<scene::SharedElement> ClaimScene::leave() {
  const bool screen = view().role == Role::Screen;
  if (context_->claims && begun_ && screen && !pictured_) context_->claims->end();
  if (can_claim() || !arrived_) return board_.leave();
  passing_.stop();
  return arrived_;
}

bool ClaimScene::is_awaited() const {
  if (!context_->claims || view().role != Role::Screen || !view().connected) return false;
  return stage_since_ < awaited_for();
}

float ClaimScene::awaited_for() const {
  switch (stage_) {
    case Stage::Waiting:
      return kScanFor;
    case Stage::Agreeing:
      return kAgreeFor;
    case Stage::Following:
    case Stage::Paying:
      return held_for_ + kTellFor;
    default:
      return 0;
  }
}

void ClaimScene::layout() {
  version_ = view().version;
  const float top = top_bar_.layout(*context_, context_->text("claim.back"));
  const ClaimChoices can = choices();
  board_.layout(view(), top, can.primary.has_value(), can.secondary.has_value());
  place_buttons();
  notes_.layout(*context_);
}

void ClaimScene::place_button(std::optional<Action> action, const Rect& bounds, bool first) {
  if (!action) return;
  ui::Button& button = button_of(*action);
  const bool phone = context_->metrics.phone(), deep = is_deep(view());
  button.set_shown(bounds.height > 0);
  const bool waits = *action == Agree && !board_.consent().is_complete();
  button.set_kind(!first || waits ? ui::ButtonKind::Ghost
                  : deep          ? ui::ButtonKind::Cream
                                  : ui::ButtonKind::Primary);
  button.set_ground(deep ? ui::Ground::Deep : ui::Ground::Light);
  button.set_label(
      with_prices(context_->text(claim_label(*action, view())), agreed_price(view(), *product_)));
  button.set_bounds(bounds);
  button.set_text_size(
      std::min(bounds.height * 0.4f, phone ? (first ? 22.0f : 17.0f) : (first ? 56.0f : 36.0f)));
  button.set_least_target(context_->metrics.target);
  button.set_busy(first && view().busy);
}

void ClaimScene::place_buttons() {
  for (ui::Button& button : buttons_) button.set_shown(false);
  const ClaimChoices can = choices();
  const ClaimPlaces& places = board_.places();
  place_button(can.primary, places.primary, true);
  place_button(can.secondary, places.secondary, false);
  place_button(can.link, places.link, false);
}

void ClaimScene::follow_stage() {
  const View& now = view();
  if (now.stage == stage_) return;
  stage_ = now.stage;
  stage_since_ = 0;
  held_for_ = now.seconds_left;
  record_stage();
}

void ClaimScene::record_stage() {
  using Reached = interactions::ClaimStageReached;
  const View& now = view();
  const std::optional<Reached::Stage> stage = recorded_stage(now.stage);
  if (!stage || now.recalled) return;
  Reached reached;
  reached.product_id = product_->id;
  reached.stage = *stage;
  reached.role = now.role == Role::Screen ? Reached::Role::Screen : Reached::Role::Phone;
  if (now.stage == Stage::Ended) reached.reason = recorded_reason(now.reason);
  record_with_product(reached);
}

void ClaimScene::follow_view() {
  follow_stage();
  if (view().version == version_) return;
  asked_at_.reset();
  const ClaimPage from = board_.page();
  const scene::SharedElement card = board_.card();
  layout();
  if (board_.page() == from) return;
  board_.turn_page(from, card);
  notes_.close();
  place_buttons();
}

void ClaimScene::act(Action action) {
  claim::Service* const claims = context_->claims;
  const bool phone = view().role == Role::Phone;
  if (action == Other) return void(back());
  if (action == Done) {
    if (phone && claims) claims->dismiss();
    return context_->director.end_session();
  }
  if (action == Agree && !board_.consent().is_complete()) {
    board_.consent().point_out();
    return layout();
  }
  if (action == ToHome) return claims ? claims->add_to_home() : void();
  // Once for each thing the other side has said.
  if (!claims || view().busy || asked_at_ == view().version) return;
  asked_at_ = view().version;
  ask(action, *claims);
}

void ClaimScene::ask(Action action, claim::Service& claims) {
  switch (action) {
    case Join:
      return claims.join();
    case Agree:
      return claims.agree(board_.consent().agreement());
    case Follow:
      return claims.follow();
    case Pay:
      return claims.pay();
    case NewCode:
      return claims.begin(product_->id);
    case NotMe:
      return claims.not_me();
    case Cancel:
      return claims.cancel();
    default:
      return;
  }
}

void ClaimScene::follow_input() {
  if (top_bar_.update(*context_)) back();
  if (board_.consent().update()) layout();
  if (ui::Button& read = board_.consent().read(); read.take_activated()) {
    record_activation(*context_, read);
    notes_.read();
  }
  for (size_t i = 0; i < kClaimActions; ++i) {
    if (!buttons_[i].take_activated()) continue;
    record_activation(*context_, buttons_[i]);
    act(static_cast<Action>(i));
  }
}

void ClaimScene::update(float dt) {
  begin();
  stage_since_ += dt;
  follow_view();
  board_.update(dt);
  screen_.update(dt);
  follow_input();
}

void ClaimScene::show_state(std::string_view state) {
  pictured_ = begun_ = true;
  const std::string_view address = context_->campaign.address();
  if (state == "won") {
    shown_ = claim_in_picture("paying", *product_, address);
    layout();
  }
  shown_ = claim_in_picture(state, *product_, address);
  board_.consent().clear();
  layout();  // for the boxes there are
  if (state == "phone_agreed") board_.consent().tick_all();
  if (state == "phone_missed") board_.consent().point_out();
  layout();
  board_.settle();
  if (state == "phone_notes") notes_.show_open();
  if (state == "won") board_.pose_won();
  if (state == "burst") board_.pose_burst();
  place_buttons();
}

void ClaimScene::draw(ui::Painter& painter) {
  if (leads_on()) {  // nobody sees that it was here
    if (passing_.travels()) passing_.draw(painter, *product_);
    return top_bar_.draw(painter);
  }
  board_.draw(painter, view());
  for (ui::Button& button : buttons_) {
    if (button.shown()) board_.draw_button(painter, button);
  }
  top_bar_.draw(painter);
  board_.draw_flash(painter);
  notes_.draw(painter);
}

void ClaimScene::describe(ui::SemanticTree& tree) const {
  top_bar_.describe(tree);
  if (leads_on()) return;
  board_.describe(tree, view());
  screen_.describe(tree);
}

}  // namespace

std::unique_ptr<scene::Scene> make_claim();
std::unique_ptr<scene::Scene> make_claim() {
  return std::make_unique<ClaimScene>();
}

}  // namespace vitrine::scenes
