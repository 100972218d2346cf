# SPDX-License-Identifier: MIT
# What every ./dev command uses: messages, packages, sources, builds. Sourced by ./dev, which has
# set $root and changed into it.

export NODE_PATH=/usr/share/nodejs
export VITRINE_EMSCRIPTEN_TOOLCHAIN=${VITRINE_EMSCRIPTEN_TOOLCHAIN:-/usr/share/emscripten/cmake/Modules/Platform/Emscripten.cmake}
state=$root/.dev
logs=$state/logs
os_release=/etc/os-release
jobs=$(nproc)

# Debian packages by what needs them; cmake/ThirdParty.cmake says what each is for, and a test holds
# the two lists together.
packages_native="g++ cmake ninja-build pkg-config python3 python3-fonttools
  libsdl2-dev libgles-dev libegl-dev libegl1 libgl1-mesa-dri libwebsockets-dev
  libwebsockets-evlib-ev libev-dev libssl-dev libcurl4-openssl-dev libsqlite3-dev libsodium-dev
  libgoogle-perftools-dev libspeechd-dev espeak-ng libavformat-dev libavcodec-dev libavdevice-dev libswscale-dev
  librsvg2-dev rapidjson-dev libstb-dev fonts-noto-cjk xz-utils node-typescript"
packages_page="emscripten dpkg-dev brotli librsvg2-bin nodejs npm node-typescript"
packages_test="catch2 chromium chromium-headless-shell python3-jsonschema python3-yaml nodejs cage xwayland zbar-tools mmdebstrap
  nginx-light strace"
packages_lan="openssl"
packages_package="dpkg-dev file"
packages_training="python3-torch python3-numpy"
packages_fuzz="clang libclang-rt-14-dev"
packages_bench="redis-server libhiredis-dev postgresql libpq-dev"
packages_format="clang-format"

# What runs in the background ends with this script, however that ends. A shell's background
# processes ignore Ctrl-C by themselves.
started=()
stop_started() {
  local status=$? pid
  trap - EXIT INT TERM
  release_services
  for pid in "${started[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
  exit "$status"
}
trap stop_started EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
note() { printf '  %s\n' "$*"; }
# fail STATUS MESSAGE…: says what is wrong and what to do, one argument a line.
fail() {
  local status=$1
  shift
  printf '\n' >&2
  printf '%s\n' "$@" >&2
  exit "$status"
}

# need_value OPTION [VALUE], need_number OPTION [VALUE]: wrong use without.
need_value() { [ -n "${2:-}" ] || fail 2 "$1 needs a value; see ./dev help"; }
need_number() {
  need_value "$@"
  [[ $2 =~ ^[0-9]{1,9}$ ]] || fail 2 "$1 needs a number, not \"$2\"; see ./dev help"
}

# need_port OPTION [VALUE]: one that has another after it, for staff.
need_port() {
  need_number "$@"
  [ "$((10#$2))" -ge 1 ] && [ "$((10#$2))" -le 65534 ] ||
    fail 2 "$1 needs a number from 1 to 65534, not \"$2\": the next port is the staff's"
}

# One build at a time in a tree: two would write the same files. What is built holds the lock, too, so it
# lasts as long as anything still writes.
lock_builds() {
  mkdir -p "$state"
  exec 9>"$state/lock"
  flock -n 9 && return
  note "another ./dev is building in this tree: waiting until it is done; Ctrl-C ends this one alone"
  flock 9 &
  started+=("$!")
  wait "$!"
  unset 'started[-1]'
}
unlock_builds() { exec 9>&-; }

refuse_while_building() {
  mkdir -p "$state"
  exec 9>"$state/lock"
  flock -n 9 || fail 3 "Another ./dev is building in this tree: nothing was removed." "End that, then run this again."
}

last_line() { tail -c 400 "$1" | tr '\r' '\n' | grep -v '^ *$' | tail -n 1 | cut -c1-100; }

