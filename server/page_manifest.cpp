// SPDX-License-Identifier: MIT
#include "server/page_manifest.h"

#include "engine/base/json/json_writer.h"
#include "server/page_template.h"

namespace vitrine {

namespace {

using campaign::Campaign;

std::string_view text_of(const Campaign& campaign, std::string_view key) {
  return campaign.has_text(key) ? campaign.text(key, campaign.default_language())
                                : std::string_view();
}

void write_icon(JsonWriter& json, std::string_view file, std::string_view size,
                std::string_view purpose) {
  json.begin_object().key("src").string(file).key("sizes").string(size);
  json.key("type").string("image/png").key("purpose").string(purpose).end_object();
}

}  // namespace

std::string page_manifest(const Campaign& campaign) {
  const std::string_view title = text_of(campaign, "page.title");
  const std::string_view offer = text_of(campaign, "page.offer");
  const std::string_view brand = campaign.brand(campaign.default_language());
  const std::string_view name = !title.empty() ? title : !brand.empty() ? brand : "Vitrine";
  const std::string background = page_background(campaign);
  std::string out;
  JsonWriter json(out);
  json.begin_object().key("name").string(name);
  json.key("short_name").string(brand.empty() ? name : brand);
  if (!offer.empty()) json.key("description").string(offer);
  json.key("lang").string(campaign.default_language());
  json.key("start_url").string("./").key("scope").string("./").key("display").string("standalone");
  json.key("theme_color").string(background).key("background_color").string(background);
  json.key("icons").begin_array();
  write_icon(json, "icon-192.png", "192x192", "any");
  write_icon(json, "icon-512.png", "512x512", "any");
  write_icon(json, "icon-512.png", "512x512", "maskable");
  json.end_array().end_object();
  return out;
}

}  // namespace vitrine
