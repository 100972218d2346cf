// SPDX-License-Identifier: MIT
// A campaign's files from its folder on disk.
#pragma once

#include <filesystem>
#include <string>

#include "engine/platform/assets.h"
#include "native/worker.h"

namespace vitrine {

// The file `path` under `root`, refused when it would leave the folder: absolute, "..", backslash,
// NUL, or a symbolic link that points outside. Errors as Assets::request. Any thread.
Result<std::string> read_asset(const std::filesystem::path& root, std::string_view path);

class FileAssets final : public Assets {
 public:
  explicit FileAssets(std::filesystem::path root) : root_(std::move(root)) {}

  void request(std::string_view path, Done done) override;
  void poll() override { worker_.poll(); }

  // The folder of the campaign shown next. Requests under way still answer from the old one.
  void set_root(std::filesystem::path root) { root_ = std::move(root); }
  // See Worker::drain.
  void drain() { worker_.drain(); }

 private:
  std::filesystem::path root_;
  Worker worker_;
};

}  // namespace vitrine
