// SPDX-License-Identifier: MIT
// The App's half that joins the claim's link to the stage. The link is made once the whole program
// is there, with the scene that shows it.
#include <utility>

#include "engine/app/engine_internal.h"
#include "engine/campaign/format.h"

namespace vitrine::app {
namespace {

// "": it has none, and hands nothing out or has no line.
std::string_view scene_of(const campaign::Campaign& campaign, std::string_view kind) {
  for (const campaign::Scene& scene : campaign.scenes()) {
    if (scene.kind == kind) return scene.id;
  }
  return {};
}

// Where anybody may look at the campaign.
std::string page_of(const campaign::Campaign& campaign, const std::string& root) {
  if (!campaign.address().empty()) return std::string(campaign.address());
  return root.empty() ? std::string() : root + "c/" + std::string(campaign.id()) + "/";
}

}  // namespace

void Engine::make_claims() {
  if (claims_ || options_.claims || !options_.claim_role || !options_.whole) return;
  claims_ = std::make_unique<claim::ClaimLink>(
      claim::LinkSeams{platform_.clock, platform_.random, platform_.identity,
                       platform_.claim_transport, platform_.keepsakes, platform_.links,
                       platform_.home_screen},
      claim::LinkOptions{.role = *options_.claim_role,
                         .build = options_.build,
                         .online = options_.online,
                         .statistics = statistics_ ? &*statistics_ : nullptr});
  stage_.set_claims(claims_.get());
  tell_claims_campaign();
  if (!invitation_.empty()) claims_->invite(std::exchange(invitation_, {}));
}

void Engine::tell_claims_campaign() {
  if (!claims_ || !stage_.playing()) return;
  const campaign::Campaign& campaign = *stage_.campaign();
  claims_->set_language(stage_.language());
  claims_->set_campaign({std::string(campaign.id()),
                         !scene_of(campaign, campaign::kClaimKind).empty(),
                         campaign.claim().terms_version, page_of(campaign, options_.page_root),
                         !scene_of(campaign, campaign::kQueueKind).empty()});
  claim_was_shown_ = queue_was_shown_ = false;
}

// Before anything that was recorded is taken: of whoever came by a code nothing else may be kept.
void Engine::follow_statistics() {
  if (statistics_) outbox_.set_claims_only(!statistics_->allows_all());
}

void Engine::invite(std::string_view invitation) {
  if (statistics_) statistics_->came_by_code();
  if (!claims_) {
    invitation_ = invitation;
    return;
  }
  claims_->invite(invitation);
  claim_was_shown_ = queue_was_shown_ = false;
}

// The next shopper must not meet what the last one began, not even for a frame.
void Engine::end_claim_of_who_left() {
  if (claims_) claims_->set_session(stage_.session().id());
}

void Engine::poll_claims() {
  make_claims();
  if (!claims_) return;
  claims_->set_session(stage_.session().id());
  claims_->set_closed(stage_.is_cleaning());
  claims_->set_language(stage_.language());
  claims_->poll();
  if (!stage_.playing()) return;
  stage_.record_under(claims_->recording_session());
  const bool wants = claims_->wants_scene();
  const std::string_view scene = scene_of(*stage_.campaign(), campaign::kClaimKind);
  if (wants && !claim_was_shown_ && !scene.empty()) stage_.visit(scene);
  claim_was_shown_ = wants;
  show_queue();
}

// Who waits may look around meanwhile, and is brought back when their number is called, or is no
// more; not out of a claim.
void Engine::show_queue() {
  using claim::QueueStage;
  using claim::Stage;
  const Stage stage = claims_->view().stage;
  if (stage >= Stage::Joining && stage <= Stage::Paying) return;  // shown when that is over
  const bool on_phone = options_.claim_role == claim::Role::Phone;
  const QueueStage before = std::exchange(queue_stage_, claims_->view().queue.stage);
  const bool is_news = claims_->wants_queue_scene() && !queue_was_shown_;
  queue_was_shown_ = claims_->wants_queue_scene();
  const bool was_in_line = before == QueueStage::Waiting || before == QueueStage::Called;
  const bool is_told = queue_stage_ == QueueStage::Called || queue_stage_ == QueueStage::Skipped ||
                       queue_stage_ == QueueStage::Closed;
  const std::string_view scene = scene_of(*stage_.campaign(), campaign::kQueueKind);
  if (scene.empty() || !on_phone) return;
  if (is_news) return stage_.visit(scene);
  // The scene may be there: it goes on then.
  if (was_in_line && is_told && before != queue_stage_) stage_.go_to(scene);
}

}  // namespace vitrine::app
