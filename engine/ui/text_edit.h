// SPDX-License-Identifier: MIT
// A line of text that is being written: always valid UTF-8, never longer than allowed, with a caret
// between two code points. Pure. Takes its memory once, when it is made; what was written is
// overwritten before it is forgotten.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace vitrine::ui {

class TextEdit {
 public:
  // `most`: code points. A sign of several (a flag, a letter with a mark of its own) counts as so
  // many and is deleted one after the other.
  explicit TextEdit(size_t most);
  ~TextEdit() { clear(); }
  TextEdit(const TextEdit&) = delete;
  TextEdit& operator=(const TextEdit&) = delete;

  std::string_view text() const { return text_; }
  size_t length() const { return length_; }  // code points
  size_t most() const { return most_; }
  // Bytes of the text before the caret.
  size_t caret() const { return caret_; }

  // At the caret, which moves behind it. Control characters, line breaks, marks that turn the
  // writing direction and bytes that are not UTF-8 are left out. False when something was left out
  // or did not fit; what fits is written.
  bool insert(std::string_view utf8);
  // The code point before, or behind the caret. False when there is none.
  bool erase_before();
  bool erase_behind();
  // By code points; stops at the ends. False when it did not move.
  bool move(int by);
  // To so many bytes from the beginning, or the next code point's start before it.
  void set_caret(size_t bytes);
  // Instead of everything; the caret goes to the end. Expects: no part of its own text.
  bool set_text(std::string_view utf8);
  void clear();

 private:
  size_t before(size_t at) const;
  size_t behind(size_t at) const;
  void cut(size_t from, size_t to);

  std::string text_;
  size_t most_;
  size_t length_ = 0;
  size_t caret_ = 0;
};

}  // namespace vitrine::ui
