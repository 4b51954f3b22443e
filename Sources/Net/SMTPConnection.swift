import CCurl

/// A message waiting for its turn, or on its way.
struct MailJob {
  let number: Int
  let mail: MailTransfer
  /// Until when a connection has to be ready for it; in ``Ticks``.
  let deadline: Int
  /// Asked once, right before the message is begun; false: it is not sent.
  var beforeData: (() -> Bool)?
  /// It already met a connection that had died unnoticed.
  var hasMetDeadConnection = false
}

/// One connection to a mail server: libcurl connects, starts TLS and signs in, the conversation is ours (``Wire``).
final class SMTPConnection {
  enum Event {
    /// Connected, and ready for a message.
    case ready
    /// No connection came about.
    case failed(MailReply)
    /// The job is over; the connection is `.idle` again or `.closed`.
    case ended(MailJob, MailOutcome)
    /// The connection broke before anything of the message was said: the job may be tried on another.
    case untouched(MailJob)
    /// It closed while idle.
    case closed
  }

  enum State { case connecting, idle(since: Int), busy(MailJob), closed }

  private(set) var state = State.connecting
  /// How many messages it was used for.
  private(set) var uses = 0
  /// When it began to wait for the server: when it was dialled, or said what is still unanswered. In ``Ticks``.
  private(set) var asked: Int
  private let wire: Wire
  private let dials: DialWatch?
  private let greeting = SMTPGreeting()
  /// Whether the server has accepted the name and password.
  var isSignedIn: Bool { greeting.isSignedIn }
  private var dialogue: SMTPDialogue?
  private var reader = SMTPReplyReader()
  private var needsReset = false

  /// - Parameter addresses: asked for a server that a person named.
  init(to server: SMTPServer, addresses: AddressGuard, now: Int) throws(NetError) {
    asked = now
    dials = server.isGuarded ? DialWatch(addresses) : nil
    let easy = try server.connector()
    dials?.watch(easy)
    easy.onHeader = { [greeting] in greeting.hear($0) }
    wire = try Wire(easy)
  }

  /// The sockets to poll, and for what.
  var waits: [(socket: Int32, events: Int32)] { wire.waits }

  /// Milliseconds until it wants to be advanced though its socket is silent.
  var timeout: Int? { wire.timeout }

  /// The message itself is on its way or has been sent.
  var isSendingMessage: Bool { dialogue?.isSendingMessage ?? false }

  /// Does what can be done without waiting.
  func advance(now: Int) -> Event? {
    switch state {
    case .connecting: return connect(now: now)
    case .idle:
      // Nobody asked anything: a byte (421, most likely) or the end both mean that it is of no more use.
      if case .nothing = wire.receive() { return nil }
      close()
      return .closed
    case .busy(let job): return converse(job, now: now)
    case .closed: return nil
    }
  }

  /// Begins with a message. Only when idle.
  func start(_ job: MailJob, now: Int) -> Event? {
    uses += 1
    state = .busy(job)
    var dialogue = SMTPDialogue(job.mail, greeting.abilities, needsReset: needsReset)
    let first = dialogue.begin()
    self.dialogue = dialogue
    if let event = follow(first, job, now: now) { return event }
    return converse(job, now: now)
  }

  /// Breaks off, with what can be said about the message that was on its way.
  func abandon(_ why: String, _ fault: MailReply.Fault) -> MailOutcome? {
    defer { close() }
    guard case .busy = state else { return nil }
    return broken(why, fault)
  }

  /// Says goodbye if there is anybody to say it to. Does not wait for the answer.
  func quit() {
    if case .idle = state {
      wire.say(Array("QUIT\r\n".utf8))
      _ = wire.flush()
    }
    close()
  }
}

extension SMTPConnection {
  private func connect(now: Int) -> Event? {
    guard let end = wire.connect() else { return nil }
    if end == CURLE_OK {
      state = .idle(since: now)
      return .ready
    }
    close()
    if let refusal = dials?.refusal, end == CURLE_COULDNT_CONNECT {
      return .failed(MailReply(stage: .connection, code: nil, enhanced: nil, text: refusal, fault: .guarded))
    }
    return .failed(greeting.failure(wire.explain(end)))
  }

  private func converse(_ job: MailJob, now: Int) -> Event? {
    while true {
      if !wire.flush() { return lost(job, "the connection broke") }
      switch wire.receive() {
      case .nothing: return nil
      case .end: return lost(job, "the server closed the connection")
      case .bytes(let bytes):
        guard let replies = try? reader.read(bytes) else { return lost(job, "the server's answer is not SMTP") }
        // One question at a time: a second answer belongs to no question.
        guard replies.count <= 1 else { return lost(job, "the server answered out of turn") }
        guard let reply = replies.first, let next = dialogue?.hear(reply, isComplete: wire.isSaid) else { continue }
        if reply.code == 421, isUntouched(job) { return lost(job, "the server closed the connection") }
        if let event = follow(next, job, now: now) { return event }
      }
    }
  }

  private func follow(_ next: SMTPDialogue.Next, _ job: MailJob, now: Int) -> Event? {
    switch next {
    case .say(let bytes):
      wire.say(bytes)
      asked = now
      return nil
    case .ask:
      guard let next = job.beforeData.map({ $0() }) ?? true ? dialogue?.proceed() : dialogue?.withhold() else { return nil }
      return follow(next, job, now: now)
    case .end(let outcome, let reusable):
      if case .delivered = outcome { needsReset = false } else { needsReset = true }
      wire.say([])
      if reusable { state = .idle(since: now) } else { close() }
      return .ended(job, outcome)
    }
  }

  /// A connection used before may have died unnoticed; nothing is lost by trying the same message on a fresh one, once.
  private func isUntouched(_ job: MailJob) -> Bool {
    uses > 1 && !job.hasMetDeadConnection && dialogue?.stage == .sender
  }

  private func lost(_ job: MailJob, _ why: String) -> Event {
    defer { close() }
    guard isUntouched(job) else { return .ended(job, broken(why, .broken)) }
    var again = job
    again.hasMetDeadConnection = true
    return .untouched(again)
  }

  private func broken(_ why: String, _ fault: MailReply.Fault) -> MailOutcome {
    guard let dialogue else { return .temporary(MailReply(stage: .connection, code: nil, enhanced: nil, text: why, fault: fault)) }
    let reply = dialogue.told(MailReply(stage: dialogue.stage, code: nil, enhanced: nil, text: why, fault: fault))
    return dialogue.isSendingMessage && wire.isSaid ? .unknown(reply) : .temporary(reply)
  }

  private func close() {
    state = .closed
    wire.close()
  }
}
