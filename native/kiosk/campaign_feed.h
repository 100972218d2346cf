// SPDX-License-Identifier: MIT
// Which campaign a kiosk shows: a folder's, or one by its id from the server, with the last good
// one kept in the data folder for a start without network.
//
//   DATA/campaigns/ID/current      name of the version that was accepted last
//   DATA/campaigns/ID/good         of the one that last stayed on screen long enough
//   DATA/campaigns/ID/barred       of one that was on screen when starts failed; not shown again
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
#include "native/kiosk/start_history.h"
#include "native/lws_client.h"
#include "native/worker.h"

namespace vitrine {

struct CampaignText {
  std::string json;
  std::string file_name;       // for problems
  std::filesystem::path root;  // where its files are
  std::string url_prefix;      // where the rest of them is at the server, or ""
};

struct CampaignFeedOptions {
  std::string campaign;        // a folder with campaign.json, or an id
  std::filesystem::path data;  // "": nothing is kept, and only a folder will do
  // LastGood bars the newest version if another one is known to be good. Plain offers nothing that
  // was ever kept.
  StartStep step = StartStep::Usual;
  int64_t good_after_us = 60'000'000;  // on screen for so long, a version is good
};

class CampaignFeed {
 public:
  // `client` is null offline and outlives the feed. NotFound: offline, and neither a folder nor
  // kept.
  static Result<std::unique_ptr<CampaignFeed>> open(const CampaignFeedOptions& options,
                                                    LwsClient* client);

  // Asks the server when it is time. Once a frame.
  void poll(int64_t now_us);
  // A campaign that was not taken before.
  std::optional<CampaignText> take();
  // What came of it: the accepted one is kept and older ones are deleted; a refused one is not
  // taken again until it changes. It is on the disk when this returns, before it is drawn: should
  // it end the program, the next start finds its name there. Blocks for the disk; another thread
  // would spare nobody anything, for the first picture has to wait for it.
  void set_verdict(const CampaignText& campaign, bool accepted);
  // What was accepted last is on the display. Once a frame.
  void frame_shown(int64_t now_us);

  // What staff should hear of the server's answers since the last call, for the log; "" mostly.
  // Once a trouble.
  std::string take_problem();

  // Staff want the newest whatever came of it: nothing is barred any more, and the server is asked
  // with the next poll.
  void start_over();

 private:
  explicit CampaignFeed(const CampaignFeedOptions& options) : options_(options) {}
  Status open_folder(const std::filesystem::path& folder);
  Status open_kept(const std::string& id);
  std::string first_version();
  bool is_barred(const std::string& version) const;
  Status point(const char* name, const std::string& version) const;
  void answered(Result<HttpResponse> response, int64_t now_us);
  void offer(std::string json);

  const CampaignFeedOptions options_;
  LwsClient* client_ = nullptr;
  std::filesystem::path store_;  // DATA/campaigns/ID; "" for a folder
  std::string id_;
  std::string version_;                    // taken last
  std::string current_, good_, barred_;    // as on the disk
  std::string failed_;                     // in the starts before, for this one only (Plain)
  std::string kept_;                       // on screen and whole on the disk
  std::optional<int64_t> shown_since_us_;  // kept_
  std::optional<CampaignText> next_;
  int refusal_ = 0;      // the status that the server answered last; 0: 200, or none
  std::string problem_;  // not yet taken
  bool asking_ = false;
  int64_t ask_at_us_ = 0;
  std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
  Worker worker_{Worker::AtEnd::FinishJobs};  // what can wait for the disk
};

}  // namespace vitrine
