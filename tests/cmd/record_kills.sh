#!/usr/bin/env bash
# Whoever records is killed at random moments: what is left can be read up to shortly before. How
# shortly, on a machine that has nothing else to do, `./dev cuts` measures.
set -euo pipefail
exec python3 -B "${GS_SOURCE:?}/tests/kills/record.py" "$GILSCOPE" 20 7 1.2
