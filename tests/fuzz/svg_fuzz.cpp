// SPDX-License-Identifier: MIT
// Any bytes through the check of the SVG subset: it ends, and what it accepts holds nothing that
// runs or fetches, told by a second, cruder look.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/assert.h"
#include "native/tools/svg_check.h"

using namespace vitrine;
using namespace vitrine::tools;

namespace {

std::string without_comments(std::string_view text) {
  std::string out;
  for (size_t at = 0; at < text.size();) {
    const size_t begin = text.find("<!--", at);
    if (begin == std::string_view::npos) return out.append(text.substr(at));
    out.append(text.substr(at, begin - at));
    const size_t end = text.find("-->", begin + 4);
    VITRINE_ASSERT(end != std::string_view::npos);
    at = end + 3;
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto problems = check_svg(text);
  VITRINE_ASSERT(problems.size() <= kMaxSvgProblems);
  for (const SvgProblem& problem : problems) VITRINE_ASSERT(problem.offset <= size);
  if (!problems.empty()) return 0;
  const std::string bare = without_comments(text);
  for (const char* tag : {"<script", "<use", "<image", "<text", "<style", "<filter", "<a ", "<!"}) {
    VITRINE_ASSERT(bare.find(tag) == std::string::npos);
  }
  VITRINE_ASSERT(text.find("viewBox") != std::string_view::npos);
  return 0;
}
