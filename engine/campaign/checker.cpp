// SPDX-License-Identifier: MIT
#include "engine/campaign/checker_internal.h"

#include <algorithm>

#include "engine/base/utf8.h"

namespace vitrine::campaign {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view kind_name(KeyKind kind) {
  switch (kind) {
    case KeyKind::String:
      return "text in double quotes";
    case KeyKind::Integer:
      return "a whole number";
    case KeyKind::Number:
      return "a number";
    case KeyKind::Boolean:
      return "true or false";
    case KeyKind::Object:
      return "an object {…}";
    case KeyKind::Array:
      return "a list […]";
  }
  return "";
}

std::string_view found_name(JsonType type) {
  switch (type) {
    case JsonType::Null:
      return "null";
    case JsonType::Boolean:
      return "true or false";
    case JsonType::Integer:
      return "a whole number";
    case JsonType::Number:
      return "a number with a fraction";
    case JsonType::String:
      return "text";
    case JsonType::Array:
      return "a list";
    case JsonType::Object:
      return "an object";
  }
  return "";
}

bool matches(JsonValue value, KeyKind kind) {
  switch (kind) {
    case KeyKind::String:
      return value.is(JsonType::String);
    case KeyKind::Integer:
      return value.is(JsonType::Integer);
    case KeyKind::Number:
      return value.is_number();
    case KeyKind::Boolean:
      return value.is(JsonType::Boolean);
    case KeyKind::Object:
      return value.is(JsonType::Object);
    case KeyKind::Array:
      return value.is(JsonType::Array);
  }
  return false;
}

ProblemCode problem_of(JsonError::Code code) {
  switch (code) {
    case JsonError::Code::TooLarge:
      return ProblemCode::FileTooLarge;
    case JsonError::Code::TooDeep:
      return ProblemCode::TooDeep;
    case JsonError::Code::TooManyValues:
    case JsonError::Code::TooManyMembers:
      return ProblemCode::TooManyValues;
    case JsonError::Code::DuplicateKey:
      return ProblemCode::DuplicateKey;
    case JsonError::Code::IntegerRange:
    case JsonError::Code::NumberRange:
      return ProblemCode::OutOfRange;
    case JsonError::Code::NulInString:
    case JsonError::Code::Syntax:
      return ProblemCode::Syntax;
  }
  return ProblemCode::Syntax;
}

// A mark as Chinese keyboards write it where JSON wants its own: "" where there is none.
std::string full_width_cure(std::string_view text) {
  constexpr std::string_view kMarks[][2] = {{"，", ","}, {"：", ":"}, {"“", "\""},
                                            {"”", "\""}, {"｛", "{"}, {"｝", "}"}};
  for (const auto& [found, wanted] : kMarks) {
    if (!text.starts_with(found)) continue;
    return std::string("this ")
               .append(found)
               .append(" is a full-width mark: write ")
               .append(wanted) +
           " instead";
  }
  return {};
}

std::string_view cure_of(ProblemCode code) {
  switch (code) {
    case ProblemCode::FileTooLarge:
      return "move pictures out of the file; a campaign is words";
    case ProblemCode::TooDeep:
      return "remove objects inside objects";
    case ProblemCode::TooManyValues:
      return "remove what the campaign does not show";
    case ProblemCode::DuplicateKey:
      return "keep one of the two";
    case ProblemCode::OutOfRange:
      return "write a smaller number";
    default:
      return "look at this place and just before it: a comma, quote or bracket is often missing";
  }
}

bool is_price(std::string_view path) {
  return path.ends_with(".price.amount") || path.ends_with(".price.offer");
}

bool is_before(const Problem& a, const Problem& b) {
  return a.line != b.line ? a.line < b.line : a.column < b.column;
}

}  // namespace

void Checker::enter(std::string_view key) {
  if (!path_.empty()) path_ += '.';
  path_ += key;
}

void Checker::enter(size_t index) {
  path_.append(1, '[').append(std::to_string(index)).append(1, ']');
}

bool Checker::read(std::string_view text) {
  // Editors on some systems begin a file with one.
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  text_ = text;
  const JsonLimits limits{
      .max_bytes = kMaxFileBytes, .max_depth = 8, .max_values = 50000, .max_members = kMaxTexts};
  if (!document_.parse(text, limits)) {
    const JsonError& reason = document_.error();
    const ProblemCode code = problem_of(reason.code);
    tell(Severity::Error, code, reason.offset, [&] {
      std::string cure = full_width_cure(text_.substr(std::min(reason.offset, text_.size())));
      if (cure.empty()) cure = cure_of(code);
      return Words{reason.message, std::move(cure)};
    });
    return false;
  }
  return expect(root(), KeyKind::Object);
}

