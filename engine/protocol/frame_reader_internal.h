// SPDX-License-Identifier: MIT
// What the decoders (our messages, CloudEvents, claims) share: reading checked members of one
// object. Every reader returns false after it has written the decoder's error.
#pragma once

#include <optional>
#include <string_view>

#include "engine/protocol/messages.h"

namespace vitrine::protocol {

// Members of one object of a frame.
struct MemberReader {
  JsonValue object;
  FrameError& error;
  std::string_view& error_field;

  enum class Presence { Required, Optional };

  bool fail(FrameError what, std::string_view field) {
    error = what;
    error_field = field;
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

// Of a frame of vitrine.1, with the decoder that it goes into.
struct FrameReader : MemberReader {
  FrameReader(MessageDecoder& into, JsonValue from)
      : MemberReader{from, into.error_, into.error_field_}, decoder(into) {}

  Message& message() { return decoder.message_; }
  std::string& compacted() { return decoder.compacted_; }
  void set_source(std::string_view source) { decoder.source_ = source; }

  MessageDecoder& decoder;
};

// Exactly one of signature and token, and a device with a signature.
bool read_proof(MemberReader& in, std::string_view& device, std::string_view& signature,
                std::string_view& token);

// One JSON object of at most `max_bytes`; else why the frame is refused.
std::optional<FrameError> parse_frame(JsonDocument& document, std::string_view text,
                                      size_t max_bytes);

}  // namespace vitrine::protocol
