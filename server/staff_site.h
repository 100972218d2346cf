// SPDX-License-Identifier: MIT
// The routes of the staff listener: the live view, the console, metrics, what there is to ask.
// Loop's thread.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/base/clock.h"
#include "server/http/http.h"
#include "server/live_view.h"
#include "server/staff/staff_api.h"
#include "server/staff_auth.h"
#include "server/ws_server.h"

namespace vitrine {

class StaffSite {
 public:
  struct Parts {
    const Clock* clock = nullptr;
    const LiveView* live = nullptr;
    StaffAuth* auth = nullptr;
    std::function<const WsStats&()> sockets;
    std::function<void(std::string& out)> more_metrics;  // adds others'; may be empty
    StaffApi* api = nullptr;
  };

  explicit StaffSite(Parts parts) : parts_(std::move(parts)) {}

  // Nothing: not known yet; the same question after the next wake.
  std::optional<WebResponse> handle(const WebRequest& request);

 private:
  WebResponse get(const WebRequest& request) const;
  std::string metrics() const;

  Parts parts_;
};

}  // namespace vitrine
