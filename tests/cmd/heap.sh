#!/usr/bin/env bash
# Equal priorities come out of a PriorityQueue in CPython's order: a scene and its twin in Python.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit

cat >"$here/heap.lua" <<'LUA'
scene { title = "Heap" }
local Task = {}
Task.__lt = function(a, b) return a.priority < b.priority end
local state = 1
local function below(n)
  state = state * 48271 % 2147483647
  return state // 1000 % n
end
for turn = 1, 200 do
  local tasks, order = queue.PriorityQueue(), {}
  local spread = 1 + below(6)
  for number = 0, below(30) do
    tasks:put(setmetatable({ priority = below(spread), number = number }, Task))
    if below(3) == 0 then order[#order + 1] = tasks:get().number end
  end
  while not tasks:empty() do order[#order + 1] = tasks:get().number end
  print(table.concat(order, " "))
end
LUA
try 0 run --print json "$here/heap.lua"
sed -n 's/.*"type":"output".*"text":"\([0-9 ]*\)".*/\1/p' "$here/out" >"$here/lua"
python3 "$GS_SOURCE/tests/support/heap_twin.py" >"$here/python"
[[ $(wc -l <"$here/python") == 200 ]] || fail "the twin has ended early"
diff "$here/python" "$here/lua" >&2 || fail "another order than CPython's"
finish
