// SPDX-License-Identifier: MIT
// What a member of staff asks a running server for, and what of the answer a test looks at.
#pragma once

#include <string>
#include <string_view>

#include "engine/base/json/json.h"
#include "tests/server/web_asking.h"

namespace vitrine::test {

// "products.0.stock" of a JSON text, as JSON; "" where there is none.
inline std::string part_of(const std::string& json, std::string_view path) {
  JsonDocument document;
  if (!document.parse(json)) return "not JSON: " + json;
  JsonValue value = document.root();
  while (!path.empty() && value.exists()) {
    const std::string step(path.substr(0, path.find('.')));
    path.remove_prefix(std::min(path.size(), step.size() + 1));
    if (value.is(JsonType::Array)) {
      value = value.first();
      for (int skip = std::atoi(step.c_str()); skip > 0 && value.exists(); --skip) {
        value = value.next();
      }
    } else {
      value = value.find(step);
    }
  }
  return value.exists() ? std::string(value.raw()) : "";
}

inline Answer act(uint16_t staff_port, const std::string& path, const std::string& body,
                  const std::string& headers = "Origin: http://127.0.0.1\r\n") {
  return post_json(staff_port, path, body, headers);
}

inline Answer publish(uint16_t staff_port, int64_t base, const std::string& products) {
  return act(staff_port, "/api/campaigns/lip-popup/publish",
             "{\"base_version\":" + std::to_string(base) + ",\"products\":" + products + "}");
}

// Of the second sample product, "true-red", as screens get it.
inline std::string shown(uint16_t public_port, const std::string& path) {
  return part_of(ask(public_port, "GET /c/lip-popup/campaign.json").body, "products.1." + path);
}

}  // namespace vitrine::test
