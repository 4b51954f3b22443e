-- Walks the lines of TOKENS: pages asked for, the session before a tab.
local lines, n, at = {}, 0, 0
function init()
  for l in io.lines(os.getenv("TOKENS")) do n = n + 1; lines[n] = l end
  at = tonumber(os.getenv("SEED"))
end
function request()
  at = at % n + 1
  local cookie, path = lines[at]:match("^(.-)\t(.*)$")
  return wrk.format("GET", path, { ["Cookie"] = cookie })
end