// Told problems stand in the order of the file, those of one place in the order of finding.
void Checker::add(Severity severity, ProblemCode code, size_t offset, Words words) {
  if (severity == Severity::Error) has_errors_ = true;
  if (problems_.size() >= kMaxProblems) {
    cut_ = true;
    return;
  }
  Problem problem;
  problem.severity = severity;
  problem.code = code;
  problem.file = file_;
  problem.path = path_;
  problem.message = std::move(words.message);
  problem.cure = std::move(words.cure);
  locate(offset, problem);
  const auto place = std::upper_bound(problems_.begin(), problems_.end(), problem, is_before);
  problems_.insert(place, std::move(problem));
}

void Checker::locate(size_t offset, Problem& problem) {
  if (line_starts_.empty()) {
    line_starts_.push_back(0);
    for (size_t i = 0; i < text_.size(); ++i) {
      if (text_[i] == '\n') line_starts_.push_back(i + 1);
    }
  }
  offset = std::min(offset, text_.size());
  const auto next = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const size_t start = *(next - 1);
  problem.line = static_cast<uint32_t>(next - line_starts_.begin());
  problem.column = static_cast<uint32_t>(1 + count_characters(text_.substr(start, offset - start)));
}

std::vector<Problem> Checker::take_problems() {
  if (cut_) {
    Problem last;
    last.severity = has_errors_ ? Severity::Error : Severity::Warning;
    last.code = ProblemCode::TooManyProblems;
    last.file = file_;
    if constexpr (kTellsWords) {
      last.message = std::string("more than ") + std::to_string(kMaxProblems) +
                     " problems; the rest is not shown";
      last.cure = "mend these and check again";
    }
    problems_.push_back(std::move(last));
  }
  return std::move(problems_);
}

bool Checker::object(JsonValue value, const ObjectRule& rule) {
  if (!expect(value, KeyKind::Object)) return false;
  for (const KeyRule& key : rule.keys) {
    const JsonValue found = value.find(key.key);
    if (found.exists()) {
      const Step step(*this, key.key);
      expect(found, key.kind);
    } else if (key.presence == Presence::Required) {
      error(ProblemCode::MissingKey, value, [&] {
        return Words{quoted(key.key) + " is missing",
                     "add " + quoted(key.key) + ": " + std::string(kind_name(key.kind))};
      });
    }
  }
  unknown_keys(value, rule);
  return true;
}

void Checker::unknown_keys(JsonValue value, const ObjectRule& rule) {
  if (!kTellsWords) return;
  for (JsonValue child = value.first(); child.exists(); child = child.next()) {
    const bool known =
        std::any_of(rule.keys.begin(), rule.keys.end(),
                    [&](const KeyRule& rule_key) { return rule_key.key == child.key(); });
    if (known) continue;
    const Step step(*this, is_name(child.key()) ? child.key() : "?");
    warning(ProblemCode::UnknownKey, child, [&] {
      std::vector<std::string_view> names;
      for (const KeyRule& key : rule.keys) names.push_back(key.key);
      return Words{"no key that is read here", suggest(child.key(), names, "remove it")};
    });
  }
}

JsonValue Checker::member(JsonValue value, const ObjectRule& rule, std::string_view key) const {
  const JsonValue found = value.find(key);
  for (const KeyRule& entry : rule.keys) {
    if (entry.key == key) return matches(found, entry.kind) ? found : JsonValue();
  }
  return {};
}

bool Checker::expect(JsonValue value, KeyKind kind) {
  if (matches(value, kind)) return true;
  error(ProblemCode::WrongType, value, [&] {
    std::string message = "must be ";
    message.append(kind_name(kind)).append(" (found ").append(found_name(value.type())).append(")");
    if (value.is(JsonType::Number) && is_price(path_)) {
      return Words{std::move(message), "write it in the smallest coin: 68.50 yuan is 6850"};
    }
    return Words{std::move(message), std::string("write ").append(kind_name(kind))};
  });
  return false;
}

bool Checker::count(JsonValue value, size_t most, std::string_view what) {
  if (value.size() <= most) return true;
  error(ProblemCode::TooManyValues, value, [&] {
    return Words{std::string("at most ") + std::to_string(most) + " " + std::string(what) +
                     " (found " + std::to_string(value.size()) + ")",
                 "remove some"};
  });
  return false;
}

size_t count_characters(std::string_view text) {
  size_t count = 0;
  for (size_t position = 0; position < text.size(); ++count) next_code_point(text, position);
  return count;
}

}  // namespace vitrine::campaign
