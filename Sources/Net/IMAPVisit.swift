import CCurl

/// A look on its way: a connection of its own, from dialling to goodbye.
final class IMAPVisit {
  private let look: MailboxLook
  private let wire: Wire
  private let dials: DialWatch?
  private let greeting = IMAPGreeting()
  private let started: Int
  /// When something was last said or heard, in ``Ticks``.
  private var heard: Int
  private var dialogue: IMAPDialogue
  private var isConnected = false
  private var reader = IMAPReader()
  /// Bytes and answers that may still come: whatever a server says without being asked ends somewhere.
  private var allowance: (bytes: Int, answers: Int)
  /// It stopped to let others have their turn, not because there was nothing to read.
  private var hasMoreToRead = false
  /// Bytes that are read in one turn.
  private static let turn = 1_048_576

  /// - Parameter addresses: asked where the server is guarded.
  init(_ look: MailboxLook, addresses: AddressGuard, now: Int) throws(NetError) {
    self.look = look
    (started, heard) = (now, now)
    dialogue = IMAPDialogue(look)
    allowance = (look.bytes + look.mailBytes + 16_777_216, 20_000)
    dials = look.server.isGuarded ? DialWatch(addresses) : nil
    let easy = try look.server.connector()
    easy.onHeader = { [greeting] in greeting.hear($0) }
    dials?.watch(easy)
    wire = try Wire(easy)
  }

  var waits: [(socket: Int32, events: Int32)] { wire.waits }

  /// Milliseconds until it wants to be advanced though its socket is silent.
  func timeout(now: Int) -> Int {
    if hasMoreToRead { return 0 }
    return max(min(wire.timeout ?? Int.max, deadline - now), 0)
  }

  private var deadline: Int {
    let patience = look.server.patience
    // libcurl keeps the time itself while it connects; this is the second watch, should it not.
    return isConnected ? min(started + patience.whole, heard + patience.silence) : started + patience.connection + 1_000
  }

  /// Does what can be done without waiting.
  ///
  /// - Returns: how the look ended; nil while it has not.
  func advance(now: Int) -> MailboxOutcome? {
    if let outcome = isConnected ? converse(now: now) : connect(now: now) { return outcome }
    if now < deadline { return nil }
    return end(dialogue.stopped(.timeout, isConnected ? "the server did not answer in time" : "no connection came about in time"))
  }

  /// Breaks off.
  func cancel() -> MailboxOutcome { end(dialogue.stopped(.cancelled, "cancelled")) }

  private func connect(now: Int) -> MailboxOutcome? {
    guard let code = wire.connect() else { return nil }
    guard code == CURLE_OK else {
      if code == CURLE_COULDNT_CONNECT, let refusal = dials?.refusal { return end(dialogue.stopped(.guarded, refusal)) }
      let (kind, words) = greeting.failure(code, wire.explain(code))
      return end(dialogue.stopped(kind, words))
    }
    isConnected = true
    heard = now
    return follow(dialogue.begin()) ?? converse(now: now)
  }

  private func converse(now: Int) -> MailboxOutcome? {
    var left = Self.turn
    hasMoreToRead = false
    while left > 0 {
      if !wire.flush() { return end(dialogue.stopped(.broken, "the connection broke")) }
      switch wire.receive(65_536) {
      case .nothing: return nil
      case .end: return end(dialogue.stopped(.broken, "the server closed the connection"))
      case .bytes(let bytes):
        (heard, left, allowance.bytes) = (now, left - bytes.count, allowance.bytes - bytes.count)
        if let outcome = hear(bytes[...]) { return end(outcome) }
      }
    }
    hasMoreToRead = true
    return nil
  }

  private func hear(_ bytes: ArraySlice<UInt8>) -> MailboxOutcome? {
    var rest = bytes
    do {
      reader.room = dialogue.room
      while let response = try reader.next(&rest) {
        allowance.answers -= 1
        if allowance.answers < 0 { break }
        if let outcome = follow(dialogue.hear(response)) { return outcome }
        reader.room = dialogue.room
      }
      let isTooMuch = allowance.bytes < 0 || allowance.answers < 0
      return isTooMuch ? dialogue.stopped(.tooLarge, "the server says more than anybody asked") : nil
    } catch {
      switch error {
      case .tooLarge(let count): return dialogue.overflow(count)
      case .tooLong: return dialogue.garbled(.tooLarge, "an answer without end")
      case .notIMAP: return dialogue.garbled(.broken, "the server's answer is not IMAP")
      }
    }
  }

  private func follow(_ next: IMAPDialogue.Next) -> MailboxOutcome? {
    switch next {
    case .say(let bytes):
      wire.say(bytes)
      return nil
    case .wait: return nil
    case .end(let outcome): return outcome
    }
  }

  private func end(_ outcome: MailboxOutcome) -> MailboxOutcome {
    if isConnected {
      // A word of goodbye; nobody waits for the answer.
      wire.say(Array("bye LOGOUT\r\n".utf8))
      _ = wire.flush()
    }
    wire.close()
    return outcome
  }
}
