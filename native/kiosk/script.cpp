// SPDX-License-Identifier: MIT
#include "native/kiosk/script.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <utility>

namespace vitrine {
namespace {

constexpr int64_t kDefaultWaitUs = 10'000'000;
constexpr int64_t kDefaultDragUs = 300'000;
constexpr uint32_t kMaxFingers = 20;

struct Word {
  std::string text;
  bool quoted = false;
};

// What a verb takes, in order.
enum class Shape : uint8_t {
  Nothing,
  Target,
  TargetAndTime,
  TargetOrPoint,
  TwoPoints,
  DragLine,
  FingerAndPoint,
  Time,
  OptionalTime,
  Key,
  Text,
  TextAndTime,
};

struct VerbRow {
  std::string_view name;
  ScriptVerb verb;
  Shape shape;
  std::string_view usage;
};

constexpr VerbRow kVerbs[] = {
    {"wait", ScriptVerb::Wait, Shape::TargetAndTime, "wait NAME-or-\"LABEL\" [TIME]"},
    {"wait-gone", ScriptVerb::WaitGone, Shape::TargetAndTime, "wait-gone NAME-or-\"LABEL\" [TIME]"},
    {"tap", ScriptVerb::Tap, Shape::TargetOrPoint, "tap NAME-or-\"LABEL\" or tap X Y"},
    {"touch", ScriptVerb::Tap, Shape::TargetOrPoint, "touch X Y"},
    {"two", ScriptVerb::TwoTap, Shape::TwoPoints, "two X1 Y1 X2 Y2"},
    {"drag", ScriptVerb::Drag, Shape::DragLine, "drag X1 Y1 X2 Y2 [TIME]"},
    {"down", ScriptVerb::Down, Shape::FingerAndPoint, "down FINGER X Y"},
    {"move", ScriptVerb::Move, Shape::FingerAndPoint, "move FINGER X Y"},
    {"up", ScriptVerb::Up, Shape::FingerAndPoint, "up FINGER X Y"},
    {"cancel", ScriptVerb::Cancel, Shape::Nothing, "cancel"},
    {"key", ScriptVerb::Key, Shape::Key,
     "key tab|shift-tab|enter|space|escape|left|right|up|down|volume-up|volume-down|mute"},
    {"sleep", ScriptVerb::Sleep, Shape::Time, "sleep TIME"},
    {"settle", ScriptVerb::Settle, Shape::OptionalTime, "settle [TIME]"},
    {"wait-delivered", ScriptVerb::Delivered, Shape::OptionalTime, "wait-delivered [TIME]"},
    {"wait-file", ScriptVerb::File, Shape::TextAndTime, "wait-file FILE [TIME]"},
    {"language", ScriptVerb::Language, Shape::Text, "language TAG"},
    {"screenshot", ScriptVerb::Screenshot, Shape::Text, "screenshot FILE.png"},
    {"expect", ScriptVerb::Expect, Shape::Target, "expect NAME-or-\"LABEL\""},
    {"expect-not", ScriptVerb::ExpectNot, Shape::Target, "expect-not NAME-or-\"LABEL\""},
    {"activate", ScriptVerb::Activate, Shape::Target, "activate NAME-or-\"LABEL\""},
    {"pause", ScriptVerb::Pause, Shape::Nothing, "pause"},
    {"resume", ScriptVerb::Resume, Shape::Nothing, "resume"},
    {"quit", ScriptVerb::Quit, Shape::Nothing, "quit"},
};

constexpr std::pair<std::string_view, app::Key> kKeys[] = {
    {"tab", app::Key::Tab},
    {"shift-tab", app::Key::ShiftTab},
    {"enter", app::Key::Enter},
    {"space", app::Key::Space},
    {"escape", app::Key::Escape},
    {"left", app::Key::Left},
    {"right", app::Key::Right},
    {"up", app::Key::Up},
    {"down", app::Key::Down},
    {"volume-up", app::Key::VolumeUp},
    {"volume-down", app::Key::VolumeDown},
    {"mute", app::Key::Mute},
};

// Words apart by blanks; "…" holds blanks together; # begins a comment. Nothing when a quote is
// not closed.
std::optional<std::vector<Word>> split(std::string_view line) {
  std::vector<Word> words;
  size_t at = 0;
  while (true) {
    while (at < line.size() && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) ++at;
    if (at >= line.size() || line[at] == '#') return words;
    const bool quoted = line[at] == '"';
    const size_t begin = quoted ? at + 1 : at;
    const size_t end = quoted ? line.find('"', begin) : line.find_first_of(" \t\r", begin);
    if (quoted && end == std::string_view::npos) return std::nullopt;
    words.push_back({std::string(line.substr(begin, end - begin)), quoted});
    if (end == std::string_view::npos) return words;
    at = quoted ? end + 1 : end;
  }
}

bool parse_float(const Word& word, float& out) {
  char* end = nullptr;
  out = std::strtof(word.text.c_str(), &end);
  return !word.quoted && end != word.text.c_str() && *end == '\0' && std::isfinite(out);
}

// 500ms, 2s.
bool parse_time(const Word& word, int64_t& out_us) {
  const std::string& text = word.text;
  int64_t number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec != std::errc() || number < 0 || number > 3'600'000) return false;
  const std::string_view unit(result.ptr,
                              static_cast<size_t>(text.data() + text.size() - result.ptr));
  if (unit == "ms") out_us = number * 1000;
  if (unit == "s") out_us = number * 1'000'000;
  return unit == "ms" || unit == "s";
}

bool parse_finger(const Word& word, uint32_t& out) {
  const std::string& text = word.text;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), out);
  return result.ec == std::errc() && result.ptr == text.data() + text.size() && out >= 1 &&
         out <= kMaxFingers;
}

