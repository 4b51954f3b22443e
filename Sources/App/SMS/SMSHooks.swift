import Domain
import HTML
import Postgres
import Web

/// What the gateway for SMS posts, signed with our account's token.
enum SMSHooks {
  /// Bytes of a body that are read.
  private static let longest = 65_536

  /// POST /hooks/sms/status: what became of a message. Nothing of the form is read before its signature is right.
  static func status(_ web: Context) throws -> Response {
    if let refusal = refusal(web) { return refusal }
    guard let id = web.request.query.text(SMSGateway.messageName).flatMap({ ID<OutboxMessage>($0) }),
      let owner = try web.db.row("SELECT user_id, account_id FROM door.sms_message(\(id))", into: OwnerIDs.init)
    else {
      let facts = ["sid": short(web.form.text("MessageSid")), "status": short(web.form.text("MessageStatus"))]
      try EventLog.note("sms.unknown_message", facts, at: web.now, web.db)
      return Response(status: 204)
    }
    try web.act(for: owner.user, of: owner.account)
    guard let report = SMSReport(web.form), try report.write(id, of: owner, web), report.isStop else { return Response(status: 204) }
    // The number that it went to: another may stand there by now.
    if let number = web.form.text("To").flatMap({ PhoneNumber($0) }) {
      try note(isStop: true, Phone.key(number.text, web.services.keys), web)
    }
    return Response(status: 204)
  }

  /// POST /hooks/sms/inbound: what somebody answers. What we say to it goes back in the answer.
  static func inbound(_ web: Context) throws -> Response {
    if let refusal = refusal(web) { return refusal }
    guard let from = web.form.text("From").flatMap({ PhoneNumber($0) }) else { return SMSReply.nothing }
    let key = Phone.key(from.text, web.services.keys)
    let said = SMSAnswer(web.form.text("Body") ?? "")
    if said == .stop || said == .start {
      try note(isStop: said == .stop, key, web)
      // The gateway itself says so.
      return SMSReply.nothing
    }
    let sid = short(web.form.text("MessageSid"))
    var asked: Set<ID<User>> = []
    // Whoever was told last is meant, if there is something that they were told of.
    for holder in try PhoneHolder.all(key, stopped: nil, web) where holder.isVerified {
      guard let answering = try SMSAnswering(holder, web) else { continue }
      if asked.insert(holder.user).inserted, try !answering.isNew(sid) { return SMSReply.nothing }
      if let reply = try answering.answer(said, key) { return reply }
    }
    return SMSReply.nothing
  }

  /// STOP or START came from a number: it counts for everybody who told it.
  private static func note(isStop: Bool, _ key: String, _ web: Context) throws {
    let holders = try PhoneHolder.all(key, stopped: !isStop, web)
    for holder in holders.sorted(by: { $0.account.text < $1.account.text }) { try holder.note(isStop: isStop, key, web) }
  }

  private static func refusal(_ web: Context) -> Response? {
    if web.request.body.count > longest { return HookAnswer.refusal(413, "at most 64 kB") }
    let isTheirs = web.services.sms?.hasSent(web.request, web.form) == true
    return isTheirs ? nil : HookAnswer.refusal(403, "the signature is missing or wrong")
  }

  /// What a log holds of what came.
  private static func short(_ text: String?) -> String { String(String.UnicodeScalarView((text ?? "").unicodeScalars.prefix(64))) }
}

/// Somebody who is reached by a number: a person, or a contact of theirs.
struct PhoneHolder {
  let user: ID<User>
  let account: ID<Account>
  /// nil: the person's own.
  let contact: ID<Contact>?
  let isVerified: Bool

  /// - Parameter stopped: those where nothing is wanted, or where something is; nil: both.
  static func all(_ key: String, stopped: Bool?, _ web: Context) throws(PostgresError) -> [PhoneHolder] {
    try web.db.rows(
      "SELECT user_id, account_id, contact_id, verified FROM door.phone_holders(\(key), \(stopped))", into: PhoneHolder.init)
  }

  /// STOP or START came from it.
  func note(isStop: Bool, _ key: String, _ web: Context) throws {
    try web.act(for: user, of: account)
    let since: Instant? = isStop ? web.now : nil
    let changed = try web.db.run(
      """
      UPDATE phones SET stopped_at = \(since)
      WHERE user_id = \(user) AND contact_id IS NOT DISTINCT FROM \(contact) AND number_key = \(key) AND (stopped_at IS NULL) = \(isStop)
      """)
    if !isStop {
      try web.db.run("UPDATE phone_stops SET stopped_at = NULL WHERE user_id = \(user) AND number_key = \(key) AND stopped_at IS NOT NULL")
    }
    if changed == 0 { return }
    if contact == nil, isStop || isVerified { try web.db.run(Agent.turningSMS(on: !isStop, for: user, at: web.now)) }
    let name: String? = try contact.flatMap { contact in
      try web.db.value("SELECT name FROM contacts WHERE id = \(contact) AND user_id = \(user)", as: String.self)
    }
    let entry =
      name.map { AuditEntry(isStop ? "contact.sms_stopped" : "contact.sms_resumed", Contact.subject, contact?.text, ["name": $0]) }
      ?? AuditEntry(isStop ? "agent.stopped" : "agent.resumed", "agent", nil, ["type": AgentType.sms.rawValue])
    try Audit.append([entry], user: user, account: account, by: web.actor(.sms, user), at: web.now, web.services.keys, web.db)
  }
}
