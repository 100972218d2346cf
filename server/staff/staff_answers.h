// SPDX-License-Identifier: MIT
// Answers of the staff listener's API.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "engine/base/json/json_writer.h"
#include "engine/base/status.h"
#include "server/http/static_files.h"

namespace vitrine {

inline WebResponse told(int status, std::string json) {
  return json_response(RouteClass::Staff, status, std::move(json));
}

inline WebResponse refused(int status, std::string_view code) {
  std::string out;
  JsonWriter(out).begin_object().key("error").string(code).end_object();
  return told(status, std::move(out));
}

inline std::string_view storage_refusal(const Status& status) {
  return status.code() == StatusCode::ResourceExhausted ? "storage_full" : "storage_unavailable";
}

inline WebResponse refused(const Status& status) {
  return refused(503, storage_refusal(status));
}

}  // namespace vitrine
