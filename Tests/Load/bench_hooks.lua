-- Walks the lines of TOKENS, one signed message each: path, id, time, signature and body, with tabs between them.
local lines, n, at = {}, 0, 0
function init()
  for l in io.lines(os.getenv("TOKENS")) do n = n + 1; lines[n] = l end
  at = tonumber(os.getenv("SEED"))
end
function request()
  at = at % n + 1
  local path, id, time, signature, body = lines[at]:match("^(.-)\t(.-)\t(.-)\t(.-)\t(.*)$")
  return wrk.format("POST", path, {
    ["Content-Type"] = "application/json", ["webhook-id"] = id, ["webhook-timestamp"] = time, ["webhook-signature"] = signature }, body)
end
