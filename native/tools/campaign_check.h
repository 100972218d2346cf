// SPDX-License-Identifier: MIT
// Everything that can be wrong with a campaign's folder: campaign.json, the art it names, and how
// its screens look.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/status.h"
#include "engine/campaign/parse.h"

namespace vitrine::tools {

// A problem as it is printed; codes are those of campaign::problem_code_name, of
// svg_problem_code_name, of looks::LookProblem, and wrong_folder, small_price, missing_file,
// file_too_large, bad_picture, bad_path.
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
  size_t looks = 0;         // scenes x states x screens x languages that were looked at
  std::string unchecked;    // what of the looks was not checked, and why; "" when all was
  std::vector<FolderProblem> problems;

  size_t errors() const;
};

inline constexpr size_t kMaxPictureBytes = 8 * 1024 * 1024;  // what Assets may deliver
inline constexpr size_t kMaxFolderBytes = 64 * 1024 * 1024;

// Checks DIR/campaign.json and DIR's art. NotFound or PermissionDenied when the folder or
// campaign.json cannot be read, InvalidArgument when it is a file.
Result<FolderReport> check_campaign_folder(const std::string& directory,
                                           const campaign::ParseOptions& options = {});

// Adds what vitrine-looks, the program beside this one, sees on the campaign's screens. Expects:
// the report is of `directory` and has no error.
void check_campaign_looks(const std::string& directory, FolderReport& report);

// "lip-popup/campaign.json:12:5: error: scenes[1].kind: … [unknown_kind]; …"
std::string to_line(const FolderProblem& problem);

}  // namespace vitrine::tools
