// SPDX-License-Identifier: MIT
// The world's fault, by value: a code that callers and tests match, and a message for people that
// says what, where, which limit and what to do. Ordinary absence (no new frame, no network) is an
// optional or an enum, never a Status.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "engine/base/assert.h"

namespace vitrine {

enum class StatusCode {
  Ok,
  InvalidArgument,  // what was given can never work
  NotFound,
  AlreadyExists,
  PermissionDenied,
  ResourceExhausted,  // a limit, a full disk, a full queue
  Unavailable,        // may work later
  DataLoss,           // stored data is damaged or gone
  Internal,
};

std::string_view status_code_name(StatusCode code);

class [[nodiscard]] Status {
 public:
  Status() = default;
  Status(StatusCode code, std::string message) : code_(code), message_(std::move(message)) {}

  bool ok() const { return code_ == StatusCode::Ok; }
  StatusCode code() const { return code_; }
  const std::string& message() const { return message_; }

  // "not_found: campaigns/x: no such folder", or "ok".
  std::string to_string() const;

 private:
  StatusCode code_ = StatusCode::Ok;
  std::string message_;
};

// A value or the Status that says why there is none. Expects: value() is called only when ok().
template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}         // NOLINT: implicit by design
  Result(Status status) : status_(std::move(status)) {  // NOLINT: implicit by design
    VITRINE_ASSERT(!status_.ok());
  }

  bool ok() const { return value_.has_value(); }
  const Status& status() const { return status_; }

  T& value() & {
    VITRINE_ASSERT(value_.has_value());
    return *value_;
  }
  const T& value() const& {
    VITRINE_ASSERT(value_.has_value());
    return *value_;
  }
  T&& value() && {
    VITRINE_ASSERT(value_.has_value());
    return std::move(*value_);
  }

 private:
  std::optional<T> value_;
  Status status_;
};

}  // namespace vitrine
