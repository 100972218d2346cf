// SPDX-License-Identifier: MIT
// Misuse of an interface is our own bug: it stops the program with the place and the condition.
#pragma once

namespace vitrine {

using AssertHandler = void (*)(const char* file, int line, const char* condition);

// Replaces what happens on a failed assertion (tests count them) and returns the old handler. The
// default prints to stderr and aborts. Any thread; set it before other threads start.
AssertHandler set_assert_handler(AssertHandler handler);

void assertion_failed(const char* file, int line, const char* condition);

}  // namespace vitrine

// The page is built without the texts, which would be a hundredth of its weight: the line remains.
#ifndef VITRINE_ASSERT_TEXT
#define VITRINE_ASSERT_TEXT 1
#endif
#if VITRINE_ASSERT_TEXT
#define VITRINE_ASSERTION_FAILED(condition) \
  ::vitrine::assertion_failed(__FILE__, __LINE__, condition)
#else
#define VITRINE_ASSERTION_FAILED(condition) ::vitrine::assertion_failed("", __LINE__, "")
#endif

// On in every build: a kiosk that stops and is restarted by its watchdog beats one that goes on
// with a broken invariant. Keep the condition cheap.
#define VITRINE_ASSERT(condition)           \
  do {                                      \
    if (!(condition)) [[unlikely]]          \
      VITRINE_ASSERTION_FAILED(#condition); \
  } while (false)
