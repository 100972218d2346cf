// SPDX-License-Identifier: MIT
// Broken campaigns live in tests/campaign/data, each beside NAME.problems: one line a problem,
// "line:column severity code path".
#include "engine/campaign/parse.h"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "engine/base/random.h"
#include "engine/campaign/format.h"

using namespace vitrine;
using namespace vitrine::campaign;

namespace {

constexpr const char* kSample = "assets/campaigns/lip-popup/campaign.json";
constexpr const char* kData = "tests/campaign/data";

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string told(const CampaignResult& result) {
  std::string text;
  for (const Problem& problem : result.problems) {
    text += std::to_string(problem.line) + ":" + std::to_string(problem.column);
    text += problem.severity == Severity::Error ? " error " : " warning ";
    text += std::string(problem_code_name(problem.code)) + " " + problem.path + "\n";
  }
  return text;
}

// A campaign with `members` beside what every campaign must have.
std::string with(const std::string& members) {
  return R"({"id":"x","version":1,"brand":{"en":"S"},"languages":["en"],)"
         R"("scenes":[{"id":"s","kind":"k"}],)" +
         members + "}";
}

bool has_only(const CampaignResult& result, ProblemCode code) {
  for (const Problem& problem : result.problems) {
    if (problem.code != code) return false;
  }
  return !result.problems.empty();
}

}  // namespace

TEST_CASE("the sample campaign has no problem at all") {
  const CampaignResult result = parse_campaign(read(kSample), kSample);
  INFO(result.to_string());
  CHECK(result.ok());
  CHECK(result.problems.empty());
}

TEST_CASE("the smallest campaign is accepted and gets every default") {
  const CampaignResult result = parse_campaign(read("tests/campaign/data/minimal.json"), "m");
  INFO(result.to_string());
  REQUIRE(result.ok());
  CHECK(result.problems.empty());
  CHECK(result.campaign->default_language() == "en");
  CHECK(result.campaign->start_scene().id == "start");
  CHECK(result.campaign->theme().kiosk.target == 88);
}

TEST_CASE("an address that phones open is kept, whatever else is refused") {
  const auto parsed = [](const std::string& address) {
    return parse_campaign(with(R"("texts":{},"address":")" + address + "\""), "m");
  };
  CHECK(parsed("https://shop.example/a?b=1#c").campaign->address() ==
        "https://shop.example/a?b=1#c");
  CHECK(parsed("http://192.168.1.5:8080/").ok());
  CHECK(parsed("https://shop.example?to=a@b").ok());
  CHECK(parsed("https://" + std::string(192, 'a')).ok());
  for (const std::string& bad :
       {std::string(), std::string("https://"), std::string("shop.example"),
        std::string("javascript:alert(1)"), std::string("https://a b"),
        std::string("https://\u5e97.example"), std::string("https:///x"), std::string("https://?"),
        std::string("https://name:word@shop.example/"), std::string("HTTPS://A"),
        "https://" + std::string(193, 'a')}) {
    INFO(bad);
    CHECK(has_only(parsed(bad), ProblemCode::BadAddress));
  }
}

TEST_CASE("each broken campaign tells all its problems where they are") {
  size_t seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kData)) {
    if (entry.path().extension() != ".json" || entry.path().stem() == "minimal") continue;
    INFO(entry.path());
    const CampaignResult result = parse_campaign(read(entry.path()), "campaign.json");
    std::filesystem::path expected = entry.path();
    CHECK(told(result) == read(expected.replace_extension(".problems")));
    for (const Problem& problem : result.problems) {
      INFO(problem.to_string());
      CHECK_FALSE(problem.message.empty());
      CHECK_FALSE(problem.cure.empty());
    }
    ++seen;
  }
  CHECK(seen >= 11);
}

TEST_CASE("a campaign says when it ends and what of it is recorded") {
  const CampaignResult open = parse_campaign(with(R"("texts":{})"), "c");
  REQUIRE(open.ok());
  CHECK(open.campaign->ends_ms() == INT64_MAX);
  for (const std::string_view mode : kModes) CHECK(open.campaign->records(mode));
  const CampaignResult bound = parse_campaign(
      with(R"("texts":{},"ends":"2026-11-22T02:46:05+08:00","modes":["rehearsal","test"])"), "c");
  INFO(bound.to_string());
  REQUIRE(bound.ok());
  CHECK(bound.campaign->ends_ms() == 1795286765000);
  CHECK_FALSE(bound.campaign->records("live"));
  CHECK(bound.campaign->records("rehearsal"));
  CHECK(bound.campaign->records("test"));
}

