#!/usr/bin/env bash
# Lua 5.4 and 5.5 make a global state differently: only lua/vm/newstate.c knows.
set -euo pipefail
cd "$GS_SOURCE"

if grep -rnw --include='*.[ch]' lua_newstate src tests | grep -v '^src/lua/vm/newstate\.c:'; then
    echo "call gs_lua_newstate instead"
    exit 1
fi
