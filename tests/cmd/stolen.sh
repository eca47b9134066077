#!/usr/bin/env bash
# A consumer that says `if` where it must say `while`: what it was notified of is stolen by one that
# queued for the lock meanwhile. In some runs, as with CPython; the seed decides which.
. "${GS_SOURCE:?}/tests/support/cmd.bash" || exit

cat >"$here/stolen.lua" <<'LUA'
scene { title = "Stolen", cores = 4 }
local condition, items = threading.Condition(), {}
local function consume(name, waits)
  local thread = threading.Thread { name = name, target = function()
    condition:with(function()
      if waits then condition:wait() end
      print(name .. (table.remove(items) and " has it" or " was robbed"))
    end)
  end }
  thread:start()
  time.sleep(0.01)
  return thread
end
local waiter, other = consume("waiter", true), nil
condition:with(function()
  other = consume("other", false)
  items[1] = "item"
  condition:notify()
end)
waiter:join() other:join()
LUA
for seed in {1..20}; do
    try 0 run --print text --seed "$seed" "$here/stolen.lua"
    grep -oE "waiter (has it|was robbed)" "$here/out" >>"$here/fates"
done
cp "$here/fates" "$here/out"
out_has "waiter has it"
out_has "waiter was robbed"
finish
