// SPDX-License-Identifier: MIT
// The headers that all tests share are compiled beside this (tests/CMakeLists.txt).