# run_logged NAME REASON COMMAND…: runs quietly with the last line of progress shown every few
# seconds; on failure shows the end of the log and where the whole of it is.
run_logged() {
  local name=$1 reason=$2 log status=0 began=$SECONDS
  shift 2
  mkdir -p "$logs"
  log=$logs/$name.log
  note "$reason"
  "$@" >"$log" 2>&1 &
  local pid=$! ticks=0
  started+=("$pid")
  while kill -0 "$pid" 2>/dev/null; do
    sleep 0.2
    ticks=$((ticks + 1))
    [ $((ticks % 50)) -eq 0 ] && note "… $(last_line "$log")"
  done
  wait "$pid" || status=$?
  unset 'started[-1]'
  if [ "$status" -ne 0 ]; then
    tail -n 40 "$log" >&2
    explain_failure "$log"
    fail 1 "$reason: failed. The whole log: $log"
  fi
  [ $((SECONDS - began)) -lt 3 ] || note "done in $((SECONDS - began)) s"
}

# explain_failure LOG: ends with the cure where the log shows a well-known cause.
explain_failure() {
  # A full disk may have no room for the log that would say so.
  if grep -qE 'No space left on device|not have enough free space|ENOSPC' "$1" || [ "$(free_mb "$root")" -lt 20 ]; then
    fail 3 "The disk is full: $(free_mb "$root") MB are left on the disk of $root, $(free_mb /var) MB on that of /var." \
      "Free about 4 GB and run the same command again; nothing is lost."
  fi
  if grep -qE 'Killed signal terminated program|out of memory' "$1"; then
    fail 3 "The compiler was stopped for lack of memory. Close other programs, or run with fewer jobs: JOBS=1 ./dev …"
  fi
  if grep -qE 'Could not get lock|is another process using it' "$1"; then
    fail 3 "Another program is installing packages. Let it finish, then run the same command again."
  fi
  if grep -q 'dpkg was interrupted' "$1"; then
    fail 3 "An earlier installation was interrupted. Run: dpkg --configure -a" "Then run the same command again."
  fi
  explain_network "$1"
}

explain_network() {
  local cause='Failed to fetch|Temporary failure resolving|Could not (connect|resolve)|Unable to (connect|fetch)'
  cause+='|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET'
  grep -qE "$cause" "$1" || return 0
  grep -E "$cause" "$1" | tail -n 2 >&2
  fail 3 "The archive of packages does not answer (log: $1)." \
    "Check the network, a proxy in /etc/apt/apt.conf.d or in npm's configuration, and the lists in /etc/apt; then run the same command again."
}

require_debian_12() {
  local system=""
  [ -n "${VITRINE_ANY_SYSTEM:-}" ] && return
  [ -r "$os_release" ] && system=$(. "$os_release"; echo "${ID:-} ${VERSION_ID:-}")
  [ "$system" = "debian 12" ] ||
    fail 3 "Vitrine is built and tested on Debian 12 (this is ${system:-unknown}). Build in the container: podman build -t vitrine -f Containerfile . (VITRINE_ANY_SYSTEM=1 tries here, with the packages named in tools/dev/common.sh installed by you.)"
}

free_mb() { df -Pm "$1" | awk 'NR == 2 { print $4 }'; }

require_disk() {  # require_disk FOLDER MEGABYTES
  local free
  free=$(free_mb "$1")
  [ "$free" -ge "$2" ] || fail 3 "Only $free MB are free on the disk of $1; $2 MB are needed." \
    "Free some space and run the same command again."
}

is_installed() {
  case $1 in
    nodejs) command -v node >/dev/null && return ;;
    npm) command -v npm >/dev/null && return ;;
  esac
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

require_root_for() {  # require_root_for PACKAGE…
  [ "$(id -u)" -eq 0 ] || command -v sudo >/dev/null ||
    fail 3 "These packages are missing, and this is neither root nor is there sudo:" \
      "  apt-get install $*" "Have them installed, then run the same command again."
}

# Daemons that a package brings are for the tests to start, on ports of their own; this machine's may be
# taken. While a package is installed nothing of it is started (Debian's policy-rc.d).
policy=${VITRINE_POLICY_FILE:-/usr/sbin/policy-rc.d}
services_held=""
hold_services() {
  [ ! -e "$policy" ] && [ -d "${policy%/*}" ] || return 0
  services_held=1
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
}
release_services() {
  [ -z "$services_held" ] || as_root rm -f "$policy"
  services_held=""
}

