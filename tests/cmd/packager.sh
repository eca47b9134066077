#!/usr/bin/env bash
# What a packager does: a plain build without the tests' libraries, installed somewhere else than it
# will lie. It knows no folder but its own, and runs from there.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit
unset GILSCOPE_SCENES CMAKE_C_COMPILER_LAUNCHER

# configure STATUS ARGS...: a new build tree in $here/tree.
configure() {
    local want=$1 got=0
    shift
    tried="cmake $*"
    rm -rf "$here/tree"
    cmake -S "$GS_SOURCE" -B "$here/tree" -G Ninja "$@" >"$here/out" 2>"$here/err" || got=$?
    [[ $got == "$want" ]] || fail "cmake ends with $got"
}
build() { cmake --build "$here/tree" -j 2 >"$here/out" 2>&1 || fail "cmake --build"; }

# A pkg-config that lacks the tests' libraries and knows another Lua.
cat >"$here/pkg-config" <<'SH'
#!/bin/sh
case " $* " in
*" cmocka "*) exit 1 ;;
*--modversion*lua5.3*) echo 5.3.6 ;;
*lua5.3*) exit 0 ;;
*) exec pkg-config "$@" ;;
esac
SH
chmod +x "$here/pkg-config"
PKG_CONFIG=$here/pkg-config configure 1 -DGS_LUA=lua5.3
tr -s ' \n' ' ' <"$here/err" >"$here/out"
out_has "gilscope needs Lua 5.4 or later, and lua5.3 is 5.3.6"
configure 1 -DGS_LUA=lua-nobody-has
tr -s ' \n' ' ' <"$here/err" >"$here/out"
out_has "pkg-config finds no Lua by these names: lua-nobody-has"

# As Debian does it: no build type, so that nothing says NDEBUG and assertions name their files. What
# is looked at is the same without optimization.
export PKG_CONFIG=$here/pkg-config CFLAGS="-O0 -g"
configure 0 -DCMAKE_BUILD_TYPE=None -DCMAKE_INSTALL_PREFIX=/usr
out_has "There will be no tests"
! grep -q Werror "$here/tree/compile_commands.json" || fail "warnings are errors"
configure 0 -DCMAKE_BUILD_TYPE=None -DCMAKE_INSTALL_PREFIX=/usr -DBUILD_TESTING=OFF
[[ $(<"$here/out") != *tests:* ]] || fail "tests that nobody asked for are missed"
build
nm -u "$here/tree/CMakeFiles/gs_rooms.dir/src/lua/vm/memory.c.o" | grep -w gs_pool_open_page >/dev/null ||
    fail "the build type decides where Lua's memory comes from"

DESTDIR=$here/first cmake --install "$here/tree" >"$here/out" 2>&1 || fail "cmake --install"
for path in "$here" "$GS_SOURCE"; do
    ! grep -qaF -- "$path" "$here/first/usr/bin/gilscope" || fail "the program knows $path"
done
for picture in $(grep -o '](assets/[^)]*)' "$GS_SOURCE/README.md" | tr -d '()]'); do
    [[ -f $here/first/usr/share/doc/gilscope/$picture ]] || fail "the README is installed without $picture"
done
# Neither the build tree's scenes are taken, nor what lies where it was first.
rm -r "$here/tree"
mv "$here/first" "$here/again"
GILSCOPE=$here/again/usr/bin/gilscope
try 0 list --json
out_has "\"lua\":\"$here/again/usr/share/gilscope/scenes/gil/cpu-threads.lua\""
try 0 run gil/cpu-threads
out_has "Thread-4"
rm -r "$here/again/usr/share"
try 2 list
err_has "no scenes are installed"
finish
