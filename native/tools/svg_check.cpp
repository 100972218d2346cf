// SPDX-License-Identifier: MIT
#include "native/tools/svg_check.h"

#include <algorithm>
#include <set>

#include "engine/base/utf8.h"

namespace vitrine::tools {
namespace {

constexpr std::string_view kElements[] = {
    "svg",  "g",        "defs",    "path",           "rect",           "circle", "ellipse",
    "line", "polyline", "polygon", "linearGradient", "radialGradient", "stop",   "clipPath",
};

// Numbers, names and lists of them; no attribute here can name anything outside the drawing.
constexpr std::string_view kAttributes[] = {
    "xmlns",
    "viewBox",
    "id",
    "data-pivot",
    "color",
    "transform",
    "opacity",
    "d",
    "x",
    "y",
    "width",
    "height",
    "rx",
    "ry",
    "cx",
    "cy",
    "r",
    "points",
    "x1",
    "y1",
    "x2",
    "y2",
    "fx",
    "fy",
    "offset",
    "stop-color",
    "stop-opacity",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "clipPathUnits",
    "clip-rule",
    "fill-opacity",
    "fill-rule",
    "stroke-width",
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-dasharray",
    "stroke-dashoffset",
};

// These may also be url(#id).
constexpr std::string_view kPaintAttributes[] = {"fill", "stroke", "clip-path"};

template <size_t N>
bool contains(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_name_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == ':' || c == '.';
}

std::string shown(std::string_view name) {
  return std::string(1, '"').append(name.substr(0, 40)).append(1, '"');
}

class SvgChecker {
 public:
  explicit SvgChecker(std::string_view text) : text_(text) {}

  std::vector<SvgProblem> run() {
    if (text_.size() > kMaxSvgBytes) {
      tell(SvgProblemCode::TooLarge, 0,
           "larger than " + std::to_string(kMaxSvgBytes / 1024) + " KiB", "simplify the paths");
      return std::move(problems_);
    }
    if (!is_valid_utf8(text_) || text_.find('\0') != std::string_view::npos) {
      tell(SvgProblemCode::BadXml, 0, "not UTF-8", "save the drawing as UTF-8");
      return std::move(problems_);
    }
    if (text_.starts_with("<?xml ")) skip_past("?>");
    while (readable_ && at_ < text_.size()) next();
    if (readable_) finish();
    return std::move(problems_);
  }

 private:
  void tell(SvgProblemCode code, size_t offset, std::string message, std::string cure) {
    if (problems_.size() < kMaxSvgProblems) {
      problems_.push_back({code, offset, std::move(message), std::move(cure)});
    }
    if (problems_.size() >= kMaxSvgProblems) readable_ = false;
  }
  void give_up(size_t offset, std::string message) {
    tell(SvgProblemCode::BadXml, offset, std::move(message), "export the drawing again");
    readable_ = false;
  }

  bool ahead(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  void skip_past(std::string_view end) {
    const size_t found = text_.find(end, at_);
    if (found == std::string_view::npos)
      return give_up(at_, "something is opened and never closed");
    at_ = found + end.size();
  }

  void next() {
    if (text_[at_] != '<') return take_text();
    if (ahead("<!--")) {
      at_ += 4;
      return skip_past("-->");
    }
    if (ahead("<!") || ahead("<?")) {
      tell(SvgProblemCode::ForbiddenMarkup, at_, "a DOCTYPE, entity, CDATA or instruction",
           "export as plain SVG");
      readable_ = false;
      return;
    }
    if (ahead("</")) return take_end();
    take_start();
  }

  void take_text() {
    const size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != '<') ++at_;
    const std::string_view words = text_.substr(begin, at_ - begin);
    if (std::all_of(words.begin(), words.end(), is_space)) return;
    tell(SvgProblemCode::ForbiddenElement, begin, "words in the drawing",
         "words come from the campaign's texts; turn letters that are art into paths");
  }

  std::string_view take_name() {
    const size_t begin = at_;
    while (at_ < text_.size() && is_name_char(text_[at_])) ++at_;
    return text_.substr(begin, at_ - begin);
  }
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  void take_end() {
    const size_t begin = at_;
    at_ += 2;
    const std::string_view name = take_name();
    skip_space();
    if (!ahead(">") || open_.empty() || open_.back() != name) {
      return give_up(begin, "a closing tag that closes nothing");
    }
    ++at_;
    open_.pop_back();
  }

  void take_start() {
    const size_t begin = at_++;
    const std::string_view name = take_name();
    check_element(name, begin);
    while (readable_) {
      skip_space();
      if (ahead("/>")) {
        at_ += 2;
        return;
      }
      if (ahead(">")) {
        ++at_;
        open_.push_back(name);
        return;
      }
      take_attribute(name);
    }
  }

