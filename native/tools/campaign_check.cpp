// SPDX-License-Identifier: MIT
#include "native/tools/campaign_check.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/base/json/json.h"
#include "engine/campaign/campaign.h"
#include "engine/campaign/format.h"
#include "native/tools/neighbour.h"
#include "native/tools/svg_check.h"

namespace vitrine::tools {
namespace {

namespace fs = std::filesystem;

Result<std::string> read_file(const fs::path& path, size_t most) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return Status(StatusCode::NotFound, path.string() + ": no such file");
  if (!fs::is_regular_file(status)) {
    return Status(StatusCode::InvalidArgument, path.string() + ": not a plain file");
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) return Status(StatusCode::PermissionDenied, path.string() + ": cannot be read");
  std::string bytes(most + 1, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<size_t>(file.gcount()));
  return bytes;
}

FolderProblem from_campaign(const campaign::Problem& problem) {
  return {problem.severity == campaign::Severity::Error,
          problem.file,
          problem.line,
          problem.column,
          problem.path,
          problem.message,
          std::string(campaign::problem_code_name(problem.code)),
          problem.cure};
}

void place(FolderProblem& problem, std::string_view text, size_t offset) {
  for (char c : text.substr(0, offset)) {
    if ((c & 0xC0) == 0x80) continue;  // the rest of a character
    ++problem.column;
    if (c != '\n') continue;
    ++problem.line;
    problem.column = 1;
  }
}

// One line of vitrine-looks: a problem, or the counts at the end.
void read_look(const std::string& line, const std::string& directory, FolderReport& report) {
  JsonDocument document;
  document.parse(line);
  const auto text = [&](std::string_view key) {
    return std::string(document.root().find(key).string().value_or(""));
  };
  const auto number = [&](std::string_view key) {
    return document.root().find(key).integer().value_or(0);
  };
  if (!text("no_contrast").empty()) {
    report.unchecked = "contrast over the moving background: " + text("no_contrast");
  }
  report.looks += static_cast<size_t>(number("looks"));
  if (text("code").empty()) return;
  report.problems.push_back({false, (fs::path(directory) / "campaign.json").string(),
                             static_cast<uint32_t>(number("line")),
                             static_cast<uint32_t>(number("column")), text("path"), text("message"),
                             text("code"), text("cure")});
}

// Editors on some systems begin a file with one that is no part of it.
std::string_view without_mark(std::string_view text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return text;
}

bool has_magic(std::string_view bytes, const fs::path& path) {
  if (path.extension() == ".png") return bytes.starts_with("\x89PNG\r\n\x1a\n");
  return bytes.starts_with("\xFF\xD8\xFF");
}

JsonValue at(JsonValue list, size_t index) {
  JsonValue item = list.first();
  for (; index > 0; --index) item = item.next();
  return item;
}

// What a server knows the folder by: the last part of how it is named, also of "." and "x/".
std::string folder_name(const fs::path& directory) {
  std::error_code error;
  const fs::path whole = fs::absolute(directory, error).lexically_normal();
  return (whole.has_filename() ? whole : whole.parent_path()).filename().string();
}

class FolderCheck {
 public:
  // `text`: of campaign.json, for the places in it.
  FolderCheck(fs::path directory, std::string_view text, FolderReport& report)
      : directory_(std::move(directory)), text_(text), report_(report) {
    json_.parse(text_);
  }

  void check_name(std::string_view id) {
    const std::string name = folder_name(directory_);
    if (id == name) return;
    const std::string wanted(id);
    add_at(
        json_.root().find("id"), "wrong_folder", "id",
        "is \"" + wanted + "\" and the folder is called \"" + name + "\": a server leaves it out",
        "rename the folder to \"" + wanted + "\", or give id the folder's name");
  }

  void check_prices(std::span<const campaign::Product> products) {
    for (size_t i = 0; i < products.size(); ++i) {
      const campaign::Price& price = products[i].price;
      check_amount(i, "amount", price.amount, price.currency_code());
      check_amount(i, "offer", price.offer, price.currency_code());
    }
  }

