// SPDX-License-Identifier: MIT
#include "engine/gfx/text_layout.h"

#include <algorithm>

namespace vitrine::gfx {
namespace {

constexpr std::string_view kDot = ".";
constexpr std::string_view kEllipsis = "\xE2\x80\xA6";
constexpr float kTolerance = 0.01f;  // sums of floats against the measure they came from

bool is_digit(std::string_view cluster) {
  return cluster.size() == 1 && cluster[0] >= '0' && cluster[0] <= '9';
}

float widest_digit(FontMeter& meter) {
  float widest = 0;
  constexpr std::string_view kDigits = "0123456789";
  for (size_t i = 0; i < kDigits.size(); ++i) {
    widest = std::max(widest, meter.advance(kDigits.substr(i, 1)));
  }
  return widest;
}

class Builder {
 public:
  Builder(const LayoutRules& rules, FontMeter& meter, TextLayout& out)
      : rules_(rules), meter_(meter), out_(out) {}

  void run() {
    split();
    const size_t count = out_.clusters.size();
    size_t start = 0;
    while (start < count) {
      if (rules_.max_lines != 0 && out_.lines.size() + 1 == rules_.max_lines) {
        last_line(start);
        break;
      }
      start = break_line(start);
    }
    if (ends_with_newline() && start >= count && has_room()) out_.lines.push_back({0, 0, 0});
    place();
  }

 private:
  // Where a line ends: [start, end) is drawn or swallowed, the next line starts at `next`.
  struct Cut {
    size_t end;
    size_t next;
  };

  bool ends_with_newline() const {
    return !out_.clusters.empty() && out_.clusters.back().kind == BreakClass::Newline;
  }
  bool has_room() const { return rules_.max_lines == 0 || out_.lines.size() < rules_.max_lines; }
  std::string_view text_at(size_t i) const { return out_.cluster_text(out_.clusters[i]); }

  float width_of(std::string_view cluster, BreakClass kind) {
    if (kind == BreakClass::Newline || is_invisible(cluster)) return 0;
    if (!rules_.tabular || !is_digit(cluster)) return meter_.advance(cluster);
    if (digit_width_ < 0) digit_width_ = widest_digit(meter_);
    return digit_width_;
  }

  // Kerning is a matter of letters: Chinese sets every character in its own square.
  void kern_last_two() {
    const size_t count = out_.clusters.size();
    if (count < 2) return;
    PlacedCluster& left = out_.clusters[count - 2];
    const PlacedCluster& right = out_.clusters[count - 1];
    if (left.kind != BreakClass::Word || right.kind != BreakClass::Word) return;
    if (rules_.tabular && (is_digit(text_at(count - 2)) || is_digit(text_at(count - 1)))) return;
    left.advance += meter_.kerning(text_at(count - 2), text_at(count - 1));
  }

  void split() {
    size_t position = 0;
    const std::string_view text = out_.text;
    while (position < text.size()) {
      const size_t offset = position;
      const std::string_view cluster = next_cluster(text, position);
      const BreakClass kind = break_class(cluster);
      out_.clusters.push_back({static_cast<uint32_t>(offset),
                               static_cast<uint16_t>(std::min<size_t>(cluster.size(), 0xFFFF)),
                               kind, width_of(cluster, kind), 0});
      kern_last_two();
    }
  }

  Cut find_cut(size_t start) const {
    const auto& clusters = out_.clusters;
    float width = 0;
    size_t last_break = start;
    for (size_t i = start; i < clusters.size(); ++i) {
      if (clusters[i].kind == BreakClass::Newline) return {i, i + 1};
      if (i > start && may_break(clusters[i - 1].kind, clusters[i].kind)) last_break = i;
      width += clusters[i].advance;
      const bool fits = rules_.max_width <= 0 || clusters[i].kind == BreakClass::Space ||
                        width <= rules_.max_width + kTolerance;
      if (fits || i == start) continue;
      const size_t at = last_break > start ? last_break : i;
      return {at, at};
    }
    return {clusters.size(), clusters.size()};
  }

  void push_line(size_t start, size_t end) {
    const auto& clusters = out_.clusters;
    while (end > start && clusters[end - 1].kind == BreakClass::Space) --end;
    float width = 0;
    for (size_t i = start; i < end; ++i) width += clusters[i].advance;
    out_.lines.push_back({static_cast<uint32_t>(start), static_cast<uint32_t>(end - start), width});
  }

  size_t break_line(size_t start) {
    const Cut cut = find_cut(start);
    push_line(start, cut.end);
    return cut.next;
  }

  // The last line allowed: all that is left, or as much as fits before an ellipsis.
  void last_line(size_t start) {
    const Cut cut = find_cut(start);
    size_t rest = cut.next;
    while (rest < out_.clusters.size() && out_.clusters[rest].kind == BreakClass::Space) ++rest;
    if (rest >= out_.clusters.size()) {
      push_line(start, cut.end);
      return;
    }
    cut_with_ellipsis(start);
  }

  void append(std::string_view cluster, BreakClass kind, float advance) {
    out_.clusters.push_back({static_cast<uint32_t>(out_.text.size()),
                             static_cast<uint16_t>(cluster.size()), kind, advance, 0});
    out_.text += cluster;
  }

  void cut_with_ellipsis(size_t start) {
    auto& clusters = out_.clusters;
    const float ellipsis = meter_.advance(kEllipsis);
    size_t end = start;
    float width = 0;
    while (end < clusters.size() && clusters[end].kind != BreakClass::Newline) {
      const float next = width + clusters[end].advance;
      if (rules_.max_width > 0 && next + ellipsis > rules_.max_width + kTolerance) break;
      width = next;
      ++end;
    }
    while (end > start && clusters[end - 1].kind == BreakClass::Space) --end;
    clusters.resize(end);
    const float dot = meter_.advance(kDot);
    // Chinese fonts draw the ellipsis in the middle of the line, which looks wrong after Latin.
    const bool latin = end > start && text_at(end - 1).size() == 1;
    if (latin && 3 * dot <= ellipsis) {
      for (int i = 0; i < 3; ++i) append(kDot, BreakClass::Closing, dot);
    } else {
      append(kEllipsis, BreakClass::Dash, ellipsis);
    }
    out_.cut = true;
    push_line(start, clusters.size());
  }

  void place() {
    for (const LayoutLine& line : out_.lines) {
      float pen = 0;
      for (uint32_t i = line.first; i < line.first + line.count; ++i) {
        PlacedCluster& cluster = out_.clusters[i];
        cluster.x = pen;
        if (rules_.tabular && is_digit(text_at(i))) {
          cluster.x += (cluster.advance - meter_.advance(text_at(i))) / 2;
        }
        pen += cluster.advance;
      }
      out_.width = std::max(out_.width, line.width);
    }
  }

  const LayoutRules& rules_;
  FontMeter& meter_;
  TextLayout& out_;
  float digit_width_ = -1;
};

}  // namespace

void lay_out(std::string_view text, const LayoutRules& rules, FontMeter& meter, TextLayout& out) {
  out.text.assign(text);
  out.clusters.clear();
  out.lines.clear();
  out.width = 0;
  out.cut = false;
  Builder(rules, meter, out).run();
}

}  // namespace vitrine::gfx
