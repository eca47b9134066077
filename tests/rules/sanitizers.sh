#!/usr/bin/env bash
# Each compiler has its own way to say which sanitizer is built in: only base/sanitizers.h knows.
set -euo pipefail
cd "$GS_SOURCE"

if grep -rnE --include='*.[ch]' '__SANITIZE_|__has_feature' src tests | grep -v '^src/base/sanitizers.h:'; then
    echo "ask GS_THREAD_SANITIZER or GS_ADDRESS_SANITIZER instead"
    exit 1
fi
for compiler in gcc clang; do
    for kind in thread address; do
        command -v $compiler >/dev/null || continue
        echo "GS_${kind^^}_SANITIZER" | $compiler -fsanitize=$kind -E -P -include src/base/sanitizers.h - |
            grep -qx 1 || { echo "$compiler -fsanitize=$kind is not seen"; exit 1; }
    done
done
