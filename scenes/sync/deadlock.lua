scene {
  title = "Two locks in opposite order: a deadlock",
  chapter = "sync",
  from = "004_0085641d289618df.txt",
  cores = 2, gil = "3.12", speed = 0.04, expect = "deadlock",
  summary = "Each thread holds what the other one wants. Nothing can ever "
    .. "run again: the run says who holds what and who waits for what, and "
    .. "ends. Taking the locks in one order everywhere would have helped.",
}

local accounts = threading.Lock { name = "accounts" }
local journal = threading.Lock { name = "journal" }

local function transfer()
  accounts:with(function()
    label("holds accounts", time.sleep, 0.1)
    journal:with(function() print("transferred") end)
  end)
end

local function report()
  journal:with(function()
    label("holds journal", time.sleep, 0.1)
    accounts:with(function() print("reported") end)
  end)
end

note("Both sleep with one lock in hand, so it happens every time.")
local one = threading.Thread { target = transfer, name = "transfer" }
local two = threading.Thread { target = report, name = "report" }
one:start() two:start()
one:join(0.2)
mark("Who gives way?")
one:join() two:join()
check(false, "never reached: both threads wait for ever")
