// SPDX-License-Identifier: MIT
// Campaigns that come, go, change and break while the server runs.
#include "server/campaign_folder.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/server/temporary_directory.h"

using namespace vitrine;
using vitrine::test::TemporaryDirectory;

namespace {

namespace fs = std::filesystem;

std::string sample() {
  std::ifstream file("assets/campaigns/lip-popup/campaign.json");
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Fixture {
  TemporaryDirectory directory;
  int64_t age_s = 1000;

  Fixture() { write(sample()); }
  // Each write is a second younger than the one before, however fast the test is.
  void write(const std::string& json, const std::string& folder = "lip-popup") {
    const fs::path file = fs::path(directory.path()) / folder / "campaign.json";
    fs::create_directories(file.parent_path());
    std::ofstream(file) << json;
    fs::last_write_time(file, fs::file_time_type::clock::now() - std::chrono::seconds(--age_s));
  }
  void remove() { fs::remove_all(fs::path(directory.path()) / "lip-popup"); }
};

std::string served(CampaignFolder& folder) {
  const WebResponse response = folder.serve({}, "lip-popup", "campaign.json");
  return response.status == 200 ? *response.body : "";
}

}  // namespace

TEST_CASE("a changed campaign is served as soon as it was looked at") {
  Fixture fixture;
  CampaignFolder folder(fixture.directory.path());
  CHECK(served(folder) == sample());
  CHECK(folder.poll().empty());
  std::string changed = sample();
  changed.replace(changed.find("\"version\": 1"), 12, "\"version\": 2");
  fixture.write(changed);
  CHECK(served(folder) == sample());
  CHECK(folder.poll().size() == 1);
  CHECK(served(folder) == changed);
  CHECK(folder.problems().empty());
}

TEST_CASE("a campaign that was broken on disk stays what it was, and is named until it is mended") {
  Fixture fixture;
  CampaignFolder folder(fixture.directory.path());
  const std::string broken = GENERATE(std::string("{\"id\": 7"), std::string());
  fixture.write(broken);
  const auto log = folder.poll();
  REQUIRE(log.size() == 1);
  CHECK(log[0].find("the one before stays") != std::string::npos);
  CHECK(served(folder) == sample());
  CHECK(folder.rules().count("lip-popup") == 1);
  REQUIRE(folder.problems().size() == 1);
  CHECK(folder.problems()[0].folder == "lip-popup");
  CHECK(folder.poll().empty());
  fixture.write(sample());
  folder.poll();
  CHECK(folder.problems().empty());
}

TEST_CASE("a file that is too large, or a link out of the folder, is told as that") {
  Fixture fixture;
  const TemporaryDirectory elsewhere;
  const fs::path file = fs::path(fixture.directory.path()) / "lip-popup" / "campaign.json";
  SECTION("too large") {
    fs::resize_file(file, (32u << 20) + 1);
    const CampaignFolder folder(fixture.directory.path());
    REQUIRE(folder.problems().size() == 1);
    CHECK(folder.problems()[0].text.find("larger than 32 MiB") != std::string::npos);
    CHECK(folder.problems()[0].text.find("it has 33554433 bytes") != std::string::npos);
  }
  SECTION("a link out of the folder") {
    fs::rename(file, elsewhere.path() + "/campaign.json");
    fs::create_symlink(elsewhere.path() + "/campaign.json", file);
    const CampaignFolder folder(fixture.directory.path());
    REQUIRE(folder.problems().size() == 1);
    CHECK(folder.problems()[0].text.find("a link out of " + fixture.directory.path()) !=
          std::string::npos);
  }
}

TEST_CASE("one that was broken at start is not served before it is mended") {
  Fixture fixture;
  fixture.write("[]");
  CampaignFolder folder(fixture.directory.path());
  CHECK_FALSE(folder.has("lip-popup"));
  CHECK(folder.problems().size() == 1);
  fixture.write(sample());
  folder.poll();
  CHECK(folder.has("lip-popup"));
  CHECK(served(folder) == sample());
}

TEST_CASE("a folder that goes takes its campaign with it, a new one brings it back") {
  Fixture fixture;
  CampaignFolder folder(fixture.directory.path());
  fixture.remove();
  CHECK(folder.poll().size() == 1);
  CHECK_FALSE(folder.has("lip-popup"));
  fixture.write(sample());
  CHECK(folder.poll().size() == 1);
  CHECK(folder.has("lip-popup"));
}

TEST_CASE("what the client has already is not sent again") {
  Fixture fixture;
  CampaignFolder folder(fixture.directory.path());
  WebRequest request;
  for (const auto& [name, value] : folder.serve(request, "lip-popup", "campaign.json").headers) {
    if (name == "ETag") request.if_none_match = value;
  }
  CHECK(folder.serve(request, "lip-popup", "campaign.json").status == 304);
}

TEST_CASE("what was recorded for a campaign that is gone is still taken") {
  Fixture fixture;
  CampaignFolder folder(fixture.directory.path());
  fixture.remove();
  REQUIRE(folder.poll().size() == 1);
  CHECK_FALSE(folder.has("lip-popup"));
  CHECK(folder.rules().count("lip-popup") == 1);
}

TEST_CASE("a folder that cannot be listed takes nothing away") {
  Fixture fixture;
  CampaignFolder folder(fixture.directory.path());
  std::vector<std::ifstream> files;
  for (std::ifstream file("/dev/null"); file; file.open("/dev/null"))
    files.push_back(std::move(file));
  const std::vector<std::string> log = folder.poll();
  files.clear();
  CHECK(log.empty());
  CHECK(folder.has("lip-popup"));
  CHECK(served(folder) == sample());
}

TEST_CASE("folders that are no campaign's are passed over") {
  Fixture fixture;
  fixture.write("[]", ".git");
  fs::create_directories(fs::path(fixture.directory.path()) / "empty");
  CampaignFolder folder(fixture.directory.path());
  CHECK(folder.ids() == std::vector<std::string>{"lip-popup"});
  CHECK(folder.problems().empty());
}

TEST_CASE("a price that staff publish is the one that title, first paint and home screen say") {
  Fixture fixture;
  CampaignFolder folder(fixture.directory.path());
  CHECK(folder.first_paint("lip-popup")->at("title") == "68 元的口红，今天 5 元带走");
  std::string published = sample();
  for (size_t at = 0; (at = published.find("\"offer\": 500", at)) != std::string::npos; ++at) {
    published.replace(at, 12, "\"offer\": 450");
  }
  REQUIRE(folder.publish("lip-popup", published, "staff").ok());
  const PageMarks& marks = *folder.first_paint("lip-popup");
  CHECK(marks.at("title") == "68 元的口红，今天 4.50 元带走");
  CHECK(marks.at("title_data").find("yours for ¥4.50 today") != std::string::npos);
  CHECK(marks.at("offer").find("付 4.50 元") != std::string::npos);
  CHECK(marks.at("offer_data").find("pay ¥4.50,") != std::string::npos);
  CHECK(folder.manifest("lip-popup")->find("今天 4.50 元带走") != std::string::npos);
  CHECK(folder.manifest("lip-popup")->find("付 4.50 元") != std::string::npos);
}

TEST_CASE("words about a price are words, whatever staff or a campaign write there") {
  Fixture fixture;
  CampaignFolder folder(fixture.directory.path());
  std::string hostile = sample();
  const std::string title = "今天 {offer} 元带走\", \"en\": \"A ¥{price}";
  REQUIRE(hostile.find(title) != std::string::npos);
  hostile.replace(hostile.find(title), title.size(),
                  R"(<img src=x onerror='a'>{{offer}}{offer}\"&", "en": "</title><script>{price})");
  REQUIRE(folder.publish("lip-popup", hostile, "staff").ok());
  const PageMarks& marks = *folder.first_paint("lip-popup");
  // In braces twice it would be a mark of the page: what is filled in is not looked at again.
  CHECK(fill_page("{{title}}", marks) ==
        "68 元的口红，&lt;img src=x onerror=&#x27;a&#x27;&gt;{5}5&quot;&amp;");
  CHECK(marks.at("title_data").find("</title>") == std::string::npos);
  CHECK(marks.at("title_data").find("&lt;script&gt;68") != std::string::npos);
  std::string wrong = sample();
  wrong.replace(wrong.find("\"currency\": \"CNY\""), 17, "\"currency\": \"<b>\"");
  CHECK_FALSE(folder.publish("lip-popup", wrong, "staff").ok());
  CHECK(*folder.manifest("lip-popup") != "");
}

TEST_CASE("what a campaign says of its end and its modes is what ingest asks, changes included") {
  Fixture fixture;
  CampaignFolder folder(fixture.directory.path());
  const CampaignRules& rules = folder.rules();
  CHECK(rules.at("lip-popup").ends == protocol::kMaxTimeMs);
  CHECK(rules.at("lip-popup").allows == std::array<bool, 3>{true, true, true});
  std::string bound = sample();
  bound.insert(bound.find("\"version\""),
               R"("ends": "2026-11-21T18:46:05Z", "modes": ["live", "test"], )");
  fixture.write(bound);
  folder.poll();
  REQUIRE(folder.problems().empty());
  CHECK(rules.at("lip-popup").ends == 1795286765000);
  CHECK(rules.at("lip-popup").allows == std::array<bool, 3>{true, false, true});
  // What it last said still holds for what screens bring later.
  fixture.remove();
  folder.poll();
  CHECK(rules.at("lip-popup").ends == 1795286765000);
  fixture.write(sample());
  folder.poll();
  CHECK(rules.at("lip-popup").ends == protocol::kMaxTimeMs);
}
