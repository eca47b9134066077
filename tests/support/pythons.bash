# pythons [MODULE,…]: "VERSION PROGRAM" of each Python that is found, and has these, one a version:
# python3, python3.9 … python3.13, those of $GILSCOPE_TEST_PYTHONS (divided by colons), and the system's.

# python3.11 on the PATH may be a version manager's, for a version that is switched off.
pythons() {
    local seen=() candidates=() one version
    IFS=: read -ra candidates <<<"${GILSCOPE_TEST_PYTHONS-}"
    for one in python3 python3.{9..13} "${candidates[@]}" /usr/bin/python3; do
        version=$("$one" -c "import sys${1:+, $1}; print('%d.%d' % sys.version_info[:2])" 2>/dev/null) ||
            continue
        [[ " ${seen[*]-} " == *" $version "* ]] && continue
        seen+=("$version")
        echo "$version $one"
    done
}