// Reads the words after the verb, front to back.
class Arguments {
 public:
  explicit Arguments(const std::vector<Word>& words) : words_(words) {}

  size_t left() const { return words_.size() - at_; }
  bool target(ScriptTarget& out) {
    if (left() == 0) return false;
    const Word& word = words_[at_++];
    (word.quoted ? out.label : out.name) = word.text;
    return out.given();
  }
  bool point(std::vector<Vec2>& out) {
    Vec2 p;
    if (left() < 2 || !parse_float(words_[at_], p.x) || !parse_float(words_[at_ + 1], p.y)) {
      return false;
    }
    at_ += 2;
    out.push_back(p);
    return true;
  }
  bool finger(uint32_t& out) { return left() > 0 && parse_finger(words_[at_++], out); }
  bool time(int64_t& out) { return left() > 0 && parse_time(words_[at_++], out); }
  bool optional_time(int64_t fallback, int64_t& out) {
    out = fallback;
    return left() == 0 || time(out);
  }
  bool key(app::Key& out) {
    if (left() == 0) return false;
    const std::string& name = words_[at_++].text;
    for (const auto& [known, meant] : kKeys) {
      if (name != known) continue;
      out = meant;
      return true;
    }
    return false;
  }
  bool text(std::string& out) {
    if (left() == 0) return false;
    out = words_[at_++].text;
    return !out.empty();
  }

 private:
  const std::vector<Word>& words_;
  size_t at_ = 1;
};

bool fill(Shape shape, Arguments& from, ScriptCommand& to) {
  switch (shape) {
    case Shape::Nothing:
      return true;
    case Shape::Target:
      return from.target(to.target);
    case Shape::TargetAndTime:
      return from.target(to.target) && from.optional_time(kDefaultWaitUs, to.duration_us);
    case Shape::TargetOrPoint:
      return from.left() == 2 ? from.point(to.points) : from.target(to.target);
    case Shape::TwoPoints:
      return from.point(to.points) && from.point(to.points);
    case Shape::DragLine:
      return from.point(to.points) && from.point(to.points) &&
             from.optional_time(kDefaultDragUs, to.duration_us);
    case Shape::FingerAndPoint:
      return from.finger(to.finger) && from.point(to.points);
    case Shape::Time:
      return from.time(to.duration_us);
    case Shape::OptionalTime:
      return from.optional_time(kDefaultWaitUs, to.duration_us);
    case Shape::Key:
      return from.key(to.key);
    case Shape::Text:
      return from.text(to.text);
    case Shape::TextAndTime:
      return from.text(to.text) && from.optional_time(kDefaultWaitUs, to.duration_us);
  }
  return false;
}

const VerbRow* find_verb(const std::string& name) {
  for (const VerbRow& row : kVerbs) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

// What is wrong with the line, "" when nothing is.
std::string parse_line(const std::vector<Word>& words, ScriptCommand& command) {
  const VerbRow* row = find_verb(words[0].text);
  if (row == nullptr) return words[0].text + ": no such command; see docs/kiosk.md";
  command.verb = row->verb;
  Arguments arguments(words);
  if (fill(row->shape, arguments, command) && arguments.left() == 0) return {};
  return "expected: " + std::string(row->usage);
}

void complain(std::string& problems, std::string_view file, uint32_t line, const std::string& why) {
  if (!problems.empty()) problems += '\n';
  problems.append(file).append(":").append(std::to_string(line)).append(": ").append(why);
}

}  // namespace

Result<Script> parse_script(std::string_view text, std::string_view file_name) {
  Script script;
  std::string problems;
  uint32_t number = 0;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const auto words = split(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (!words) {
      complain(problems, file_name, number, "a \" is not closed");
      continue;
    }
    if (words->empty()) continue;
    ScriptCommand command;
    command.line = number;
    const std::string why = parse_line(*words, command);
    if (!why.empty()) complain(problems, file_name, number, why);
    script.push_back(std::move(command));
  }
  if (script.empty() && problems.empty()) {
    complain(problems, file_name, 1, "no command in this script; docs/kiosk.md lists them");
  }
  if (!problems.empty()) return Status{StatusCode::InvalidArgument, problems};
  return script;
}

}  // namespace vitrine
