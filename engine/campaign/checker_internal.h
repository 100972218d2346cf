// SPDX-License-Identifier: MIT
// What the parts of parse_campaign() share: where we are in the file, the list of problems, and
// readers of single values. A reader that finds a problem tells it and returns nothing (or a value
// that cannot hurt), so that the pass goes on and every problem is told once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/json/json.h"
#include "engine/campaign/format.h"
#include "engine/campaign/parse.h"

namespace vitrine::campaign {

// Whether problems are told in words. The page is built without: what it opens was checked, in
// words, by whoever made it; of an error the code, file, line and column are enough to find the
// place, and warnings are not for those who look at a page.
constexpr bool kTellsWords = VITRINE_CAMPAIGN_WORDS != 0;

struct Words {
  std::string message;
  std::string cure;
};

class Checker {
 public:
  explicit Checker(std::string_view file_name) : file_(file_name) {}

  // Reads the text; false when it is no acceptable JSON object, with the problem told.
  bool read(std::string_view text);
  JsonValue root() const { return document_.root(); }

  // The path of what is looked at, where problems are told in words; one step is added while a Step
  // lives.
  class Step {
   public:
    Step(Checker& checker, std::string_view key) : checker_(checker), size_(checker.path_.size()) {
      if constexpr (kTellsWords) checker.enter(key);
    }
    Step(Checker& checker, size_t index) : checker_(checker), size_(checker.path_.size()) {
      if constexpr (kTellsWords) checker.enter(index);
    }
    ~Step() {
      if constexpr (kTellsWords) checker_.path_.resize(size_);
    }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    Checker& checker_;
    size_t size_;
  };

  // `words` is called for a Words, where problems are told in words.
  template <typename Tell>
  void error(ProblemCode code, JsonValue at, const Tell& words) {
    tell(Severity::Error, code, at.offset(), words);
  }
  // The others at the value's key.
  template <typename Tell>
  void warning(ProblemCode code, JsonValue at, const Tell& words) {
    if constexpr (kTellsWords) tell(Severity::Warning, code, at.key_offset(), words);
  }
  template <typename Tell>
  void key_error(ProblemCode code, JsonValue at, const Tell& words) {
    tell(Severity::Error, code, at.key_offset(), words);
  }
  bool has_errors() const { return has_errors_; }
  // In the order of the file.
  std::vector<Problem> take_problems();

  // Checks presence, types and unknown keys of an object with fixed keys. False: not an object.
  bool object(JsonValue value, const ObjectRule& rule);
  // A member of an object checked by object(): absent when it is missing or of a wrong type.
  JsonValue member(JsonValue value, const ObjectRule& rule, std::string_view key) const;

  // True when the value is of that kind; else tells.
  bool expect(JsonValue value, KeyKind kind);
  // Tells when there are more children than `most`; true when they may be walked.
  bool count(JsonValue value, size_t most, std::string_view what);

  // Readers of one value; "" or nothing after a problem. An absent value is no problem here.
  std::string identifier(JsonValue value);
  // Whether the value's key is a name.
  bool key_name(JsonValue value);
  std::string words(JsonValue value, size_t longest);
  std::string plain(JsonValue value, size_t longest);  // words that may be empty
  std::string path(JsonValue value);
  std::optional<Color> hex_color(JsonValue value);
  void number(JsonValue value, double low, double high, float& out);
  std::optional<int64_t> integer(JsonValue value, int64_t low, int64_t high);

 private:
  template <typename Tell>
  void tell(Severity severity, ProblemCode code, size_t offset, const Tell& words) {
    if constexpr (kTellsWords) {
      add(severity, code, offset, words());
    } else {
      add(severity, code, offset, {});
    }
  }
  void enter(std::string_view key);
  void enter(size_t index);
  void add(Severity severity, ProblemCode code, size_t offset, Words words);
  void locate(size_t offset, Problem& problem);
  void unknown_keys(JsonValue value, const ObjectRule& rule);

  std::string file_;
  std::string_view text_;
  JsonDocument document_;
  std::string path_;
  std::vector<Problem> problems_;
  std::vector<size_t> line_starts_;
  bool has_errors_ = false;
  bool cut_ = false;
};

// "#RRGGBB" or "#RRGGBBAA".
std::optional<Color> parse_hex_color(std::string_view text);
// An id: lower case, so that it means one thing in addresses and on every disk.
bool is_identifier(std::string_view text);
// A key the campaign chooses: as an id, capitals allowed.
bool is_name(std::string_view text);
size_t count_characters(std::string_view text);
// In double quotes, cut after 40 characters: what was found, for a message.
std::string quoted(std::string_view text);
// The nearest of `known` when it is near enough to be a slip of the fingers, else "".
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known);
// "write \"x\"" when a known word is near, else `otherwise`.
std::string suggest(std::string_view word, const std::vector<std::string_view>& known,
                    std::string_view otherwise);

// Whether it is a name of kBackgrounds. Expects: a string.
void check_background(Checker& checker, JsonValue value);

// Parts of the pass, one file each.
void check_theme(Checker& checker, JsonValue value, Theme& theme);
void check_products(Checker& checker, JsonValue value, CampaignData& data);
void check_scenes(Checker& checker, JsonValue value, const ParseOptions& options,
                  CampaignData& data);
void check_claim(Checker& checker, JsonValue value, ClaimTerms& terms);
// Whether a line for the screen and the scene of it come together. After scenes and claim.
void check_queue(Checker& checker, JsonValue root, const CampaignData& data);
// A hex colour or the name of a token of `theme`.
std::optional<Color> read_color(Checker& checker, JsonValue value, const Theme& theme);
const Text* find_text(const CampaignData& data, std::string_view key);
// Tells when no text has that key.
void check_text_reference(Checker& checker, JsonValue value, const CampaignData& data);

}  // namespace vitrine::campaign
