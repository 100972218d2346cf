// SPDX-License-Identifier: MIT
#include "engine/campaign/parse.h"

#include <algorithm>

#include "engine/base/rfc3339.h"
#include "engine/campaign/checker_internal.h"
#include "engine/campaign/language.h"

namespace vitrine::campaign {
namespace {

bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}

// "zh", "en", "zh-TW", "zh-Hant", "zh-Hant-TW": language, script, region of BCP 47.
bool is_language(std::string_view tag) {
  auto take = [&](size_t length) {
    const std::string_view part = tag.substr(0, length);
    tag.remove_prefix(std::min(tag.size(), length));
    return part;
  };
  const std::string_view language = take(std::min(tag.find('-'), tag.size()));
  if (language.size() < 2 || language.size() > 3) return false;
  if (!std::all_of(language.begin(), language.end(), is_lower)) return false;
  if (tag.size() >= 5 && is_upper(tag[1]) && is_lower(tag[2])) {
    const std::string_view script = take(5);
    if (!std::all_of(script.begin() + 2, script.end(), is_lower)) return false;
  }
  if (tag.empty()) return true;
  return tag.size() == 3 && tag[0] == '-' && is_upper(tag[1]) && is_upper(tag[2]);
}

std::string language_of(Checker& checker, JsonValue value) {
  if (!value.exists() || !checker.expect(value, KeyKind::String)) return {};
  if (is_language(*value.string())) return std::string(*value.string());
  checker.error(ProblemCode::BadLanguage, value, [&] {
    return Words{"must be a language tag", "write \"zh\", \"en\", \"zh-TW\", \"zh-Hant\""};
  });
  return {};
}

void check_languages(Checker& checker, JsonValue list, CampaignData& data) {
  if (!list.exists()) return;
  if (list.size() == 0) {
    checker.error(ProblemCode::OutOfRange, list, [&] {
      return Words{"a campaign speaks at least 1 language (found 0)", "write [\"zh\"]"};
    });
  }
  if (!checker.count(list, kMaxLanguages, "languages")) return;
  size_t index = 0;
  for (JsonValue item = list.first(); item.exists(); item = item.next()) {
    const Checker::Step step(checker, index++);
    std::string language = language_of(checker, item);
    if (language.empty()) continue;
    if (std::find(data.languages.begin(), data.languages.end(), language) != data.languages.end()) {
      checker.error(ProblemCode::DuplicateId, item, [&] {
        return Words{quoted(language) + " is declared twice", "keep one of the two"};
      });
      continue;
    }
    data.languages.push_back(std::move(language));
  }
}

void check_default_language(Checker& checker, JsonValue value, CampaignData& data) {
  if (!value.exists()) {
    if (!data.languages.empty()) data.default_language = data.languages[0];
    return;
  }
  data.default_language = language_of(checker, value);
  if (data.default_language.empty() || data.languages.empty()) return;
  if (std::find(data.languages.begin(), data.languages.end(), data.default_language) !=
      data.languages.end()) {
    return;
  }
  checker.error(ProblemCode::BadLanguage, value, [&] {
    return Words{quoted(data.default_language) + " is not in languages", "add it there"};
  });
}

// {"zh": "…", "en": "…"} to one string a declared language.
std::vector<std::string> read_words(Checker& checker, JsonValue map, const CampaignData& data,
                                    size_t longest) {
  std::vector<std::string> words;
  if (!map.exists() || !checker.expect(map, KeyKind::Object)) return words;
  for (const std::string& language : data.languages) {
    const JsonValue value = map.find(language);
    if (!value.exists()) {
      checker.error(ProblemCode::MissingText, map, [&] {
        return Words{"no words for " + quoted(language), "add " + quoted(language) + ": \"…\""};
      });
      words.emplace_back();
      continue;
    }
    const Checker::Step step(checker, language);
    words.push_back(checker.words(value, longest));
  }
  for (JsonValue value = map.first(); value.exists(); value = value.next()) {
    const bool declared = std::find(data.languages.begin(), data.languages.end(), value.key()) !=
                          data.languages.end();
    if (declared || data.languages.empty()) continue;
    checker.warning(ProblemCode::UndeclaredLanguage, value, [&] {
      return Words{"a language that is not in languages",
                   "add it to languages, or remove these words"};
    });
  }
  return words;
}

// CJK ideographs of the basic block, U+4E00 to U+9FFF, begin with these bytes.
bool has_han(std::string_view words) {
  return std::any_of(words.begin(), words.end(), [](char c) {
    return static_cast<uint8_t>(c) >= 0xE4 && static_cast<uint8_t>(c) <= 0xE9;
  });
}

bool has_small_letters(std::string_view words) {
  return std::count_if(words.begin(), words.end(), [](char c) { return c >= 'a' && c <= 'z'; }) > 1;
}

// Words that were copied from one language to another of a different script and left there.
void check_translated(Checker& checker, JsonValue map) {
  if (!kTellsWords) return;
  for (JsonValue value = map.first(); value.exists(); value = value.next()) {
    const std::string_view words = value.string().value_or("");
    const bool in_han = is_written_in_han(value.key());
    if (in_han ? has_han(words) || !has_small_letters(words) : !has_han(words)) continue;
    for (JsonValue other = map.first(); other.exists(); other = other.next()) {
      if (is_written_in_han(other.key()) == in_han || other.string() != words) continue;
      checker.warning(ProblemCode::Untranslated, value, [&] {
        return Words{"the same words as in " + quoted(other.key()), "translate them"};
      });
      break;
    }
  }
}

void check_variables(Checker& checker, JsonValue value, std::string_view text) {
  if (!kTellsWords) return;
  for (size_t begin = text.find('{'); begin != std::string_view::npos;
       begin = text.find('{', begin + 1)) {
    const std::string_view name = text.substr(begin + 1, text.find('}', begin) - begin - 1);
    if (std::find(std::begin(kTextVariables), std::end(kTextVariables), name) !=
        std::end(kTextVariables)) {
      continue;
    }
    checker.warning(ProblemCode::UnknownVariable, value, [&] {
      return Words{
          "nothing fills in " + quoted(name),
          suggest(name, {std::begin(kTextVariables), std::end(kTextVariables)},
                  "write {price}, {offer}, {saved}, {seconds}, {time}, {day}, {month}, {date} "
                  "or {age}")};
    });
  }
}

// What scenes read inside words: ~ before and after what is struck, {…} for amounts.
void check_marks(Checker& checker, JsonValue map) {
  for (JsonValue value = map.first(); value.exists(); value = value.next()) {
    const auto text = value.string();
    if (!text || text->size() > kMaxTextLength * 4) continue;
    const Checker::Step step(checker, is_name(value.key()) ? value.key() : "?");
    check_variables(checker, value, *text);
    if (std::count(text->begin(), text->end(), '~') % 2 == 0) continue;
    checker.error(ProblemCode::BadText, value, [&] {
      return Words{"a ~ without its partner", "put ~ before and after what is struck through"};
    });
  }
}

// Where the text of that key stands, or is to stand: texts are kept in the order of their keys.
std::vector<Text>::const_iterator text_place(const CampaignData& data, std::string_view key) {
  return std::lower_bound(data.texts.begin(), data.texts.end(), key,
                          [](const Text& text, std::string_view wanted) {
                            return std::string_view(text.key) < wanted;
                          });
}

void check_texts(Checker& checker, JsonValue map, CampaignData& data) {
  if (!map.exists() || !checker.count(map, kMaxTexts, "texts")) return;
  for (JsonValue entry = map.first(); entry.exists(); entry = entry.next()) {
    if (!checker.key_name(entry)) continue;
    const Checker::Step step(checker, entry.key());
    std::vector<std::string> words = read_words(checker, entry, data, kMaxTextLength);
    data.texts.insert(text_place(data, entry.key()), {std::string(entry.key()), std::move(words)});
    check_marks(checker, entry);
    check_translated(checker, entry);
  }
}

void check_start(Checker& checker, JsonValue value, CampaignData& data) {
  if (!value.exists()) {
    if (!data.scenes.empty()) data.start_scene = data.scenes[0].id;
    return;
  }
  data.start_scene = checker.identifier(value);
  if (data.start_scene.empty()) return;
  std::vector<std::string_view> ids;
  for (const Scene& scene : data.scenes) ids.push_back(scene.id);
  if (std::find(ids.begin(), ids.end(), data.start_scene) != ids.end()) return;
  checker.error(ProblemCode::UnknownScene, value, [&] {
    return Words{"no scene " + quoted(data.start_scene),
                 suggest(data.start_scene, ids, "name the scene the campaign begins with")};
  });
}

void check_id(Checker& checker, JsonValue value, CampaignData& data) {
  data.id = checker.identifier(value);
  if (data.id != kNoCampaign) return;
  checker.error(ProblemCode::BadIdentifier, value, [&] {
    return Words{quoted(data.id) + " says in recordings that there was no campaign",
                 "choose another id"};
  });
}

void check_ends(Checker& checker, JsonValue value, CampaignData& data) {
  if (!value.exists()) return;
  if (const auto time = parse_rfc3339(*value.string())) {
    data.ends_ms = *time;
    return;
  }
  checker.error(ProblemCode::BadTime, value, [&] {
    return Words{"must be a moment: date, time and distance from UTC",
                 "write it as \"2026-12-31T22:00:00+08:00\""};
  });
}

// What a phone's camera opens: no spaces, nothing outside ASCII, a host, and nobody's password for
// everybody to read.
void check_address(Checker& checker, JsonValue value, CampaignData& data) {
  if (!value.exists()) return;
  const std::string_view address = *value.string();
  const bool plain =
      std::all_of(address.begin(), address.end(), [](char c) { return c > ' ' && c < '\x7F'; });
  const size_t scheme = address.starts_with("https://")  ? 8
                        : address.starts_with("http://") ? 7
                                                         : 0;
  const std::string_view rest = address.substr(scheme);
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#"));
  const bool has_host = scheme > 0 && !host.empty() && host.find('@') == host.npos;
  if (plain && has_host && address.size() <= kMaxAddressLength) {
    data.address = address;
    return;
  }
  checker.error(ProblemCode::BadAddress, value, [&] {
    return Words{"must be an address that a phone opens, of at most " +
                     std::to_string(kMaxAddressLength) + " characters",
                 "write it as \"https://shop.example/lipstick\""};
  });
}

void check_modes(Checker& checker, JsonValue list, CampaignData& data) {
  if (!list.exists()) return;
  if (list.size() == 0) {
    checker.error(ProblemCode::OutOfRange, list, [&] {
      return Words{"a campaign records in at least 1 mode (found 0)", "write [\"live\"]"};
    });
  }
  size_t index = 0;
  for (JsonValue item = list.first(); item.exists(); item = item.next()) {
    const Checker::Step step(checker, index++);
    if (!checker.expect(item, KeyKind::String)) continue;
    const std::string_view mode = *item.string();
    if (std::find(std::begin(kModes), std::end(kModes), mode) != std::end(kModes)) {
      data.modes.emplace_back(mode);
      continue;
    }
    checker.error(ProblemCode::BadMode, item, [&] {
      return Words{quoted(mode) + " is no mode",
                   suggest(mode, {std::begin(kModes), std::end(kModes)},
                           "write \"live\", \"rehearsal\" or \"test\"")};
    });
  }
}

// In the order of what refers to what, not of the file.
void check_campaign(Checker& checker, const ParseOptions& options, CampaignData& data) {
  const JsonValue root = checker.root();
  const ObjectRule& rule = object_rule("campaign");
  checker.object(root, rule);
  auto part = [&](std::string_view key, auto check) {
    const Checker::Step step(checker, key);
    check(checker.member(root, rule, key));
  };
  part("$schema", [&](JsonValue v) { checker.plain(v, kMaxStringLength); });
  part("note", [&](JsonValue v) { checker.plain(v, kMaxStringLength); });
  part("id", [&](JsonValue v) { check_id(checker, v, data); });
  part("version",
       [&](JsonValue v) { data.version = checker.integer(v, 1, kMaxVersion).value_or(1); });
  part("languages", [&](JsonValue v) { check_languages(checker, v, data); });
  part("default_language", [&](JsonValue v) { check_default_language(checker, v, data); });
  part("brand", [&](JsonValue v) { data.brand = read_words(checker, v, data, kMaxStringLength); });
  part("brand_id", [&](JsonValue v) {
    if (v.exists()) data.brand_id = checker.identifier(v);
  });
  part("texts", [&](JsonValue v) { check_texts(checker, v, data); });
  part("theme", [&](JsonValue v) { check_theme(checker, v, data.theme); });
  part("products", [&](JsonValue v) { check_products(checker, v, data); });
  part("scenes", [&](JsonValue v) { check_scenes(checker, v, options, data); });
  part("start", [&](JsonValue v) { check_start(checker, v, data); });
  part("claim", [&](JsonValue v) { check_claim(checker, v, data.claim); });
  if constexpr (!kTellsWords) return;
  check_queue(checker, root, data);
  part("ends", [&](JsonValue v) { check_ends(checker, v, data); });
  part("address", [&](JsonValue v) { check_address(checker, v, data); });
  part("modes", [&](JsonValue v) { check_modes(checker, v, data); });
}

}  // namespace

const Text* find_text(const CampaignData& data, std::string_view key) {
  const auto place = text_place(data, key);
  return place != data.texts.end() && place->key == key ? &*place : nullptr;
}

void check_text_reference(Checker& checker, JsonValue value, const CampaignData& data) {
  const std::string_view key = *value.string();
  if (find_text(data, key)) return;
  std::vector<std::string_view> keys;
  for (const Text& text : data.texts) keys.push_back(text.key);
  checker.error(ProblemCode::UnknownText, value, [&] {
    return Words{"no text " + quoted(key), suggest(key, keys, "add it to texts")};
  });
}

CampaignResult parse_campaign(std::string_view bytes, std::string_view file_name,
                              const ParseOptions& options) {
  Checker checker(file_name);
  CampaignResult result;
  CampaignData data;
  if (checker.read(bytes)) check_campaign(checker, options, data);
  if (!checker.has_errors()) result.campaign.emplace(std::move(data));
  result.problems = checker.take_problems();
  return result;
}

}  // namespace vitrine::campaign
