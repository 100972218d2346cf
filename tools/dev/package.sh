# SPDX-License-Identifier: MIT
# The two Debian packages (docs/server.md, docs/kiosk.md), from the release builds.
dev_package() {
  [ $# -eq 0 ] || fail 2 "Usage: ./dev package"
  say "Vitrine: packing"
  prepare_native
  # shellcheck disable=SC2086
  install_packages $packages_package
  build native-release "building kiosk, server and tools" vitrine-kiosk vitrine-server vitrine vitrine-looks
  prepare_page
  build_page
  rm -rf build/native-release/packages
  run_logged cpack "packing them (cpack)" sh -c 'cd build/native-release && cpack'
  say "Packages: $(echo build/native-release/packages/*.deb)"
}
