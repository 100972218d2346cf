# SPDX-License-Identifier: MIT
# The whole product on one machine: server, an enrolled kiosk, and the page once it is built.

bin=$root/build/native-release/bin
port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

require_port() {
  port_is_free "$1" || fail 3 "Port $1 is in use by another program." "Choose another pair: ./dev demo --port $(($1 + 100))"
}

# start_server PORT DATA: returns when it answers.
start_server() {
  local log=$logs/server.log
  "$bin/vitrine-server" --listen "127.0.0.1:$1" --staff-listen "127.0.0.1:$(($1 + 1))" \
    --data "$2/server" --campaigns assets/campaigns --web build/wasm-release/page >"$log" 2>&1 &
  started+=($!)
  local tries=0
  until ! port_is_free "$1"; do
    sleep 0.1
    tries=$((tries + 1))
    kill -0 "${started[-1]}" 2>/dev/null && [ "$tries" -lt 100 ] && continue
    tail -n 20 "$log" >&2
    fail 1 "The server did not start. The whole log: $log"
  done
}

# invite NAME DATA: a one-time code for a new kiosk.
invite() {
  "$bin/vitrine" device add "$1" --data "$2/server" 2>"$logs/invite.log" ||
    { cat "$logs/invite.log" >&2; fail 1 "The server's list of devices did not take $1."; }
}

# start_kiosk PORT DATA [OPTION…]: enrols it the first time.
start_kiosk() {
  local port=$1 data=$2 enrol=()
  shift 2
  [ -f "$data/kiosk/identity.json" ] || enrol=(--enrol "$(invite demo-kiosk "$data")")
  "$bin/vitrine-kiosk" --server "ws://127.0.0.1:$port/ws" --campaign lip-popup \
    --data "$data/kiosk" "${enrol[@]}" "$@" >"$logs/kiosk.log" 2>&1 &
  started+=($!)
}

# The programs run until they are stopped, or one of them ends.
watch_over() {  # watch_over SECONDS, or no number: for ever
  local until=$((SECONDS + ${1:-1000000000}))
  while [ "$SECONDS" -lt "$until" ]; do
    sleep 0.5
    kill -0 "${started[0]}" 2>/dev/null || fail_ended "The server" server
    kill -0 "${started[1]}" 2>/dev/null && continue
    wait "${started[1]}" || fail_ended "The kiosk" kiosk
    say "The kiosk was closed: stopping the server"
    return
  done
}

fail_ended() {
  tail -n 20 "$logs/$2.log" >&2
  fail 1 "$1 ended by itself. The whole log: $logs/$2.log"
}

dev_demo() {
  local headless="" port=8080 data=$state/demo seconds=""
  while [ $# -gt 0 ]; do
    case $1 in
      --headless) headless=yes ;;
      --port) need_number "$1" "${2:-}"; port=$2; shift ;;
      --data) need_value "$1" "${2:-}"; data=$2; shift ;;
      --seconds) need_number "$1" "${2:-}"; seconds=$2; shift ;;
      --lan) fail 2 "--lan (HTTPS for phones on the store's network) is not there yet; the browser of this machine shows the page without it." ;;
      *) fail 2 "Unknown option $1; see ./dev help" ;;
    esac
    shift
  done
  say "Vitrine demo: a kiosk, its server, and the same engine as a page"
  require_port "$port"
  require_port "$((port + 1))"
  prepare_native
  build_native
  mkdir -p "$data" "$logs"

  say "Starting the server"
  start_server "$port" "$data"
  note "shoppers' page   http://127.0.0.1:$port/c/lip-popup   (as soon as it is built)"
  note "live view        http://127.0.0.1:$((port + 1))/live"
  if [ -n "$headless" ] || [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    note "kiosk            runs without a window (no display, or --headless)"
    SDL_VIDEODRIVER=offscreen start_kiosk "$port" "$data" --size 540x960
  else
    note "kiosk            opens in a window"
    start_kiosk "$port" "$data" --windowed --size 540x960
  fi

  say "Building the page meanwhile"
  prepare_page
  build_page
  say "Everything runs. Touch the kiosk, open the page, watch the live view; Ctrl-C stops all."
  note "what was recorded: build/native-release/bin/vitrine export --data $data/server --campaign lip-popup --format csv"
  watch_over "$seconds"
}
