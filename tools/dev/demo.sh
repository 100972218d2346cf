# SPDX-License-Identifier: MIT
# The whole product on one machine: server, an enrolled kiosk, and the page once it is built.

bin=$root/build/native-release/bin
port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

require_port() {
  local other=$(($1 + 100))
  [ "$other" -le 65534 ] || other=$(($1 - 100))
  port_is_free "$1" || fail 3 "Port $1 is in use by another program." "Choose another pair: ./dev demo --port $other"
}

# start_server HOST PORT DATA [OPTION…]: returns when it answers. The staff listener stays on this machine.
start_server() {
  local log=$logs/server.log host=$1 port=$2 data=$3
  shift 3
  "$bin/vitrine-server" --listen "$host:$port" --staff-listen "127.0.0.1:$((port + 1))" \
    --data "$data/server" --campaigns assets/campaigns --web build/wasm-release/page "$@" >"$log" 2>&1 &
  started+=($!)
  local tries=0
  until ! port_is_free "$port"; do
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

# start_kiosk ADDRESS DATA [OPTION…]: enrols it the first time.
start_kiosk() {
  local address=$1 data=$2 enrol=()
  shift 2
  [ -f "$data/kiosk/identity.json" ] || enrol=(--enrol "$(invite demo-kiosk "$data")")
  "$bin/vitrine-kiosk" --server "$address/ws" --campaign lip-popup \
    --data "$data/kiosk" "${enrol[@]}" "$@" >"$logs/kiosk.log" 2>&1 &
  started+=($!)
}

# This machine's addresses in its networks; the first is the one that it reaches others from.
lan_addresses() { hostname -I 2>/dev/null | tr ' ' '\n' | grep -E '^[0-9]+(\.[0-9]+){3}$' || true; }

# make_certificates DATA: an authority that is kept, and a certificate for this machine as it is now.
make_certificates() {
  local addresses name
  mapfile -t addresses < <(lan_addresses)
  [ ${#addresses[@]} -gt 0 ] ||
    fail 3 "This machine has no address in a network (hostname -I)." "Connect it, or leave out --lan."
  name=$(hostname)
  tools/dev/authority.sh "$1/authority" "${addresses[@]}" 127.0.0.1 localhost "$name" "$name.local" ||
    fail 1 "There is no certificate for this machine: see above."
}

# tell_phones URL: what a phone on this network does.
tell_phones() {
  say "On a phone in this network: $1/c/lip-popup/"
  "$bin/vitrine" qr "$1/c/lip-popup/"
  note "Trust, once a phone: open http://${1#https://}/authority.crt, then install it (docs/server.md#https says where)."
  note "Without trust: the browser warns, go on by hand; the page runs and records. Only what keeps it for a visit without a network needs trust."
}

# tell_addresses URL STAFF_PORT
tell_addresses() {
  note "shoppers' page   $1/c/lip-popup"
  note "face tracker     $1/labs/tracker"
  note "live view        http://127.0.0.1:$2/live"
  note "console          http://127.0.0.1:$2/console   (for staff: prices, stock, vouchers)"
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
  local headless="" port=8080 invite="Touch the kiosk, open" data=$state/demo seconds="" lan="" host=127.0.0.1 scheme=http tls=() trust=()
  while [ $# -gt 0 ]; do
    case $1 in
      --headless) headless=yes ;;
      --port) need_port "$1" "${2:-}"; port=$((10#$2)); shift ;;
      --data) need_value "$1" "${2:-}"; data=$2; shift ;;
      --seconds) need_number "$1" "${2:-}"; seconds=$2; shift ;;
      --lan) lan=yes ;;
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

  if [ -n "$lan" ]; then
    # shellcheck disable=SC2086
    install_packages $packages_lan
    make_certificates "$data"
    host=0.0.0.0 scheme=https trust=(--ca "$data/authority/authority.crt")
    tls=(--tls-certificate "$data/authority/server.crt" --tls-key "$data/authority/server.key"
      --tls-authority "$data/authority/authority.crt")
  fi
  say "Starting the server"
  start_server "$host" "$port" "$data" "${tls[@]}"
  tell_addresses "$scheme://127.0.0.1:$port" "$((port + 1))"
  local socket=${scheme/http/ws}://127.0.0.1:$port
  if [ -n "$headless" ] || [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    invite="Open"
    note "kiosk            runs without a window (no display, or --headless)"
    # Nobody sees its frames: more and larger ones would only take from the page's build.
    SDL_VIDEODRIVER=offscreen start_kiosk "$socket" "$data" --windowed --size 270x480 --frame-rate 10 "${trust[@]}"
  else
    note "kiosk            opens in a window"
    start_kiosk "$socket" "$data" --windowed --size 540x960 "${trust[@]}"
  fi

  say "Building the two pages meanwhile: the shoppers' and the face tracker's answer \"not found\" until then"
  prepare_page
  build_page
  [ -z "$lan" ] || tell_phones "https://$(lan_addresses | head -n 1):$port"
  say "Everything runs. $invite the page, watch the live view; Ctrl-C stops all."
  tell_addresses "$scheme://127.0.0.1:$port" "$((port + 1))"
  note "what was recorded: build/native-release/bin/vitrine export --data $data/server --campaign lip-popup --format csv"
  watch_over "$seconds"
}
