# SPDX-License-Identifier: MIT
dev_shots() {
  [ $# -eq 1 ] || fail 2 "Usage: ./dev shots DIR"
  say "Vitrine: drawing every scene state"
  prepare_native
  build_native
  mkdir -p "$1"
  local campaign
  for campaign in assets/campaigns/*/; do
    run_logged "shots-$(basename "$campaign")" "$(basename "$campaign")" \
      env SDL_VIDEODRIVER=offscreen build/native-release/bin/vitrine-kiosk --offline \
      --campaign "$campaign" --shots "$1"
  done
  say "Pictures: $1"
}
