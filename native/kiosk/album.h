// SPDX-License-Identifier: MIT
// Where pictures of screens go: each to a file of its own and, smaller, to its sheet. Files are
// compressed on a thread while the next picture is drawn.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/base/status.h"
#include "native/kiosk/contact_sheet.h"
#include "native/worker.h"

namespace vitrine {

class Album {
 public:
  explicit Album(std::string folder) : folder_(std::move(folder)) {}

  // FOLDER/SHEET-ROW-COLUMN.png, blanks of the names as dashes, and a place on the sheet.
  void add(const std::string& sheet, std::string_view row, std::string_view column, Image picture);
  // A place on the sheet alone.
  void add_small(const std::string& sheet, std::string_view row, std::string_view column,
                 const Image& picture);
  // Writes FOLDER/SHEET.png of every sheet and waits until all is on the disk.
  Status finish(const Lettering& lettering);

 private:
  void save(const std::string& name, Image picture);

  std::string folder_;
  std::map<std::string, ContactSheet> sheets_;
  Status written_;  // the writer's, until it is drained
  Worker writer_{Worker::AtEnd::FinishJobs};
};

}  // namespace vitrine
