# SPDX-License-Identifier: MIT
dev_format() {
  install_packages $packages_format
  git ls-files '*.cpp' '*.h' | xargs clang-format -i
}
