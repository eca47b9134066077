#!/usr/bin/env bash
# Every way in which the screen can end, on a real terminal: it is given back, nothing stays.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
. "${GS_SOURCE:?}/tests/support/left.bash" || exit
. "${GS_SOURCE:?}/tests/support/pane.bash" || exit
: >"$here/out" && : >"$here/err"

# A crash that this test makes is no finding of a sanitizer.
export ASAN_OPTIONS=${ASAN_OPTIONS-}:handle_segv=0:handle_abort=0
export TSAN_OPTIONS=${TSAN_OPTIONS-}:handle_segv=0:handle_abort=0

cat >"$here/endless.lua" <<'LUA'
scene { title = "Endless" }
local t = threading.Thread { target = function() while true do end end, name = "worker" }
t:start()
t:join()
LUA
open_pane
settings before

watch() {
    on run --clock "${1:-real}" "$here/${2:-endless}.lua"
    sees "${3:-worker}"
    await stage_of "$screen" || fail "no stage"
    stage=$(stage_of "$screen")
}

for clock in real virtual; do
    watch $clock
    keys q
    restored 0
done

# Scenes that would hang whoever runs them, and names that would steer the terminal.
harm() { { echo "scene { title = '$1' }" && cat; } >"$here/$1.lua"; }
harm catches <<<'while true do pcall(function() while true do end end) end'
harm backtracks <<<'local s = string.rep("a", 300000) while true do pcall(string.find, s, ".-.-.-.-b") end'
harm closes <<<'while true do pcall(function() local x <close> = setmetatable({}, { __close = function() while true do end end }) error("out") end) end'
harm steers <<<'local t = threading.Thread { target = function() while true do end end, name = "\27[2J\27]0;owned\7x" } t:start() t:join()'
for clock in real virtual; do
    for name in catches backtracks closes; do
        watch $clock $name MainThread
        keys q
        restored 0
    done
    watch $clock steers '^[[2J^[]0;owned^Gx'
    [[ $(flag pane_title) != owned ]] || fail "a name has changed the terminal's title"
    keys q
    restored 0
done

# A scene's own speed, and the user's before it.
echo 'scene { title = "Slow", speed = 0.25 } native.compute(60)' >"$here/slow.lua"
for words in "slow.lua:0.25×" "slow.lua --speed 0.5:0.5×"; do
    on run "$here/${words%:*}"
    sees "▶ ${words#*:}"
    stage=
    keys q
    restored 0
done

