// SPDX-License-Identifier: MIT
// Which campaign a kiosk shows: a folder's, or one by its id from the server, with the last good one
// kept in the data folder for a start without network.
//
//   DATA/campaigns/ID/current      name of the version that was accepted last
//   DATA/campaigns/ID/VERSION/     campaign.json and the files it was shown with
//
// VERSION is a hash of campaign.json. App's thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "engine/base/status.h"
#include "native/lws_client.h"

namespace vitrine {

struct CampaignText {
  std::string json;
  std::string file_name;        // for problems
  std::filesystem::path root;   // where its files are
  std::string url_prefix;       // where the rest of them is at the server, or ""
};

class CampaignFeed {
 public:
  // `campaign` is a folder with campaign.json, or an id. `client` is null offline and outlives the
  // feed. NotFound: offline, and neither a folder nor kept in `data`.
  static Result<std::unique_ptr<CampaignFeed>> open(const std::string& campaign,
                                                    const std::filesystem::path& data,
                                                    LwsClient* client);

  // Asks the server when it is time. Once a frame.
  void poll(int64_t now_us);
  // A campaign that was not taken before.
  std::optional<CampaignText> take();
  // What came of it: the accepted one is kept and older ones are deleted; a refused one is not
  // taken again until it changes.
  void set_verdict(const CampaignText& campaign, bool accepted);

 private:
  CampaignFeed() = default;
  Status open_folder(const std::filesystem::path& folder);
  Status open_kept(const std::string& id, const std::filesystem::path& data);
  void answered(Result<HttpResponse> response, int64_t now_us);
  void offer(std::string json);

  LwsClient* client_ = nullptr;
  std::filesystem::path store_;      // DATA/campaigns/ID; "" for a folder
  std::string id_;
  std::string version_;              // taken last
  std::optional<CampaignText> next_;
  bool asking_ = false;
  int64_t ask_at_us_ = 0;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

}  // namespace vitrine
