// SPDX-License-Identifier: MIT
// The sample campaign, and the sample campaign broken in one way each.
#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "native/looks/look_check.h"

using namespace vitrine;
using namespace vitrine::looks;
namespace fs = std::filesystem;

namespace {

constexpr const char* kSample = "assets/campaigns/lip-popup";
constexpr Size kPanel[] = {{1080, 1920}};
constexpr Size kPhones[] = {{390, 844}, {320, 568}};
constexpr float kOnce[] = {12};

std::string sample_json() {
  std::ostringstream text;
  text << std::ifstream(std::string(kSample) + "/campaign.json").rdbuf();
  return text.str();
}

// The sample with one thing replaced, in a folder that goes away again.
struct Broken {
  fs::path folder = fs::temp_directory_path() / ("vitrine-looks-" + std::to_string(::getpid()));

  Broken(const std::string& what, const std::string& by) {
    fs::remove_all(folder);
    fs::copy(kSample, folder, fs::copy_options::recursive);
    std::string json = sample_json();
    const size_t at = json.find(what);
    REQUIRE(at != std::string::npos);
    json.replace(at, what.size(), by);
    std::ofstream(folder / "campaign.json", std::ios::binary) << json;
  }
  ~Broken() { fs::remove_all(folder); }

  LookReport look(std::span<const Size> screens, bool with_gl,
                  std::string_view scene = "wall") const {
    const auto report = check_looks(
        folder, {.screens = screens, .silk_times = kOnce, .scene = scene, .with_gl = with_gl});
    INFO(report.status().to_string());
    REQUIRE(report.ok());
    return report.value();
  }
};

const LookProblem* find(const LookReport& report, const std::string& code,
                        const std::string& path) {
  for (const LookProblem& problem : report.problems) {
    if (problem.code == code && problem.path == path) return &problem;
  }
  return nullptr;
}

std::string told(const LookReport& report) {
  std::string text;
  for (const LookProblem& problem : report.problems) {
    text += problem.code + " " + problem.path + ": " + problem.message + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("the sample campaign is laid out without a warning on phones and panels") {
  const auto report = check_looks(kSample, {.with_gl = false});
  REQUIRE(report.ok());
  CHECK(told(report.value()) == "");
  CHECK(report.value().looks >= 192);
  CHECK(report.value().no_contrast == "no GL: not wanted");
}

TEST_CASE("however long the rules are, no word of them is cut on any screen") {
  std::string rules;
  while (rules.size() < 300) rules += "Each sentence of these rules is of some length. ";
  const Broken broken(R"("en": "A sample: put your own here. One each,)",
                      "\"en\": \"" + rules.substr(0, 300) + " One each,");
  const auto report = check_looks(broken.folder, {.scene = "claim", .with_gl = false});
  REQUIRE(report.ok());
  CHECK(told(report.value()) == "");
}

TEST_CASE("words too long for a button are told with key, language and screen") {
  const Broken broken(R"("en": "See this shade")",
                      R"("en": "Have a very close look at this wonderful shade of red")");
  const LookReport report = broken.look(kPhones, false);
  INFO(told(report));
  const LookProblem* problem = find(report, "text_cut", "texts.wall.button.en");
  REQUIRE(problem);
  CHECK(problem->line > 1);
  CHECK(problem->message.find("ellipsis at 390x844 (wall, first, en)") != std::string::npos);
}

TEST_CASE("words that are too long only when they are larger are told, and that they are") {
  constexpr Size kLying[] = {{1920, 1080}};
  const Broken broken(R"("en": "See another")", R"("en": "See another shade")");
  const LookReport report = broken.look(kLying, false, "thanks");
  INFO(told(report));
  const LookProblem* problem = find(report, "text_cut", "texts.thanks.again.en");
  REQUIRE(problem);
  CHECK(problem->message.find("at 1920x1080 (thanks, rest, en, larger text)") != std::string::npos);
}

TEST_CASE("a key that a scene reads and the campaign lacks is told once") {
  const Broken broken("\"wall.hint\"", "\"wall.hint_old\"");
  const LookReport report = broken.look(kPhones, false);
  INFO(told(report));
  const LookProblem* problem = find(report, "missing_text", "scenes[wall]");
  REQUIRE(problem);
  CHECK(problem->cure == "add \"wall.hint\" to texts, in every language");
}

TEST_CASE("words nearly of the colour of the cloth are told, and where; others are not") {
  const Broken broken("\"ink\": \"#241014\"", "\"ink\": \"#C9B0A6\"");
  const LookReport report = broken.look(kPanel, true);
  INFO(told(report));
  CHECK(report.no_contrast == "");
  const LookProblem* problem = find(report, "low_contrast", "texts.wall.title.zh");
  REQUIRE(problem);
  CHECK(problem->message.find("4.5:1 at 1080x1920 (wall, ") != std::string::npos);
  for (const char* legible : {"wall.hint", "wall.button", "wall.now", "wall.after", "shop.name"}) {
    for (const char* language : {".zh", ".en"}) {
      CHECK_FALSE(find(report, "low_contrast", std::string("texts.") + legible + language));
    }
  }
}

TEST_CASE("colours are looked at where they stand: not while they come, nor under a question") {
  constexpr Size kScreens[] = {{320, 568}, {768, 1024}};
  // The campaign's last scene: what asks or explains lies over it.
  const auto report =
      check_looks(kSample, {.screens = kScreens, .silk_times = kOnce, .scene = "thanks"});
  REQUIRE(report.ok());
  CHECK(report.value().no_contrast == "");
  CHECK(told(report.value()) == "");
}

TEST_CASE("a phone's number in the line is whole and legible, standing and lying") {
  constexpr Size kEvery[] = {{390, 844}, {844, 390}, {360, 640}, {1080, 1920}, {1920, 1080}};
  const auto laid_out =
      check_looks(kSample, {.screens = kEvery, .scene = "queue", .with_gl = false});
  REQUIRE(laid_out.ok());
  CHECK(told(laid_out.value()) == "");
  CHECK(laid_out.value().looks == 5 * 2 * 2 * 10);
  constexpr Size kPainted[] = {{390, 844}, {844, 390}};
  const auto painted =
      check_looks(kSample, {.screens = kPainted, .silk_times = kOnce, .scene = "queue"});
  REQUIRE(painted.ok());
  CHECK(painted.value().no_contrast == "");
  CHECK(told(painted.value()) == "");
}

TEST_CASE("a folder without a campaign, and one with a broken campaign, are no looks") {
  CHECK(check_looks("/nowhere/at-all").status().code() == StatusCode::NotFound);
  const Broken broken("\"wall.hint\"", "\"wall.title\"");
  CHECK(check_looks(broken.folder).status().code() == StatusCode::InvalidArgument);
}
