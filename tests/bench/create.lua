-- create.lua - for wrk: each request creates another lead.
local n = 0
local seed = tostring({}):match("0x(%w+)") or "0"

wrk.method = "POST"
wrk.headers["content-type"] = "application/json"

request = function()
   n = n + 1
   local body = string.format('{"name":"Bench %s %d","email":"bench%d@example.com","company_name":"Bench"}', seed, n, n)
   return wrk.format(nil, nil, nil, body)
end
