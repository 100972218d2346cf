#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Draws on all cores and trains the nets at once, without a network; leaves weights, curves and reports.
#
#   tools/vision/train/run.sh HEAD_FILE OUT_FOLDER [SECONDS]
#
# SECONDS (default 480) is the length of the training; building, the first pictures, the correction, reports and export
# come on top: some minutes with a GPU, half an hour without. In the environment: PYTHON, the Python that has PyTorch;
# DATA, a folder for the pictures (default: a temporary one; 64 kB a picture); RENDER, a renderer that is built; RECIPE, another
# recipe; START_LANDMARKS and START_DETECTOR, weights to go on from (.pt, or .net as shipped); START_PARTS, a folder
# of those of lips and eye.
set -euo pipefail

head=$(realpath -m "${1:?head file; docs/vision/head.md}") out=${2:?folder for results} seconds=${3:-480}
if ! [[ $seconds =~ ^[1-9][0-9]*(\.[0-9]+)?$ ]]; then
  echo "usage: run.sh HEAD_FILE OUT_FOLDER [SECONDS]; SECONDS must be a number of at least 1, not \"$seconds\"" >&2
  exit 2
fi
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
recipe_file=$(realpath "${RECIPE:-$here/recipe.json}")
cores=$(nproc)
mkdir -p "$out"
out=$(cd "$out" && pwd)

fail() { printf '%s\n' "$*" >&2; exit 3; }

find_python() {
  local candidate
  for candidate in ${PYTHON:-} python3 /usr/bin/python3 /opt/*/bin/python3 /usr/local/bin/python3; do
    if "$candidate" -c 'import torch, numpy' 2>/dev/null; then echo "$candidate"; return; fi
  done
  return 1
}

build_renderer() {
  cmake -S "$root/tools/vision/render" -B "$data/build" -DCMAKE_BUILD_TYPE=Release
  cmake --build "$data/build" --target vitrine-vision-render -j "$cores"
}

# In memory where some 30 GB are free, else on disk.
new_folder() {
  local place=${TMPDIR:-/tmp} free
  free=$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)
  [ "${free:-0}" -lt 30000000 ] || place=/dev/shm
  mktemp -d -p "$place" vitrine-faces.XXXXXX
}

python=$(find_python) || fail "No Python here has torch and numpy; name one with PYTHON=."
python=$(command -v "$python")
python=$(cd "$(dirname "$python")" && pwd)/${python##*/}  # not where a link leads: an environment's own is one
start_of() { [ -z "$1" ] || realpath -qe "$1" || fail "$1 is not there; it was to be gone on from."; }
start_landmarks=$(start_of "${START_LANDMARKS:-}")
start_detector=$(start_of "${START_DETECTOR:-}")
start_parts=$(start_of "${START_PARTS:-}")
for part in ${start_parts:+lips eye}; do
  [ -r "$start_parts/$part.pt" ] || [ -r "$start_parts/$part.net" ] || fail "$start_parts has neither $part.pt nor $part.net."
done
[ -r "$head" ] || fail "$head cannot be read; docs/vision/head.md says how to make it."
own_data=""
if [ -z "${DATA:-}" ]; then
  own_data=yes
  DATA=$(new_folder)
fi
mkdir -p "$DATA"
data=$(realpath "$DATA")
[ -z "${RENDER:-}" ] || RENDER=$(realpath -qe "$RENDER") || fail "the renderer that RENDER names is not there."
draw=("${RENDER:-$data/build/vitrine-vision-render}" --head "$head" --out "$data")
started=()
stop() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  [ -z "$own_data" ] || rm -rf "$data"
}
trap stop EXIT

"$python" -c 'import torch; print("torch", torch.__version__, "cuda", torch.cuda.is_available())'
[ -n "${RENDER:-}" ] || build_renderer
echo "built after $SECONDS s"
recipe() { "$python" -c "import json; r = json.load(open('$recipe_file')); print($1)"; }
recipe 'r["correction"]["steps"]' >/dev/null
seed=$(recipe 'r["seed"]') held=$(recipe 'r["held_out"]["seed"]')

