// SPDX-License-Identifier: MIT
// The certificate and key of a listener that speaks TLS: checked before they are used, taken anew
// when they are renewed on disk. The only place that knows OpenSSL. Loop's thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "engine/base/status.h"

struct ssl_ctx_st;

namespace vitrine {

// Both PEM. The certificate's file holds its chain too, the listener's own first.
struct TlsFiles {
  std::string certificate;
  std::string key;
};

class TlsCertificate {
 public:
  // InvalidArgument: a file is missing, is no such thing, the two do not belong together, or the
  // certificate is over. The message names the file and the cure.
  static Result<TlsCertificate> open(TlsFiles files);

  TlsCertificate(TlsCertificate&&) noexcept;
  TlsCertificate& operator=(TlsCertificate&&) noexcept;
  ~TlsCertificate();

  // Every handshake on `context` shows it from now on, TLS 1.2 at least. `context` outlives this.
  bool attach(ssl_ctx_st* context);

  // Looks whether the files were replaced, at most every two seconds. Replaced ones are taken when
  // neither has changed between two looks (nobody replaces two files at one moment); those that
  // cannot be used are left, and the ones before stay. Connections that are open go on. A line for
  // the log, "" when there is nothing to tell.
  std::string poll(int64_t now_ms);

 private:
  struct Parts;
  struct State {
    std::filesystem::file_time_type certificate_time, key_time;
    uintmax_t certificate_size = 0, key_size = 0;

    friend bool operator==(const State&, const State&) = default;
  };

  explicit TlsCertificate(TlsFiles files);
  Status load();
  State look() const;

  TlsFiles files_;
  std::unique_ptr<Parts> parts_;
  ssl_ctx_st* context_ = nullptr;
  State used_, seen_;
  int64_t looked_ms_ = 0;
};

}  // namespace vitrine
