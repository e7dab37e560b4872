-- paced.lua - for wrk: before each request a connection rests for a time up to as many milliseconds as its argument says; 0: never.
local most = 0

function pace(args)
   most = tonumber(args[1])
   if most > 0 then delay = function() return math.random(0, most) end end
end

function init(args) pace(args) end
