# SPDX-License-Identifier: MIT
dev_soak() {
  local minutes=${1:-60}
  say "Vitrine: random touches for $minutes minutes"
  prepare_native
  # shellcheck disable=SC2086
  install_packages $packages_test
  configure_and_build native-release "building the soak test" -DVITRINE_TESTS=ON -- kiosk_soak
  SDL_VIDEODRIVER=offscreen build/native-release/bin/kiosk_soak --minutes "$minutes"
}
