// SPDX-License-Identifier: MIT
// Appends JSON to a string the caller owns and may reuse; with enough capacity it allocates
// nothing. Commas are its own business; balance of begin and end is the caller's and is asserted.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vitrine {

class JsonWriter {
 public:
  explicit JsonWriter(std::string& out) : out_(out) {}

  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);

  JsonWriter& string(std::string_view value);  // invalid UTF-8 becomes U+FFFD
  JsonWriter& integer(int64_t value);
  JsonWriter& number(double value);  // not finite → null; shortest of %.9g
  JsonWriter& boolean(bool value);
  JsonWriter& null();
  // Already JSON; appended as it is.
  JsonWriter& raw(std::string_view json);

 private:
  void separate();

  std::string& out_;
  uint64_t has_items_ = 0;  // one bit a level
  uint32_t depth_ = 0;
  bool after_key_ = false;
};

}  // namespace vitrine
