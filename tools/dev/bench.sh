# SPDX-License-Identifier: MIT
# Benchmarks print ratios to an anchor measured in the same run; docs/benchmarks.md keeps the figures.
# NAME_bench is a program of the native build, tests/bench/NAME_bench.mjs one that drives Chromium.

dev_bench() {
  say "Vitrine: benchmarks"
  prepare_native
  # shellcheck disable=SC2086
  install_packages $packages_test $packages_bench
  configure native-release
  local bench native pages names=("$@") programs=()
  native=$(ninja -C build/native-release -t targets all | sed -n '/^cmake_/d; s/^\([a-z_]*\)_bench: phony$/\1/p' | tr '\n' ' ')
  pages=$(cd tests/bench && printf '%s ' *_bench.mjs | sed 's/_bench\.mjs//g')
  # shellcheck disable=SC2206
  [ ${#names[@]} -gt 0 ] || names=($native $pages)
  for bench in "${names[@]}"; do
    [[ " $native $pages" == *" $bench "* ]] || fail 2 "There is no benchmark \"$bench\". There are: $native$pages"
    [[ " $native" == *" $bench "* ]] && programs+=("${bench}_bench")
  done
  [ ${#programs[@]} -eq 0 ] || build native-release "building the benchmarks" "${programs[@]}"
  [ ${#programs[@]} -eq ${#names[@]} ] || prepare_page_benchmarks
  for bench in "${names[@]}"; do
    say "$bench"
    if [[ " $native" == *" $bench "* ]]; then
      "build/native-release/bin/${bench}_bench"
    else
      node "tests/bench/${bench}_bench.mjs"
    fi
  done
}

prepare_page_benchmarks() {
  prepare_page
  build_page sprite_page network_pages
  [ -d tests/bench/peer/node_modules ] ||
    run_logged npm-peers "what the page is measured beside (npm ci --prefix tests/bench/peer; once)" \
      npm ci --prefix tests/bench/peer --no-audit --no-fund
}
