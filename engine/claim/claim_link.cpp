// SPDX-License-Identifier: MIT
#include "engine/claim/claim_link.h"

#include "engine/claim/end_internal.h"

namespace vitrine::claim {
namespace {

// In the order of Role. By pointers alone: the page has neither at first (wasm/CMakeLists.txt).
constexpr std::unique_ptr<End> (*kMakeEnd[])(const LinkSeams&, const LinkOptions&) = {
    make_screen_end, make_phone_end};

}  // namespace

ClaimLink::ClaimLink(const LinkSeams& seams, const LinkOptions& options)
    : end_(kMakeEnd[static_cast<size_t>(options.role)](seams, options)) {}

ClaimLink::~ClaimLink() = default;

void ClaimLink::set_campaign(const LinkCampaign& campaign) {
  end_->set_campaign(campaign);
}
void ClaimLink::set_session(const Id128& session) {
  end_->set_session(session);
}
void ClaimLink::set_closed(bool closed) {
  end_->set_closed(closed);
}
void ClaimLink::set_language(std::string_view language) {
  end_->set_language(language);
}
void ClaimLink::invite(std::string_view text) {
  end_->invite(text);
}
void ClaimLink::poll() {
  end_->poll();
}
bool ClaimLink::wants_scene() const {
  return end_->wants_scene();
}
bool ClaimLink::wants_queue_scene() const {
  return end_->wants_queue_scene();
}
Id128 ClaimLink::recording_session() const {
  return end_->recording_session();
}

const View& ClaimLink::view() const {
  return end_->view();
}
void ClaimLink::begin(std::string_view product) {
  end_->begin(product);
}
void ClaimLink::end() {
  end_->end();
}
void ClaimLink::not_me() {
  end_->not_me();
}
void ClaimLink::join() {
  end_->join();
}
void ClaimLink::agree(const Agreement& agreement) {
  end_->agree(agreement);
}
void ClaimLink::follow() {
  end_->visit(protocol::ClaimKind::Follow);
}
void ClaimLink::pay() {
  end_->visit(protocol::ClaimKind::Pay);
}
void ClaimLink::cancel() {
  end_->cancel();
}
void ClaimLink::dismiss() {
  end_->dismiss();
}
void ClaimLink::add_to_home() {
  end_->add_to_home();
}
void ClaimLink::take_number() {
  end_->take_number();
}
void ClaimLink::leave_number() {
  end_->leave_number();
}
void ClaimLink::here() {
  end_->here();
}

}  // namespace vitrine::claim
