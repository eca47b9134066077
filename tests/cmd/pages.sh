#!/usr/bin/env bash
# The manual page and the completions: made from the lists of commands and options, so nothing is missing
# in them; right by what reads them; and installed where that looks.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
cd "$here" || exit
: >out >err
pages=${GS_BUILD:?}/pages

# Every option of every command, and every command, by the help of the program itself.
commands=$("$GILSCOPE" --help | sed -n 's/^  gilscope \([a-z]*\) .*/\1/p' | sort -u)
[[ $(wc -w <<<"$commands") -ge 9 ]] || fail "the commands are not found"
for command in $commands; do
    tried="gilscope $command"
    for page in gilscope.1 gilscope.bash _gilscope gilscope.fish; do
        grep -qw -- "$command" "$pages/$page" || fail "$page lacks the command"
    done
    bash_words=$(sed -n "/^    $command) words=/p" "$pages/gilscope.bash")
    zsh_words=$(sed -n "/^    $command)/,/;;/p" "$pages/_gilscope")
    fish_words=$(grep -E -- "__fish_seen_subcommand_from[^']* $command[ ']" "$pages/gilscope.fish")
    for option in $("$GILSCOPE" help "$command" | sed -n 's/^  .*--\([a-z-]*\).*/\1/p'); do
        grep -qF -- "\\-\\-${option//-/\\-}\\fR" "$pages/gilscope.1" || fail "gilscope.1 lacks --$option"
        grep -qF -- " --$option" <<<"$bash_words" || fail "bash lacks --$option"
        grep -qF -- "--$option" <<<"$zsh_words" || fail "zsh lacks --$option"
        grep -qE -- "-l $option( |$)" <<<"$fish_words" || fail "fish lacks --$option"
    done
done

tried="man gilscope"
if command -v man >/dev/null; then
    LC_ALL=C.UTF-8 MANWIDTH=80 MANROFFOPT='' man --warnings -E UTF-8 -l "$pages/gilscope.1" >page 2>warned
    [[ ! -s warned ]] || fail "man warns: $(head -3 warned)"
    col -b <page >plain
    for text in "gilscope - watch what" "COMMANDS" "--idle-limit T" "… and up to this one" \
        "128 + n ended by signal n" "NO_COLOR"; do
        grep -qF -- "$text" plain || fail "the page lacks '$text'"
    done
fi
if command -v mandoc >/dev/null; then
    # It wants a date, and a page that is the same each time it is built has none.
    mandoc -T lint -W warning "$pages/gilscope.1" | grep -v 'missing date' >lint
    [[ ! -s lint ]] || fail "mandoc finds: $(head -3 lint)"
fi

# completes WORDS... -- WANTED...: what bash offers for the last of the words has all of the wanted.
completes() {
    local words=() wanted
    while [[ $1 != -- ]]; do
        words+=("$1")
        shift
    done
    shift
    tried="complete ${words[*]}"
    PATH=$(dirname "$GILSCOPE"):$PATH bash -c '
        compopt() { :; }
        source "$1" && shift
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _gilscope; printf "%s\n" "${COMPREPLY[@]}"' _ "$pages/gilscope.bash" "${words[@]}" >out 2>err
    for wanted in "$@"; do
        grep -qxF -- "$wanted" out || fail "'$wanted' is not offered"
    done
    err_empty
}
touch film.gsr
completes gilscope "" -- run trace export help
completes gilscope ex -- export
out_lacks run
completes gilscope run --cl -- --clock
out_lacks --color
completes gilscope run --clock "" -- real virtual
completes gilscope run --clock = v -- virtual
completes gilscope run --gil = -- 3.12 off
completes gilscope run gil/con -- gil/convoy
completes gilscope export fi -- film.gsr
completes gilscope export film.gsr --to ca -- cast
completes gilscope run --export js -- json=
completes gilscope run --record fi -- film.gsr
completes gilscope help pl -- play
completes gilscope --cl -- --clock
completes gilscope run --seed "" --
[[ ! -s out || $(<out) == "" ]] || fail "numbers are guessed"

bash -n "$pages/gilscope.bash" || fail "bash does not read it"
if command -v zsh >/dev/null; then
    zsh -n "$pages/_gilscope" || fail "zsh does not read it"
fi
if command -v fish >/dev/null; then
    fish --no-execute "$pages/gilscope.fish" || fail "fish does not read it"
    tried="fish: complete"
    offered=$(HOME=$here fish -c "source $pages/gilscope.fish; complete -C 'gilscope export x.gsr --to c'")
    [[ $offered == *cast* ]] || fail "fish does not offer cast: $offered"
fi

tried="cmake --install"
DESTDIR=$here/stage cmake --install "$GS_BUILD" --prefix /usr >out 2>err || fail "it fails"
for file in bin/gilscope share/man/man1/gilscope.1 share/bash-completion/completions/gilscope \
    share/zsh/site-functions/_gilscope share/fish/vendor_completions.d/gilscope.fish; do
    [[ -s $here/stage/usr/$file ]] || fail "$file is not installed"
done
finish