  void check_art(const campaign::Campaign& campaign) {
    size_t index = 0;
    for (const campaign::Product& product : campaign.products()) {
      const JsonValue drawings = product_at(index).find("art");
      for (const campaign::Art& art : product.art) {
        require(art.path, drawings.find(art.role), product_path(index) + ".art." + art.role);
      }
      ++index;
    }
    index = 0;
    for (const campaign::Scene& scene : campaign.scenes()) {
      for (const campaign::Parameter& parameter : scene.parameters) {
        check_parameter(index, parameter);
      }
      ++index;
    }
    check_folder();
  }

 private:
  static std::string product_path(size_t index) {
    return "products[" + std::to_string(index) + "]";
  }
  JsonValue product_at(size_t index) const { return at(json_.root().find("products"), index); }

  // Who writes 5 for 5 yuan. Nothing at all is a price that is meant.
  void check_amount(size_t index, std::string_view key, int64_t minor, std::string_view currency) {
    const campaign::AmountText shown(minor, currency);
    if (!shown.view().starts_with("0.")) return;
    int64_t meant = minor;
    for (size_t digits = shown.view().size() - 2; digits > 0; --digits) meant *= 10;
    add_at(product_at(index).find("price").find(key), "small_price",
           product_path(index) + ".price." + std::string(key),
           std::to_string(minor) + " is " + std::string(shown.view()) + " " +
               std::string(currency) + ": prices are in the smallest coin",
           "did you mean " + std::to_string(meant) + "?");
    report_.problems.back().is_error = false;
  }

  void check_parameter(size_t scene, const campaign::Parameter& parameter) {
    if (campaign::parameter_meaning(parameter.key).reference != campaign::Reference::Art) return;
    const std::string named_by =
        "scenes[" + std::to_string(scene) + "].parameters." + parameter.key;
    const JsonValue place =
        at(json_.root().find("scenes"), scene).find("parameters").find(parameter.key);
    const std::string_view one = parameter.value.string({});
    if (!one.empty()) require(std::string(one), place, named_by);
    size_t index = 0;
    for (const campaign::Value& item : parameter.value.list()) {
      require(std::string(item.string({})), at(place, index),
              named_by + "[" + std::to_string(index) + "]");
      ++index;
    }
  }

  void add(const fs::path& file, std::string code, std::string message, std::string cure,
           std::string path = {}) {
    FolderProblem problem;
    problem.file = file.string();
    problem.path = std::move(path);
    problem.message = std::move(message);
    problem.code = std::move(code);
    problem.cure = std::move(cure);
    report_.problems.push_back(std::move(problem));
  }

  // In campaign.json, at that value.
  void add_at(JsonValue value, std::string code, std::string path, std::string message,
              std::string cure) {
    add(directory_ / "campaign.json", std::move(code), std::move(message), std::move(cure),
        std::move(path));
    if (value.exists()) place(report_.problems.back(), text_, value.offset());
  }

  void require(const std::string& path, JsonValue value, const std::string& named_by) {
    std::error_code error;
    if (fs::is_regular_file(directory_ / path, error)) return;
    add_at(value, "missing_file", named_by, "\"" + path + "\" is not in the folder",
           "add the file, or name one that is there");
  }