  void check_element(std::string_view name, size_t begin) {
    if (name.empty()) return give_up(begin, "a < that begins no tag");
    if (open_.empty() && (rooted_ || name != "svg")) {
      return give_up(begin, "the drawing must be one <svg>");
    }
    rooted_ = true;
    if (++elements_ > kMaxSvgElements || open_.size() >= kMaxSvgDepth) {
      tell(SvgProblemCode::TooLarge, begin,
           "more than " + std::to_string(kMaxSvgElements) + " shapes, or nested deeper than " +
               std::to_string(kMaxSvgDepth),
           "simplify the drawing");
      readable_ = false;
      return;
    }
    if (contains(kElements, name) && (name != "svg" || open_.empty())) return;
    tell(SvgProblemCode::ForbiddenElement, begin, shown(name) + " is not in the subset",
         "run tools/svg/flatten.py over the drawing, or redraw it with plain shapes");
  }

  void take_attribute(std::string_view element) {
    const size_t begin = at_;
    const std::string_view name = take_name();
    skip_space();
    if (name.empty() || !ahead("=")) return give_up(begin, "a tag that cannot be read");
    ++at_;
    skip_space();
    const char quote = at_ < text_.size() ? text_[at_] : '\0';
    if (quote != '"' && quote != '\'') return give_up(begin, "a value without quotes");
    const size_t end = text_.find(quote, at_ + 1);
    if (end == std::string_view::npos) return give_up(begin, "a value without its closing quote");
    const std::string_view value = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    check_attribute(element, name, value, begin);
  }

  void check_attribute(std::string_view element, std::string_view name, std::string_view value,
                       size_t begin) {
    if (value.size() > kMaxSvgAttribute) {
      return tell(
          SvgProblemCode::TooLarge, begin,
          shown(name) + " is longer than " + std::to_string(kMaxSvgAttribute / 1024) + " KiB",
          "split the path");
    }
    if (value.find_first_of("<&") != std::string_view::npos) {
      return tell(SvgProblemCode::ForbiddenMarkup, begin, "an entity in " + shown(name),
                  "write the character itself");
    }
    if (contains(kPaintAttributes, name)) return check_paint(name, value, begin);
    if (!contains(kAttributes, name)) {
      return tell(SvgProblemCode::ForbiddenAttribute, begin, shown(name) + " is not in the subset",
                  "run tools/svg/flatten.py over the drawing, or remove it");
    }
    if (value.find("url(") != std::string_view::npos) return bad_reference(name, begin);
    if (name == "id" && !ids_.insert(value).second) {
      tell(SvgProblemCode::DuplicateId, begin, "id " + shown(value) + " is there twice",
           "give each its own");
    }
    if (element == "svg" && name == "viewBox") has_view_box_ = true;
  }

  void bad_reference(std::string_view name, size_t begin) {
    tell(SvgProblemCode::BadReference, begin,
         shown(name) + " must be a colour, currentColor, none, or url(#id) of this drawing",
         "keep gradients and clips inside the drawing");
  }

  void check_paint(std::string_view name, std::string_view value, size_t begin) {
    if (value.find('(') == std::string_view::npos) return;
    if (!value.starts_with("url(#") || !value.ends_with(")")) return bad_reference(name, begin);
    references_.push_back({value.substr(5, value.size() - 6), begin});
  }

  void finish() {
    if (!open_.empty() || !rooted_) return give_up(text_.size(), "the drawing ends too early");
    if (!has_view_box_) {
      tell(SvgProblemCode::MissingViewBox, 0, "<svg> has no viewBox", "add viewBox=\"0 0 W H\"");
    }
    for (const auto& [id, offset] : references_) {
      if (ids_.count(id) == 0) {
        tell(SvgProblemCode::BadReference, offset, "nothing has the id " + shown(id),
             "draw it, or name what is there");
      }
    }
  }

  struct Reference {
    std::string_view id;
    size_t offset;
  };

  std::string_view text_;
  size_t at_ = 0;
  bool readable_ = true;
  bool rooted_ = false;
  bool has_view_box_ = false;
  size_t elements_ = 0;
  std::vector<std::string_view> open_;
  std::set<std::string_view> ids_;
  std::vector<Reference> references_;
  std::vector<SvgProblem> problems_;
};

}  // namespace

std::string_view svg_problem_code_name(SvgProblemCode code) {
  switch (code) {
    case SvgProblemCode::TooLarge:
      return "svg_too_large";
    case SvgProblemCode::BadXml:
      return "svg_bad_xml";
    case SvgProblemCode::ForbiddenMarkup:
      return "svg_forbidden_markup";
    case SvgProblemCode::ForbiddenElement:
      return "svg_forbidden_element";
    case SvgProblemCode::ForbiddenAttribute:
      return "svg_forbidden_attribute";
    case SvgProblemCode::BadReference:
      return "svg_bad_reference";
    case SvgProblemCode::MissingViewBox:
      return "svg_missing_view_box";
    case SvgProblemCode::DuplicateId:
      return "svg_duplicate_id";
  }
  return "svg_unknown";
}

std::vector<SvgProblem> check_svg(std::string_view text) {
  return SvgChecker(text).run();
}

}  // namespace vitrine::tools
