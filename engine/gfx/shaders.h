// SPDX-License-Identifier: MIT
// The text of every shader. docs/rendering.md says what the shape shader expects of a vertex.
#pragma once

#include <cstddef>

namespace vitrine::gfx {

// A shader's text without comments and needless spaces, made by the compiler: the page carries it.
// Lines stay, so that a driver's complaint names the line of the source.
template <size_t kSize>
class ShaderText {
 public:
  consteval explicit ShaderText(const char (&source)[kSize]) {
    bool directive = false;  // "#version 300 es"
    for (size_t i = 0; i + 1 < kSize; ++i) {
      const bool comment = source[i] == '/' && source[i + 1] == '/';
      while (comment && source[i] != '\n') ++i;
      if (source[i] == '#') directive = true;
      if (source[i] == '\n') directive = false;
      if (source[i] != ' ' || directive || is_needed_space(source[i + 1]))
        text_[size_++] = source[i];
    }
  }
  constexpr const char* text() const { return text_; }

 private:
  static constexpr bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.';
  }
  // Between words, and between signs that would become one.
  constexpr bool is_needed_space(char next) const {
    const char last = size_ == 0 ? '\n' : text_[size_ - 1];
    if (is_word(last) && is_word(next)) return true;
    return (last == '+' || last == '-') && (next == '+' || next == '-');
  }

  char text_[kSize] = {};
  size_t size_ = 0;
};

extern const char* const kShapeVertexShader;
extern const char* const kShapeFragmentShader;
extern const char* const kFullscreenVertexShader;
// A background's fragment shader is the head, one of the shades and the tail.
extern const char* const kBackgroundHead;
extern const char* const kBackgroundTail;
extern const char* const kSilkShade;
extern const char* const kPlainShade;
extern const char* const kAuroraShade;
extern const char* const kNightShade;
extern const char* const kBlurFragmentShader;

}  // namespace vitrine::gfx