TEST_CASE("a campaign says how it hands things out, or what is usual holds") {
  const CampaignResult plain = parse_campaign(with(R"("texts":{})"), "c");
  REQUIRE(plain.ok());
  CHECK(plain.campaign->claim().hold_seconds == 180);
  CHECK(plain.campaign->claim().terms_version == "1");
  CHECK(plain.campaign->claim().guardian_age == 0);
  CHECK_FALSE(plain.campaign->claim().queue);
  CHECK(plain.campaign->claim().valid_hours == 0);
  CHECK(plain.campaign->claim().provider == "sandbox");
  const CampaignResult told = parse_campaign(with(R"("texts":{},"claim":{"hold_seconds":900,
      "terms_version":"2026-11","guardian_age":14,"valid_hours":8760,"provider":"acme"})"),
                                             "c");
  INFO(told.to_string());
  REQUIRE(told.ok());
  CHECK(told.campaign->claim().hold_seconds == 900);
  CHECK(told.campaign->claim().terms_version == "2026-11");
  CHECK(told.campaign->claim().guardian_age == 14);
  CHECK(told.campaign->claim().valid_hours == 8760);
  CHECK(told.campaign->claim().provider == "acme");
  const auto stock = [](const std::string& given) {
    const CampaignResult result = parse_campaign(
        with(R"("texts":{"p":{"en":"P"}},"products":[{"id":"p","code":"1","name_text":"p",)"
             R"("shade":"#000000","price":{"amount":1,"currency":"CNY"})" +
             given + "}]"),
        "c");
    INFO(result.to_string());
    REQUIRE(result.ok());
    return result.campaign->product("p")->stock;
  };
  CHECK(stock("") == -1);
  CHECK(stock(R"(,"stock":0)") == 0);
  CHECK(stock(R"(,"stock":1000000000)") == kMaxStock);
}

TEST_CASE(
    "a line for the screen and the scene of it come together, or the campaign says what lacks") {
  const auto parsed = [](const std::string& claim, const std::string& kind) {
    std::string text = with("\"texts\":{}" + claim);
    text.replace(text.find("\"k\""), 3, "\"" + kind + "\"");
    return parse_campaign(text, "c");
  };
  const CampaignResult whole = parsed(R"(,"claim":{"queue":true})", "queue");
  INFO(whole.to_string());
  CHECK(whole.problems.empty());
  REQUIRE(whole.ok());
  CHECK(whole.campaign->claim().queue);
  const CampaignResult without = parsed(R"(,"claim":{"queue":true})", "k");
  CHECK_FALSE(without.ok());
  CHECK(has_only(without, ProblemCode::MissingScene));
  CHECK(told(without) == "1:122 error missing_scene claim.queue\n");
  for (const char* claim : {R"(,"claim":{"queue":false})", R"(,"claim":{})", ""}) {
    INFO(claim);
    const CampaignResult unused = parsed(claim, "queue");
    CHECK(unused.ok());
    CHECK(has_only(unused, ProblemCode::UnusedScene));
    CHECK(told(unused) == "1:81 warning unused_scene scenes[0].kind\n");
    CHECK(parsed(claim, "k").problems.empty());
  }
  // Told once, as what it is.
  CHECK(has_only(parsed(R"(,"claim":{"queue":1})", "queue"), ProblemCode::WrongType));
}

TEST_CASE("what stands for no campaign is no campaign's id") {
  std::string text = with(R"("texts":{})");
  text.replace(text.find("\"x\""), 3, "\"none\"");
  const CampaignResult result = parse_campaign(text, "c");
  CHECK_FALSE(result.ok());
  CHECK(has_only(result, ProblemCode::BadIdentifier));
}

TEST_CASE("warnings alone do not refuse a campaign") {
  const CampaignResult result = parse_campaign(with(R"("texts":{},"colour":1)"), "c");
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].severity == Severity::Warning);
  CHECK(result.ok());
}

TEST_CASE("a problem reads as a line that an editor can follow") {
  const CampaignResult result = parse_campaign(with("\n\"texts\":{},\"theem\":{}"), "dir/c.json");
  REQUIRE(result.problems.size() == 1);
  CHECK(result.problems[0].to_string() ==
        "dir/c.json:2:12: warning: theem: no key that is read here [unknown_key]; "
        "did you mean \"theme\"?");
}

