#!/usr/bin/env bash
# Time and blocking in the runtime go through the scheduler's two clocks: only their files may call
# the system for it. Otherwise the virtual clock would wait for real time somewhere.
set -euo pipefail
cd "$GS_SOURCE/src"
[[ -d runtime ]] || exit 0

calls='pthread_cond_(wait|timedwait|clockwait|signal|broadcast)|clock_gettime|gettimeofday|clock_nanosleep|nanosleep|usleep|sleep'
if grep -rnE "(^|[^[:alnum:]_])($calls)[[:space:]]*\(" --include='*.[ch]' runtime |
    grep -vE '^runtime/sched_(real|virtual)\.c:'; then
    echo "runtime/: only sched_real.c and sched_virtual.c may call these"
    exit 1
fi