# install_packages NAME…: what is not there yet, by name, with a reason when that cannot be had.
install_packages() {
  local name missing=()
  for name in "$@"; do is_installed "$name" || missing+=("$name"); done
  [ ${#missing[@]} -eq 0 ] && return
  require_debian_12
  note "missing: ${missing[*]}"
  require_root_for "${missing[@]}"
  require_disk /var 2500
  update_package_lists
  for name in "${missing[@]}"; do
    apt-cache show "$name" >/dev/null 2>&1 || fail_without_package "$name"
  done
  hold_services
  run_logged apt-install "installing them (apt-get install; once)" as_root env \
    LC_ALL=C DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "${missing[@]}"
  release_services
}

# A list that cannot be read (a vendor's, say) need not matter: a package that is then missing tells.
update_package_lists() {
  mkdir -p "$logs"
  as_root env LC_ALL=C apt-get -o Acquire::Retries=2 update >"$logs/apt-update.log" 2>&1 ||
    note "apt-get update complains (log: $logs/apt-update.log)"
}

fail_without_package() {
  explain_network "$logs/apt-update.log"
  fail 3 "This machine's package archive has no package \"$1\"." \
    "It is part of Debian 12 main: check that main is enabled in /etc/apt, run apt-get update, then this again."
}

# Node packages by name and lock file: the page's optional minifier, the browser driver.
install_node_packages() {
  local stamp=$state/npm.stamp want
  want=$(sha256sum package-lock.json | cut -d' ' -f1)
  [ -f "$stamp" ] && [ -d node_modules ] && [ "$(cat "$stamp")" = "$want" ] && return
  run_logged npm-ci "Node packages of package-lock.json (npm ci; once)" \
    env PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund
  mkdir -p "$state"
  echo "$want" >"$stamp"
}

# Once: ninja runs CMake again by itself when CMake's files changed.
configure() {  # configure PRESET
  [ -f "build/$1/build.ninja" ] && [ -f "build/$1/.configured" ] && return
  run_logged "configure-$1" "configuring $1" cmake --preset "$1"
  touch "build/$1/.configured"
}

# build PRESET REASON [TARGET…]: everything when no target is named.
build() {
  local preset=$1 reason=$2
  shift 2
  lock_builds
  configure "$preset"
  run_logged "build-$preset" "$reason" ninja -C "build/$preset" -j "${JOBS:-$jobs}" "$@"
  unlock_builds
}

prepare_native() {
  require_disk "$root" 1500
  # shellcheck disable=SC2086
  install_packages $packages_native
  fetch_source imgui VITRINE_IMGUI ImGui
  fetch_source qr-code-generator VITRINE_QR "the QR code generator"
}

prepare_page() {
  # shellcheck disable=SC2086
  install_packages $packages_page
  install_node_packages
  fetch_source libsdl2 VITRINE_SDL SDL
  fetch_source libsodium VITRINE_SODIUM libsodium
}

# What is compiled from source; version and sum are pinned in cmake/ThirdParty.cmake.
fetch_source() {  # fetch_source PACKAGE PIN NAME
  local version sum
  version=$(pinned "$2_VERSION")
  sum=$(pinned "$2_SHA256")
  [ -d "$state/sources/$1" ] || note "$3's sources from Debian's source package (apt-get source; once)"
  tools/fetch-source-package.sh "$1" "$version" "$sum" ||
    fail 3 "$3's sources could not be had: see the line above." "Mend that, then run the same command again."
}

pinned() { sed -n "s/^ *set($1 \\(.*\\))/\\1/p" cmake/ThirdParty.cmake; }

build_native() {
  build native-release "building kiosk, server and tools (3 to 15 minutes the first time)" \
    vitrine-kiosk vitrine-server vitrine
}

# build_page [TARGET…]: all of the page, and what else is named.
build_page() {
  build wasm-release "building the page for browsers (4 to 17 minutes the first time)" all "$@"
}
