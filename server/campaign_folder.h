// SPDX-License-Identifier: MIT
// The campaigns this server has: one folder each, checked by the same parser as on the screens. A
// campaign that is changed on disk is taken over by poll(); one that is changed into something
// broken stays what it was, and is named in problems(). What staff published lies over the file,
// which is never written: from then on a change of the file is shown to staff and not served.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "server/claims/claim_offer.h"
#include "server/http/static_files.h"
#include "server/ingest/ingest.h"
#include "server/page_template.h"
#include "server/page_worker.h"

namespace vitrine {

struct CampaignProblem {
  std::string folder;
  std::string text;  // every problem a line, each with its line end
};

class CampaignFolder {
 public:
  // `directory` may be "": no campaigns.
  explicit CampaignFolder(std::string directory);

  // Looks whether a campaign came, went or changed: one stat a campaign. Returns a line for the log
  // for each that did.
  std::vector<std::string> poll();

  const std::vector<std::string>& ids() const { return ids_; }
  bool has(std::string_view id) const;
  // The words and colours of a campaign's first paint; null: no such campaign.
  const PageMarks* first_paint(std::string_view id) const;
  // Its page's web app manifest; null: no such campaign.
  const std::string* manifest(std::string_view id) const;
  // Null: no such campaign, or it does not hand this product out. Until the next poll().
  const ClaimOffer* offer(std::string_view id, std::string_view product) const;
  // Who lets people follow and takes their money there; "": it is not known, or hands nothing out.
  std::string_view provider(std::string_view id) const;
  // Whether whoever waits for one of its screens may take a number.
  bool has_queue(std::string_view id) const;
  // All that campaigns hand out now.
  std::vector<const ClaimOffer*> offers() const;
  // Its campaign.json as it is served; null: no such campaign.
  std::shared_ptr<const std::string> json(std::string_view id) const;
  // The newest good one of its file, whatever is served; null: none.
  std::shared_ptr<const std::string> file_json(std::string_view id) const;
  // Of the file's bytes as they were seen last, good or not; "": none were.
  std::string file_etag(std::string_view id) const;

  // From now on `json` is served as campaign `id`, as soon and as long as it has a folder. Stocks
  // in it are what staff decided (ClaimOffer::stock_leads), `actor` of them. InvalidArgument, and
  // nothing changes: this is no good campaign of that id.
  Status publish(const std::string& id, const std::string& json, std::string_view actor);

  // Of campaigns that are broken on disk now, whether a good one from before is kept or not.
  const std::vector<CampaignProblem>& problems() const { return problems_; }
  // What ingest asks: every campaign that was good since this began, also when its folder is gone.
  // The reference stays valid, its contents grow with poll().
  const CampaignRules& rules() const { return rules_; }

  // What its page fetches, by name: campaign.json and the files of art/, at most kMostParts of
  // them and kMostPartBytes. Empty: no such campaign. As it was when it was asked for first since
  // the last poll().
  const std::vector<CampaignPart>& parts(std::string_view id);
  static constexpr size_t kMostParts = 256;
  static constexpr uintmax_t kMostPartBytes = 4u << 20;

  // `path` below the campaign's folder: "campaign.json", "art/ribbon.svg". 404 for what is not a
  // part of a campaign.
  WebResponse serve(const WebRequest& request, std::string_view id, std::string_view path);

 private:
  // A campaign that parsed, and what the server needs of it.
  struct Content {
    std::shared_ptr<const std::string> json;  // null: none did
    std::string etag;
    PageMarks first_paint;
    std::string manifest;
    CampaignRule rule;
    ClaimOffers offers;
    bool has_queue = false;
  };
  struct Entry {
    std::filesystem::file_time_type modified{};
    uintmax_t size = 0;
    Content file;           // the newest good one
    std::string file_etag;  // of what is on disk
    std::string problem;    // of that; "": none
  };

  // Nothing when the directory cannot be listed now.
  std::optional<std::vector<std::string>> folders() const;
  bool has_changed(const std::string& folder, Entry& entry) const;
  std::string read(const std::string& folder, Entry& entry);
  void list();
  // What is wrong with it, "" when it is good; then `content` is it.
  static std::string check(const std::string& folder, const std::string& json, Content& content);
  const Content& shown(std::string_view id) const;  // expects has(id)

  std::vector<CampaignPart> find_parts(std::string_view id);

  std::string directory_;
  StaticFiles files_;
  std::map<std::string, std::vector<CampaignPart>, std::less<>> parts_;  // since the last poll()
  std::map<std::string, Entry, std::less<>> entries_;
  std::map<std::string, Content, std::less<>> published_;  // by staff
  std::vector<std::string> ids_;                           // ascending
  std::vector<CampaignProblem> problems_;
  CampaignRules rules_;
};

}  // namespace vitrine
