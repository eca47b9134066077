-- run: run --print json
-- says: "text":"[[[[1, 1
-- says: , 1], …], …], …] (cut: print shows 65536 bytes of what is in tables)"
-- says: "text":"['yyyy
-- says: yyyy', …] (cut: print shows 65536 bytes of what is in tables)"
-- says: "text":"[[1, 2], [1, 2]] {a: {b: 'c'}}"
-- says: "text":"{kkkk
scene { title = "What is printed of tables has an end", cores = 2 }

-- One table a level, and a hundred million numbers for who follows every reference.
local many = 1
for _ = 1, 4 do
  local next = {}
  for i = 1, 100 do next[i] = many end
  many = next
end
print(many)

local long = {}
for i = 1, 90 do long[i] = ("y"):rep(10000) end
print(long)
print({ [("k"):rep(100000)] = 1, z = 2 })

local twice = { 1, 2 }
print({ twice, twice }, { a = { b = "c" } })

check(true, "all of it took no time")
