// SPDX-License-Identifier: MIT
// A script of what a shopper does, one command a line (docs/kiosk.md lists them). Parsed whole
// before anything runs, so that a typing error in its last line costs no time.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/app/key.h"
#include "engine/base/geometry.h"
#include "engine/base/status.h"

namespace vitrine {

enum class ScriptVerb : uint8_t {
  Wait,        // target: until it is on screen, at most duration
  WaitGone,    // target
  Tap,         // target, or points[0]
  TwoTap,      // points[0], points[1] at the same time
  Drag,        // points[0] to points[1] within duration
  Down,        // finger at points[0]
  Move,        // finger to points[0]
  Up,          // finger at points[0]
  Cancel,      // every finger
  Key,         // key
  Sleep,       // duration
  Settle,      // until every picture is there and nothing moves, at most duration
  Delivered,   // until the server has settled everything recorded, at most duration
  File,        // text: until that file exists, at most duration
  Language,    // text
  Screenshot,  // text: file
  Expect,      // target is on screen now
  ExpectNot,   // target
  Activate,    // target, as a screen reader would
  Pause,
  Resume,
  Quit,
};

// A node of the semantic tree: by its stable name (start), or by its words ("轻触开始").
struct ScriptTarget {
  std::string name;
  std::string label;
  bool given() const { return !name.empty() || !label.empty(); }
};

struct ScriptCommand {
  ScriptVerb verb{};
  uint32_t line = 0;  // in the file, from 1
  ScriptTarget target;
  std::vector<Vec2> points;  // logical points
  uint32_t finger = 1;       // 1..20
  int64_t duration_us = 0;
  app::Key key{};
  std::string text;
};

using Script = std::vector<ScriptCommand>;

// Errors: InvalidArgument, all of them, one "FILE:LINE: what; cure" a line; also without a command.
Result<Script> parse_script(std::string_view text, std::string_view file_name);

}  // namespace vitrine
