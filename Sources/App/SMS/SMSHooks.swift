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
    if let report = SMSReport(web.form) { try report.write(id, of: owner, web) }
    return Response(status: 204)
  }

  /// POST /hooks/sms/inbound: what somebody answers. What we say to it goes back in the answer.
  static func inbound(_ web: Context) throws -> Response {
    if let refusal = refusal(web) { return refusal }
    guard let from = web.form.text("From").flatMap({ PhoneNumber($0) }) else { return SMSReply.nothing }
    let key = Phone.key(from.text, web.services.keys)
    let holders = try web.db.rows(
      "SELECT user_id, account_id, contact_id, verified FROM door.phone_holders(\(key))", into: PhoneHolder.init)
    let said = SMSAnswer(web.form.text("Body") ?? "")
    if said == .stop || said == .start {
      for holder in holders.sorted(by: { $0.account.text < $1.account.text }) { try holder.note(isStop: said == .stop, web) }
      // The gateway itself says so.
      return SMSReply.nothing
    }
    guard let holder = holders.first, holder.isVerified else { return SMSReply.nothing }
    return try SMSAnswering(holder, web).answer(said, sid: short(web.form.text("MessageSid")), key)
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

  /// STOP or START came from it: it counts for everybody who told that number.
  func note(isStop: Bool, _ web: Context) throws {
    try web.act(for: user, of: account)
    let since: Instant? = isStop ? web.now : nil
    let changed = try web.db.run(
      """
      UPDATE phones SET stopped_at = \(since)
      WHERE user_id = \(user) AND contact_id IS NOT DISTINCT FROM \(contact) AND (stopped_at IS NULL) = \(isStop)
      """)
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
