# What the tests of exporters share whose files are read back and held against what `--to json` says of
# the same run: it is recorded in r.gsr.

# compares WHAT FORMAT [EXPORT-OPTION...]: by tests/support/FORMAT.py; what it has seen is left in out.
compares() {
    local what=$1 format=$2
    shift 2
    try 0 export r.gsr --to "$format" -o exported "$@"
    try 0 export r.gsr --to json -o x.json
    python3 -B "$GS_SOURCE/tests/support/$format.py" exported x.json >out 2>err ||
        fail "$what: not what json says"
}

# has_some KIND...: so many of each were compared, and not none.
has_some() {
    local kind
    for kind in "$@"; do
        grep -qE "^$kind [1-9]" out || fail "no $kind"
    done
}
