#!/usr/bin/env bash
# Every fault that `./dev faults` knows can still be put into the sources: a list that does not
# follow them tests nothing.
set -euo pipefail
python3 -B "$GS_SOURCE/tests/faults/run.py" "$GS_SOURCE"
