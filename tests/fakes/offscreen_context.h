// SPDX-License-Identifier: MIT
// A GLES 3 context without a display, by SDL's offscreen driver; destroyed and made anew at will to
// play a lost context.
#pragma once

#include <memory>

namespace vitrine::test {

class OffscreenContext {
 public:
  // Null when the machine has no GLES 3 at all.
  static std::unique_ptr<OffscreenContext> create(int width, int height);
  virtual ~OffscreenContext() = default;

  // Destroys the context with everything in it and makes a new one current.
  virtual void replace() = 0;
  virtual void swap() = 0;
};

}  // namespace vitrine::test
