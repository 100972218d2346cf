// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "native/looks/campaign_places.h"

using namespace vitrine::looks;

TEST_CASE("words come out with amounts for variables and without strikes") {
  CHECK(comes_out_as("Follow", "Follow"));
  CHECK(comes_out_as("A ~¥{price}~ lipstick", "A ¥68 lipstick"));
  CHECK(comes_out_as("{offer} 元", "5 元"));
  CHECK(comes_out_as("{price}/{offer}", "68/5"));
  CHECK_FALSE(comes_out_as("{offer} 元", " 元"));
  CHECK_FALSE(comes_out_as("Follow", "Follow us"));
  CHECK_FALSE(comes_out_as("Follow us", "Follow"));
  CHECK_FALSE(comes_out_as("", "Follow"));
}

TEST_CASE("what is on screen is found in the file, the scene's own keys first") {
  constexpr const char* kJson = R"({
  "texts": {
    "attract.go": { "zh": "走", "en": "Go for {offer}" },
    "wall.go": { "zh": "走", "en": "Go for {price}" }
  },
  "scenes": [ { "id": "start", "kind": "attract" },
              { "id": "row", "kind": "wall" } ]
})";
  const CampaignPlaces places(kJson);
  CHECK(places.of_words("走", "zh", "attract").path == "texts.attract.go.zh");
  CHECK(places.of_words("走", "zh", "wall").path == "texts.wall.go.zh");
  const Place go = places.of_words("Go for 5", "en", "product");
  CHECK(go.path == "texts.attract.go.en");
  CHECK(go.line == 3);
  CHECK(go.column == 34);
  CHECK(places.of_words("Come", "en", "wall").path.empty());
  const Place row = places.of_scene("row");
  CHECK(row.path == "scenes[row]");
  CHECK(row.line == 7);
  CHECK(places.of_scene("nowhere").path.empty());
}

TEST_CASE("a file that is no campaign has no places") {
  const CampaignPlaces places("[1, 2");
  CHECK(places.of_words("a", "en", "wall").path.empty());
  CHECK(places.of_scene("row").path.empty());
}
