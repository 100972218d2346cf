#!/bin/sh
# SPDX-License-Identifier: MIT
# Fetches the upstream part of a Debian source package and unpacks it to .dev/sources/NAME.
#
#   tools/fetch-source-package.sh [--tarball FILE] [--into DIR] NAME UPSTREAM_VERSION SHA256
#
# NAME              the source package ("libsdl2")
# UPSTREAM_VERSION  the version before Debian's revision ("2.26.5+dfsg"); any revision of it will do,
#                   because only the upstream tarball is used
# SHA256            of the upstream (orig) tarball; anything else is refused
# --tarball FILE    use this tarball and no network; the sum is checked all the same. A folder of
#                   tarballs may be named in VITRINE_SOURCE_TARBALLS instead
# --into DIR        where to unpack, instead of .dev/sources/NAME
#
# The entries for sources are derived from this machine's own apt configuration; they and their
# lists live under .dev/apt, the system's own lists are not touched, root is not needed.
#
# Exit status: 0 done, or was there already; 2 wrong use; 3 no network; 4 no such package or
# version; 5 wrong sum; 6 no disk space; 7 no usable apt configuration; 1 anything else.
set -u

needed_mib=250 # lists, tarball and unpacked sources together

note() { printf '%s\n' "fetch-source-package: $*" >&2; }
fail() { status=$1; shift; note "$*"; exit "$status"; }
usage() { sed -n '3,20s/^# \{0,1\}//p' "$0"; }

parse_arguments() {
  tarball= into=
  while [ $# -gt 0 ]; do
    case $1 in
      --help) usage; exit 0 ;;
      --tarball) [ $# -ge 2 ] || fail 2 "--tarball needs a file"; tarball=$2; shift 2 ;;
      --into) [ $# -ge 2 ] || fail 2 "--into needs a folder"; into=$2; shift 2 ;;
      -*) fail 2 "unknown option $1; see --help" ;;
      *) break ;;
    esac
  done
  [ $# -eq 3 ] || fail 2 "expected NAME UPSTREAM_VERSION SHA256; see --help"
  name=$1 version=$2 sha256=$3
  case $name in *[!a-z0-9+.-]* | '') fail 2 "\"$name\" is no package name" ;; esac
  case $version in *[!A-Za-z0-9+.~-]* | '') fail 2 "\"$version\" is no version" ;; esac
  case $sha256 in *[!0-9a-f]* | '') fail 2 "\"$sha256\" is no lower-case SHA-256" ;; esac
  [ ${#sha256} -eq 64 ] || fail 2 "a SHA-256 has 64 digits, this has ${#sha256}"
}

check_disk() {
  free_mib=$(df -Pm "$work" | awk 'NR == 2 { print $4 }')
  [ "${free_mib:-0}" -ge "$needed_mib" ] ||
    fail 6 "$work has ${free_mib:-0} MiB free, $needed_mib MiB are needed: make room and run again"
}

# The suites of the installed release alone: other vendors' archives seldom carry sources, and one
# that fails must not stop this.
write_entries() {
  codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
  [ -n "$codename" ] || fail 7 "/etc/os-release names no VERSION_CODENAME; pass --tarball FILE"
  entries=$work/apt/sources.list.d
  rm -rf "$entries" && mkdir -p "$entries" || fail 1 "cannot write $entries"
  etc=${VITRINE_APT_ETC:-/etc/apt}
  for file in "$etc/sources.list" "$etc"/sources.list.d/*.list; do
    [ -r "$file" ] && one_line_entries "$file"
  done | sort -u >"$entries/derived.list"
  for file in "$etc"/sources.list.d/*.sources; do
    [ -r "$file" ] && deb822_entries "$file"
  done >"$entries/derived.sources"
  [ -s "$entries/derived.list" ] || [ -s "$entries/derived.sources" ] ||
    fail 7 "$etc names no archive for $codename; add Debian's own, or pass --tarball FILE"
}

# "deb [options] uri suite components" → the same for sources.
one_line_entries() {
  awk -v codename="$codename" '
    $1 != "deb" && $1 != "deb-src" { next }
    {
      line = $0
      sub(/^[ \t]*deb(-src)?[ \t]+/, "", line)
      options = ""
      if (line ~ /^\[/) {
        close_at = index(line, "]")
        options = substr(line, 1, close_at)
        line = substr(line, close_at + 1)
        sub(/arch[+-]?=[^] ]*/, "", options)
      }
      split(line, field, /[ \t]+/)
      suite = (field[1] == "") ? field[3] : field[2]
      if (suite != codename && index(suite, codename "-") != 1 && index(suite, codename "/") != 1) next
      sub(/^[ \t]+/, "", line)
      print "deb-src " options (options == "" ? "" : " ") line
    }' "$1"
}

# A stanza keeps everything (keys may stand in it) but its types and architectures.
deb822_entries() {
  awk -v codename="$codename" '
    function flush(   i, n, part, keep) {
      n = split(suites, part, /[ \t]+/)
      for (i = 1; i <= n; i++)
        if (part[i] == codename || index(part[i], codename "-") == 1 || index(part[i], codename "/") == 1) keep = 1
      if (keep && enabled && has_types) printf "Types: deb-src\n%s\n", stanza
      stanza = suites = ""; enabled = 1; has_types = skipping = 0
    }
    BEGIN { enabled = 1 }
    /^[ \t]*$/ { flush(); next }
    /^#/ { next }
    /^[^ \t]/ {
      skipping = 0
      key = tolower($0); sub(/:.*/, "", key)
      value = $0; sub(/^[^:]*:[ \t]*/, "", value)
      if (key == "types") { has_types = 1; skipping = 1; next }
      if (key == "architectures") { skipping = 1; next }
      if (key == "enabled") { if (tolower(value) ~ /^(no|false|off|0)/) enabled = 0; skipping = 1; next }
      if (key == "suites") suites = value
    }
    /^[ \t]/ && skipping { next }
    { stanza = stanza $0 "\n" }
    END { flush() }' "$1"
}

