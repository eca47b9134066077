scene {
  title = "A lost update: counter = counter + 1",
  chapter = "sync",
  from = "001_cdf4b8e4eda2782e.txt",
  cores = 4, gil = "3.9", interval = 0.1, speed = 0.002,
  summary = "Four threads add 1 a hundred thousand times each. The GIL "
    .. "protects the interpreter, not the counter: a switch between the "
    .. "read and the write loses what the others added meanwhile. Since "
    .. "3.10 no switch can fall there; try --gil 3.12.",
}

counter = 0
local READ, WRITE = 17, 18 -- their lines

local function increment(n)
  for _ = 1, n do
    local value = counter -- counter = counter + 1,
    counter = value + 1   -- taken apart
  end
end

local function four_threads()
  local threads = {}
  for i = 1, 4 do
    threads[i] = threading.Thread { target = increment, args = { 100000 } }
    threads[i]:start()
  end
  for _, thread in ipairs(threads) do thread:join() end
end

local exact = sys._is_gil_enabled() and sys.version_info >= { 3, 10 }
ask("Four threads add 1 a hundred thousand times each: what is the sum?",
  { "400,000", "less" }, exact and "400,000" or "less")
note("A thread that is asked to let go at line 18 has read, not written.")
local gil = gilscope.watch(four_threads)
local between = gil.lines[WRITE] or 0
mark("Four times 100,000 should be 400,000.")
local text = ("%d switches between read and write, %d before the read")
  :format(between, gil.lines[READ] or 0)

if exact then
  check(between == 0, text)
  check(counter == 400000, ("counter is %d: exact"):format(counter))
elseif counter == 0 then -- free-threaded, real clock
  note("Each thread has a memory of its own here, and its own counter.")
else
  check(between > 0 or not sys._is_gil_enabled(), text)
  check(counter < 400000, ("counter is %d: updates are lost"):format(counter))
end
