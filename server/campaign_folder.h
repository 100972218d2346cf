// SPDX-License-Identifier: MIT
// The campaigns this server has: one folder each, checked by the same parser as on the screens.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/static_files.h"
#include "server/ingest/ingest.h"
#include "server/page_template.h"

namespace vitrine {

class CampaignFolder {
 public:
  // `directory` may be "": no campaigns.
  explicit CampaignFolder(std::string directory);

  // Reads the folder again. A campaign that does not parse is left out and named in problems().
  void reload();

  const std::vector<std::string>& ids() const { return ids_; }
  bool has(std::string_view id) const;
  // The words and colours of a campaign's first paint; null: no such campaign.
  const PageMarks* first_paint(std::string_view id) const;
  const std::vector<std::string>& problems() const { return problems_; }
  // What ingest asks; the reference stays valid, its contents change with reload().
  const CampaignRules& rules() const { return rules_; }

  // `path` below the campaign's folder: "campaign.json", "art/ribbon.svg". 404 for what is not a
  // part of a campaign.
  WebResponse serve(const WebRequest& request, std::string_view id, std::string_view path);

 private:
  void add(const std::string& folder);

  std::string directory_;
  StaticFiles files_;
  std::vector<std::string> ids_;  // ascending
  std::vector<std::string> problems_;
  CampaignRules rules_;
  std::map<std::string, PageMarks, std::less<>> first_paint_;
};

}  // namespace vitrine