# The mouse: a word of the footer is its key. M gives the mouse back.
click() { pane send-keys -t 0 -l $'\e'"[<0;$1;$2M"; pane send-keys -t 0 -l $'\e'"[<0;$1;$2m"; }
mouse() { [[ $(flag mouse_any_flag) == "$1" ]]; }
on run --speed 10 gil/convoy.lua
sees "ended"
mouse 1 || fail "the mouse is not asked for"
before_word=$(screen_text | sed -n '24s/t stats.*//p')
click $((${#before_word} + 4)) 24
sees "statistics up to the playhead"
keys M
await mouse 0 || fail "M does not give the mouse back"
keys M
await mouse 1 || fail "M does not take the mouse"
stage=
keys q
restored 0
on run --no-mouse --speed 10 gil/convoy.lua
sees "ended"
mouse 0 || fail "--no-mouse takes the mouse"
keys q
restored 0

# Other rules from inside: run again by them, and beside the last run; then what it printed.
cat >"$here/rules.lua" <<'LUA'
scene { title = "Rules", speed = 10, cores = 2 }
native.compute(0.01)
print("here we are")
LUA
on run "$here/rules.lua"
sees "ended"
keys o
sees "▸ clock"
keys j j l l l
sees "2.7  now 3.12"
keys j j l r
sees "ended"
keys u
sees "MainThread     here we are"
keys o
sees "2.7  now 2.7"
sees "3  now 3"
keys l c
sees "2 runs compared"
sees "cores=4"
keys q
sees "MainThread     here we are"
stage=
keys q
restored 0

# A mark pauses the picture if the user wishes, and the virtual clock's program with it.
cat >"$here/asks.lua" <<'LUA'
scene { title = "Asks", speed = 10 }
mark("What comes now?")
native.compute(0.2)
LUA
on run --pause-on-marks "$here/asks.lua"
sees "‖ paused"
sees "▲ What comes now?"
keys Space
sees "ended"
stage=
keys q
restored 0

# A slide's embedded terminal: a caption, no footer, one key to go on; and a question in it.
cat >"$here/slide.lua" <<'LUA'
scene { title = "Slide", speed = 10 }
mark("First this.")
native.compute(0.05)
ask("And then?", { "that", "nothing" }, "that")
native.compute(0.05)
LUA
pane resize-window -t 0 -x 60 -y 15
settings before
on run --present "$here/slide.lua"
sees "▲ First this."
! shows "q quit" || fail "a slide has a footer"
keys Space
sees "▸ 1 that"
keys NPage
sees "The run ended"
keys PPage
sees "▸ 1 that"
keys 2
sees "? ✗ not nothing, but that: And then?"
stage=
keys q
restored 0
pane resize-window -t 0 -x 80 -y 24
settings before

# Whatever is answered, the program does the same.
for answer in 1 2; do
    on run --record "$here/$answer.gsr" "$here/slide.lua"
    sees "▸ 1 that"
    keys $answer
    sees "The run ended"
    stage=
    keys q
    restored 0
    "$GILSCOPE" export "$here/$answer.gsr" --to json >"$here/$answer.json" || fail "no recording"
done
"$GILSCOPE" run "$here/slide.lua" --print json >"$here/unasked.json"
for answer in 1 2; do
    diff "$here/unasked.json" "$here/$answer.json" >&2 || fail "answer $answer steers the program"
done

# An error weighs more than a claim that failed before it, and the shell is told of it too.
echo 'scene { title = "Trouble" } check(false, "no") error("in the end")' >"$here/trouble.lua"
echo 'scene { title = "Error" } check(true, "yes") error("in the end")' >"$here/error.lua"
for words in "trouble:: its check failed." "error:with exit status 1: its check holds."; do
    on run "$here/${words%%:*}.lua"
    sees "error: Exception in main"
    sees "${words#*:}"
    stage=
    keys q
    restored 1
    sees "Exception in main: $here/${words%%:*}.lua:1: in the end"
done

# The whole run, however full the picture gets, with the cursor at its end.
cat >"$here/full.lua" <<'LUA'
scene { title = "Full", interval = 0.2 }
for _ = 1, 2 do threading.Thread { target = function() for _ = 1, 6000000 do end end }:start() end
LUA
on run --speed 10 "$here/full.lua"
sees "ended"
keys 0
sees " 0ms"
stage=
keys q
restored 0

# A run that is cut is not watched: its results are printed.
keys "clear; $GILSCOPE run --until 5ms gil/convoy" Enter
sees "and the run has not ended"

# The chooser, and a scene out of it.
on
sees "cpu-threads"
keys Enter
sees "GIL"
if command -v python3 >"$here/found"; then sees "python 3."; fi
stage=
keys q
restored 0

# A file among the scenes that is none stands in its chapter, and says why.
mkdir -p "$here/mine/gil"
printf 'scene { title = "x",\n cores = "two" }\n' >"$here/mine/gil/untold.lua"
keys "export GILSCOPE_SCENES=$here/mine" Enter
on
keys /untold Enter
sees "> untold"
sees "cannot be read"
sees "gil/untold.lua:2: the scene's cores must be a number"
keys q
restored 0
keys "unset GILSCOPE_SCENES" Enter

for signal in TERM:143 HUP:129 INT:130; do
    watch
    kill -${signal%:*} "$screen"
    restored ${signal#*:}
    watch
    kill -${signal%:*} "$guard"
    restored ${signal#*:}
done

for signal in KILL:137 SEGV:139 ABRT:134; do
    watch
    kill -${signal%:*} "$screen"
    restored ${signal#*:}
    sees "killed by signal $((${signal#*:} - 128)) ("
done

watch
kill -KILL "$guard"
await gone "$screen" || fail "the screen outlives its guard"
await gone "$stage" || fail "the stage outlives the guard"
await left_screen || fail "without a guard, the screen does not leave the terminal"
keys "clear; echo a-live | tr -d -" Enter
sees alive
settings after
diff "$here/before" "$here/after" >&2 || fail "the settings differ after the guard's end"

watch
kill -KILL "$stage"
sees "killed"
keys q
restored 137

# Ctrl-Z, and back.
watch
keys C-z
await left_screen || fail "Ctrl-Z leaves the screen on"
await mouse 0 || fail "Ctrl-Z leaves the mouse taken"
sees "Stopped"
settings after
diff "$here/before" "$here/after" >&2 || fail "the settings differ while it is stopped"
keys "fg" Enter
await is_up || fail "fg does not bring it back"
await mouse 1 || fail "after fg the mouse is not asked for"
sees worker
keys q
await left_screen || fail "q after fg"
await gone "$guard" || fail "the guard is left"

# A terminal that changes size, then one that goes away.
watch
for size in 120x40 40x10 20x5 200x50 80x24; do
    pane resize-window -t 0 -x "${size%x*}" -y "${size#*x}"
    sleep 0.2
    gone "$screen" && fail "resizing to $size ends it"
done
sees worker
pane kill-server
for process in "$guard" "$screen" "$stage"; do
    await gone "$process" || fail "a process outlives its terminal"
done

finish
