import CCurl

/// A message waiting for its turn, or on its way.
struct MailJob {
  let number: Int
  let mail: MailTransfer
  /// Until when a connection has to be ready for it; in ``Ticks``.
  let deadline: Int
  /// It already met a connection that had died unnoticed.
  var hasMetDeadConnection = false
}

/// One connection to a mail server. libcurl connects, starts TLS and signs in; the conversation is ours.
///
/// Not libcurl's own conversation, because in 7.88 (and later) it waits for the answer to the message *inside*
/// `curl_multi_perform`: one server that does not answer held up every other transfer for as long as the timeout (4.0 s of 4 s measured).
/// And each connection has its own multi handle, because one multi would take the bytes of an answer we have not read yet for a sign
/// that the idle connection is dead, and close it whenever another transfer begins.
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
  private let easy: Easy
  private let multi: Multi
  private let greeting = SMTPGreeting()
  /// Whether the server has accepted the name and password.
  var isSignedIn: Bool { greeting.isSignedIn }
  private var dialogue: SMTPDialogue?
  private var reader = SMTPReplyReader()
  private var outgoing: [UInt8] = []
  private var sent = 0
  private var needsReset = false

  init(to server: SMTPServer, now: Int) throws(NetError) {
    asked = now
    easy = try server.connector()
    multi = try Multi()
    multi.watchSockets()
    easy.onHeader = { [greeting] in greeting.hear($0) }
    guard multi.add(easy) else { throw .unavailable }
    multi.ready(CURL_SOCKET_BAD, 0)
  }

  deinit { multi.remove(easy) }

  /// The sockets to poll, and for what.
  var waits: [(socket: Int32, events: Int32)] {
    switch state {
    case .connecting:
      return multi.sockets.map { socket, wanted in
        (socket, (wanted & CURL_POLL_IN != 0 ? CURL_WAIT_POLLIN : 0) | (wanted & CURL_POLL_OUT != 0 ? CURL_WAIT_POLLOUT : 0))
      }
    case .idle, .busy:
      var socket = CURL_SOCKET_BAD
      heed_curl_get_socket(easy.handle, &socket)
      return [(socket, CURL_WAIT_POLLIN | (sent < outgoing.count ? CURL_WAIT_POLLOUT : 0))]
    case .closed: return []
    }
  }

  /// Milliseconds until it wants to be advanced though its socket is silent.
  var timeout: Int? {
    if case .connecting = state { multi.timeout } else { nil }
  }

  /// The message itself is on its way or has been sent.
  var isSendingMessage: Bool { dialogue?.isSendingMessage ?? false }

  /// Does what can be done without waiting.
  func advance(now: Int) -> Event? {
    switch state {
    case .connecting: return connect(now: now)
    case .idle:
      // Nobody asked anything: a byte (421, most likely) or the end both mean that it is of no more use.
      if case .nothing = receive() { return nil }
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
    let dialogue = SMTPDialogue(job.mail, greeting.abilities, needsReset: needsReset)
    self.dialogue = dialogue
    if let event = follow(dialogue.begin(), job, now: now) { return event }
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
    if case .idle = state { _ = send(Array("QUIT\r\n".utf8)[...]) }
    close()
  }
}

extension SMTPConnection {
  private func connect(now: Int) -> Event? {
    for socket in multi.sockets.keys { multi.ready(socket, 0) }
    multi.ready(CURL_SOCKET_BAD, 0)
    guard let end = multi.finished().first else { return nil }
    if end.code == CURLE_OK {
      state = .idle(since: now)
      return .ready
    }
    close()
    return .failed(greeting.failure(easy.explain(end.code)))
  }

  private func converse(_ job: MailJob, now: Int) -> Event? {
    while true {
      if !flush() { return lost(job, "the connection broke") }
      switch receive() {
      case .nothing: return nil
      case .end: return lost(job, "the server closed the connection")
      case .bytes(let bytes):
        guard let replies = try? reader.read(bytes) else { return lost(job, "the server's answer is not SMTP") }
        // One question at a time: a second answer belongs to no question.
        guard replies.count <= 1 else { return lost(job, "the server answered out of turn") }
        guard let reply = replies.first, let next = dialogue?.hear(reply, isComplete: sent == outgoing.count) else { continue }
        if reply.code == 421, isUntouched(job) { return lost(job, "the server closed the connection") }
        if let event = follow(next, job, now: now) { return event }
      }
    }
  }

  private func follow(_ next: SMTPDialogue.Next, _ job: MailJob, now: Int) -> Event? {
    switch next {
    case .say(let bytes):
      (outgoing, sent, asked) = (bytes, 0, now)
      return nil
    case .end(let outcome, let reusable):
      if case .delivered = outcome { needsReset = false } else { needsReset = true }
      (outgoing, sent) = ([], 0)
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
    let reply = MailReply(stage: dialogue.stage, code: nil, enhanced: nil, text: why, fault: fault)
    return dialogue.isSendingMessage && sent == outgoing.count ? .unknown(reply) : .temporary(reply)
  }

  private func close() {
    state = .closed
    multi.remove(easy)
  }
}

extension SMTPConnection {
  private enum Received { case bytes([UInt8]), nothing, end }

  private func receive() -> Received {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var count = 0
    switch curl_easy_recv(easy.handle, &buffer, buffer.count, &count) {
    case CURLE_OK where count > 0: return .bytes(Array(buffer[..<count]))
    case CURLE_AGAIN: return .nothing
    default: return .end
    }
  }

  /// - Returns: false when the connection is broken.
  private func flush() -> Bool {
    while sent < outgoing.count {
      guard let count = send(outgoing[sent...]) else { return false }
      if count == 0 { return true }
      sent += count
    }
    return true
  }

  /// - Returns: how many bytes were taken, 0 when none can be just now, nil when the connection is broken.
  private func send(_ bytes: ArraySlice<UInt8>) -> Int? {
    var count = 0
    let code = bytes.withUnsafeBytes { curl_easy_send(easy.handle, $0.baseAddress, $0.count, &count) }
    return code == CURLE_OK ? count : code == CURLE_AGAIN ? 0 : nil
  }
}
