#!/usr/bin/env bash
# cpython_suite.sh KIND PYTHON…: CPython's own tests of threads, or of processes, with each of these
# Pythons, plain, watched and driven, and every test that comes out otherwise than plain. What is as it must be stands in
# cpython_suite.expected, with the reason; anything else fails. A process that hangs or ends before
# its last test is begun again behind that.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
kind=$1
case $kind in
threads) modules=(test_thread test_threading test_threading_local test_queue) ;;
processes) modules=(test_multiprocessing_fork test_multiprocessing_forkserver test_multiprocessing_spawn) ;;
*) echo "cpython_suite: '$kind' is none of threads, processes" >&2; exit 2 ;;
esac
shift
modules+=(test_concurrent_futures)
limit=900 # seconds for a module's tests, or for what is left of them
work=$(mktemp -d)
failed=0

# in_way WAY PYTHON ARGUMENTS...
in_way() {
    local way=$1 python=$2
    shift 2
    set -- "$here/support/one_by_one.py" "$@"
    case $way in
    plain) timeout $limit "$python" "$@" ;;
    watched) timeout $limit "$GILSCOPE" trace --print none -- "$python" "$@" ;;
    driven)
        timeout $limit "$GILSCOPE" run --clock virtual --print none --python "$python" "$1" -- "${@:2}"
        ;;
    esac
}

# Of each test "NAME WORD", sorted; of several words for one the worst.
summarize() {
    awk '$1 == "begun" { next }
        !($2 in of) || $1 == "fails" || $1 == "unended" { of[$2] = $1 }
        END { for (test in of) print test, of[test] }' | sort
}

# run WAY PYTHON MODULE LOG: what comes of each test, into $work/WAY.
run() {
    local way=$1 python=$2 module=$3 log=$4 results=$work/results last
    : >"$results"
    while :; do
        in_way "$way" "$python" "$module" "$kind" "$results" >>"$log" 2>&1 </dev/null
        last=$(tail -n 1 "$results")
        [[ $last == begun\ * ]] || break
        echo "unended ${last#begun }" >>"$results"
    done
    summarize <"$results" >"$work/$way"
}

# reason WAY TEST: why it comes out otherwise.
reason() {
    local way test text
    while read -r way test text; do
        [[ $way == "$1" && $2 == *"$test" ]] && echo "$text" && return
    done <"$here/cpython_suite.expected"
}

differences() {
    local way=$1 test plain got why
    while read -r test plain got; do
        [[ $plain == "$got" ]] && continue
        why=$(reason "$way" "$test")
        [[ $why ]] || failed=1
        echo "    $way: $test: $got, not $plain${why:+, since $why}"
    done < <(join -a 1 -a 2 -e missing -o 0,1.2,2.2 "$work/plain" "$work/$way")
}

count() { cut -d' ' -f2 "$1" | sort | uniq -c | tr -s ' \n' ' '; }

for python in "$@"; do
    version=$("$python" -c 'import platform; print(platform.python_version())') || exit 2
    for module in "${modules[@]}"; do
        log=$work/$version.$module
        run plain "$python" "$module" "$log.plain"
        if [[ ! -s $work/plain ]]; then
            echo "$version $module: not installed"
            continue
        fi
        echo "$version $module:$(count "$work/plain")"
        for way in watched driven; do
            run $way "$python" "$module" "$log.$way"
            differences $way
        done
    done
done
if [[ $failed == 0 ]]; then rm -rf "$work"; else echo "what they printed is in $work"; fi
exit $failed
