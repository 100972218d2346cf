// SPDX-License-Identifier: MIT
// The console's part of the staff listener, below /api/: what staff see and what they do. Whoever
// comes here has passed StaffAuth. Loop's thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "engine/base/json/json.h"
#include "server/handoff/claim_front.h"
#include "server/http/http.h"
#include "server/live_view.h"
#include "server/staff/publisher.h"
#include "server/store/device_registry.h"

namespace vitrine {

class StaffApi {
 public:
  struct Parts {
    const Clock* clock = nullptr;
    Publisher* publisher = nullptr;
    DeviceRegistry* registry = nullptr;
    const LiveView* live = nullptr;
    std::function<ClaimFront*()> claims;  // null: nothing is handed out here
    std::function<void()> published;      // what is served has changed
  };
  // What `parts` points to outlives this.
  explicit StaffApi(Parts parts) : parts_(std::move(parts)), started_ms_(parts_.clock->wall_ms()) {}

  static bool has(std::string_view path);
  // Nothing: not known yet; the same question after the next wake.
  // Expects: has(path), and the route takes the method.
  std::optional<WebResponse> handle(const WebRequest& request);

  // Writes into the log how acts went whose end it does not have: the server died, or the disk was
  // full just then. The claims say it. To be called once claims are there; else with each request.
  void settle_acts();

 private:
  // A claim that is being taken back.
  struct TakingBack {
    Claim claim;  // as it was confirmed
    std::set<std::string> actors;
    std::optional<Status> failure;  // nothing while the store is asked
    int64_t failed_ms = 0;          // monotonic
  };

  static std::string actor_of(const WebRequest& request);
  WebResponse get(const WebRequest& request);
  std::optional<WebResponse> post(const WebRequest& request);

  WebResponse campaign(std::string_view id);
  WebResponse claims(const WebRequest& request);
  WebResponse screens();
  WebResponse audit();
  WebResponse publish(const WebRequest& request, std::string_view id, std::string_view act);
  WebResponse publish_answer(PublishAnswer answer, std::string_view id);
  WebResponse conflict(std::string_view id);
  WebResponse find_claim(JsonValue body);
  std::optional<WebResponse> take_back(const WebRequest& request, JsonValue body);
  std::optional<WebResponse> begin_taking_back(const WebRequest& request, const Claim& claim);
  std::optional<WebResponse> join_taking_back(const WebRequest& request,
                                              rules::ClaimState confirmed, TakingBack& act);
  void on_taken_back(const Id128& id, const Status& status, const ClaimOutcome& outcome);
  Status note_taking_back(const Claim& claim, std::string_view actor, std::string_view what,
                          std::string_view why);
  void note_outcome(const TakingBack& act, std::string_view why_not);
  bool settle(ClaimFront& front, const UnsettledAct& act);
  WebResponse stop(const WebRequest& request, bool stopped);
  const Pool* pool(std::string_view name) const;
  const std::vector<Device>* devices();

  Parts parts_;
  const int64_t started_ms_;
  JsonDocument body_;
  int64_t conflict_base_ = 0;  // what who was refused had seen
  std::map<Id128, TakingBack> taking_back_;
  bool is_settled_ = false;  // the log has how every act went, but of those above
  std::vector<Device> devices_;
  std::optional<uint64_t> devices_version_;
};

}  // namespace vitrine
