-- run: run --verify --print none
-- run: run --gil 2.7 --verify --print none
-- run: run --clock real --verify --print none
-- run: run --clock real --gil 2.7 --verify --print none
scene { title = "The run ends while a daemon computes", cores = 2 }

threading.Thread { daemon = true, target = function() while true do end end }:start()
time.sleep(0.01)
