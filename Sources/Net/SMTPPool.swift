/// The messages and connections of one mail server. Connections are opened as messages wait, and kept a while for the next message.
///
/// All mail leaves through one server, so a message that hangs must not hold up the next, which most often is another person's. One short
/// time limit would not do: a server that is merely slow would be sent doubles for a day. Many connections from the start would not do: servers
/// allow a client few (Postfix 50). So:
/// - What waits longer than ``SMTPPatience/slow`` keeps nobody from their turn: besides `connections` there is room for twice as many that wait.
/// - When half of that room is taken the server itself hangs. Time limits are shorter then, so that its return is noticed.
/// - While no connection comes about, one message at a time tries it, after growing pauses, and ``room(now:)`` keeps the others away.
final class SMTPPool {
  private let server: SMTPServer
  private let addresses: AddressGuard
  private var queue: [MailJob] = []
  private var connections: [SMTPConnection] = []
  private var ended: [(number: Int, outcome: MailOutcome)] = []
  /// No new connection before this moment: the last try failed.
  private var holdsUntil = Int.min
  /// How often in a row no connection came about, and none was there.
  private var failures = 0
  private static let usesPerConnection = 100

  /// When a message was last given to it, in ``Ticks``.
  private var lastUse = Ticks.now
  /// What is known of a server that does not connect is kept this long after its last message.
  private static let memoryMilliseconds = 600_000

  /// - Parameter addresses: asked where a person named the server.
  init(_ server: SMTPServer, addresses: AddressGuard) {
    self.server = server
    self.addresses = addresses
  }

  func add(_ job: MailJob) {
    queue.append(job)
    lastUse = Ticks.now
  }

  /// Nothing is here that a new one would not have: no message, no connection, nothing learned of the server.
  func isForgettable(now: Int) -> Bool {
    queue.isEmpty && connections.isEmpty && ended.isEmpty && now >= holdsUntil
      && (failures == 0 || now - lastUse >= Self.memoryMilliseconds)
  }

  /// How many messages would begin at once, or as soon as a connection is there.
  func room(now: Int) -> Int {
    if failures > 0 { return now >= holdsUntil && queue.isEmpty ? 1 : 0 }
    let counts = counts(now)
    return max(min(server.connections, most - counts.slow - counts.slowDials) - counts.busy - queue.count, 0)
  }

  /// The jobs that have waited long for an answer.
  func slow(now: Int) -> [Int] {
    connections.compactMap { connection in
      if case .busy(let job) = connection.state, isSlow(connection, now) { job.number } else { nil }
    }
  }

  var waits: [(socket: Int32, events: Int32)] { connections.flatMap(\.waits) }

  /// Milliseconds until something is to be done though every socket is silent; nil: never.
  func timeout(now: Int) -> Int? {
    var times = connections.compactMap(\.timeout) + queue.map { $0.deadline - now }
    let isCrowded = isCrowded(now)
    for connection in connections {
      switch connection.state {
      case .busy(let job): times.append(connection.asked + limit(connection, job, isCrowded) - now)
      case .idle(let since): times.append(since + server.patience.idle - now)
      case .connecting, .closed: break
      }
      if connection.isWaiting, !isSlow(connection, now) { times.append(connection.asked + server.patience.slow - now) }
    }
    if holdsUntil > now, failures > 0 || !queue.isEmpty { times.append(holdsUntil - now) }
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
      if case .busy(let job) = connection.state, let outcome = connection.abandon("cancelled", .cancelled) {
        ended.append((job.number, outcome))
      }
      connection.quit()
    }
    connections = []
    fail(queue.indices, MailReply("cancelled", .cancelled))
    defer { ended = [] }
    return ended
  }
}

extension SMTPPool {
  private var most: Int { server.connections * 3 }

  private func isSlow(_ connection: SMTPConnection, _ now: Int) -> Bool {
    connection.isWaiting && now - connection.asked >= server.patience.slow
  }

  private func isCrowded(_ now: Int) -> Bool { counts(now).slow >= server.connections }

