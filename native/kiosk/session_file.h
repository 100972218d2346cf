// SPDX-License-Identifier: MIT
// Keeps the open session in the data folder, so that a start after a crash can record how the one
// before ended. Written on a thread of its own; App's thread otherwise.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "engine/app/app.h"
#include "native/worker.h"

namespace vitrine {

class SessionFile {
 public:
  // `folder`: the kiosk's data folder.
  explicit SessionFile(const std::filesystem::path& folder) : file_(folder / "session.json") {}

  // The session that was open when the program stopped; nothing when there was none or the file
  // cannot be read. Once, at start.
  std::optional<app::OpenSession> load();

  // Once a frame. Writes when another session began or came to another scene, and removes the file
  // when it ended. Whoever is in it, load()'s too, stays until the end recorded for them is stored:
  // a crash before must find them again.
  void follow(app::App& app);

 private:
  void write(std::string text);

  const std::filesystem::path file_;
  Id128 written_;
  std::string scene_;  // of what was written
  Worker worker_{Worker::AtEnd::FinishJobs};
};

}  // namespace vitrine
