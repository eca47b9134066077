-- run: run --print json
-- run: run --print json --clock real
-- status: 1
-- says: printed^@all
-- says: 'listed^@all'
-- says: noted^@all
-- says: marked^@all
-- says: phase^@all
-- says: labelled^@all
-- says: claimed^@all
-- says: raised^@all
-- says: in ^@^@^@
scene { title = "A NUL is shown, and ends nothing" }

print("printed\0all", { "listed\0all" })
print("in \0\0\0")
note("noted\0all")
mark("marked\0all")
check(true, "claimed\0all")
phase("phase\0all", function()
  label("labelled\0all", function() time.sleep(0.01) end)
end)
error("raised\0all")
