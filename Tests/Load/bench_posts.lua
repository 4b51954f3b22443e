-- Walks the lines of TOKENS, one post each, from a place of its own in each round.
local lines, n, at = {}, 0, 0
function init()
  for l in io.lines(os.getenv("TOKENS")) do n = n + 1; lines[n] = l end
  at = tonumber(os.getenv("SEED"))
end
function request()
  at = at % n + 1
  local cookie, path, body = lines[at]:match("^(.-)\t(.-)\t(.*)$")
  return wrk.format("POST", path, { ["Cookie"] = cookie, ["Content-Type"] = "application/x-www-form-urlencoded" }, body)
end
