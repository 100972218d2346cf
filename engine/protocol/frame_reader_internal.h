// SPDX-License-Identifier: MIT
// What the two decoders (our messages, CloudEvents) share: reading checked members of one object.
// Every reader returns false after it has written the decoder's error.
#pragma once

#include <optional>
#include <string_view>

#include "engine/protocol/messages.h"

namespace vitrine::protocol {

struct FrameReader {
  MessageDecoder& decoder;
  JsonValue object;

  enum class Presence { Required, Optional };

  Message& message() { return decoder.message_; }
  std::string& compacted() { return decoder.compacted_; }
  void set_source(std::string_view source) { decoder.source_ = source; }

  bool fail(FrameError error, std::string_view field) {
    decoder.error_ = error;
    decoder.error_field_ = field;
    return false;
  }
  bool fail_missing(std::string_view field) { return fail(FrameError::MissingField, field); }

  // "" when optional and absent.
  bool text(std::string_view field, Presence presence, std::string_view& out);
  bool identifier(std::string_view field, Presence presence, size_t max_length,
                  std::string_view& out);
  // Exactly `length` lower-case hex digits; "" when optional and absent.
  bool hex(std::string_view field, Presence presence, size_t length, std::string_view& out);
  bool id128(std::string_view field, Id128& out);
  bool integer(std::string_view field, int64_t smallest, int64_t largest, int64_t& out);
  bool sequence(std::string_view field, uint64_t smallest, uint64_t& out);
  bool time(std::string_view field, int64_t& out) { return integer(field, 0, kMaxTimeMs, out); }
};

}  // namespace vitrine::protocol
