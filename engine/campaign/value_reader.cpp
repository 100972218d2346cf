// SPDX-License-Identifier: MIT
// The readers of single values, and the words they use to help.
#include <algorithm>

#include "engine/base/utf8.h"
#include "engine/campaign/checker_internal.h"

namespace vitrine::campaign {
namespace {

constexpr size_t kShown = 40;  // of a wrong value, in a message

bool is_lower_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool is_letter_or_digit(char c) {
  return is_lower_or_digit(c) || (c >= 'A' && c <= 'Z');
}

std::string name_limits(std::string_view letters) {
  return std::string("must be 1 to ") + std::to_string(kMaxIdLength) + " of " +
         std::string(letters) + ", 0-9, \"-\", \"_\", \".\", beginning with a letter or digit";
}

// Characters that are not seen or turn the direction of what follows.
bool is_unwanted(char32_t c) {
  if (c < 0x20) return c != '\n';
  if (c >= 0x7F && c <= 0x9F) return true;
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 ||
         c == 0x2029 || c == 0xFEFF || c == 0xFFFD;
}

bool has_unwanted(std::string_view text) {
  for (size_t position = 0; position < text.size();) {
    if (is_unwanted(next_code_point(text, position))) return true;
  }
  return false;
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \n") == std::string_view::npos;
}

bool is_path_segment(std::string_view segment) {
  if (segment.empty() || segment[0] == '.') return false;
  return std::all_of(segment.begin(), segment.end(), [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.';
  });
}

bool is_art_path(std::string_view path) {
  if (path.empty() || path.size() > kMaxPathLength) return false;
  constexpr std::string_view kEndings[] = {".svg", ".png", ".jpg", ".jpeg"};
  if (std::none_of(std::begin(kEndings), std::end(kEndings),
                   [&](std::string_view ending) { return path.ends_with(ending); })) {
    return false;
  }
  for (size_t begin = 0;;) {
    const size_t end = path.find('/', begin);
    if (!is_path_segment(path.substr(begin, end - begin))) return false;
    if (end == std::string_view::npos) return true;
    begin = end + 1;
  }
}

// How many letters must be changed, added or taken away. Both words are short.
size_t distance(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      const size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({change, above + 1, row[j - 1] + 1});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::string trimmed(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

}  // namespace

std::string quoted(std::string_view text) {
  size_t end = 0, characters = 0;
  while (end < text.size() && characters++ < kShown) next_code_point(text, end);
  std::string out(1, '"');
  out.append(text.substr(0, end));
  return out.append(end < text.size() ? "…\"" : "\"");
}

bool is_identifier(std::string_view text) {
  if (text.empty() || text.size() > kMaxIdLength || !is_lower_or_digit(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_lower_or_digit(c) || c == '-' || c == '_' || c == '.';
  });
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > kMaxIdLength || !is_letter_or_digit(text[0])) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.';
  });
}

std::optional<Color> parse_hex_color(std::string_view text) {
  if ((text.size() != 7 && text.size() != 9) || text[0] != '#') return std::nullopt;
  uint64_t value = 0;
  for (char c : text.substr(1)) {
    const uint64_t digit = c >= '0' && c <= '9'   ? static_cast<uint64_t>(c - '0')
                           : c >= 'a' && c <= 'f' ? static_cast<uint64_t>(c - 'a' + 10)
                           : c >= 'A' && c <= 'F' ? static_cast<uint64_t>(c - 'A' + 10)
                                                  : 16;
    if (digit == 16) return std::nullopt;
    value = value * 16 + digit;
  }
  if (text.size() == 7) return Color::rgb(static_cast<uint32_t>(value));
  return Color::rgb(static_cast<uint32_t>(value >> 8), static_cast<float>(value & 255) / 255.0f);
}

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& known) {
  if (word.size() > kMaxIdLength) return {};
  std::string_view best;
  size_t best_distance = std::max<size_t>(2, word.size() / 3) + 1;
  for (std::string_view candidate : known) {
    const size_t d = distance(word, candidate);
    if (d >= best_distance) continue;
    best_distance = d;
    best = candidate;
  }
  return best;
}

