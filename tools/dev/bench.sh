# SPDX-License-Identifier: MIT
# Benchmarks print ratios to an anchor measured in the same run; docs/benchmarks.md keeps the figures.

dev_bench() {
  say "Vitrine: benchmarks"
  prepare_native
  # shellcheck disable=SC2086
  install_packages $packages_test $packages_bench
  configure_and_build native-release "building the benchmarks" -DVITRINE_TESTS=ON
  local bench names=("$@")
  if [ ${#names[@]} -eq 0 ]; then
    for bench in build/native-release/bin/*_bench; do names+=("$(basename "$bench" _bench)"); done
  fi
  for bench in "${names[@]}"; do
    [ -x "build/native-release/bin/${bench}_bench" ] ||
      fail 2 "There is no benchmark \"$bench\". There are: $(cd build/native-release/bin && ls -- *_bench | sed 's/_bench$//' | tr '\n' ' ')"
    say "$bench"
    "build/native-release/bin/${bench}_bench"
  done
}