  // Every picture in the folder, named by the campaign or by a scene's own code.
  void check_folder() {
    std::error_code error;
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator entry(directory_, error), end; entry != end && !error;
         entry.increment(error)) {
      if (entry->is_symlink(error)) {
        add(entry->path(), "bad_path", "a link", "copy the file itself into the folder");
        continue;
      }
      if (entry->is_regular_file(error)) files.push_back(entry->path());
    }
    if (error)
      add(directory_, "missing_file", "the folder cannot be read", "check its permissions");
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) check_file(file);
    if (total_bytes_ <= kMaxFolderBytes) return;
    add(directory_, "file_too_large",
        "more than " + std::to_string(kMaxFolderBytes >> 20) + " MiB of art",
        "make pictures smaller");
  }

  void check_file(const fs::path& file) {
    const std::string extension = file.extension().string();
    if (extension == ".svg") return check_drawing(file);
    if (extension == ".png" || extension == ".jpg" || extension == ".jpeg") check_picture(file);
  }

  // False when it is too large or cannot be read, with the problem told.
  bool read(const fs::path& file, size_t most, std::string& bytes) {
    Result<std::string> content = read_file(file, most);
    if (!content.ok()) {
      add(file, "missing_file", content.status().message(), "check its permissions");
      return false;
    }
    bytes = std::move(content).value();
    total_bytes_ += bytes.size();
    if (bytes.size() <= most) return true;
    add(file, "file_too_large", "larger than " + std::to_string(most >> 10) + " KiB",
        "make it smaller");
    return false;
  }

  void check_drawing(const fs::path& file) {
    std::string bytes;
    if (!read(file, kMaxSvgBytes, bytes)) return;
    ++report_.drawings;
    for (SvgProblem& found : check_svg(bytes)) {
      add(file, std::string(svg_problem_code_name(found.code)), std::move(found.message),
          std::move(found.cure));
      place(report_.problems.back(), bytes, found.offset);
    }
  }

  void check_picture(const fs::path& file) {
    std::string bytes;
    if (!read(file, kMaxPictureBytes, bytes) || has_magic(bytes, file)) return;
    add(file, "bad_picture", "its bytes are not what its name says", "export it again");
  }

  fs::path directory_;
  std::string_view text_;
  JsonDocument json_;
  FolderReport& report_;
  size_t total_bytes_ = 0;
};

}  // namespace

size_t FolderReport::errors() const {
  return static_cast<size_t>(std::count_if(problems.begin(), problems.end(),
                                           [](const FolderProblem& p) { return p.is_error; }));
}

Result<FolderReport> check_campaign_folder(const std::string& directory,
                                           const campaign::ParseOptions& options) {
  std::error_code error;
  if (fs::is_regular_file(directory, error)) {
    return Status(StatusCode::InvalidArgument,
                  directory + ": a file; name its folder: " +
                      fs::absolute(directory, error).lexically_normal().parent_path().string());
  }
  if (!fs::is_directory(directory, error)) {
    return Status(StatusCode::NotFound, directory + ": no such folder");
  }
  const fs::path file = fs::path(directory) / "campaign.json";
  Result<std::string> bytes = read_file(file, campaign::kMaxFileBytes);
  if (!bytes.ok()) return bytes.status();
  const campaign::CampaignResult result =
      campaign::parse_campaign(bytes.value(), file.string(), options);
  FolderReport report;
  for (const campaign::Problem& problem : result.problems) {
    report.problems.push_back(from_campaign(problem));
  }
  if (result.ok()) {
    report.campaign_id = result.campaign->id();
    FolderCheck check(directory, without_mark(bytes.value()), report);
    check.check_name(result.campaign->id());
    check.check_prices(result.campaign->products());
    check.check_art(*result.campaign);
  }
  return report;
}

void check_campaign_looks(const std::string& directory, FolderReport& report) {
  const Result<NeighbourRun> run = run_neighbour("vitrine-looks", {directory});
  if (!run.ok()) {
    report.unchecked = "how the screens look: " + run.status().message();
    return;
  }
  std::istringstream lines(run.value().output);
  for (std::string line; std::getline(lines, line);) read_look(line, directory, report);
  if (run.value().code == 0) return;
  report.unchecked =
      "how the screens look: vitrine-looks ended with " + std::to_string(run.value().code);
}

std::string to_line(const FolderProblem& problem) {
  std::string text = problem.file + ":" + std::to_string(problem.line) + ":" +
                     std::to_string(problem.column) +
                     (problem.is_error ? ": error: " : ": warning: ");
  if (!problem.path.empty()) text += problem.path + ": ";
  text += problem.message + " [" + problem.code + "]";
  if (!problem.cure.empty()) text += "; " + problem.cure;
  return text;
}

}  // namespace vitrine::tools