std::string suggest(std::string_view word, const std::vector<std::string_view>& known,
                    std::string_view otherwise) {
  const std::string_view near = nearest(word, known);
  if (near.empty()) return std::string(otherwise);
  return "did you mean " + quoted(near) + "?";
}

std::string Checker::identifier(JsonValue value) {
  if (!value.exists() || !expect(value, KeyKind::String)) return {};
  const std::string_view text = *value.string();
  if (is_identifier(text)) return std::string(text);
  error(ProblemCode::BadIdentifier, value, [&] {
    return Words{name_limits("a-z") + " (found " + quoted(text) + ")",
                 "write something like \"cherry-night\""};
  });
  return {};
}

bool Checker::key_name(JsonValue value) {
  if (is_name(value.key())) return true;
  key_error(ProblemCode::BadIdentifier, value, [&] {
    return Words{"a key " + name_limits("a-z, A-Z") + " (found " + quoted(value.key()) + ")",
                 "write something like \"attract.title\""};
  });
  return false;
}

std::string Checker::words(JsonValue value, size_t longest) {
  std::string text = plain(value, longest);
  if (value.is(JsonType::String) && is_blank(*value.string())) {
    error(ProblemCode::EmptyText, value, [&] {
      return Words{"is empty", "write the words, or remove the entry"};
    });
  }
  return text;
}

std::string Checker::plain(JsonValue value, size_t longest) {
  if (!value.exists() || !expect(value, KeyKind::String)) return {};
  const std::string_view text = *value.string();
  const size_t length = count_characters(text);
  if (length > longest) {
    error(ProblemCode::TextTooLong, value, [&] {
      return Words{"at most " + std::to_string(longest) + " characters (found " +
                       std::to_string(length) + ")",
                   "shorten it"};
    });
    return {};
  }
  if (has_unwanted(text)) {
    error(ProblemCode::BadText, value, [&] {
      return Words{"holds a control character or one that turns the writing direction",
                   "type the words anew instead of pasting them; a line ends with \\n"};
    });
    return {};
  }
  return std::string(text);
}

std::string Checker::path(JsonValue value) {
  if (!value.exists() || !expect(value, KeyKind::String)) return {};
  const std::string_view text = *value.string();
  if (is_art_path(text)) return std::string(text);
  error(ProblemCode::BadPath, value, [&] {
    return Words{"must name a .svg, .png or .jpg inside the campaign's folder, at most " +
                     std::to_string(kMaxPathLength) +
                     " of letters, digits, \"-\", \"_\", \".\", \"/\", no part beginning with "
                     "\".\" (found " +
                     quoted(text) + ")",
                 "write something like \"art/lipstick.svg\""};
  });
  return {};
}

std::optional<Color> Checker::hex_color(JsonValue value) {
  if (!value.exists() || !expect(value, KeyKind::String)) return std::nullopt;
  const std::optional<Color> color = parse_hex_color(*value.string());
  if (!color) {
    error(ProblemCode::BadColor, value, [&] {
      return Words{"must be # and 6 or 8 of 0-9, A-F (found " + quoted(*value.string()) + ")",
                   "write something like \"#7A0C2E\""};
    });
  }
  return color;
}

void Checker::number(JsonValue value, double low, double high, float& out) {
  if (!value.exists() || !expect(value, KeyKind::Number)) return;
  const double found = *value.number();
  if (found >= low && found <= high) {
    out = static_cast<float>(found);
    return;
  }
  error(ProblemCode::OutOfRange, value, [&] {
    return Words{"must be " + trimmed(low) + " to " + trimmed(high) + " (found " +
                     std::string(value.raw().substr(0, kShown)) + ")",
                 "write a number in that range"};
  });
}

std::optional<int64_t> Checker::integer(JsonValue value, int64_t low, int64_t high) {
  if (!value.exists() || !expect(value, KeyKind::Integer)) return std::nullopt;
  const int64_t found = *value.integer();
  if (found >= low && found <= high) return found;
  error(ProblemCode::OutOfRange, value, [&] {
    return Words{"must be " + std::to_string(low) + " to " + std::to_string(high) + " (found " +
                     std::to_string(found) + ")",
                 "write a whole number in that range"};
  });
  return std::nullopt;
}

}  // namespace vitrine::campaign
