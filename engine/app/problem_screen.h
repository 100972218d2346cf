// SPDX-License-Identifier: MIT
// What is on screen while no campaign was ever accepted: never black, no brand, one calm sentence
// for passers-by and, small, what staff can read out and do.
#pragma once

#include <string>
#include <string_view>

#include "engine/gfx/canvas.h"
#include "engine/ui/metrics.h"
#include "engine/ui/semantics.h"

namespace vitrine::app {

class ProblemScreen {
 public:
  // `code`: short, to be read out on the telephone; `detail`: the first problem and its cure.
  void set(std::string_view code, std::string_view detail);
  const std::string& code() const { return code_; }

  void draw(gfx::Canvas& canvas, const ui::Metrics& metrics) const;
  void describe(ui::SemanticTree& tree, const ui::Metrics& metrics) const;

 private:
  std::string code_ = "no_campaign";
  std::string detail_ =
      "No campaign has arrived yet. Staff: check the network, then the campaign given to this "
      "device.";
};

}  // namespace vitrine::app
