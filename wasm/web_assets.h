// SPDX-License-Identifier: MIT
// The campaign's files by fetch, relative to the campaign's address; see js/library_assets.js.
#pragma once

#include "engine/platform/assets.h"
#include "wasm/js_results.h"

namespace vitrine::wasm {

class WebAssets final : public Assets {
 public:
  void request(std::string_view path, Done done) override;
  void poll() override;

 private:
  Pending<Done> pending_;
  std::vector<Done> refused_;  // paths that leave the folder; answered from poll() as well
};

}  // namespace vitrine::wasm
