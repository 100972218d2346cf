// SPDX-License-Identifier: MIT
// A page is never a screen: it has a phone's end, and this in place of a screen's. That there are
// two keeps the calls of either going through pointers alone (wasm/CMakeLists.txt).
#include "engine/claim/end_internal.h"

namespace vitrine::claim {
namespace {

class NoEnd final : public End {
 public:
  using End::End;
  void set_campaign(const LinkCampaign&) override {}
  void poll() override {}
  void not_me() override {}

 private:
  bool needs_line() const override { return false; }
  void campaign_changed() override {}
  bool fits(const Wish&) const override { return false; }
  void update() override {}
  void give_up() override {}
  void on_state(const protocol::ClaimState&, bool) override {}
};

}  // namespace

std::unique_ptr<End> make_screen_end(const LinkSeams& seams, const LinkOptions& options) {
  return std::make_unique<NoEnd>(seams, options);
}

}  // namespace vitrine::claim