TEST_CASE("columns count characters, and a byte-order mark is no problem") {
  const std::string text = with("\n\"texts\":{\"a\":{\"en\":\"样品\"}},\"theem\":{}");
  const CampaignResult plain = parse_campaign(text, "c");
  REQUIRE(plain.problems.size() == 1);
  CHECK(plain.problems[0].column == 27);
  const CampaignResult marked = parse_campaign("\xEF\xBB\xBF" + text, "c");
  CHECK(told(marked) == told(plain));
  CHECK(marked.ok());
}

TEST_CASE("scene kinds are checked when the program says which it has") {
  const std::string_view kinds[] = {"attract", "wall"};
  const std::string text = read("tests/campaign/data/minimal.json");
  CHECK(parse_campaign(text, "c", {.scene_kinds = kinds}).ok());
  const std::string_view others[] = {"wall"};
  const CampaignResult refused = parse_campaign(text, "c", {.scene_kinds = others});
  CHECK_FALSE(refused.ok());
  CHECK(has_only(refused, ProblemCode::UnknownKind));
}

TEST_CASE("every limit holds to the last and refuses one more") {
  auto texts = [](size_t count) {
    std::string members = "\"texts\":{";
    for (size_t i = 0; i < count; ++i) {
      members += (i ? ",\"t" : "\"t") + std::to_string(i) + R"(":{"en":"x"})";
    }
    return with(members + "}");
  };
  CHECK(parse_campaign(texts(kMaxTexts), "c").ok());
  CHECK(has_only(parse_campaign(texts(kMaxTexts + 1), "c"), ProblemCode::TooManyValues));

  auto words = [](size_t length) {
    std::string word;
    for (size_t i = 0; i < length; ++i) word += "红";
    return with(R"("texts":{"a":{"en":")" + word + "\"}}");
  };
  CHECK(parse_campaign(words(kMaxTextLength), "c").ok());
  CHECK(has_only(parse_campaign(words(kMaxTextLength + 1), "c"), ProblemCode::TextTooLong));

  auto colors = [](size_t count) {
    std::string members = R"("texts":{},"theme":{"colors":{)";
    for (size_t i = 0; i < count; ++i) {
      members += (i ? ",\"c" : "\"c") + std::to_string(i) + "\":\"#000000\"";
    }
    return with(members + "}}");
  };
  CHECK(parse_campaign(colors(kMaxColors), "c").ok());
  CHECK(has_only(parse_campaign(colors(kMaxColors + 1), "c"), ProblemCode::TooManyValues));

  const std::string padding(kMaxFileBytes, ' ');
  CHECK(has_only(parse_campaign(with("\"texts\":{}") + padding, "c"), ProblemCode::FileTooLarge));
}

TEST_CASE("a file full of problems tells the first 200 and that there are more") {
  std::string members = "\"texts\":{";
  for (int i = 0; i < 300; ++i) members += (i ? ",\"t" : "\"t") + std::to_string(i) + "\":7";
  const CampaignResult result = parse_campaign(with(members + "}"), "c");
  CHECK_FALSE(result.ok());
  REQUIRE(result.problems.size() == kMaxProblems + 1);
  CHECK(result.problems.back().code == ProblemCode::TooManyProblems);
}

TEST_CASE("a mutated campaign is accepted or refused, never half of it") {
  const std::string sample = read(kSample);
  Random random(2);
  const std::string_view pieces[] = {"\"",   "{}",      "[]",  ",",       "null",
                                     "true", "-1",      "1e9", "\\u202e", "~",
                                     "\xff", "\"id\":", ":",   "}",       "#"};
  for (int round = 0; round < 300; ++round) {
    std::string text = sample;
    for (uint32_t change = random.below(4) + 1; change > 0; --change) {
      const size_t at = random.below(static_cast<uint32_t>(text.size()));
      const std::string_view piece = pieces[random.below(std::size(pieces))];
      text.replace(at, random.below(12), piece);
    }
    const CampaignResult result = parse_campaign(text, "c");
    size_t errors = 0;
    for (const Problem& problem : result.problems) {
      if (problem.severity == Severity::Error) ++errors;
    }
    CHECK(result.ok() == (errors == 0));
    if (!result.ok()) continue;
    for (const Scene& scene : result.campaign->scenes()) CHECK_FALSE(scene.kind.empty());
    for (const Product& product : result.campaign->products()) {
      CHECK(result.campaign->has_text(product.name_text));
    }
  }
}