apt() {
  command=$1; shift
  sandbox=
  [ "$(id -u)" -eq 0 ] && sandbox=root # the unprivileged user may not be able to see .dev
  LC_ALL=C "$command" \
    -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$work/apt/sources.list.d" \
    -o Dir::State::lists="$work/apt/lists" -o Dir::Cache="$work/apt/cache" \
    -o Acquire::Languages=none -o Acquire::Retries=2 -o Acquire::http::Timeout=30 \
    ${sandbox:+-o APT::Sandbox::User=$sandbox} "$@"
}

# What apt wrote says what is wrong better than its exit status does.
explain() {
  log=$1
  if grep -qi 'no space left' "$log"; then
    fail 6 "the disk under $work is full: make room and run again"
  fi
  if grep -Eqi 'could not resolve|temporary failure|could not connect|connection (timed out|refused)|network is unreachable|unable to connect' "$log"; then
    fail 3 "no network to the archive ($(grep -Eio 'https?://[^/ ]+' "$log" | head -1)): connect, or pass --tarball FILE (a copy of ${name}_$version.orig.tar.*)"
  fi
}

download() {
  for tool in apt-get apt-cache; do
    command -v $tool >/dev/null || fail 7 "$tool is not here (not Debian?): pass --tarball FILE"
  done
  write_entries
  mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/apt/download" ||
    fail 1 "cannot write under $work/apt"
  log=$work/apt/log
  note "reading the archive's list of sources (kept in $work/apt)"
  apt apt-get update >"$log" 2>&1 || { explain "$log"; tail -5 "$log" >&2; fail 1 "apt-get update failed"; }
  full=$(newest_revision)
  if [ -z "$full" ]; then
    explain "$log"
    others=$(apt apt-cache showsrc "$name" 2>/dev/null | sed -n 's/^Version: //p' | sort -u | tr '\n' ' ')
    [ -n "$others" ] && fail 4 "the archive has $name in ${others}but not $version: pass --tarball FILE, or move the pin in cmake/ThirdParty.cmake"
    fail 4 "the archive has no source package $name"
  fi
  note "fetching $name $full"
  (cd "$work/apt/download" && apt apt-get source --download-only --tar-only --only-source -q "$name=$full") >"$log" 2>&1 ||
    { explain "$log"; tail -5 "$log" >&2; fail 1 "apt-get source $name=$full failed"; }
  tarball=$(find_tarball "$work/apt/download")
  [ -n "$tarball" ] || fail 4 "$name $full came without an upstream tarball"
}

newest_revision() {
  apt apt-cache showsrc "$name" 2>/dev/null | awk -v name="$name" -v want="$version" '
    $1 == "Package:" { package = $2 }
    $1 == "Version:" && package == name {
      upstream = $2; sub(/^[0-9]+:/, "", upstream); sub(/-[^-]*$/, "", upstream)
      if (upstream == want) print $2
    }' | sort -V | tail -1
}

find_tarball() {
  for file in "$1/${name}_$version".orig.tar.*; do
    case $file in *.asc) continue ;; esac
    [ -f "$file" ] && printf '%s' "$file" && return
  done
}

check_sum() {
  [ -r "$tarball" ] || fail 2 "cannot read $tarball"
  sum=$(sha256sum <"$tarball" | cut -d' ' -f1)
  [ "$sum" = "$sha256" ] ||
    fail 5 "$tarball has SHA-256 $sum, pinned is $sha256: the tarball is damaged or not the one that was reviewed"
}

unpack() {
  fresh=$into.new
  rm -rf "$fresh" && mkdir -p "$fresh" || fail 1 "cannot write $fresh"
  tar -xf "$tarball" -C "$fresh" --strip-components=1 2>"$work/tar.log" || {
    grep -qi 'no space left' "$work/tar.log" && fail 6 "the disk under $work is full: make room and run again"
    tail -3 "$work/tar.log" >&2
    fail 1 "cannot unpack $tarball"
  }
  printf '%s\n' "$stamp" >"$fresh/.vitrine-source"
  rm -rf "$into" && mv "$fresh" "$into" || fail 1 "cannot put the sources to $into"
  rm -f "$work/tar.log"
}

parse_arguments "$@"
root=$(cd "$(dirname "$0")/.." && pwd)
work=$root/.dev
into=${into:-$work/sources/$name}
stamp="$name $version $sha256"
if [ "$(cat "$into/.vitrine-source" 2>/dev/null)" = "$stamp" ]; then
  exit 0
fi
mkdir -p "$work/sources" || fail 1 "cannot write $work"
check_disk
if [ -z "$tarball" ] && [ -n "${VITRINE_SOURCE_TARBALLS:-}" ]; then
  tarball=$(find_tarball "$VITRINE_SOURCE_TARBALLS")
fi
[ -n "$tarball" ] || download
check_sum
unpack
note "$name $version is in $into"
