scene { title = "The run's clock ends after 52 days, and says so", cores = 2 }

local slept, message = 0, nil
repeat
  local ok, raised = pcall(time.sleep, 1e6)
  if ok then slept = slept + 1 else message = raised end
until message
check(slept == 4 and time.perf_counter() > 4e6, "it went on for " .. time.perf_counter())
check(message:find("OverflowError: timeout value is too large: the run's clock ends after 52 days", 1, true),
  message)
check(not pcall(native.compute, 9e5), "neither is there more to compute")
check(not pcall(threading.Event().wait, threading.Event(), 1e6), "nor to wait")
time.sleep(5e5)
check(time.perf_counter() > 4.5e6, "what fits is slept")
