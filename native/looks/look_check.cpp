// SPDX-License-Identifier: MIT
#include "native/looks/look_check.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "engine/base/contrast.h"
#include "engine/campaign/parse.h"
#include "engine/scene/overlay.h"
#include "native/file_assets.h"
#include "native/looks/campaign_places.h"
#include "native/looks/fitting_room.h"
#include "native/looks/ink.h"
#include "native/looks/look_rules.h"

namespace vitrine::looks {
namespace {

// Less of its ink than this is seen: something lies over the words, which are not to be read now.
constexpr float kLeastSeen = 0.6f;

struct Look {
  const campaign::Scene& scene;
  std::string_view state;
  std::string_view language;
  Size screen;
  bool is_larger = false;  // text
  size_t texts_under = 0;  // drawn first, under an overlay: not to be read now
};

Rect scaled(const Rect& rect, float by) {
  return {rect.x * by, rect.y * by, rect.width * by, rect.height * by};
}

std::string where(const Look& look) {
  return " at " + std::to_string(static_cast<int>(look.screen.width)) + "x" +
         std::to_string(static_cast<int>(look.screen.height)) + " (" + look.scene.id + ", " +
         std::string(look.state) + ", " + std::string(look.language) +
         (look.is_larger ? ", larger text)" : ")");
}

class LookChecker {
 public:
  LookChecker(const campaign::Campaign& campaign, std::string_view json, FittingRoom& room,
              const LookOptions& options)
      : campaign_(campaign), places_(json), room_(room), options_(options) {}

  LookReport run() {
    report_.no_contrast = room_.obstacle();
    for (const Size screen : options_.screens) check_screen(screen);
    std::stable_sort(told_.begin(), told_.end(), [](const Told& a, const Told& b) {
      return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
    });
    for (const Told& told : told_) report_.problems.push_back(to_problem(told));
    return std::move(report_);
  }

 private:
  struct Told {
    Finding finding;
    Place place;
    std::string where;
    int others = 0;
  };

  // All of a screen in turn: every drawing is made at its size once.
  void check_screen(Size screen) {
    room_.set_screen(screen, ui::TextSize::Normal);
    check_scenes(screen, false);
    const float scale = room_.metrics().scale;
    room_.set_screen(screen, ui::TextSize::Large);
    if (room_.metrics().scale != scale) check_scenes(screen, true);
  }

  void check_scenes(Size screen, bool is_larger) {
    for (const std::string& language : campaign_.languages()) {
      for (const campaign::Scene& scene : campaign_.scenes()) {
        if (options_.scene.empty() || options_.scene == scene.id) {
          check_scene({scene, {}, language, screen, is_larger});
        }
      }
    }
  }

  void check_scene(Look look) {
    for (const std::string_view state : room_.states(look.scene)) {
      look.state = state;
      if (room_.show(look.scene.id, state, look.language)) check(look);
    }
    // What lies over every scene is looked at over the last.
    if (&look.scene != &campaign_.scenes().back()) return;
    for (const std::string_view overlay : scene::overlay_names()) {
      if (!room_.show(look.scene.id, room_.states(look.scene).front(), look.language)) continue;
      room_.lay_out();
      look.texts_under = room_.texts().size();
      if (!room_.show_overlay(overlay)) continue;
      look.state = overlay;
      check(look);
    }
  }

  // What the room shows.
  void check(Look look) {
    ++report_.looks;
    room_.lay_out();
    look.texts_under = std::max(look.texts_under, room_.texts_under_sheet());
    const ui::Metrics& metrics = room_.metrics();
    tell(look, find_cut_texts(room_.texts(), metrics, room_.canvas()));
    if (room_.at_rest()) tell(look, find_crossed_texts(room_.texts(), look.texts_under, metrics));
    tell(look, find_missing_texts(room_.texts(), room_.semantics(), campaign_));
    tell(look, find_small_targets(room_.semantics(), metrics));
    // Larger words have the same colours.
    if (room_.paints() && !look.is_larger && room_.at_rest() && is_new(look)) check_contrast(look);
  }

