#!/bin/sh
# SPDX-License-Identifier: MIT
# with_map.sh MAP LINK…: the linker's map goes to a file. emcc drops every option that begins with -M, so
# --print-map has to be used, which prints it.
map=$1
shift
exec "$@" > "$map"
