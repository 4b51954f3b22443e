/// The messages and connections of one mail server. Connections are opened as messages wait, up to the server's limit, and kept a
/// while for the next message.
final class SMTPPool {
  private let server: SMTPServer
  private var queue: [MailJob] = []
  private var connections: [SMTPConnection] = []
  private var ended: [(number: Int, outcome: MailOutcome)] = []
  /// No new connection before this moment: the last try failed while others were there ("too many connections").
  private var holdsUntil = Int.min
  private static let idleMilliseconds = 10_000
  private static let usesPerConnection = 100

  init(_ server: SMTPServer) {
    self.server = server
  }

  func add(_ job: MailJob) { queue.append(job) }

  var waits: [(socket: Int32, events: Int32)] { connections.flatMap(\.waits) }

  /// Milliseconds until something is to be done though every socket is silent; nil: never.
  func timeout(now: Int) -> Int? {
    var times = connections.compactMap(\.timeout) + queue.map { $0.deadline - now }
    for connection in connections {
      if case .busy(let job) = connection.state { times.append(job.deadline - now) }
      if case .idle(let since) = connection.state { times.append(since + Self.idleMilliseconds - now) }
    }
    if !queue.isEmpty, holdsUntil > now { times.append(holdsUntil - now) }
    return times.min()
  }

  /// Does what can be done without waiting.
  ///
  /// - Returns: the messages that are over, by their jobs' numbers.
  func advance(now: Int) -> [(number: Int, outcome: MailOutcome)] {
    for connection in connections { handle(connection.advance(now: now), now: now) }
    expire(now: now)
    serve(now: now)
    connections.removeAll { if case .closed = $0.state { true } else { false } }
    defer { ended = [] }
    return ended
  }

  /// Ends everything. Messages of which every byte was sent are `unknown`.
  func cancel() -> [(number: Int, outcome: MailOutcome)] {
    for connection in connections {
      if case .busy(let job) = connection.state, let outcome = connection.abandon("cancelled") { ended.append((job.number, outcome)) }
      connection.quit()
    }
    connections = []
    fail(queue.indices, "cancelled")
    defer { ended = [] }
    return ended
  }
}

extension SMTPPool {
  private func handle(_ event: SMTPConnection.Event?, now: Int) {
    switch event {
    case .ended(let job, let outcome): ended.append((job.number, outcome))
    case .untouched(let job): queue.insert(job, at: 0)
    case .failed(let reply):
      let others = connections.contains { if case .closed = $0.state { false } else { true } }
      if others {
        holdsUntil = now + 1000
      } else {
        // Nothing connects: no message of this server fares better by waiting here.
        ended += queue.map { ($0.number, .temporary(reply)) }
        queue = []
      }
    case .ready, .closed, nil: break
    }
  }

  /// Messages whose time is over, and connections that nobody needs.
  private func expire(now: Int) {
    fail(queue.indices.filter { queue[$0].deadline <= now }, "no connection became free in time")
    for connection in connections {
      switch connection.state {
      case .busy(let job) where job.deadline <= now:
        if let outcome = connection.abandon("the server did not answer in time") { ended.append((job.number, outcome)) }
      case .idle(let since) where now - since >= Self.idleMilliseconds || connection.uses >= Self.usesPerConnection: connection.quit()
      default: break
      }
    }
  }

  /// Gives waiting messages to idle connections, and opens more while too many wait.
  private func serve(now: Int) {
    for connection in connections {
      while case .idle = connection.state, !queue.isEmpty, connection.uses < Self.usesPerConnection {
        handle(connection.start(queue.removeFirst(), now: now), now: now)
      }
    }
    let counts = connections.reduce(into: (open: 0, connecting: 0)) { counts, connection in
      switch connection.state {
      case .connecting: counts = (counts.open + 1, counts.connecting + 1)
      case .closed: break
      case .idle, .busy: counts.open += 1
      }
    }
    guard now >= holdsUntil else { return }
    for _ in 0..<max(min(queue.count - counts.connecting, server.connections - counts.open), 0) {
      guard let connection = try? SMTPConnection(to: server) else { return fail(queue.indices, "out of memory") }
      connections.append(connection)
    }
  }

  private func fail(_ indices: some Sequence<Int>, _ why: String) {
    let failed = Set(indices)
    let reply = MailReply(stage: .connection, code: nil, enhanced: nil, text: why)
    for index in failed.sorted() { ended.append((queue[index].number, .temporary(reply))) }
    queue = queue.indices.filter { !failed.contains($0) }.map { queue[$0] }
  }
}