  // Two screens of one shape are painted alike.
  bool is_new(const Look& look) {
    const ui::Metrics& m = room_.metrics();
    return painted_
        .emplace(std::make_tuple(look.scene.id + "/" + std::string(look.state),
                                 std::string(look.language), m.size.width, m.size.height, m.target),
                 true)
        .second;
  }

  void check_contrast(const Look& look) {
    const InkMask mask(room_.paint(ProbeCanvas::Ink::White), room_.paint(ProbeCanvas::Ink::Black));
    std::vector<Finding> found;
    for (const float time : options_.silk_times) {
      const Image background = room_.paint(ProbeCanvas::Ink::None, time);
      check_texts(look.texts_under, mask, background, found);
      check_controls(background, found);
    }
    tell(look, found);
  }

  void check_texts(size_t first, const InkMask& mask, const Image& background,
                   std::vector<Finding>& found) {
    const std::vector<DrawnText>& texts = room_.texts();
    const float ratio = room_.pixel_ratio();
    std::vector<Rect> bounds;
    for (const DrawnText& text : texts) bounds.push_back(scaled(text.bounds, ratio));
    for (size_t i = first; i < texts.size(); ++i) {
      const std::span<const Rect> later = std::span<const Rect>(bounds).subspan(i + 1);
      const TextLook look = look_at_text(mask, background, scaled(letters(texts[i]), ratio), later,
                                         texts[i].style.color, texts[i].opacity);
      if (!look.measured || look.seen < kLeastSeen || look.contrast >= kLeastTextContrast) continue;
      found.push_back(low_text_contrast(texts[i], look.contrast));
    }
  }

  void check_controls(const Image& background, std::vector<Finding>& found) {
    for (const ui::SemanticNode* node :
         wordless_controls(room_.semantics(), room_.texts(), room_.metrics())) {
      const double contrast = shape_contrast(background, scaled(node->bounds, room_.pixel_ratio()));
      if (contrast < kLeastControlContrast) found.push_back(low_shape_contrast(*node, contrast));
    }
  }

  // A thing is told once a language, with its worst case.
  void tell(const Look& look, const std::vector<Finding>& found) {
    for (const Finding& finding : found) {
      const std::string key = finding.code + "\n" + look.scene.id + "\n" + finding.subject + "\n" +
                              (finding.is_words ? std::string(look.language) : "");
      const auto [entry, is_first] = index_.emplace(key, told_.size());
      if (is_first) told_.push_back({finding, place_of(look, finding), where(look), -1});
      Told& told = told_[entry->second];
      ++told.others;
      if (finding.severity <= told.finding.severity) continue;
      told.finding = finding;
      told.where = where(look);
    }
  }

  Place place_of(const Look& look, const Finding& finding) const {
    Place place;
    if (finding.is_words) {
      place = places_.of_words(finding.subject, look.language, look.scene.kind);
    }
    return place.path.empty() ? places_.of_scene(look.scene.id) : place;
  }

  static LookProblem to_problem(const Told& told) {
    std::string message = told.finding.message + told.where;
    if (told.others > 0) message += " and " + std::to_string(told.others) + " times more";
    return {told.finding.code, told.place.line,    told.place.column,
            told.place.path,   std::move(message), told.finding.cure};
  }

  const campaign::Campaign& campaign_;
  const CampaignPlaces places_;
  FittingRoom& room_;
  const LookOptions& options_;
  LookReport report_;
  std::vector<Told> told_;
  std::map<std::string, size_t> index_;
  std::map<std::tuple<std::string, std::string, float, float, float>, bool> painted_;
};

}  // namespace

Result<LookReport> check_looks(const std::filesystem::path& campaign, const LookOptions& options) {
  const Result<std::string> json = read_asset(campaign, "campaign.json");
  if (!json.ok()) return json.status();
  const campaign::CampaignResult parsed =
      campaign::parse_campaign(json.value(), (campaign / "campaign.json").string());
  if (!parsed.ok()) return Status(StatusCode::InvalidArgument, parsed.to_string());
  Result<std::unique_ptr<FittingRoom>> room =
      FittingRoom::open({campaign, options.fonts, options.with_gl}, *parsed.campaign);
  if (!room.ok()) return room.status();
  return LookChecker(*parsed.campaign, json.value(), *room.value(), options).run();
}

}  // namespace vitrine::looks
