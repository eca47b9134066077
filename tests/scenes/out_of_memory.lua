scene { title = "Queues lose neither room nor items when memory is out", cores = 2 }

-- Everything that can be had, down to blocks of `least` bytes; gone once nobody refers to it.
local function hoard(least)
  local blocks, n, size = {}, 0, 2 ^ 26
  for i = 1, 256 do blocks[i] = false end
  while size >= least do
    local ok, block = pcall(string.rep, "x", size)
    if ok then
      n = n + 1
      blocks[n] = block
    else
      size = size // 2
    end
  end
  return blocks
end

-- The items' table has a power of two of places: the next put has to make it larger.
local filled = 2 ^ 16
local q, ranked, shared = queue.Queue(filled + 8), queue.PriorityQueue(filled + 8),
  interpreters.create_queue()
for i = 1, filled do
  q:put(i)
  ranked:put(i)
end
shared:put(("x"):rep(2 ^ 24))
local hoarded = hoard(2 ^ 16)
local failed = 0
for i = 1, 5 do
  if not pcall(q.put_nowait, q, i) then failed = failed + 1 end
  if not pcall(ranked.put_nowait, ranked, i) then failed = failed + 1 end
end
local got, message = pcall(shared.get_nowait, shared)
hoarded = nil
collectgarbage()

check(failed == 10 and q:qsize() == filled and ranked:qsize() == filled, failed .. " puts failed")
for _, one in ipairs { q, ranked } do
  while pcall(one.put_nowait, one, 1) do end
  check(one:full(), ("there is room for all after that: %d of %d"):format(one:qsize(), one.maxsize))
end
check(not got and message:find("MemoryError: not enough memory to carry this", 1, true), message)
check(shared:qsize() == 1 and #shared:get_nowait() == 2 ^ 24, "what was not received is there")
