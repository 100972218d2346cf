# SPDX-License-Identifier: MIT
# Everything is tested in the debug build with sanitizers; the page in its release form.

dev_test() {
  local all="" labels=() label
  for label in "$@"; do
    case $label in
      all) all=yes ;;
      unit|gl|server|browser|enemy|golden|vision|long) labels+=("$label") ;;
      *) fail 2 "There is no label \"$label\"; ./dev help names them." ;;
    esac
  done
  say "Vitrine: testing"
  prepare_native
  # shellcheck disable=SC2086
  install_packages $packages_test
  build native-debug "building everything with sanitizers (8 to 20 minutes the first time)"
  if [ ${#labels[@]} -eq 0 ] || [[ " ${labels[*]} " =~ \ (browser|golden|long)\  ]]; then
    prepare_page
    build_page golden_page page_counting network_pages
  fi
  if [ -n "$all" ]; then
    # shellcheck disable=SC2086
    install_packages $packages_training
    build native-debug "building the renderer of the face tracker's training pictures" vitrine-vision-render
    [ -e build/vision/ict.head ] ||
      note "No build/vision/ict.head: no nets are trained, those tests are skipped (docs/vision/head.md makes one)."
  fi
  if [ -n "$all" ] || [[ " ${labels[*]} " == *" long "* ]]; then
    build wasm-stock "building the page with all of SDL, to compare with (8 to 20 minutes the first time)" page
  fi
  # More than cores: many tests wait for a process or a network most of their time.
  local ctest=(ctest --test-dir build/native-debug --output-on-failure --no-tests=error
    -j "$((jobs + 2))")
  if [ ${#labels[@]} -gt 0 ]; then
    ctest+=(-L "^($(IFS='|'; echo "${labels[*]}"))$")
  elif [ -z "$all" ]; then
    ctest+=(-LE '^(long|bench)$')
  fi
  if [ -n "$all" ]; then
    source tools/dev/fuzz.sh
    source tools/dev/bench.sh
    dev_fuzz 60
    dev_bench
  fi
  "${ctest[@]}"
}
