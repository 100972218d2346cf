// SPDX-License-Identifier: MIT
// Named bytes of a campaign: its JSON, drawings, pictures.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "engine/base/status.h"

namespace vitrine {

class Assets {
 public:
  using Done = std::function<void(Result<std::string>)>;

  virtual ~Assets() = default;

  // Loads `path`, relative to the campaign's folder, with forward slashes and no "..", at most
  // 8 MiB. `done` runs exactly once, from poll() on the App's thread, never inside request().
  // Errors: NotFound, InvalidArgument (a path that leaves the folder), ResourceExhausted (too
  // large), Unavailable (no network; may be asked again).
  virtual void request(std::string_view path, Done done) = 0;

  // Delivers what has arrived. Called once a frame by App.
  virtual void poll() = 0;
};

}  // namespace vitrine
