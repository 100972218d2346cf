// SPDX-License-Identifier: MIT
#include <algorithm>

#include "engine/base/hours.h"
#include "engine/campaign/checker_internal.h"

namespace vitrine::campaign {
namespace {

template <typename List, typename Name>
std::vector<std::string_view> names_of(const List& list, Name name) {
  std::vector<std::string_view> names;
  for (const auto& entry : list) names.push_back(name(entry));
  return names;
}

// Everything a parameter may name. Scene ids are gathered before any scene is read, because a scene
// may name a later one.
struct Known {
  const CampaignData& data;
  std::vector<std::string_view> scene_ids;
};

void check_known(Checker& checker, JsonValue value, ProblemCode code, std::string_view what,
                 const std::vector<std::string_view>& known) {
  const std::string_view word = *value.string();
  if (std::find(known.begin(), known.end(), word) != known.end()) return;
  checker.error(code, value, [&] {
    return Words{"no " + std::string(what) + " " + quoted(word),
                 suggest(word, known, "name one that the campaign has")};
  });
}

void check_reference(Checker& checker, JsonValue value, Reference reference, const Known& known) {
  const Theme& theme = known.data.theme;
  const auto name = [](const auto& entry) { return std::string_view(entry.name); };
  const auto id = [](const auto& entry) { return std::string_view(entry.id); };
  switch (reference) {
    case Reference::None:
      return;
    case Reference::Text:
      return check_text_reference(checker, value, known.data);
    case Reference::Color:
      return check_known(checker, value, ProblemCode::UnknownColor, "colour",
                         names_of(theme.colors, name));
    case Reference::Silk:
      return check_known(checker, value, ProblemCode::UnknownSilk, "silk ramp",
                         names_of(theme.silk, name));
    case Reference::Background:
      return check_background(checker, value);
    case Reference::Product:
      return check_known(checker, value, ProblemCode::UnknownProduct, "product",
                         names_of(known.data.products, id));
    case Reference::Scene:
      return check_known(checker, value, ProblemCode::UnknownScene, "scene", known.scene_ids);
    case Reference::Art:
      checker.path(value);
      return;
  }
}

std::optional<Value> read_scalar(Checker& checker, JsonValue value) {
  if (const auto boolean = value.boolean()) return Value(*boolean);
  if (const auto number = value.number()) return Value(*number);
  if (value.is(JsonType::String)) return Value(checker.plain(value, kMaxStringLength));
  return std::nullopt;
}

Value read_list(Checker& checker, JsonValue value, Reference reference, const Known& known) {
  Value::List list;
  if (!checker.count(value, kMaxListItems, "entries in a list")) return Value(std::move(list));
  size_t index = 0;
  for (JsonValue item = value.first(); item.exists(); item = item.next()) {
    const Checker::Step step(checker, index++);
    if (reference != Reference::None) {
      if (!checker.expect(item, KeyKind::String)) continue;
      check_reference(checker, item, reference, known);
    }
    if (std::optional<Value> scalar = read_scalar(checker, item)) {
      list.push_back(std::move(*scalar));
      continue;
    }
    checker.error(ProblemCode::WrongType, item, [&] {
      return Words{"a list holds text, numbers, true or false", "write one of these"};
    });
  }
  return Value(std::move(list));
}

Value read_number(Checker& checker, JsonValue value, const ParameterRange& range) {
  if (!checker.expect(value, KeyKind::Number)) return {};
  float checked = -1;  // outside every range
  checker.number(value, range.least, range.most, checked);
  return checked < 0 ? Value() : Value(*value.number());
}

Value read_parameter(Checker& checker, JsonValue value, const Known& known) {
  for (const ParameterRange& range : parameter_ranges()) {
    if (value.key() == range.key) return read_number(checker, value, range);
  }
  const ParameterMeaning meaning = parameter_meaning(value.key());
  if (meaning.is_list && !checker.expect(value, KeyKind::Array)) return {};
  if (value.is(JsonType::Array) && (meaning.is_list || meaning.reference == Reference::None)) {
    return read_list(checker, value, meaning.reference, known);
  }
  if (meaning.reference != Reference::None) {
    if (!checker.expect(value, KeyKind::String)) return {};
    check_reference(checker, value, meaning.reference, known);
  }
  if (std::optional<Value> scalar = read_scalar(checker, value)) return std::move(*scalar);
  checker.error(ProblemCode::WrongType, value, [&] {
    return Words{"a parameter is text, a number, true, false, or a list of these",
                 "write one of these"};
  });
  return {};
}

// The question whether anybody is still there must not come while somebody is busy.
void check_time_limits(Checker& checker, JsonValue map, const Scene& scene) {
  const JsonValue given = map.find("warning_seconds");
  const double warning = scene.number("warning_seconds", kWarningSeconds);
  const double most = scene.number("idle_seconds", kIdleSeconds) - kLeastUndisturbedSeconds;
  if (!given.exists() || warning <= most) return;
  const Checker::Step step(checker, "warning_seconds");
  checker.error(ProblemCode::OutOfRange, given, [&] {
    return Words{
        "the screen asks " + std::to_string(static_cast<int>(warning)) +
            " seconds before the end, which is too soon after the last touch",
        "write at most " + std::to_string(static_cast<int>(most)) + ", or a larger idle_seconds"};
  });
}

// The same hour twice may mean always or never.
void check_length(Checker& checker, JsonValue until, const Scene& scene, std::string_view begin,
                  std::string_view end) {
  const double first = scene.number(begin, -1), last = scene.number(end, -1);
  if (first < 0 || last < 0) return;  // told already
  const Hours hours = hours_of(first, last);
  if (hours.from != hours.until && first != last) return;
  const Checker::Step step(checker, end);
  checker.error(ProblemCode::OutOfRange, until, [&] {
    return Words{"hours that end when they begin",
                 "write 0 and 24 for always, or leave both out for never"};
  });
}

// One end alone would quietly mean none.
void check_hours(Checker& checker, JsonValue map, const Scene& scene, std::string_view begin,
                 std::string_view end) {
  const JsonValue from = map.find(begin), until = map.find(end);
  if (from.exists() && until.exists()) return check_length(checker, until, scene, begin, end);
  if (from.exists() == until.exists()) return;
  const std::string_view missing = from.exists() ? end : begin;
  const Checker::Step step(checker, missing);
  checker.error(ProblemCode::MissingKey, from.exists() ? from : until, [&] {
    return Words{"hours need both their ends", "add " + quoted(missing)};
  });
}

void check_parameters(Checker& checker, JsonValue map, const Known& known, Scene& scene) {
  if (!map.exists() || !checker.count(map, kMaxParameters, "parameters of a scene")) return;
  for (JsonValue entry = map.first(); entry.exists(); entry = entry.next()) {
    if (!checker.key_name(entry)) continue;
    const Checker::Step step(checker, entry.key());
    scene.parameters.push_back({std::string(entry.key()), read_parameter(checker, entry, known)});
  }
  check_time_limits(checker, map, scene);
  check_hours(checker, map, scene, "quiet_from", "quiet_until");
  check_hours(checker, map, scene, "open_from", "open_until");
}

void check_kind(Checker& checker, JsonValue value, const ParseOptions& options, Scene& scene) {
  scene.kind = checker.identifier(value);
  if (scene.kind.empty() || options.scene_kinds.empty()) return;
  const std::vector<std::string_view> kinds(options.scene_kinds.begin(), options.scene_kinds.end());
  check_known(checker, value, ProblemCode::UnknownKind, "scene kind", kinds);
}

void check_scene(Checker& checker, JsonValue value, const ParseOptions& options, const Known& known,
                 CampaignData& data) {
  const ObjectRule& rule = object_rule("scene");
  if (!checker.object(value, rule)) return;
  Scene scene;
  auto part = [&](std::string_view key, auto check) {
    const Checker::Step step(checker, key);
    check(checker.member(value, rule, key));
  };
  part("id", [&](JsonValue v) {
    scene.id = checker.identifier(v);
    const bool taken = std::any_of(data.scenes.begin(), data.scenes.end(), [&](const Scene& other) {
      return !scene.id.empty() && other.id == scene.id;
    });
    if (taken) {
      checker.error(ProblemCode::DuplicateId, v, [&] {
        return Words{"a scene " + quoted(scene.id) + " exists already",
                     "give each scene an id of its own"};
      });
    }
  });
  part("kind", [&](JsonValue v) { check_kind(checker, v, options, scene); });
  part("parameters", [&](JsonValue v) { check_parameters(checker, v, known, scene); });
  part("note", [&](JsonValue v) { checker.plain(v, kMaxStringLength); });
  data.scenes.push_back(std::move(scene));
}

}  // namespace

void check_scenes(Checker& checker, JsonValue value, const ParseOptions& options,
                  CampaignData& data) {
  if (!value.exists()) return;
  if (value.size() == 0) {
    checker.error(ProblemCode::OutOfRange, value, [&] {
      return Words{"a campaign has at least 1 scene (found 0)", "add a scene"};
    });
  }
  if (!checker.count(value, kMaxScenes, "scenes")) return;
  Known known{data, {}};
  for (JsonValue item = value.first(); item.exists(); item = item.next()) {
    if (const auto id = item.find("id").string()) known.scene_ids.push_back(*id);
  }
  size_t index = 0;
  for (JsonValue item = value.first(); item.exists(); item = item.next()) {
    const Checker::Step step(checker, index++);
    check_scene(checker, item, options, known, data);
  }
}

}  // namespace vitrine::campaign
