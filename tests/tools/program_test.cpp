// SPDX-License-Identifier: MIT
// The `vitrine` program as its callers see it: what it prints, what it exits with.
#include <catch2/catch.hpp>

#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/base/json/json.h"
#include "engine/ui/qr_code.h"
#include "native/tools/arguments.h"
#include "native/tools/command.h"
#include "native/tools/neighbour.h"
#include "tests/tools/vitrine_program.h"

using namespace vitrine;
using namespace vitrine::test;
using namespace vitrine::tools;
namespace fs = std::filesystem;

namespace {

// Without the looks, which tests/looks is about.
Run check_files(const std::string& folder, const char* option = "--json") {
  return vitrine_program({"campaign", "check", folder, "--files-only", option});
}

// A folder that goes away again.
struct Folder {
  fs::path parent = fs::temp_directory_path() / ("vitrine-tools-" + std::to_string(::getpid()));
  fs::path path = parent / "x";  // the id of what is written into it
  Folder() {
    fs::remove_all(parent);
    fs::create_directories(path / "art");
  }
  ~Folder() { fs::remove_all(parent); }
  void write(const char* name, const std::string& bytes) const {
    std::ofstream(path / name, std::ios::binary) << bytes;
  }
};

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

constexpr const char* kCampaign =
    R"({"id":"x","version":1,"brand":{"en":"S"},"languages":["en"],"texts":{"n":{"en":"One"}},
"products":[{"id":"one","code":"1","name_text":"n","shade":"#000000",
"price":{"amount":1,"currency":"CNY"},"art":{"drawing":"art/a.svg"}}],
"scenes":[{"id":"s","kind":"attract","parameters":{"back_art":"art/back.svg"}}]})";
constexpr const char* kDrawing =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>)";

}  // namespace

TEST_CASE("help and version answer on standard output and succeed") {
  const Run help = vitrine_program({"--help"});
  CHECK(help.code == kOk);
  CHECK(contains(help.out, "campaign"));
  CHECK(contains(help.out, "Exit codes"));
  CHECK(help.err.empty());
  const Run version = vitrine_program({"--version"});
  CHECK(version.code == kOk);
  CHECK(version.out.starts_with("vitrine "));
  const Run command = vitrine_program({"campaign", "check", "--help"});
  CHECK(command.code == kOk);
  CHECK(contains(command.out, "Usage: vitrine campaign check"));
}

TEST_CASE("a wrong call says what is wrong and exits with 2") {
  CHECK(vitrine_program({}).code == kUsage);
  CHECK(contains(vitrine_program({"campain"}).err, "no command \"campain\""));
  CHECK(vitrine_program({"campain"}).code == kUsage);
  CHECK(vitrine_program({"campaign"}).code == kUsage);
  CHECK(vitrine_program({"campaign", "check"}).code == kUsage);
  CHECK(vitrine_program({"campaign", "chek", "x"}).code == kUsage);
  CHECK(contains(vitrine_program({"campaign", "check", "x", "--jsn"}).err, "--jsn"));
  CHECK(vitrine_program({"campaign", "check", "x", "--json=1"}).code == kUsage);
}

TEST_CASE("what is not there is the environment's fault") {
  const Run run = vitrine_program({"campaign", "check", "/nowhere/at-all"});
  CHECK(run.code == kEnvironment);
  CHECK(contains(run.err, "no such folder"));
  const Folder empty;
  CHECK(contains(vitrine_program({"campaign", "check", empty.path.string()}).err, "no such file"));
  empty.write("campaign.json", kCampaign);
  const Run file = vitrine_program({"campaign", "check", empty.path.string() + "/campaign.json"});
  CHECK(file.code == kEnvironment);
  CHECK(contains(file.err, "a file; name its folder: " + empty.path.string() + "\n"));
}

TEST_CASE("the sample campaign and all its drawings are ready") {
  const Run run = check_files("assets/campaigns/lip-popup", "--strict");
  INFO(run.out);
  CHECK(run.code == kOk);
  CHECK(contains(run.out, "lip-popup: ready, 25 drawings, 0 looks, 0 warnings"));
}

