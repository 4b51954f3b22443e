// A site of a dozen lines for the tests: `serve SOCKET N` supervises N responders, `respond` is one of them.
// Limits come from the environment, so that a test waits for milliseconds where the site waits for seconds.
import FastCGI
import Glibc

func setting(_ name: String, _ usual: Int) -> Int {
  getenv("FIXTURE_" + name).flatMap { Int(String(cString: $0)) } ?? usual
}

func log(_ event: String, _ details: [String: String]) {
  let line = "\(event) \(details.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " "))\n"
  line.withCString { _ = write(2, $0, strlen($0)) }
}

/// Says that a request is in the handler's hands, and keeps it there until `isOver`.
func hold(until isOver: () -> Bool) {
  log("request.held", [:])
  while !isOver() { usleep(1000) }
}

func answer(_ request: RawRequest, _ response: ResponseWriter) {
  let path = String(decoding: request.parameter("SCRIPT_NAME") ?? [], as: UTF8.self)
  let number = Int(String(decoding: request.parameter("QUERY_STRING") ?? [], as: UTF8.self)) ?? 0
  var text: [UInt8] = []
  switch path {
  case "/hello": text = Array("hello\n".utf8)
  case "/pid": text = Array("\(getpid())".utf8)
  case "/slow": usleep(UInt32(number) * 1000)
  case "/held": hold { access("gate", F_OK) == 0 }
  case "/spin": hold { false }
  case "/crash": abort()
  // 251 is prime: a piece that is left out, repeated or misplaced shows.
  case "/big":
    text = [UInt8](unsafeUninitializedCapacity: number) { buffer, count in
      for index in 0..<number { buffer[index] = UInt8(truncatingIfNeeded: index % 251) }
      count = number
    }
  case "/page":
    let body = [UInt8](repeating: 0x79, count: number)
    response.write(Array("Status: 200 OK\r\n\r\n".utf8), body)
    response.write(Array("the end".utf8))
    return
  case "/body": text = request.body
  case "/parameters":
    for (name, value) in request.parameters { text += name + [0x3D] + value + [0x0A] }
  case "/user": text = Array("\(getuid()) \(getgid())".utf8)
  default: text = Array("nothing here\n".utf8)
  }
  let head = "Status: 200 OK\r\nContent-Type: text/plain\r\nContent-Length: \(text.count)\r\n\r\n"
  // In two parts on purpose.
  if response.write(Array(head.utf8)) { response.write(text) }
}

func respond() throws -> Int32 {
  if let account = getenv("FIXTURE_ACCOUNT") { try Privileges.drop(to: String(cString: account)) }
  Child.followParent()
  Child.limitMemory(addressSpace: setting("MEMORY", 0) > 0 ? setting("MEMORY", 0) : nil)
  var limits = Limits()
  limits.idleSeconds = setting("IDLE", limits.idleSeconds)
  limits.arrivalSeconds = setting("ARRIVAL", limits.arrivalSeconds)
  limits.requestSeconds = setting("REQUEST", limits.requestSeconds)
  limits.maxRequests = setting("MAX", limits.maxRequests)
  limits.bodyBytes = setting("BODY", limits.bodyBytes)
  limits.waiting = setting("WAITING", limits.waiting)
  let responder = try Responder(listener: .inherited(), limits: limits, log: log)
  Child.reportReady()
  return responder.run(handler: answer).rawValue
}

func serve(_ arguments: [String]) throws {
  var timeouts = Timeouts()
  timeouts.longLife = setting("LONG_LIFE", timeouts.longLife)
  timeouts.stop = setting("STOP", timeouts.stop)
  timeouts.ready = setting("READY", timeouts.ready)
  let listener = try Listener.bind(path: arguments[2])
  let binary = getenv("FIXTURE_BINARY").map { String(cString: $0) } ?? arguments[0]
  let program = Program("responder", [binary, "respond"], count: Int(arguments[3]) ?? 1, listener: listener)
  try Supervisor([program], timeouts: timeouts, log: log).run()
  listener.remove()
}

do {
  switch CommandLine.arguments.dropFirst().first {
  case "serve": try serve(CommandLine.arguments)
  case "respond": exit(try respond())
  default: exit(2)
  }
} catch {
  log("failed", ["reason": "\(error)"])
  exit(1)
}
