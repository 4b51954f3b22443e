import Domain
import HTML
import Postgres
import Web

/// Six digits by which somebody shows that they have a telephone. They are derived from the id, so that the table holds nothing that shows anything.
enum PhoneCode {
  /// For how long one is good.
  static let minutes: Int64 = 10
  /// After so many wrong ones another is asked for.
  static let mostTries = 5

  static func digits(_ id: ID<PhoneCode>, _ keys: Keys) -> String {
    let number = keys.mac(.phone, id.bytes).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) } % 1_000_000
    let text = String(number)
    return String(repeating: "0", count: 6 - text.utf8.count) + text
  }

  /// Puts a message with a code into the outbox. Each goes to somebody who may never have heard of us.
  ///
  /// - Throws: ``Failure/throttled(seconds:)``.
  static func ask(_ phone: Phone, _ web: Context) throws {
    let limits = [(RateLimit.phoneCode, try web.person.account.text), (RateLimit.phoneCodeOfNumber, phone.numberKey)]
    for (limit, key) in limits { try RateLimit.check(limit, key, web) }
    for (limit, key) in limits { try RateLimit.note(limit, key, web) }
    let id = ID<PhoneCode>.new(at: web.now)
    let (kind, recipient) = phone.contact.map { ("contact", $0.text) } ?? ("user", phone.user.text)
    try web.db.runAll([
      """
      INSERT INTO phone_codes (id, user_id, phone_id, number_key, created_at, expires_at)
      VALUES (\(id), \(phone.user), \(phone.id), \(phone.numberKey), \(web.now), \(web.now.advanced(minutes: minutes)))
      """,
      """
      INSERT INTO outbox (id, user_id, subject, subject_id, channel, recipient_kind, recipient_id, state, due_at, created_at)
      VALUES (\(ID<OutboxMessage>.new(at: web.now)), \(phone.user), 'phone', \(id), 'sms', \(kind), \(recipient)::text::uuid, 'pending', \(web.now),
        \(web.now))
      """,
    ])
  }

  /// Takes the code that a form says: the number is theirs from now on.
  ///
  /// - Throws: ``FormErrors``. That a wrong one was tried is kept, whatever the handler answers.
  static func take(_ phone: Phone, _ web: Context) throws {
    var read = FormReader(web.form, web.words)
    let typed = read.line("code", 1...40).utf8.filter { (48...57).contains($0) }
    try read.finish()
    let newest = Query<(ID<PhoneCode>, Int)>(
      tuple: """
        SELECT id, tries::int FROM phone_codes
        WHERE phone_id = \(phone.id) AND user_id = \(phone.user) AND number_key = \(phone.numberKey) AND used_at IS NULL AND expires_at > \(web.now)
        ORDER BY created_at DESC, id DESC LIMIT 1 FOR UPDATE
        """)
    guard let (id, tries) = try web.db.row(newest), tries < mostTries else {
      throw FormErrors("code", web.words("No code is good any more. Ask for another."))
    }
    guard Bytes.equalInConstantTime(typed, digits(id, web.services.keys).utf8) else {
      try web.db.run("UPDATE phone_codes SET tries = tries + 1 WHERE id = \(id) AND user_id = \(phone.user)")
      web.keepsChanges = true
      throw FormErrors("code", web.words("This is not the code. The newest SMS has it."))
    }
    try web.db.runAll([
      "UPDATE phone_codes SET used_at = \(web.now) WHERE id = \(id) AND user_id = \(phone.user)",
      "UPDATE phones SET verified_at = \(web.now) WHERE id = \(phone.id) AND user_id = \(phone.user)",
    ])
  }

  /// What is kept for as long as a page tells of it.
  static let retention = Retention("phone_codes", days: 2) { before in
    "DELETE FROM phone_codes WHERE id IN (SELECT id FROM phone_codes WHERE expires_at < \(before) LIMIT \(Chore.slice))"
  }
}

extension RateLimit {
  static let phoneCode = Limit(kind: "phone-code", most: 10, seconds: 3_600)
  static let phoneCodeOfNumber = Limit(kind: "phone-code-number", most: 5, seconds: 86_400)
}
