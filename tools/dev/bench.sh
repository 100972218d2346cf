# SPDX-License-Identifier: MIT
# Benchmarks print ratios to an anchor measured in the same run; docs/benchmarks.md keeps the figures.

dev_bench() {
  say "Vitrine: benchmarks"
  prepare_native
  # shellcheck disable=SC2086
  install_packages $packages_test $packages_bench
  configure native-release
  local bench known names=("$@")
  known=$(ninja -C build/native-release -t targets all | sed -n 's/^\([a-z]*\)_bench: phony$/\1/p' | tr '\n' ' ')
  # shellcheck disable=SC2206
  [ ${#names[@]} -gt 0 ] || names=($known)
  for bench in "${names[@]}"; do
    [[ " $known" == *" $bench "* ]] || fail 2 "There is no benchmark \"$bench\". There are: $known"
  done
  build native-release "building the benchmarks" "${names[@]/%/_bench}"
  for bench in "${names[@]}"; do
    say "$bench"
    "build/native-release/bin/${bench}_bench"
  done
}
