#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# authority.sh DIR HOST…: a certificate authority of one's own, and a certificate of it for these hosts (IPv4
# addresses and names): DIR/authority.crt for kiosks and phones to trust, DIR/server.crt and server.key for
# vitrine-server.
#
# The authority is made once and kept, so that nobody has to trust a new one; whoever has DIR/authority.key can
# make certificates in its name. It is good for private addresses, .local names and the hosts given when it was
# made, and for nothing else: who trusts it trusts no one with other hosts. The certificate is made anew each time.
#
# Exit status: 0 done, 1 openssl failed, 2 wrong use, 3 no openssl, 4 a host that the authority is not good for.
set -euo pipefail

usage() { echo "Usage: tools/dev/authority.sh DIR HOST…" >&2; exit 2; }
[ $# -ge 2 ] || usage
command -v openssl >/dev/null || { echo "openssl is missing: apt-get install openssl" >&2; exit 3; }
folder=$1
shift
hosts=("$@")
is_address() { [[ $1 =~ ^[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+$ ]]; }
for host in "${hosts[@]}"; do
  [[ $host =~ ^[A-Za-z0-9][A-Za-z0-9.-]*$ ]] || { echo "\"$host\" is no IPv4 address and no name" >&2; exit 2; }
done

readonly private=(10.0.0.0/255.0.0.0 172.16.0.0/255.240.0.0 192.168.0.0/255.255.0.0 100.64.0.0/255.192.0.0
  169.254.0.0/255.255.0.0 127.0.0.0/255.0.0.0)
readonly days_authority=1825 days_certificate=90
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077
mkdir -p "$folder"

# run_openssl ARGUMENT…: silent when all is well.
run_openssl() {
  openssl "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
}

make_authority() {
  local allowed="" range host
  for range in "${private[@]}"; do allowed+=",permitted;IP:$range"; done
  for host in local "${hosts[@]}"; do
    if is_address "$host"; then allowed+=",permitted;IP:$host/255.255.255.255"; else allowed+=",permitted;DNS:$host"; fi
  done
  run_openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days $days_authority \
    -keyout "$folder/authority.key" -out "$work/authority.crt" \
    -subj "/CN=Vitrine on $(hostname), $(date +%Y-%m-%d)" \
    -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign \
    -addext "nameConstraints=critical${allowed}"
  mv "$work/authority.crt" "$folder/authority.crt"
}

make_certificate() {
  local names="" host
  for host in "${hosts[@]}"; do
    if is_address "$host"; then names+=",IP:$host"; else names+=",DNS:$host"; fi
  done
  printf '%s\n' "subjectAltName=${names#,}" basicConstraints=CA:FALSE keyUsage=digitalSignature \
    extendedKeyUsage=serverAuth >"$work/extensions"
  run_openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/server.key" \
    -out "$work/request" -subj "/CN=Vitrine server"
  run_openssl x509 -req -in "$work/request" -CA "$folder/authority.crt" -CAkey "$folder/authority.key" \
    -set_serial "0x$(openssl rand -hex 16)" -days $days_certificate -extfile "$work/extensions" -out "$work/server.crt"
  openssl verify -CAfile "$folder/authority.crt" "$work/server.crt" >"$work/log" 2>&1 || {
    echo "The authority in $folder is not good for all of: ${hosts[*]}" >&2
    echo "A new one would be, which phones and kiosks then have to trust: remove $folder/authority.key and run this again." >&2
    exit 4
  }
  mv "$work/server.key" "$folder/server.key"
  mv "$work/server.crt" "$folder/server.crt"
}

[ -f "$folder/authority.key" ] && openssl x509 -checkend 604800 -noout -in "$folder/authority.crt" >/dev/null 2>&1 ||
  make_authority
make_certificate
