# Which Pythons the tests are run with: python3, python3.9 … python3.13, those of $GILSCOPE_TEST_PYTHONS
# (divided by colons), and the system's.

# "VERSION PROGRAM" of each that is there. python3.11 on the PATH may be a version manager's, for a
# version that is switched off.
every_python() {
    local candidates=() one version
    IFS=: read -ra candidates <<<"${GILSCOPE_TEST_PYTHONS-}"
    for one in python3 python3.{9..13} "${candidates[@]}" /usr/bin/python3; do
        version=$("$one" -c "import sys; print('%d.%d' % sys.version_info[:2])" 2>/dev/null) &&
            echo "$version $one"
    done
}

# pythons [MODULE,…]: the first of each version that has these. `./dev` has looked for all once, and
# $GS_PYTHONS is what it found.
pythons() {
    local seen=() version one
    while read -r version one; do
        [[ -z $one || " ${seen[*]-} " == *" $version "* ]] && continue
        [[ -z ${1-} ]] || "$one" -c "import $1" &>/dev/null </dev/null || continue
        seen+=("$version")
        echo "$version $one"
    done <<<"${GS_PYTHONS-$(every_python)}"
}
