#!/usr/bin/env bash
# Runs one scene of this folder through `gilscope check` and compares with what its comments expect:
#   -- options: OPTIONS of check      (default: none, so the virtual clock)
#   -- status: N                      (default: 0, every check of the scene holds)
#   -- says: TEXT                     a line of stdout or stderr contains it; may stand repeatedly
set -uo pipefail
scene=$1
expected() { sed -n "s/^-- $1: //p" "$scene"; }

want=$(expected status)
read -ra options <<<"$(expected options)"
got=0
out=$("$GILSCOPE" check ${options[@]+"${options[@]}"} "$scene" 2>&1 </dev/null) || got=$?
failed=0
if [[ $got != "${want:-0}" ]]; then
    echo "exit status $got instead of ${want:-0}"
    failed=1
fi
while IFS= read -r text; do
    [[ -z $text ]] || grep -qF -- "$text" <<<"$out" || { echo "nowhere: $text"; failed=1; }
done < <(expected says)
[[ $failed == 0 ]] || printf '%s\n' "$out"
exit $failed
