-- run: run --print text
-- run: run --print text --clock real
-- status: 1
-- says: Exception in thread two^Jlines: tests are odd
-- says: a name as long as nobody would give one: it is said to be of little use, but here it is, ü…
-- says: every bit of ninety-five
scene { title = "Names are on one line, and long ones say that they are cut" }

local function start(name)
  threading.Thread { target = function() end, name = name }:start()
end
start("a name as long as nobody would give one: it is said to be of little use, but here it is, üüüü")
start("every bit of ninety-five: a b c d e f g h i j k l m n o p q r s t u v w x y z, 0123456789 01234")
threading.Thread { target = function() error("tests are odd", 0) end, name = "two\nlines" }:start()
