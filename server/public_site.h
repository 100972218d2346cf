// SPDX-License-Identifier: MIT
// The routes of the public listener. Loop's thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/base/clock.h"
#include "server/campaign_folder.h"
#include "server/connection_limits.h"
#include "server/handshake.h"
#include "server/http/static_files.h"
#include "server/store/device_registry.h"
#include "server/tokens.h"

namespace vitrine {

class PublicSite {
 public:
  struct Parts {
    const Clock* clock = nullptr;
    CampaignFolder* campaigns = nullptr;
    DeviceRegistry* registry = nullptr;
    const TokenMint* tokens = nullptr;
    const OriginRules* origins = nullptr;
    // Empty: the server is well; else why not.
    std::function<std::string()> illness;
    std::string authority;  // file behind kAuthorityPath; "": none
    // Pages get a service worker; false: whoever has one is sent what takes it back.
    bool has_worker = true;
  };
  // The one path that is answered by plain HTTP too where the listener speaks TLS: who does not
  // trust the authority yet could not ask otherwise. What it gives is public.
  static constexpr std::string_view kAuthorityPath = "/authority.crt";

  // `web`: folder of the page, "": none. Everything in `parts` outlives this.
  PublicSite(std::string web, Parts parts);

  WebResponse handle(const WebRequest& request);

 private:
  WebResponse get(const WebRequest& request);
  WebResponse post(const WebRequest& request);
  WebResponse health() const;
  WebResponse authority() const;
  WebResponse front_page(const WebRequest& request);
  WebResponse page(const WebRequest& request, std::string_view campaign);
  WebResponse filled_page(const WebRequest& request, std::string text) const;
  WebResponse split_page(const WebRequest& request, std::string_view campaign);
  WebResponse manifest(const WebRequest& request, std::string_view campaign) const;
  WebResponse worker(const WebRequest& request, std::string_view campaign);
  WebResponse lab(const WebRequest& request);
  WebResponse file(const WebRequest& request, std::string_view path);
  WebResponse no_campaign(const WebRequest& request);
  void add_policy(WebResponse& response);
  WebResponse under_campaign(const WebRequest& request, std::string_view rest);
  WebResponse enrol(const WebRequest& request);
  WebResponse token(const WebRequest& request);

  StaticFiles web_;
  Parts parts_;
  RateLimiter enrolments_{10, 1.0 / 6};
  RateLimiter tokens_{6000, 100};
};

}  // namespace vitrine