# What is held out first: other seeds, never trained on.
"${draw[@]}" --name held_crop --count "$(recipe 'r["held_out"]["crop"]')" --seed "$held"
"${draw[@]}" --name held_near --count "$(recipe 'r["held_out"]["crop"]')" --seed "$held" --size 288
for tones in 1-3 4-7 8-10; do  # the same faces, in skin of each third of the tones
  "${draw[@]}" --name "held_tones_$tones" --count "$(recipe 'r["held_out"]["crop"] // 2')" --seed "$held" --tones "$tones"
done
"${draw[@]}" --name held_frame --count "$(recipe 'r["held_out"]["frame"]')" --framing frame --seed "$((held + 1))"
"${draw[@]}" --name held_empty --count "$(recipe 'r["held_out"]["empty"]')" --framing empty --seed "$((held + 2))"
echo "held-out pictures after $SECONDS s"
threads() { local n=$((cores * $1 / 16)); echo $((n > 0 ? n : 1)); }
"${draw[@]}" --name empty --count "$(recipe 'r["landmarks"]["capacity"] // 8')" --framing empty --seed "$((seed + 2))" --threads "$(threads 1)" &
started+=($!)
"${draw[@]}" --name crop --count "$(recipe 'r["landmarks"]["capacity"]')" --seed "$seed" --threads "$(threads 10)" &
started+=($!)
"${draw[@]}" --name frame --count "$(recipe 'r["detector"]["capacity"]')" --framing frame --seed "$((seed + 1))" --threads "$(threads 4)" &
started+=($!)

# glibc gives every large block back to the system, and a net asks for the same ones at each step.
keeper=$(ls /usr/lib/*/libtcmalloc_minimal.so.4 2>/dev/null | head -n 1 || true)
learn=(env OPENBLAS_NUM_THREADS=1 ${keeper:+LD_PRELOAD=$keeper TCMALLOC_MAX_TOTAL_THREAD_CACHE_BYTES=1000000000} "$python" -B)

cd "$here"
# Of an earlier run: its mistakes are not those of this one.
[ "${start_detector:-/}" -ef "$out/detector.pt" ] || rm -f "$out/detector.pt"
common=(--data "$data" --out "$out" --seconds "$seconds" --recipe "$recipe_file" --validate-every 12)
status=0
"${learn[@]}" train_detector.py "${common[@]}" ${start_detector:+--start "$start_detector"} >"$out/detector.log" 2>&1 &
others=($!)
"${learn[@]}" train_parts.py "${common[@]}" ${start_parts:+--start "$start_parts"} >"$out/parts.log" 2>&1 &
others+=($!)
started+=("${others[@]}")
"${learn[@]}" train_landmarks.py "${common[@]}" --detector "$out/detector.pt" ${start_landmarks:+--start "$start_landmarks"} 2>&1 | tee "$out/landmarks.log" || status=1
for pid in "${others[@]}"; do wait "$pid" || status=1; done
for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
"${learn[@]}" train_correction.py --data "$data" --out "$out" --recipe "$recipe_file" --start "$out/landmarks.pt" --parts "$out" 2>&1 | tee "$out/correction.log" || status=1
echo "trained after $SECONDS s"
for kind in landmarks detector lips eye; do
  "$python" -B export.py "$kind" "$out/$kind.pt" "$out/$kind.net" --data "$data" --recipe "$recipe_file" 2>&1 | tee "$out/$kind.export.log" || status=1
done
for kind in crop near tones_1-3 tones_4-7 tones_8-10; do
  "$python" -B evaluate.py --data "$data" --prefix "held_$kind" --recipe "$recipe_file" --weights "$out/landmarks.pt" --parts "$out" \
    --rounded --out "$out/landmarks_${kind}_report" || status=1
done
tail -n 3 "$out/detector.log" "$out/parts.log"
cat "$out"/*_report.md 2>/dev/null || true
echo "done after $SECONDS s"
exit "$status"
