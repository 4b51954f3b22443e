import Domain
import Net

/// What an outcome means for a row: its next state and when it is tried again.
struct OutboxResult {
  let transfer: OutboxTransfer
  let state: String
  let dueAt: Instant
  let sentAt: Instant?
  /// What the other side said.
  let text: String
  /// The server said for good that it has no such recipient. Enhanced codes (RFC 3463) tell apart what is about the system (5.3), the protocol
  /// (5.5), the content (5.6) or a policy such as "relaying denied" (5.7): nobody's address is to blame then.
  let refusesAddress: Bool

  /// An unknown outcome is tried again: for mail twice is better than never, and the Message-ID is the same.
  init(_ outcome: MailOutcome, _ transfer: OutboxTransfer, _ now: Instant) {
    self.transfer = transfer
    text = Self.words(outcome.reply)
    refusesAddress = Self.refusesAddress(outcome)
    switch outcome {
    case .delivered: (state, dueAt, sentAt) = ("sent", now, now)
    case .permanent: (state, dueAt, sentAt) = ("failed", now, nil)
    case .temporary(let reply), .unknown(let reply):
      sentAt = nil
      // Chance from the id, so that a test can say when it comes.
      let chance = transfer.id.low &+ UInt64(transfer.attempt) &* 7919
      // No connection says nothing about the message, and who tries the server how often is settled elsewhere (SMTPPool): not more than
      // two minutes, so that all are sent soon after it is back.
      let attempt = reply.stage == .connection ? min(transfer.attempt, 3) : transfer.attempt
      if let next = RetrySchedule.next(afterAttempt: attempt, first: transfer.firstAt, now: now, random: chance) {
        (state, dueAt) = ("pending", next)
      } else {
        (state, dueAt) = ("failed", now)
      }
    }
  }

  var id: ID<Outbox> { transfer.id }
  /// A digest that is to be tried again stays one: it is held with those it carries.
  var rowState: String { staysDigest ? "held" : state }
  var rowDetail: String { staysDigest ? Outbox.digest : text }
  private var staysDigest: Bool { transfer.isDigest && state == "pending" }

  private static func refusesAddress(_ outcome: MailOutcome) -> Bool {
    guard case .permanent(let reply) = outcome, reply.stage == .recipient, reply.code != nil else { return false }
    return !["5.3.", "5.5.", "5.6.", "5.7."].contains { reply.enhanced?.utf8.starts(with: $0.utf8) ?? false }
  }

  private static func words(_ reply: MailReply) -> String {
    let code = reply.code.map { "\($0) " } ?? ""
    let enhanced = reply.enhanced.map { $0 + " " } ?? ""
    return code + enhanced + reply.text
  }
}
