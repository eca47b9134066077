scene {
  title = "Twelve queries, five connections: a Semaphore",
  chapter = "sync",
  from = "001_cdf4b8e4eda2782e.txt",
  cores = 2, gil = "3.12", speed = 0.03,
  summary = "A Semaphore(5) lets five threads in at a time, as a database "
    .. "with five connections would; the sixth waits for one to leave.",
}

local semaphore = threading.Semaphore(5) -- five connections
local visits = queue.Queue()

local function query_database(i)
  semaphore:with(function()
    local came = time.perf_counter()
    label("query " .. i, time.sleep, 0.1)
    visits:put { came = came, left = time.perf_counter() }
  end)
end

note("Count the labels under one another: never more than five.")
local threads = {}
for i = 1, 12 do
  threads[i] = threading.Thread { target = query_database, args = { i } }
  threads[i]:start()
end
for _, thread in ipairs(threads) do thread:join() end

local list, most = {}, 0
for i = 1, 12 do list[i] = visits:get() end
for _, visit in ipairs(list) do
  local inside = 0 -- when this one came in
  for _, other in ipairs(list) do
    if other.came <= visit.came and visit.came < other.left then
      inside = inside + 1
    end
  end
  most = math.max(most, inside)
end
check(most <= 5, ("never more than 5 inside: %d"):format(most))
check(most == 5, ("all 5 places were used: %d"):format(most))
mark("Twelve queries by five at a time are three rounds.")
