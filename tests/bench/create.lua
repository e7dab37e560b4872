-- create.lua - for wrk: each request creates another lead, in one company after the other. Its arguments are how long a connection
-- rests between its requests (paced.lua) and a file of the companies' API keys, one a line.
dofile("tests/bench/paced.lua")
local n = 0
local seed = tostring({}):match("0x(%w+)") or "0"
local keys = {}

wrk.method = "POST"
wrk.headers["content-type"] = "application/json"

function init(args)
   pace(args)
   for key in io.lines(args[2]) do keys[#keys + 1] = "Bearer " .. key end
end

function request()
   n = n + 1
   wrk.headers["authorization"] = keys[n % #keys + 1]
   local body = string.format('{"name":"Bench %s %d","email":"bench%d@example.com","company_name":"Bench"}', seed, n, n)
   return wrk.format(nil, nil, nil, body)
end