  private func limit(_ connection: SMTPConnection, _ job: MailJob, _ isCrowded: Bool) -> Int {
    server.patience.limit(isMessage: connection.isSendingMessage, attempt: job.mail.attempt, isCrowded: isCrowded)
  }

  /// What the open connections do: dial or converse, and both again of those that wait long.
  private func counts(_ now: Int) -> (dials: Int, busy: Int, idle: Int, slowDials: Int, slow: Int) {
    connections.reduce(into: (dials: 0, busy: 0, idle: 0, slowDials: 0, slow: 0)) { counts, connection in
      switch connection.state {
      case .connecting where isSlow(connection, now): counts.slowDials += 1
      case .connecting: counts.dials += 1
      case .busy where isSlow(connection, now): counts.slow += 1
      case .busy: counts.busy += 1
      case .idle: counts.idle += 1
      case .closed: break
      }
    }
  }

  private func handle(_ event: SMTPConnection.Event?, now: Int) {
    switch event {
    case .ended(let job, let outcome): ended.append((job.number, outcome))
    case .untouched(let job): queue.insert(job, at: 0)
    case .ready: failures = 0
    case .failed(let reply):
      if connections.contains(where: \.isOpen) {
        // "Too many connections", or one of several machines behind one name: the others may do.
        holdsUntil = max(holdsUntil, now + 1000)
      } else {
        // Nothing connects: no message of this server fares better by waiting here.
        pause(reply, now)
        fail(queue.indices, reply)
      }
    case .closed, nil: break
    }
  }

  /// Until the next try: 1, 2, 4, 8, 15 seconds; a minute where our password is refused, which servers punish.
  private func pause(_ reply: MailReply, _ now: Int) {
    guard now >= holdsUntil || failures == 0 else { return }
    failures += 1
    let isRefused = reply.code.map { (530...539).contains($0) } ?? false
    holdsUntil = now + (isRefused ? 60_000 : min(1000 << min(failures - 1, 4), 15_000))
  }

  /// Messages whose time is over, and connections that nobody needs.
  private func expire(now: Int) {
    let late = queue.indices.filter { queue[$0].deadline <= now }
    if !late.isEmpty {
      let reply = MailReply("no connection came about in time", .unreached)
      let counts = counts(now)
      if counts.busy + counts.idle == 0 { pause(reply, now) }
      fail(late, reply)
    }
    let isCrowded = isCrowded(now)
    for connection in connections {
      switch connection.state {
      case .busy(let job) where now - connection.asked >= limit(connection, job, isCrowded):
        if let outcome = connection.abandon("the server did not answer in time", .timeout) { ended.append((job.number, outcome)) }
      case .idle(let since) where now - since >= server.patience.idle || connection.uses >= Self.usesPerConnection: connection.quit()
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
    guard now >= holdsUntil else { return }
    let counts = counts(now)
    let open = counts.dials + counts.busy + counts.idle
    // While a greeting does not come, one more try now and then: the next may be greeted at once.
    let dials = failures > 0 || counts.slowDials > 0 ? 1 : server.connections
    let room = min(dials - counts.dials, server.connections - open, most - open - counts.slowDials - counts.slow)
    for _ in 0..<max(min(queue.count - counts.dials, room), 0) {
      guard let connection = try? SMTPConnection(to: server, addresses: addresses, now: now) else {
        return fail(queue.indices, MailReply("out of memory", .unreached))
      }
      connections.append(connection)
    }
  }

  private func fail(_ indices: some Sequence<Int>, _ reply: MailReply) {
    let failed = Set(indices)
    for index in failed.sorted() { ended.append((queue[index].number, .temporary(reply))) }
    queue = queue.indices.filter { !failed.contains($0) }.map { queue[$0] }
  }
}

extension SMTPConnection {
  /// For the server: it connects, or has not answered.
  fileprivate var isWaiting: Bool {
    switch state {
    case .connecting, .busy: true
    case .idle, .closed: false
    }
  }
  fileprivate var isOpen: Bool { if case .closed = state { false } else { true } }
}

extension MailReply {
  /// There was no connection.
  fileprivate init(_ why: String, _ fault: Fault) {
    self.init(stage: .connection, code: nil, enhanced: nil, text: why, fault: fault)
  }
}
