# SPDX-License-Identifier: MIT
# Random touches on the whole App with a real server behind it, once with a context that stays and
# once with one lost every minute; then what the server has must be what was touched.

dev_soak() {
  local minutes=${1:-60} port=8090 data
  need_number "./dev soak" "$minutes"
  say "Vitrine: random touches for $minutes minutes by the screen's clock, twice"
  prepare_native
  # shellcheck disable=SC2086
  install_packages $packages_test
  build native-release "building the soak test" kiosk_soak vitrine-server vitrine
  source tools/dev/demo.sh
  while ! port_is_free "$port" || ! port_is_free "$((port + 1))"; do port=$((port + 2)); done
  data=$(mktemp -d "$state/soak.XXXXXX")
  start_server "$port" "$data"
  soak_once steady 0 "$minutes" "$port" "$data"
  soak_once context-loss 1800 "$minutes" "$port" "$data"
  python3 tools/soak_picture.py "$logs/soak.svg" "context kept=$logs/soak-steady.csv" \
    "context lost every minute=$logs/soak-context-loss.csv"
  note "memory and GL objects over time: $logs/soak.svg"
  rm -rf "$data"
}

soak_once() {  # soak_once NAME CONTEXT_LOSS_FRAMES MINUTES PORT DATA
  local log=$logs/soak-$1.log
  say "$1"
  SDL_VIDEODRIVER=offscreen "$bin/kiosk_soak" --minutes "$3" --seed "$RANDOM" --context-loss "$2" \
    --pixel-ratio 0.05 --server "ws://127.0.0.1:$4/ws" --data "$5/$1" --samples "$logs/soak-$1.csv" \
    --enrol "$(invite "soak-$1" "$5")" | tee "$log"
  [ "${PIPESTATUS[0]}" -eq 0 ] || fail 1 "Something grows. The whole log: $log"
  compare_touches "$5" "$log"
}

compare_touches() {  # compare_touches DATA LOG: stored, less what an earlier run stored
  local touched stored
  touched=$(sed -n 's/^frames .*, touches \([0-9]*\),.*/\1/p' "$2")
  stored=$("$bin/vitrine" export --data "$1/server" --format jsonl |
    grep -c '"type":"screen_touched".*"phase":"down"' || true)
  stored=$((stored - ${soak_stored_before:-0}))
  soak_stored_before=$((${soak_stored_before:-0} + stored))
  note "touched $touched times, stored $stored"
  [ "$touched" -eq "$stored" ] || fail 1 "Touches and stored touches differ; both sides are kept in $1."
}
