// SPDX-License-Identifier: MIT
#include "server/campaign_folder.h"

#include <algorithm>
#include <filesystem>

#include "engine/campaign/parse.h"

namespace vitrine {

namespace fs = std::filesystem;

CampaignFolder::CampaignFolder(std::string directory)
    : directory_(std::move(directory)), files_(directory_, RouteClass::Campaign) {
  reload();
}

void CampaignFolder::reload() {
  ids_.clear();
  problems_.clear();
  rules_.clear();
  first_paint_.clear();
  if (directory_.empty()) return;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(directory_, error)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_directory(error) && files_.exists(name + "/campaign.json")) add(name);
  }
  std::sort(ids_.begin(), ids_.end());
}

void CampaignFolder::add(const std::string& folder) {
  const std::string file = folder + "/campaign.json";
  const campaign::CampaignResult result = campaign::parse_campaign(files_.read(file), file);
  if (!result.ok()) {
    problems_.push_back(result.to_string());
    return;
  }
  if (result.campaign->id() != folder) {
    problems_.push_back(file + ": its id is \"" + std::string(result.campaign->id()) +
                        "\"; the folder must have the same name\n");
    return;
  }
  ids_.push_back(folder);
  rules_.try_emplace(folder);
  first_paint_[folder] = page_marks(*result.campaign);
}

bool CampaignFolder::has(std::string_view id) const {
  return std::binary_search(ids_.begin(), ids_.end(), id);
}

const PageMarks* CampaignFolder::first_paint(std::string_view id) const {
  const auto found = first_paint_.find(id);
  return found == first_paint_.end() ? nullptr : &found->second;
}

WebResponse CampaignFolder::serve(const WebRequest& request, std::string_view id,
                                  std::string_view path) {
  const bool is_part = path == "campaign.json" || path.rfind("art/", 0) == 0;
  if (!is_part || !has(id)) return text_response(RouteClass::Campaign, 404, "not found\n");
  return files_.serve(request, std::string(id) + "/" + std::string(path));
}

}  // namespace vitrine
