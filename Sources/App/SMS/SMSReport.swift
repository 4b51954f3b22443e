import Domain
import Postgres
import Web

/// What the gateway tells of a message that it has taken (https://www.twilio.com/docs/messaging/guides/track-outbound-message-status). Reports may come
/// twice and in any order: an end stands, and what came before it changes nothing any more.
enum SMSReport: Equatable {
  /// It has left for the telephone.
  case sent
  case delivered
  case failed(GatewayError)

  /// - Returns: nil for what changes nothing, such as `queued`.
  init?(_ form: Form) {
    switch form.text("MessageStatus") ?? form.text("SmsStatus") ?? "" {
    case "sent": self = .sent
    case "delivered", "read": self = .delivered
    case "undelivered", "failed":
      let code = form.text("ErrorCode") ?? ""
      let isCode = (1...10).contains(code.utf8.count) && code.utf8.allSatisfy { (48...57).contains($0) }
      let said = form.text("ErrorMessage") ?? GatewayError.known[code] ?? ""
      self = .failed(GatewayError(code: isCode ? code : "", text: said))
    default: return nil
    }
  }

  /// Whether it tells that whoever has the number asked for no more.
  var isStop: Bool { if case .failed(let error) = self { error.reason == .unsubscribed } else { false } }

  /// Writes it down, once. What travelled in the message shares its end; a report may be here before the gateway's own answer is written.
  ///
  /// - Returns: whether it changed anything.
  func write(_ id: ID<OutboxMessage>, of owner: OwnerIDs, _ web: Context) throws -> Bool {
    let ended = try web.db.rows(
      Query<ID<OutboxMessage>>(
        column: """
          WITH told AS (
            UPDATE outbox SET \(change(at: web.now))
            WHERE user_id = \(owner.user) AND (id = \(id) AND (\(from)) OR carrier_id = \(id) AND (\(from) OR \(carried)))
            RETURNING id, subject_id, state, reason, code, detail
          ), noted AS (
            INSERT INTO outbox_attempts (id, user_id, subject_id, message_id, at, state, reason, code, detail)
            SELECT new_id(\(web.now)), \(owner.user), subject_id, id, \(web.now), state, reason, code, detail FROM told
          )
          SELECT id FROM told
          """))
    if ended.isEmpty { return false }
    try OutboxSubject.showEnds(of: ended, web.db)
    guard case .failed = self else { return true }
    // Another agent tells it at once.
    try web.db.queue(MailInstead.of(ended, at: web.now) + Waking.statements(web.now, at: web.now))
    return true
  }

  /// From which states.
  private var from: SQL {
    let unknown: SQL = "channel = 'sms' AND state = 'failed' AND reason = 'unknown'"
    return switch self {
    case .sent: unknown
    case .delivered, .failed: "channel = 'sms' AND (state IN ('sending', 'sent') OR \(unknown))"
    }
  }

  /// What is in the message and waits for its end.
  private var carried: SQL { self == .sent ? "false" : "state = 'held' AND reason = 'digest'" }

  private func change(at now: Instant) -> SQL {
    switch self {
    case .sent: "state = 'sent', reason = NULL, code = NULL, detail = '', due_at = \(now), sent_at = coalesce(sent_at, \(now))"
    case .delivered: "state = 'delivered', reason = NULL, code = NULL, detail = '', due_at = \(now), sent_at = coalesce(sent_at, \(now))"
    case .failed(let error):
      "state = 'failed', reason = \(error.reason), code = nullif(\(error.code), ''), detail = \(error.text), due_at = \(now), sent_at = NULL"
    }
  }
}

extension GatewayError {
  /// What codes mean that carriers give (https://www.twilio.com/docs/api/errors).
  static let known: [String: String] = [
    "21610": "the recipient asked for no more", "30001": "queue overflow", "30002": "account suspended",
    "30003": "unreachable destination handset", "30004": "message blocked", "30005": "unknown destination handset",
    "30006": "landline or unreachable carrier", "30007": "carrier violation", "30008": "unknown error",
  ]
}
