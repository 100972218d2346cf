// SPDX-License-Identifier: MIT
#include "native/tools/campaign_check.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "engine/base/json/json.h"
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

bool has_magic(std::string_view bytes, const fs::path& path) {
  if (path.extension() == ".png") return bytes.starts_with("\x89PNG\r\n\x1a\n");
  return bytes.starts_with("\xFF\xD8\xFF");
}

class FolderCheck {
 public:
  FolderCheck(fs::path directory, FolderReport& report)
      : directory_(std::move(directory)), report_(report) {}

  void check_art(const campaign::Campaign& campaign) {
    for (const campaign::Product& product : campaign.products()) {
      for (const campaign::Art& art : product.art) {
        require(art.path, "products[" + product.id + "].art." + art.role);
      }
    }
    for (const campaign::Scene& scene : campaign.scenes()) {
      for (const campaign::Parameter& parameter : scene.parameters)
        check_parameter(scene, parameter);
    }
    check_folder();
  }

 private:
  void check_parameter(const campaign::Scene& scene, const campaign::Parameter& parameter) {
    if (campaign::parameter_meaning(parameter.key).reference != campaign::Reference::Art) return;
    const std::string named_by = "scenes[" + scene.id + "].parameters." + parameter.key;
    const std::string_view one = parameter.value.string({});
    if (!one.empty()) require(std::string(one), named_by);
    for (const campaign::Value& item : parameter.value.list()) {
      require(std::string(item.string({})), named_by);
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

  void require(const std::string& path, const std::string& named_by) {
    std::error_code error;
    if (fs::is_regular_file(directory_ / path, error)) return;
    add(directory_ / "campaign.json", "missing_file", "\"" + path + "\" is not in the folder",
        "add the file, or name one that is there", named_by);
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
    FolderCheck(directory, report).check_art(*result.campaign);
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
