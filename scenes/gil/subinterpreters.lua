scene {
  title = "One process, two interpreters, two GILs",
  chapter = "gil",
  from = "002_c43905b1571a6008.txt",
  cores = 2, gil = "3.12", speed = 0.03,
  summary = "A subinterpreter is lighter than a process and has a GIL of "
    .. "its own: two of them compute at once, and share no variable.",
}

greeting = "main's"

local function compute(name)
  greeting = greeting .. " and " .. name .. "'s"
  local start, sum = time.perf_counter(), 0
  for i = 1, 10000000 do sum = sum + i end
  return { name = name, greeting = greeting, start = start,
           stop = time.perf_counter() }
end

local function in_its_own(name, results)
  local interpreter = interpreters.create()
  results:put(interpreter:call(compute, name))
  interpreter:close()
end

note("Each interpreter has a GIL lane of its own, and both have owners.")
local results = queue.Queue()
local one = threading.Thread { target = in_its_own, args = { "one", results } }
local two = threading.Thread { target = in_its_own, args = { "two", results } }
one:start() two:start()
one:join() two:join()

local a, b = results:get(), results:get()
local shorter = math.min(a.stop - a.start, b.stop - b.start)
local both = math.min(a.stop, b.stop) - math.max(a.start, b.start)
local share = multiprocessing.cpu_count() > 1 and 0.8 or 0
check(both > share * shorter,
  ("both ran at once for %.3f s of %.3f s"):format(both, shorter))

mark("Both changed the global `greeting`. What is it now?")
check(greeting == "main's", "here greeting is still " .. greeting)
check(a.greeting == "main's and " .. a.name .. "'s"
  and b.greeting == "main's and " .. b.name .. "'s",
  "in the interpreters: " .. a.greeting .. "; " .. b.greeting)
