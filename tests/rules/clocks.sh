#!/usr/bin/env bash
# Time and blocking in a guest go through the scheduler's two clocks: only their files may call
# the system for it. Otherwise the virtual clock would wait for real time somewhere.
set -euo pipefail
cd "$GS_SOURCE/src"
calls='pthread_cond_(wait|timedwait|clockwait|signal|broadcast)|clock_gettime|gettimeofday|clock_nanosleep|nanosleep|usleep|sleep'
if grep -rnE "(^|[^[:alnum:]_])($calls)[[:space:]]*\(" --include='*.[ch]' sched lua |
    grep -vE '^sched/(real|virtual)\.c:'; then
    echo "only sched/real.c and sched/virtual.c may call these"
    exit 1
fi
