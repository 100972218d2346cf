# SPDX-License-Identifier: MIT
# Random touches on the whole App with a real server behind it; then what the server has must be what
# was touched.

dev_soak() {
  local minutes=${1:-60} data port=8090
  say "Vitrine: random touches for $minutes minutes"
  prepare_native
  # shellcheck disable=SC2086
  install_packages $packages_test
  build native-release "building the soak test" kiosk_soak vitrine-server vitrine
  source tools/dev/demo.sh
  while ! port_is_free "$port" || ! port_is_free "$((port + 1))"; do port=$((port + 2)); done
  data=$(mktemp -d "$state/soak.XXXXXX")
  start_server "$port" "$data"
  SDL_VIDEODRIVER=offscreen "$bin/kiosk_soak" --minutes "$minutes" --seed "$RANDOM" \
    --server "ws://127.0.0.1:$port/ws" --data "$data/kiosk" \
    --enrol "$(invite soak "$data")" | tee "$logs/soak.log"
  [ "${PIPESTATUS[0]}" -eq 0 ] || fail 1 "Something grows. The whole log: $logs/soak.log"
  compare_touches "$data"
  rm -rf "$data"
}

compare_touches() {  # compare_touches DATA
  local touched stored
  touched=$(sed -n 's/^frames .*, touches \([0-9]*\),.*/\1/p' "$logs/soak.log")
  stored=$("$bin/vitrine" export --data "$1/server" --format jsonl |
    grep -c '"type":"screen_touched".*"phase":"down"' || true)
  note "touched $touched times, stored $stored"
  [ "$touched" -eq "$stored" ] || fail 1 "Touches and stored touches differ; both sides are kept in $1."
}
