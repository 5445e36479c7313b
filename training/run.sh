#!/bin/sh
# The whole recipe, from nothing to weights in extract/ocr/models/: about four hours on two free cores, resumable (run it again).
#   training/run.sh RUNS_FOLDER        needs: requirements.txt installed, fetch_fonts.sh run once
set -eu
runs=${1:-training/runs}
cd "$(dirname "$0")/.."
export OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
python -m training "$runs/held" --minutes 200 --rate 2.5e-3
python -m training.export "$runs/held/last.pt" "$runs/held.onnx"
python -m training.evaluate "$runs/held.onnx" --share 0.3 --json "$runs/held-figures.json"
python -m training "$runs/release" --minutes 40 --rate 8e-4 --fonts all --start "$runs/held/last.pt"
python -m training.export "$runs/release/last.pt" extract/ocr/models/lines.onnx
