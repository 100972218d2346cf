// SPDX-License-Identifier: MIT
#include "engine/ui/qr_code.h"

#include <qrcodegen.h>

#include <cstring>
#include <string>

#include "engine/base/utf8.h"

namespace vitrine::ui {

Status QrCode::encode(std::string_view text) {
  static_assert(kBufferSize == qrcodegen_BUFFER_LEN_FOR_VERSION(kMostVersion));
  clear();
  if (text.empty()) return {StatusCode::InvalidArgument, "a QR code of nothing: give it a text"};
  if (!is_valid_utf8(text) || text.find('\0') != std::string_view::npos) {
    return {StatusCode::InvalidArgument, "a QR code takes UTF-8 without zero bytes"};
  }
  // Digits alone pack best, at 3 1/3 bits each; what is longer than that cannot fit.
  std::array<char, kMostBytes * 5 / 2> terminated{};
  std::array<uint8_t, kBufferSize> scratch;
  const bool may_fit = text.size() < terminated.size();
  if (may_fit) std::memcpy(terminated.data(), text.data(), text.size());
  if (may_fit &&
      qrcodegen_encodeText(terminated.data(), scratch.data(), code_.data(), qrcodegen_Ecc_MEDIUM,
                           qrcodegen_VERSION_MIN, kMostVersion, qrcodegen_Mask_AUTO, true)) {
    return {};
  }
  clear();
  return {StatusCode::ResourceExhausted, "a QR code of " + std::to_string(text.size()) +
                                             " bytes: at most " + std::to_string(kMostBytes) +
                                             " can be read from a screen; shorten the address"};
}

bool QrCode::is_dark(int x, int y) const {
  return size() > 0 && qrcodegen_getModule(code_.data(), x, y);
}

}  // namespace vitrine::ui