TEST_CASE("a good folder passes and each thing wrong in it is named") {
  const Folder folder;
  folder.write("campaign.json", kCampaign);
  folder.write("art/a.svg", kDrawing);
  folder.write("art/back.svg", kDrawing);
  CHECK(check_files(folder.path.string()).code == kOk);

  fs::remove(folder.path / "art/a.svg");
  fs::remove(folder.path / "art/back.svg");
  folder.write("art/b.svg", "<svg viewBox='0 0 1 1'>\n <script/></svg>");
  folder.write("art/c.png", "GIF89a");
  folder.write("art/d.svg", std::string(300 * 1024, ' '));
  fs::create_symlink("/etc/passwd", folder.path / "art/e.svg");
  const Run run = vitrine_program({"campaign", "check", folder.path.string()});
  INFO(run.out);
  CHECK(run.code == kProblems);
  CHECK(contains(run.out,
                 "campaign.json:3:56: error: products[0].art.drawing: \"art/a.svg\" is not in "
                 "the folder [missing_file]"));
  CHECK(contains(run.out,
                 "campaign.json:4:63: error: scenes[0].parameters.back_art: \"art/back.svg\" is "
                 "not in the folder"));
  CHECK(contains(run.out,
                 "b.svg:2:2: error: \"script\" is not in the subset [svg_forbidden_element]"));
  CHECK(contains(run.out, "[bad_picture]"));
  CHECK(contains(run.out, "[file_too_large]"));
  CHECK(contains(run.out, "a link [bad_path]"));
  CHECK_FALSE(contains(run.out, "root:"));
}

TEST_CASE("a folder that has another name than the campaign's id is no campaign to a server") {
  const Folder folder;
  folder.write("campaign.json", kCampaign);
  folder.write("art/a.svg", kDrawing);
  folder.write("art/back.svg", kDrawing);
  CHECK(check_files(folder.path.string() + "/").code == kOk);
  CHECK(check_files((folder.path / "art/..").string()).code == kOk);
  const fs::path other = folder.parent / "y";
  fs::rename(folder.path, other);
  const Run run = check_files(other.string(), "--strict");
  INFO(run.out);
  CHECK(run.code == kProblems);
  CHECK(contains(run.out,
                 "campaign.json:1:7: error: id: is \"x\" and the folder is called \"y\": a server "
                 "leaves it out [wrong_folder]; rename the folder to \"x\", or give id the "
                 "folder's name\n"));
  CHECK(contains(run.out, "1 error, 1 warning\n"));
}

TEST_CASE("a price under one whole unit is asked about") {
  const Folder folder;
  folder.write("art/a.svg", kDrawing);
  folder.write("art/back.svg", kDrawing);
  const auto with_price = [&](const char* price) {
    std::string text = kCampaign;
    const std::string was = R"("amount":1,"currency":"CNY")";
    folder.write("campaign.json", text.replace(text.find(was), was.size(), price));
    return check_files(folder.path.string(), "--strict");
  };
  const Run run = with_price(R"("amount":6800,"offer":5,"currency":"CNY")");
  INFO(run.out);
  CHECK(contains(run.out,
                 "campaign.json:3:32: warning: products[0].price.offer: 5 is 0.05 CNY: prices are "
                 "in the smallest coin [small_price]; did you mean 500?"));
  CHECK(contains(with_price(R"("amount":68,"currency":"KWD")").out, "did you mean 68000?"));
  CHECK(with_price(R"("amount":100,"offer":0,"currency":"CNY")").code == kOk);
  CHECK(with_price(R"("amount":5,"currency":"JPY")").code == kOk);
}

TEST_CASE("who writes a price with a fraction reads how it is written") {
  const Folder folder;
  std::string text = kCampaign;
  text.replace(text.find(R"("amount":1)"), 10, R"("amount":68.50)");
  folder.write("campaign.json", text);
  const Run run = check_files(folder.path.string(), "--strict");
  INFO(run.out);
  CHECK(contains(run.out, "products[0].price.amount: must be a whole number"));
  CHECK(contains(run.out, "; write it in the smallest coin: 68.50 yuan is 6850\n1 error, "));
}

TEST_CASE("a full-width mark between entries is named") {
  const Folder folder;
  folder.write("campaign.json", "{\"id\": \"x\"，\n\"version\": 1}");
  const Run run = check_files(folder.path.string(), "--strict");
  INFO(run.out);
  CHECK(contains(run.out, "campaign.json:1:11: error: "));
  CHECK(contains(run.out, "[syntax]; this ， is a full-width mark: write , instead\n1 error, "));
}

TEST_CASE("a kind of scene that this program does not have is named") {
  const Folder folder;
  folder.write("campaign.json",
               R"({"id":"x","version":1,"brand":{"en":"S"},"languages":["en"],"texts":{},)"
               R"("scenes":[{"id":"s","kind":"atract"}]})");
  const Run run = vitrine_program({"campaign", "check", folder.path.string()});
  CHECK(run.code == kProblems);
  CHECK(contains(run.out, "[unknown_kind]; did you mean \"attract\"?"));
}

