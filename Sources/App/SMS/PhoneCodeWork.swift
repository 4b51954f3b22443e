import Domain
import HTML
import Postgres

/// A message with a code that is claimed.
struct PendingPhoneCode {
  let message: OutboxMessage
  let id: ID<PhoneCode>
  /// A contact's; of the person's own, which stands in what they told, nothing.
  let number: String
  let numberKey: String
  /// The address of whose contact it is; nil: it is the person's own.
  let askedBy: String?
  let language: Language
  let account: ID<Account>
  let configuration: [UInt8]?
  /// Whether nothing is wanted there, whoever told the number.
  let isStopped: Bool
  let isUseful: Bool

  var address: LimitedAddress { LimitedAddress(channel: .sms, key: numberKey) }

  static func query(_ ids: [ID<OutboxMessage>], at now: Instant) -> Query<PendingPhoneCode> {
    Query(
      """
      SELECT \(OutboxMessage.columns), k.id, coalesce(c.phone, '') AS number, k.number_key, CASE WHEN c.id IS NOT NULL THEN u.email END AS asked_by,
        coalesce(c.language, u.language) AS language, u.account_id, a.configuration,
        EXISTS (SELECT FROM phones s WHERE s.number_key = k.number_key AND s.stopped_at IS NOT NULL)
          OR EXISTS (SELECT FROM phone_stops s WHERE s.number_key = k.number_key AND s.stopped_at IS NOT NULL) AS stopped,
        k.used_at IS NULL AND k.expires_at > \(now) AND k.number_key = p.number_key AND c.deleted_at IS NULL AS useful
      FROM outbox d JOIN phone_codes k ON k.id = d.subject_id AND k.user_id = d.user_id JOIN phones p ON p.id = k.phone_id AND p.user_id = d.user_id
      JOIN users u ON u.id = d.user_id LEFT JOIN contacts c ON c.id = p.contact_id AND c.user_id = p.user_id
      LEFT JOIN agents a ON p.contact_id IS NULL AND a.user_id = p.user_id AND a.type = 'sms'
      WHERE d.id = ANY (\(ids)) ORDER BY d.due_at, d.id
      """, into: PendingPhoneCode.init)
  }
}

extension OutboxSubject {
  /// Codes that show whose a telephone is. They leave at once, whatever the hour: somebody waits for them.
  static let phoneCodes = OutboxSubject(name: "'phone'", noun: "code", counted: "codes") { ids, round, claim in
    let services = round.bench.services
    let codes = try round.bench.db.rows(PendingPhoneCode.query(ids, at: round.now))
    var limits = try AddressLimits(of: codes.map(\.address), at: round.now, round.bench.db)
    var sendings: [OutboxSending] = []
    for code in codes {
      let message = code.message
      if message.state == .sending {
        // It may have left, and an SMS is not sent twice (RULES 4.2).
        claim.set(message, .failed, .unknown)
      } else if code.isStopped {
        claim.set(message, .cancelled, .unsubscribed)
      } else if !code.isUseful {
        claim.set(message, .cancelled, .noUse)
      } else if let end = limits.wait(message, to: code.address) {
        claim.set(message, .pending, .limited, due: end)
      } else {
        claim.set(message, .sending)
        let told = SealedSettings(code.configuration, code.account)
        sendings.append(OutboxSending(message: message, isUrgent: true, told: told) { code.content(services) })
      }
    }
    try limits.write(round.bench.db)
    return sendings
  } follow: { results, now, bench in
    try Audit.append(PhoneRefusal.note(results, now, bench), by: .system, at: now, bench.services.keys, bench.db)
  }
}

extension PendingPhoneCode {
  /// Without names: who asks chose theirs, and the number may be anybody's.
  fileprivate func content(_ services: Services) -> MessageContent {
    let words = services.words(language)
    let values: KeyValuePairs = ["code": PhoneCode.digits(id, services.keys), "email": askedBy ?? ""]
    let text =
      askedBy == nil
      ? words(
        "{code} is your code for Heed, good for ten minutes. Nobody from Heed asks for it.", ["code": PhoneCode.digits(id, services.keys)])
      : words(
        "{email} would like to tell you by SMS of reminders that go unanswered. If you agree, give them this code: {code}. STOP: no more.",
        values)
    return MessageContent(
      key: ("phone", message.id.text), name: "", address: number, subject: text, text: text, html: "", brief: (text, ""))
  }
}
