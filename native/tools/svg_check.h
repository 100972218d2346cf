// SPDX-License-Identifier: MIT
// Whether a drawing is in the campaign's SVG subset (docs/campaign-format.md): plain shapes,
// gradients, clips and groups, nothing that runs, fetches, filters or writes words. Reads every tag
// and attribute itself, in one pass, so that nothing reaches an XML or SVG library unchecked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace vitrine::tools {

enum class SvgProblemCode : uint8_t {
  TooLarge,         // bytes, elements, depth or the length of an attribute
  BadXml,           // not well formed
  ForbiddenMarkup,  // DOCTYPE, entities, processing instructions, CDATA
  ForbiddenElement,
  ForbiddenAttribute,
  BadReference,  // a url(…) that is not url(#id) of this drawing
  MissingViewBox,
  DuplicateId,
};

// "svg_forbidden_element", the name in docs/campaign-format.md.
std::string_view svg_problem_code_name(SvgProblemCode code);

struct SvgProblem {
  SvgProblemCode code = SvgProblemCode::BadXml;
  size_t offset = 0;  // byte of the text
  std::string message;
  std::string cure;
};

inline constexpr size_t kMaxSvgBytes = 256 * 1024;
inline constexpr size_t kMaxSvgElements = 5000;
inline constexpr size_t kMaxSvgDepth = 32;
inline constexpr size_t kMaxSvgAttribute = 64 * 1024;
inline constexpr size_t kMaxSvgProblems = 20;

// Every problem, in order; empty when the drawing is in the subset. Stops at the first that makes
// the rest unreadable, and after kMaxSvgProblems.
std::vector<SvgProblem> check_svg(std::string_view text);

}  // namespace vitrine::tools
