// SPDX-License-Identifier: MIT
#include "native/tools/track/model_files.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>
#include <vector>

#include "engine/vision/network_file.h"

namespace vitrine::track {
namespace {

namespace fs = std::filesystem;

Result<std::vector<uint8_t>> read(const fs::path& path) {
  std::error_code error;
  const uintmax_t size = fs::file_size(path, error);
  if (error) return Status(StatusCode::NotFound, path.string() + ": " + error.message());
  if (size > NetworkFile::kMaxBytes) {
    return Status(StatusCode::ResourceExhausted, path.string() + ": " + std::to_string(size) +
                                                     " bytes; weights have at most " +
                                                     std::to_string(NetworkFile::kMaxBytes));
  }
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::vector<uint8_t> bytes(size);
  file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (file) return bytes;
  const char* why = errno != 0 ? std::strerror(errno) : "it ends too soon";
  return Status(StatusCode::Unavailable, path.string() + ": cannot be read: " + why);
}

fs::path usual_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = program.parent_path().parent_path() / "share/vitrine/models";
  return !error && fs::is_directory(installed, error) ? installed : fs::path("assets/models");
}

}  // namespace

fs::path models_folder(const std::string& folder) {
  return folder.empty() ? usual_folder() : fs::path(folder);
}

Result<std::unique_ptr<FaceModels>> read_models(const std::string& folder) {
  const fs::path place = models_folder(folder);
  std::array<std::vector<uint8_t>, 4> files;
  for (size_t i = 0; const char* name : kModelFiles) {
    auto bytes = read(place / name);
    if (!bytes.ok()) {
      return Status(bytes.status().code(),
                    bytes.status().message() + "; --models DIR says where the weights are");
    }
    files[i++] = std::move(bytes).value();
  }
  auto models = load_face_models(
      {.detector = files[0], .landmarks = files[1], .lips = files[2], .eye = files[3]});
  if (models.ok()) return models;
  return Status(models.status().code(), place.string() + ": " + models.status().message());
}

}  // namespace vitrine::track
