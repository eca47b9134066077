scene { title = "string.format is Lua's, but for addresses" }

local function is(expected, ...)
  local text = string.format(...)
  check(text == expected, ("%s, not %s"):format(expected, text))
end
local function fails(expected, ...)
  local arguments = table.pack(...)
  local ok, message = pcall(function()
    local text = string.format(table.unpack(arguments, 1, arguments.n))
    return text
  end)
  check(not ok and message:find(expected, 1, true), ("raises %s: %s"):format(expected, message))
end

-- Objects count from 1, as with tostring.
local first, second = {}, {}
is("table: 1 table: 1", "%s %s", first, tostring(first))
is("table: 2      |", "%-14s|", second)
is("tab function: 3", "%.3s %s", first, print)
is("100 % table: 1", "%d %% %s", 100, first)
is("named", "%s", setmetatable({}, { __tostring = function() return "named" end }))
is("<Lock Lock 1> None", "%s %s", threading.Lock(), none)
check(("%s"):format(first) == "table: 1", "as a method")

is("ptr 1.50 0x1f 'x' \"q\" nil true", "ptr %.2f %#x '%s' %q %s %s", 1.5, 31, "x", "q", nil, true)
fails("bad argument #2 to 'format' (number expected, got table)", "%d", first)
fails("bad argument #3 to 'format' (no value)", "%s %s", first)
fails("bad argument #2 to 'format' (value has no literal form)", "%q", first)
fails("invalid conversion '%y' to 'format'", "%s %y", first, 1)
fails("bad argument #1 to 'format' (string expected, got table)", first)
fails("bad argument #1 to 'format' (string expected, got no value)")

local refusal = "ValueError: %p would show an address, another one in each run: %s numbers objects"
fails(refusal, "%p", first)
fails(refusal, "%s %-20p", 1, "x")
is("50%p", "%d%%p", 50)
