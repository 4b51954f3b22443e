import Domain
import Net

/// What an outcome means for a message: its next state and when it is tried again.
struct OutboxResult {
  let transfer: OutboxTransfer
  let judgement: Judgement
  let state: MessageState
  let dueAt: Instant
  let sentAt: Instant?

  init(_ judgement: Judgement, _ transfer: OutboxTransfer, _ now: Instant) {
    (self.transfer, self.judgement) = (transfer, judgement)
    switch judgement.verdict {
    case .sent: (state, dueAt, sentAt) = (.sent, now, now)
    case .failed: (state, dueAt, sentAt) = (.failed, now, nil)
    // It was made shorter before, and can be made no shorter.
    case .again where judgement.reason == .tooLong && transfer.message.reason == .tooLong: (state, dueAt, sentAt) = (.failed, now, nil)
    case .again:
      sentAt = nil
      // Chance from the id, so that a test can say when it comes.
      let chance = transfer.message.id.low &+ UInt64(transfer.attempt) &* 7919
      // Not more than two minutes where the server is away, so that all are sent soon after it is back.
      let attempt = judgement.isUnreached ? min(transfer.attempt, 3) : transfer.attempt
      let next = RetrySchedule.next(
        afterAttempt: attempt, first: transfer.firstAt, now: now, random: chance, retryAfter: judgement.retryAfter)
      (state, dueAt) = next.map { (.pending, $0) } ?? (.failed, now)
    }
  }

  /// A digest that is to be tried again stays one, held with those it carries; one that was too long is told one by one.
  var rowState: MessageState { staysDigest ? .held : state }
  var rowReason: OutboxReason? { staysDigest ? .digest : judgement.reason }
  private var staysDigest: Bool { transfer.isDigest && state == .pending && judgement.reason != .tooLong }
}