TEST_CASE("a line without its scene is refused, with what to do") {
  const Folder folder;
  folder.write("campaign.json",
               R"({"id":"x","version":1,"brand":{"en":"S"},"languages":["en"],"texts":{},)"
               R"("claim":{"queue":true},"scenes":[{"id":"s","kind":"attract"}]})");
  const Run run = vitrine_program({"campaign", "check", folder.path.string()});
  CHECK(run.code == kProblems);
  CHECK(contains(run.out,
                 "error: claim.queue: there is no scene of the kind \"queue\", so no phone could "
                 "take a number [missing_scene]; add {\"id\": \"queue\", \"kind\": \"queue\"} to "
                 "scenes, or write false"));
}

TEST_CASE("--json prints one object a line that says the same") {
  const Folder folder;
  folder.write("campaign.json", R"({"id": 7})");
  const Run run = vitrine_program({"campaign", "check", "--json", folder.path.string()});
  CHECK(run.code == kProblems);
  size_t lines = 0;
  std::string last;
  for (size_t begin = 0, end; (end = run.out.find('\n', begin)) != std::string::npos;
       begin = end + 1) {
    last = run.out.substr(begin, end - begin);
    JsonDocument line;
    INFO(last);
    REQUIRE(line.parse(last));
    ++lines;
  }
  JsonDocument summary;
  REQUIRE(summary.parse(last));
  CHECK(summary.root().find("errors").integer() == int64_t(lines - 1));
}

TEST_CASE("warnings fail a strict check alone") {
  const Folder folder;
  std::string text = kCampaign;
  text.replace(text.find(R"("id":"x")"), 8, R"("id":"x","ids":1)");
  folder.write("campaign.json", text);
  folder.write("art/a.svg", kDrawing);
  folder.write("art/back.svg", kDrawing);
  const Run lenient = check_files(folder.path.string());
  INFO(lenient.out);
  CHECK(contains(lenient.out, "unknown_key"));
  CHECK(lenient.code == kOk);
  CHECK(check_files(folder.path.string(), "--strict").code == kProblems);
}

TEST_CASE("a program beside this one is run, with its output and exit status") {
  const auto run = run_neighbour("vitrine", {"--version"});
  REQUIRE(run.ok());
  CHECK(run.value().code == kOk);
  CHECK(run.value().output.starts_with("vitrine "));
  CHECK(run_neighbour("vitrine", {"--nonsense"}).value().code == kUsage);
  CHECK(run_neighbour("vitrine-nowhere", {}).status().code() == StatusCode::NotFound);
}

TEST_CASE("options are read as GNU tools read them") {
  const Option options[] = {{"format", true}, {"all"}};
  auto parse = [&](std::initializer_list<std::string_view> list) {
    const std::vector<std::string_view> arguments(list);
    return Arguments::parse(arguments, options);
  };
  const auto good = parse({"x", "--format", "csv", "--all", "--", "--y"});
  REQUIRE(good.ok());
  CHECK(good.value().value("format") == "csv");
  CHECK(good.value().has("all"));
  REQUIRE(good.value().operands().size() == 2);
  CHECK(good.value().operands()[1] == "--y");
  CHECK(parse({"--format=a=b"}).value().value("format") == "a=b");
  CHECK(contains(parse({"--format="}).status().message(), "--format is empty"));
  CHECK(contains(parse({"--format", ""}).status().message(), "--format is empty"));
  CHECK(parse({"-"}).value().operands().size() == 1);
  CHECK_FALSE(parse({"--format"}).ok());
  CHECK_FALSE(parse({"--format", "a", "--format", "b"}).ok());
  CHECK_FALSE(parse({"--all=1"}).ok());
  CHECK_FALSE(parse({"--other"}).ok());
  CHECK_FALSE(parse({"-x"}).ok());
}

TEST_CASE("a QR code in the terminal has each module where the code has it, in a light frame") {
  const std::string text = "https://192.168.1.20:8080/c/lip-popup/";
  const Run run = vitrine_program({"qr", text});
  REQUIRE(run.code == kOk);
  ui::QrCode code;
  REQUIRE(code.encode(text).ok());
  std::string expected;
  for (int y = -4; y < code.size() + 4; y += 2) {
    expected += "\033[30;107m";
    for (int x = -4; x < code.size() + 4; ++x) {
      const int halves = (code.is_dark(x, y) ? 2 : 0) + (code.is_dark(x, y + 1) ? 1 : 0);
      expected += std::array{" ", "▄", "▀", "█"}[size_t(halves)];
    }
    expected += "\033[0m\n";
  }
  CHECK(run.out == expected);
}

TEST_CASE("what no QR code can hold is refused") {
  CHECK(vitrine_program({"qr"}).code == kUsage);
  CHECK(vitrine_program({"qr", "a", "b"}).code == kUsage);
  CHECK(vitrine_program({"qr", ""}).code == kUsage);
  CHECK(vitrine_program({"qr", std::string(300, 'x')}).code == kUsage);
}
