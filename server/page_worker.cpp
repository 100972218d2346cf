// SPDX-License-Identifier: MIT
#include "server/page_worker.h"

#include "engine/base/json/json_writer.h"
#include "server/page_template.h"

namespace vitrine {

std::string fill_worker(std::string_view worker_template, const std::vector<CampaignPart>& parts) {
  std::string files;
  JsonWriter writer(files);
  writer.begin_array();
  for (const CampaignPart& part : parts) {
    writer.begin_array().string(part.path).string(part.etag).end_array();
  }
  writer.end_array();
  return fill_page(worker_template, {{"files", files}});
}

}  // namespace vitrine
