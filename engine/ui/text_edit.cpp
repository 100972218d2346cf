// SPDX-License-Identifier: MIT
#include "engine/ui/text_edit.h"

#include "engine/base/utf8.h"
#include "engine/base/wipe.h"

namespace vitrine::ui {
namespace {

constexpr size_t kMostBytes = 4;  // of a code point
constexpr char32_t kInvalid = 0xFFFD;

// What a line of one's own words has no use for.
constexpr bool is_refused(char32_t c) {
  const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
  const bool turns = (c >= 0x200E && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
                     (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
  return control || turns || c == kInvalid;
}

}  // namespace

TextEdit::TextEdit(size_t most) : most_(most) {
  text_.reserve(most * kMostBytes);
}

size_t TextEdit::before(size_t at) const {
  return at > 0 ? whole_code_points(text_, at - 1) : 0;
}

size_t TextEdit::behind(size_t at) const {
  if (at < text_.size()) next_code_point(text_, at);
  return at;
}

bool TextEdit::insert(std::string_view utf8) {
  bool whole = true;
  for (size_t at = 0; at < utf8.size();) {
    const size_t start = at;
    const char32_t code_point = next_code_point(utf8, at);
    if (is_refused(code_point) || length_ == most_) {
      whole = false;
      continue;
    }
    text_.insert(caret_, utf8.substr(start, at - start));
    caret_ += at - start;
    ++length_;
  }
  return whole;
}

// What is cut is overwritten: the tail moves over it, and what was the end is wiped.
void TextEdit::cut(size_t from, size_t to) {
  const size_t size = text_.size() - (to - from);
  for (size_t i = to; i < text_.size(); ++i) text_[from + i - to] = text_[i];
  for (size_t i = size; i < text_.size(); ++i) text_[i] = 0;
  text_.resize(size);
  caret_ = from;
  --length_;
}

bool TextEdit::erase_before() {
  if (caret_ == 0) return false;
  cut(before(caret_), caret_);
  return true;
}

bool TextEdit::erase_behind() {
  if (caret_ == text_.size()) return false;
  cut(caret_, behind(caret_));
  return true;
}

bool TextEdit::move(int by) {
  const size_t was = caret_;
  for (; by > 0; --by) caret_ = behind(caret_);
  for (; by < 0; ++by) caret_ = before(caret_);
  return caret_ != was;
}

void TextEdit::set_caret(size_t bytes) {
  caret_ = whole_code_points(text_, bytes);
}

bool TextEdit::set_text(std::string_view utf8) {
  clear();
  return insert(utf8);
}

void TextEdit::clear() {
  wipe(text_);
  length_ = caret_ = 0;
}

}  // namespace vitrine::ui
