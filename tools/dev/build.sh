# SPDX-License-Identifier: MIT
dev_build() {
  say "Vitrine: building everything"
  prepare_native
  build_native
  prepare_page
  build_page
  say "Built: build/native-release/bin and build/wasm-release/page"
}
