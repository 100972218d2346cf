// SPDX-License-Identifier: MIT
#include "server/message_assembler.h"

namespace vitrine {

MessageAssembler::Result MessageAssembler::add(const Piece& piece) {
  if (piece.first) {
    buffer_.clear();
    fragments_ = 0;
    in_progress_ = true;
  }
  const uint64_t known = buffer_.size() + piece.bytes.size();
  if (piece.remaining_in_frame > kMaxMessageBytes ||
      known + piece.remaining_in_frame > kMaxMessageBytes) {
    return Result::TooLarge;
  }
  if (piece.final) {
    in_progress_ = false;
    // Most messages come whole: no copy.
    if (buffer_.empty()) {
      message_ = piece.bytes;
      return Result::Complete;
    }
    buffer_.append(piece.bytes);
    message_ = buffer_;
    return Result::Complete;
  }
  if (piece.remaining_in_frame == 0 && ++fragments_ > kMaxFragments) {
    return Result::TooManyFragments;
  }
  // Ten thousand idle sockets must not each keep the largest message they ever sent.
  if (piece.first) buffer_ = std::string();
  buffer_.append(piece.bytes);
  return Result::More;
}

}  // namespace vitrine
