# SPDX-License-Identifier: MIT
# Each libFuzzer target for so many seconds, on its committed corpus; a crash is a failure and its
# input is kept.

dev_fuzz() {
  local seconds=${1:-60} target
  need_number "./dev fuzz" "$seconds"
  say "Vitrine: fuzzing, $seconds s a target"
  prepare_native
  # shellcheck disable=SC2086
  install_packages $packages_test $packages_fuzz
  if [ ! -f build/fuzz/.configured ]; then
    run_logged configure-fuzz "configuring with clang" cmake -S . -B build/fuzz -G Ninja \
      -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ -DCMAKE_BUILD_TYPE=RelWithDebInfo \
      -DVITRINE_FUZZ=ON
    touch build/fuzz/.configured
  fi
  run_logged build-fuzz "building the fuzz targets" ninja -C build/fuzz -j "${JOBS:-$jobs}" fuzzers
  for target in build/fuzz/bin/*_fuzz; do
    local name found
    name=$(basename "$target" _fuzz)
    found=$state/fuzz/$name
    mkdir -p "$found"
    run_logged "fuzz-$name" "$name" "$target" -max_total_time="$seconds" -artifact_prefix="$found/" \
      -rss_limit_mb=1024 -timeout=10 "$found" "tests/fuzz/corpus/$name"
    note "$(grep -E 'DONE|stat::number_of_executed|Done ' "$logs/fuzz-$name.log" | tail -n 1)"
  done
}
