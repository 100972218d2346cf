// SPDX-License-Identifier: MIT
#include "engine/base/status.h"

namespace vitrine {

std::string_view status_code_name(StatusCode code) {
  switch (code) {
    case StatusCode::Ok:
      return "ok";
    case StatusCode::InvalidArgument:
      return "invalid_argument";
    case StatusCode::NotFound:
      return "not_found";
    case StatusCode::AlreadyExists:
      return "already_exists";
    case StatusCode::PermissionDenied:
      return "permission_denied";
    case StatusCode::ResourceExhausted:
      return "resource_exhausted";
    case StatusCode::Unavailable:
      return "unavailable";
    case StatusCode::DataLoss:
      return "data_loss";
    case StatusCode::Internal:
      return "internal";
  }
  return "unknown";
}

std::string Status::to_string() const {
  if (ok()) return "ok";
  return std::string(status_code_name(code_)) + ": " + message_;
}

}  // namespace vitrine
