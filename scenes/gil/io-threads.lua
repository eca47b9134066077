scene {
  title = "Downloads in threads: the waits overlap",
  chapter = "gil",
  from = { "001_cdf4b8e4eda2782e.txt", "002_c43905b1571a6008.txt" },
  cores = 2, gil = "3.12", speed = 1,
  summary = "A thread that waits gives the GIL away, so three downloads of "
    .. "2 s take 2 s and not 6, and four of 1 s take 1 s and not 4.",
}

local function download_url(url)
  print("Starting download: " .. url)
  label(url, time.sleep, 2) -- the network's part
  print("Finished: " .. url)
end

local function fetch(url)
  label("GET " .. url, time.sleep, 1)
end

local function in_threads(fn, urls)
  local threads = {}
  for i, url in ipairs(urls) do
    threads[i] = threading.Thread { target = fn, args = { url } }
    threads[i]:start()
  end
  for _, thread in ipairs(threads) do thread:join() end
end

note("Nobody owns the GIL while all of them wait: dots, not shade.")
local sites = { "site1.com", "site2.com", "site3.com" }
local three = measure(in_threads, download_url, sites)
check(three >= 2 and three < 2.1,
  ("three downloads of 2 s took %.2f s: the longest, not the sum"):format(three))

mark("Four requests of 1 s, first one after the other.")
local delays = { "/delay/1", "/delay/1", "/delay/1", "/delay/1" }
local sequential = measure(function()
  for _, url in ipairs(delays) do fetch(url) end
end)
mark("And now in four threads.")
local threaded = measure(in_threads, fetch, delays)
check(sequential >= 4 and sequential < 4.2,
  ("one after the other: %.2f s, the sum of the waits"):format(sequential))
check(threaded >= 1 and threaded < 1.1,
  ("in threads: %.2f s, the longest wait"):format(threaded))
