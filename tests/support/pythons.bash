# pythons: "VERSION PROGRAM" of each Python that is found, one a version: python3, python3.9 … python3.13
# and those of $GILSCOPE_TEST_PYTHONS (divided by colons).

# python3.11 on the PATH may be a version manager's, for a version that is switched off.
pythons() {
    local seen=() candidates=() one version
    IFS=: read -ra candidates <<<"${GILSCOPE_TEST_PYTHONS-}"
    for one in python3 python3.{9..13} "${candidates[@]}"; do
        version=$("$one" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
        [[ " ${seen[*]-} " == *" $version "* ]] && continue
        seen+=("$version")
        echo "$version $one"
    done
}
