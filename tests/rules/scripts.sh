#!/usr/bin/env bash
# A test that is run by hand, without what ctest gives it, ends before it does anything: what it
# would make in its own folder it must not make in the system's.
set -euo pipefail
cd "$GS_SOURCE/tests"
if grep -n '^\. "\?\$GS_SOURCE' cmd/*.sh rules/*.sh; then
    echo 'these lines go on where there is no GS_SOURCE: . "${GS_SOURCE:?}/…" || exit'
    exit 1
fi
