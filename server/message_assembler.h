// SPDX-License-Identifier: MIT
// Puts a text message together from the pieces the socket gives, within bounds that are checked
// before anything is kept. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine {

constexpr size_t kMaxMessageBytes = 64 * 1024;
constexpr uint32_t kMaxFragments = 64;

class MessageAssembler {
 public:
  struct Piece {
    std::string_view bytes;
    uint64_t remaining_in_frame = 0;  // declared by the frame's header, not yet received
    bool first = false;               // of the message
    bool final = false;               // the last byte of the message
  };
  enum class Result {
    More,
    Complete,  // message() is valid until the next add()
    TooLarge,
    TooManyFragments,
  };

  Result add(const Piece& piece);

  std::string_view message() const { return message_; }
  bool in_progress() const { return in_progress_; }

 private:
  std::string buffer_;
  std::string_view message_;
  uint32_t fragments_ = 0;
  bool in_progress_ = false;
};

}  // namespace vitrine
