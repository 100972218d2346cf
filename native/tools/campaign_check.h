// SPDX-License-Identifier: MIT
// Everything that can be wrong with a campaign's folder: campaign.json, and the art it names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "engine/campaign/parse.h"

namespace vitrine::tools {

// A problem as it is printed; codes are those of campaign::problem_code_name, of
// svg_problem_code_name, and missing_file, file_too_large, bad_picture, bad_path.
struct FolderProblem {
  bool is_error = true;
  std::string file;
  uint32_t line = 1;
  uint32_t column = 1;
  std::string path;
  std::string message;
  std::string code;
  std::string cure;
};

struct FolderReport {
  std::string campaign_id;  // "" when campaign.json cannot be read
  size_t drawings = 0;      // how many were checked
  std::vector<FolderProblem> problems;

  size_t errors() const;
};

inline constexpr size_t kMaxPictureBytes = 8 * 1024 * 1024;  // what Assets may deliver
inline constexpr size_t kMaxFolderBytes = 64 * 1024 * 1024;

// Checks DIR/campaign.json and DIR's art. NotFound or PermissionDenied when the folder or
// campaign.json cannot be read.
Result<FolderReport> check_campaign_folder(const std::string& directory,
                                           const campaign::ParseOptions& options = {});

// "lip-popup/campaign.json:12:5: error: scenes[1].kind: … [unknown_kind]; …"
std::string to_line(const FolderProblem& problem);

}  // namespace vitrine::tools
