// SPDX-License-Identifier: MIT
// The rules of look_check.h, one look at a time. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/campaign/campaign.h"
#include "engine/ui/metrics.h"
#include "engine/ui/semantics.h"
#include "native/looks/probe_canvas.h"

namespace vitrine::looks {

// A thing on screen that breaks a rule. `severity` orders what is wrong with one thing: the worst
// is told.
struct Finding {
  std::string code;
  std::string subject;  // the words, or a control's name
  bool is_words = false;
  float severity = 0;
  std::string message;
  std::string cure;
};

// Words that end with an ellipsis, are broken inside a word, or leave the screen or their clip.
// `canvas` measures.
std::vector<Finding> find_cut_texts(const std::vector<DrawnText>& texts, const ui::Metrics& metrics,
                                    gfx::Canvas& canvas);

// Words that stand in one another, from the text at `first` on: each pair told once, of the
// shorter.
std::vector<Finding> find_crossed_texts(const std::vector<DrawnText>& texts, size_t first,
                                        const ui::Metrics& metrics);

// Keys that are shown because the campaign has no words for them.
std::vector<Finding> find_missing_texts(const std::vector<DrawnText>& texts,
                                        const ui::SemanticTree& tree,
                                        const campaign::Campaign& campaign);

// What answers a finger and is smaller than one: 44 logical points, 88 on a panel whose short side
// has at least 1080.
std::vector<Finding> find_small_targets(const ui::SemanticTree& tree, const ui::Metrics& metrics);

// The same text or control, told once.
Finding low_text_contrast(const DrawnText& text, double contrast);
Finding low_shape_contrast(const ui::SemanticNode& node, double contrast);

// Controls whose shape must be told apart from its surroundings, because no words are on them.
std::vector<const ui::SemanticNode*> wordless_controls(const ui::SemanticTree& tree,
                                                       const std::vector<DrawnText>& texts,
                                                       const ui::Metrics& metrics);

}  // namespace vitrine::looks
