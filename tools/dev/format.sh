# SPDX-License-Identifier: MIT
dev_format() {
  install_packages clang-format
  git ls-files '*.cpp' '*.h' | xargs clang-format -i
}
